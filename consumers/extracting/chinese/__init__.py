"""Chinese reading: clauses between commas, who says it at their head, what is said behind the verb or in marks.

In: sentences with cues. Out: statements (``found.Found``). Traditional characters are read as the simplified
ones they stand for, one for one, so the data in ``languages/zh.yaml`` are simplified and offsets stay.

Word lists read: ``leading`` (but, then, that day), ``openers`` (words that end the subject: in, to, once,
met) with ``not_openers`` and ``not_leading`` (longer words that only begin so), ``adverbs`` (between subject
and verb), ``contrast`` (则: somebody else speaks), ``not_cues`` (小说, 名称), ``sources`` with ``source_tails``
(据…报道), ``attitudes`` (表示欢迎 says no words), ``hearers``, ``sayings`` (a proverb is no source), ``offices``
(ends of a headline's label), ``not_told``.
"""
