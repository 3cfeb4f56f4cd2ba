"""Spanish beyond subject, verb, object: verbs without a subject, whom a thing is said to, speech after a dash.

In: a sentence with its cues. Out: the claims of ``svo`` and what is Spanish alone, as statements.
"""
