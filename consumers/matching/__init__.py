"""Which subscriptions does an article answer, and which words show it. Pure.

In: an ``Extraction`` and rules compiled to an index (``compile_rules``). Out: ``match`` gives a ``Match`` for each
subscription, with a ``Reason`` for every positive node that holds. The cost follows what
matches, not how many subscribe.
"""

from consumers.matching.compile import Compiled, compile_rules
from consumers.matching.evaluate import explain
from consumers.matching.facts import Facts
from consumers.matching.match import Match, match

__all__ = ["Compiled", "Facts", "Match", "compile_rules", "explain", "match"]
