"""Is the log still the one that a stage's own position is of? A topic that was deleted and made again, or a log file
that was replaced, counts from 0 anew: reading on at the old position would pass over new records without a word."""

from typing import TypeVar

from service.contracts import Message
from service.errors import Invalid
from service.log import Log, TopicPartition
from service.stage.contract import Repositions, Stage
from service.stage.decode import decode

M = TypeVar("M", bound=Message)


async def begins_anew(stage: Stage[M], log: Log, source: TopicPartition, position: int) -> int | None:
    """Where to begin when the log is another one; None when it is the same, or nobody can tell.

    Two signs together: the group has committed nothing in it, and the record right before the position is one that the
    stage has never had. (A position beyond the end shows by itself.)
    """
    if position == 0 or source in await log.committed(stage.name, source.topic):
        return None
    before = await log.fetch(source, position - 1, max_records=1)
    if not before or before[0].offset != position - 1:
        return None
    try:
        message = decode(before[0], stage.message)
    except Invalid:
        return None
    if not isinstance(stage, Repositions) or await stage.has_had(message):
        return None
    return (await log.offsets(source.topic))[source].start
