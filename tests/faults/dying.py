"""wirewatch with an appointed death: ``python -m tests.faults.dying PLACE TIMES KILL run …`` kills itself at the
TIMES-th passage of a place between two steps that belong together; with STOP it freezes there. The product itself knows
nothing of this.
"""

import functools
import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
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


@dataclass(frozen=True)
class Fold:
    """While SQLite copies pages from a write-ahead file to ``file``, to which it writes at no other time."""

    file: str


FOLDED = {
    "log half folded back": Fold("log.db"),
    "storage half folded back": Fold("wirewatch.db"),
}
"""For a process over its own files that are there already."""
ATTACHED_BY = 60.0


def appoint_while_folding(fold: Fold, times: int, kind: signal.Signals) -> None:
    """The ``times``-th page that one thread copies is the last; strace sees to it."""
    file = Path(os.environ["WIREWATCH_DATA"]) / fold.file
    injected = ["-e", "trace=pwrite64", "-e", f"inject=pwrite64:signal={kind.name}:when={times}"]
    quiet = ["-f", "-q", "-o", "/dev/null", "-e", "signal=none"]
    subprocess.Popen(["strace", *quiet, *injected, "-P", str(file), "-p", str(os.getpid())])
    deadline = time.monotonic() + ATTACHED_BY
    while "TracerPid:\t0\n" in Path("/proc/self/status").read_text():
        if time.monotonic() > deadline:
            raise RuntimeError("strace cannot attach here")
        time.sleep(0.01)


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
    name, times, kind = sys.argv[1], int(sys.argv[2]), signal.Signals[f"SIG{sys.argv[3]}"]
    if name in FOLDED:
        appoint_while_folding(FOLDED[name], times, kind)
    else:
        appoint((PLACES | OVER_KAFKA | IN_HAND)[name], times, kind)
    from service.cli.main import main

    sys.argv = ["wirewatch", *sys.argv[4:]]
    main()
