"""German reading: word classes without a tagger, noun phrases, clauses, reporting mood. In: sentences with cues.
Out: statements (``found.Found``). What is data is in ``languages/de.yaml``."""
