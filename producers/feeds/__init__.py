"""Feeds: asked politely, read tolerantly, every entry told apart.

In: bytes and headers of an answer, and what is remembered of a source. Out: a ``Feed`` (``parse``), when to ask again
(``decide``), which entries are new or edited (``identity``). Thinking is pure; ``producers.source_to_entry`` does the
asking, publishing and storing.
"""
