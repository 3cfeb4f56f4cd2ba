"""How a stage is, for ``/readyz``, ``wirewatch health`` and the page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from service.metrics import stage_last_success

State = Literal["starting", "running", "waiting", "braked", "blocked", "stuck", "stopped", "failed"]
"""waiting: trouble that may pass, tried again · braked: everything fails, it only probes · blocked: a person has to
act · stuck: a restart may help and nothing else · stopped: drained · failed: ended by an error."""

_WORST_FIRST: tuple[State, ...] = ("stuck", "blocked", "braked", "waiting")


@dataclass(frozen=True, slots=True)
class Health:
    """``reason``: one line for people, None while all is well · ``busy_since``: when the oldest batch in work began."""

    stage: str
    state: State
    reason: str | None = None
    last_success: datetime | None = None
    busy_since: datetime | None = None
    notes: tuple[str, ...] = ()
    """What people should know although the stage does what it can."""

    @property
    def ready(self) -> bool:
        return self.state == "running"

    @property
    def stuck(self) -> bool:
        """Only a restart of the process is left to try."""
        return self.state == "stuck"


def since(moment: datetime) -> float:
    """Seconds that have gone since then, 0 for a time to come."""
    return max(0.0, (datetime.now(UTC) - moment).total_seconds())


class Pulse:
    """Collects what the loop and its workers notice; the worst of it is the stage's state."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._phase: State = "starting"
        self._end: str | None = None
        self._troubles: dict[object, tuple[State, str]] = {}
        self._notes: dict[str, str] = {}
        self._busy: dict[object, datetime] = {}
        self._last_success: datetime | None = None

    def phase(self, state: State, reason: str | None = None) -> None:
        self._phase, self._end = state, reason

    def trouble(self, where: object, state: State, reason: str) -> None:
        """Something is wrong at ``where`` (a partition, the poll), until ``fine`` is said of the same place."""
        self._troubles[where] = (state, reason)

    def fine(self, where: object) -> None:
        self._troubles.pop(where, None)

    def note(self, about: str, text: str | None) -> None:
        """Something that people should know and that does not keep the stage from working; None: no more."""
        self._notes.pop(about, None)
        if text is not None:
            self._notes[about] = text

    def begin(self, where: object) -> None:
        self._busy[where] = datetime.now(UTC)

    def end(self, where: object) -> None:
        self._busy.pop(where, None)
        self._troubles.pop(where, None)

    def success(self) -> None:
        """Something went through."""
        self._last_success = datetime.now(UTC)
        stage_last_success.labels(self._stage).set(self._last_success.timestamp())

    @property
    def health(self) -> Health:
        state, reason = self._phase, self._end
        if state in ("starting", "running") and self._troubles:
            state, reason = min(self._troubles.values(), key=lambda trouble: _WORST_FIRST.index(trouble[0]))
        busy_since, notes = min(self._busy.values(), default=None), tuple(self._notes.values())
        return Health(self._stage, state, reason, self._last_success, busy_since, notes)
