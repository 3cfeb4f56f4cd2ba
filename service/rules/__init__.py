"""Rules as people write them: YAML or JSON text in, a checked ``Rule`` with actor ids out, and a subscription of it.

Pure: names are looked up through a function that the caller gives, so the command line and the API need no stage.
"""

from service.rules.parse import Resolve, parse_rule, parse_tree
from service.rules.subscribe import new_subscription, rule_version

__all__ = ["Resolve", "new_subscription", "parse_rule", "parse_tree", "rule_version"]
