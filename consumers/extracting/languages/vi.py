"""Vietnamese: verbs do not change; clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()
