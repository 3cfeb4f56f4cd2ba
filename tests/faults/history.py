"""What was seen from outside the system under test, as it happened: one JSON object a line, in a file that outlives it.

``op`` says what: served, received, killed, started, ended, froze, thawed, broke, back, position, gauge; of topics that
are changed on purpose deleted, divided, trimmed, removed; and at rest looked, then article, alert, delivery, record,
dead, end. ``at`` is Unix time. What each carries is what ``observed`` reads from it.
"""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Event = dict[str, Any]


class History:
    """Appends from any thread; a line is in the file when ``note`` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, op: str, **data: Any) -> None:
        line = json.dumps({"op": op, "at": time.time(), **data}, ensure_ascii=False)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()

    def so_far(self) -> list[Event]:
        """All that was noted, oldest first."""
        with self._lock:
            return list(events(self.path))

    def close(self) -> None:
        self._file.close()


def events(path: Path) -> Iterator[Event]:
    """All of a history, oldest first."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
