"""How a log can fail, on top of service.errors.

::

    Transient
    └── LogUnavailable     disk full, I/O error, broker away: nothing of this call is acknowledged; try again
        └── LogStuck       the brokers answer, but this reader gets nowhere, although its client was made anew
    WirewatchError
    ├── LogClosed          used after (or during) close
    ├── LogDamaged         the stored bytes are not what was written; a person has to look
    ├── Fenced             the partition belongs to another member now: drop the work, nothing was committed
    └── OffsetOutOfRange   retention has passed the reader, or the log is younger than the position: never jumped over
"""

from service.errors import Transient, WirewatchError
from service.log.records import OffsetRange, TopicPartition


class LogUnavailable(Transient):
    """The log cannot take or give anything now; whatever was not acknowledged may be tried again."""


class LogStuck(LogUnavailable):
    """A reader has work and makes no progress, and nothing that this process can do has helped: restart it."""


class LogClosed(WirewatchError):
    """The log is closed."""


class LogDamaged(WirewatchError):
    """The stored file is not a whole log."""


class Fenced(WirewatchError):
    """A member that has lost a partition tried to commit it. Nothing of that commit was applied."""


class OffsetOutOfRange(WirewatchError):
    """The reader stands where no record is or will be. ``kept`` is what there is."""

    def __init__(self, source: TopicPartition, position: int, kept: OffsetRange) -> None:
        gone = f"{kept.start - position} records were removed before they were read"
        ahead = "the log is younger than this position; was it replaced?"
        super().__init__(
            f"{source}: position {position} is outside of what is kept ({kept.start} to {kept.end}): "
            + (gone if position < kept.start else ahead)
        )
        self.source, self.position, self.kept = source, position, kept
