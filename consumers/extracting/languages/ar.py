"""Arabic: data in ``ar.yaml``, rules in ``consumers.extracting.arabic``."""

from consumers.extracting.arabic.grammar import ArabicGrammar
from consumers.extracting.arabic.verbs import expand

__all__ = ["GRAMMAR", "expand"]

GRAMMAR = ArabicGrammar()
