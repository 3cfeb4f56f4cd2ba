"""Chinese reading: clauses between commas, who says it at their head, what is said behind the verb or in marks.

In: sentences with cues. Out: statements (``found.Found``). Traditional characters are read as the simplified ones they
stand for, one for one, so the data in ``languages/zh.yaml`` are simplified and offsets stay.
"""
