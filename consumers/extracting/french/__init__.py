"""French beyond subject, verb, object: who is told, verbs that share an auxiliary, asides before who speaks.

In: a sentence with its cues. Out: the claims of ``svo`` and what is French alone, as statements.
"""
