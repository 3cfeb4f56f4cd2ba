"""German: data in ``de.yaml``, rules in ``consumers.extracting.german``."""

from consumers.extracting.german.grammar import GermanGrammar
from consumers.extracting.german.verbs import expand

__all__ = ["GRAMMAR", "expand"]

GRAMMAR = GermanGrammar()
