"""What a stage is: a name, a topic in, a topic out, and ``handle``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from service.contracts import Message

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Batch(Generic[M]):
    """Messages of one partition in order. ``first_offset`` to ``next_offset`` (exclusive) is all that they stand for:
    offsets between them may be missing (retention) or were dead-lettered."""

    topic: str
    partition: int
    first_offset: int
    next_offset: int
    messages: tuple[M, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The input is dealt with. ``outputs`` go to the stage's topic under the input's key, in this order."""

    outputs: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """This one input failed, the others of its batch did not. Transient: tried again, a bounded number of times, later
    ones of the same key wait for it; anything else: dead-lettered with ``error`` as its cause."""

    error: Exception


Outcome = Done | Failed


class Stage(Protocol[M]):
    """A stage that reads a topic."""

    @property
    def name(self) -> str:
        """Also its consumer group."""

    @property
    def consumes(self) -> str: ...

    @property
    def produces(self) -> str | None: ...

    @property
    def message(self) -> type[M]:
        """What the topic that it consumes holds."""

    async def handle(self, batch: Batch[M]) -> Sequence[Outcome]:
        """One outcome for each message, in order. May be called again with the same messages, or fewer of them.

        Raising Transient says that nothing works at the moment (the database is locked, the pool is gone): the batch
        waits as long as that takes, and nothing is dead-lettered. Any other exception: the batch is halved until the
        message that causes it is found; after some tries that one is dead-lettered alone.
        """


@runtime_checkable
class KeepsPosition(Protocol):
    """A stage that moves its position in its own transaction, by compare-and-swap. The log's commit only informs then.

    It has no outputs: they could be lost between its transaction and the log's. Its ``handle`` is all or nothing: it
    raises where it cannot do the whole batch, and the offsets of what was put aside come as part of the next batch or
    as a batch without messages that only moves the position. It raises ``service.log.Fenced`` when the position in the
    database is beyond ``first_offset``: somebody else was there.
    """

    async def position(self, topic: str, partition: int) -> int | None:
        """Offset of the first record that is not done yet; None when it has never been here."""


@runtime_checkable
class Repositions(Protocol):
    """A stage with a position that can begin anew when the log is younger than its position (its file was replaced)."""

    async def reposition(self, topic: str, partition: int, offset: int) -> None:
        """Set the position to ``offset``, wherever it was."""

    async def has_had(self, message: Any) -> bool:
        """Whether this message was dealt with before."""
