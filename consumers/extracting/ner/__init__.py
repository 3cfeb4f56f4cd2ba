"""Recognition: names that no catalogue knows. In: the sentences of a text. Out: spans that name a person, a place, an
organisation.

A conditional random field over words: features of a word (``german``, ``kazakh``; ``lexicon``: its clusters and lists)
→ ``model``: weights of the features at and round the word → ``decoding``: the best tags of a sentence. ``recogniser``
puts it together, ``component`` puts it into a pipeline; ``official`` reads with spaCy's own models where they are
installed. ``training/`` makes what lies in ``models/``.
"""

from consumers.extracting.ner.entity import KINDS, Entity
from consumers.extracting.ner.recogniser import entities_of, is_read

__all__ = ["KINDS", "Entity", "entities_of", "is_read"]
