"""Telling the outside: a signed webhook, a block on the console; what comes after a try that failed.

In: a claimed delivery. Out: an ``Answer``, and the state and time that follow from it. Pure but for the sending itself.
"""

from consumers.delivering.answer import Answer
from consumers.delivering.console import Console, block
from consumers.delivering.schedule import Next, following
from consumers.delivering.signing import read_secrets, sign
from consumers.delivering.webhook import send, webhook_body

__all__ = ["Answer", "Console", "Next", "block", "following", "read_secrets", "send", "sign", "webhook_body"]
