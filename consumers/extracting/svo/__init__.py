"""Statements in languages that say who, then the verb, then what ("X said that …"): English, French, Russian …

In: a sentence of a laid-out text and its cues. Out: ``Found`` statements with the whole noun phrase of who says it. No
parser and no tagger: closed word classes from the language file (``words.py`` names them) bound the phrases.
"""
