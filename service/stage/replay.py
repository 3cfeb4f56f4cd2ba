"""Dead letters given another chance: the original goes back to its topic, and a mark beside the letter says so.

A mark is a record of the dead topic, too: it is as durable as the letter, on every engine, and needs no other place.
The original is durable before its mark: who dies between the two sends it twice, with the same content and so the same
id.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.errors import Invalid, NotFound
from service.log import Log, Position, Record
from service.stage.dead_letters import MARK, SUFFIX, DeadLetter, dead_records, find_dead_letter

REPLAYS = "replays"
"""Header of a replayed message: how often it has been."""
AT, TO = "replayed-at", "replayed-to"


@dataclass(frozen=True, slots=True)
class Replayed:
    """``letter``: the dead letter's id · ``to``: where the original is now."""

    letter: str
    to: str
    at: datetime


def original(letter: DeadLetter) -> Record:
    """The message as it came, with the number of its replays."""
    before = letter.headers.get(REPLAYS, "0")
    count = int(before) + 1 if before.isdecimal() and len(before) < 9 else 1
    return Record(letter.key, letter.payload, {**letter.headers, REPLAYS: str(count)})


def mark(letter: DeadLetter, to: Position, at: datetime) -> Record:
    place = f"{to.topic}/{to.partition}/{to.offset}"
    return Record(letter.key, b"", {MARK: letter.id, TO: place, AT: at.isoformat()})


async def marks(log: Log, topic: str | None = None) -> dict[str, Replayed]:
    """Letter's id → its last replay, of all topics or of one."""
    found: dict[str, Replayed] = {}
    async for record in dead_records(log, topic):
        if (letter := record.headers.get(MARK)) is not None:
            at = record.headers.get(AT, record.timestamp.isoformat())
            seen = Replayed(letter, record.headers.get(TO, "?"), datetime.fromisoformat(at))
            found[letter] = max(seen, found.get(letter, seen), key=lambda one: one.at)
    return found


async def replay(log: Log, letters: Sequence[str], *, again: bool) -> AsyncIterator[Replayed | Invalid | NotFound]:
    """One answer a letter, in order; one that cannot be replayed keeps none of the others from it. NotFound: there is
    no such letter. Invalid: it has been replayed and ``again`` was not said."""
    done = await marks(log)
    for identity in letters:
        before = done.get(identity)
        if before is not None and not again:
            yield Invalid(f"{identity}: was replayed at {before.at:%Y-%m-%dT%H:%M:%SZ}; --again replays it once more")
            continue
        try:
            letter = await find_dead_letter(log, identity)
        except NotFound as error:
            yield error
            continue
        at = datetime.now(UTC)
        (to,) = await log.append(letter.topic, [original(letter)])
        await log.append(letter.topic + SUFFIX, [mark(letter, to, at)])
        done[identity] = Replayed(identity, f"{to.topic}/{to.partition}/{to.offset}", at)
        yield done[identity]
