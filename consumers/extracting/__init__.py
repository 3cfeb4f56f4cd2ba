"""The reading room: who is mentioned and who says what. In: an article's text. Out: an ``Extraction``.

tokens, marks, sentences → ``prose`` (a text laid out) → ``statements`` (cue, quote, speaker span)
→ ``who`` (which actor) → ``pipeline`` (one spaCy ``Language`` per language) → ``pool``
(processes). A language is a file in ``languages/``.
"""
