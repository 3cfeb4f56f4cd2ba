"""wirewatch with an appointed death: ``python -m tests.faults.dying PLACE TIMES KILL run …`` kills itself at the
TIMES-th passage of a place between two steps that belong together; with STOP it freezes there. The product itself knows
nothing of this.
"""

import functools
import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """Right after (or before) a coroutine function of ``module`` has done its work. ``owner``: its class, if any ·
    ``stage``: who comes by."""

    stage: str
    module: str
    owner: str | None
    name: str
    before: bool = False


_READ = Place("article_to_extraction", "consumers.article_to_extraction", "ArticleToExtraction", "handle")
_RAISED = Place("extraction_to_alert", "consumers.extraction_to_alert", "ExtractionToAlert", "handle")
PLACES = {
    "entries appended, poll not saved": Place("source_to_entry", "producers.feeds.poll", "Poller", "_publish"),
    "page read, article not appended": Place(
        "entry_to_article", "consumers.entry_to_article", "EntryToArticle", "handle"
    ),
    "article read, extraction not appended": _READ,
    "outbox written, transaction open": Place("extraction_to_alert", "service.storage.outbox", "Outbox", "put"),
    "alerts committed, log not": _RAISED,
    "delivery claimed, not sent": Place("alert_to_delivery", "consumers.alert_to_delivery", None, "send", before=True),
    "delivery sent, not settled": Place("alert_to_delivery", "consumers.alert_to_delivery", None, "send"),
}
OVER_KAFKA = {
    f"outputs of {stage} appended, position not": Place(
        stage, "service.log.kafka.standing", "Standing", "commit", before=True
    )
    for stage in ("entry_to_article", "article_to_extraction", "extraction_to_alert")
}

IN_HAND = {
    "batch in hand, not begun": Place(
        "extraction_to_alert", "consumers.extraction_to_alert", "ExtractionToAlert", "handle", before=True
    ),
    "entries in hand, not begun": Place(
        "entry_to_article", "consumers.entry_to_article", "EntryToArticle", "handle", before=True
    ),
}
"""Where a process is frozen that others shall take for dead."""


def appoint(place: Place, times: int, kind: signal.Signals = signal.SIGKILL) -> None:
    """The ``times``-th passage from now on is the last, or with SIGSTOP one that takes long."""
    module = importlib.import_module(place.module)
    owner = getattr(module, place.owner) if place.owner else module
    original: Callable[..., Awaitable[Any]] = getattr(owner, place.name)
    left = times

    def passed() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), kind)

    @functools.wraps(original)
    async def dying(*words: Any, **named: Any) -> Any:
        if place.before:
            passed()
        result = await original(*words, **named)
        if not place.before:
            passed()
        return result

    setattr(owner, place.name, dying)


if __name__ == "__main__":
    appoint((PLACES | OVER_KAFKA | IN_HAND)[sys.argv[1]], int(sys.argv[2]), signal.Signals[f"SIG{sys.argv[3]}"])
    from service.cli.main import main

    sys.argv = ["wirewatch", *sys.argv[4:]]
    main()
