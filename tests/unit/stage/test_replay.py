"""Dead letters sent back to where they came from."""

from datetime import datetime
from pathlib import Path

import pytest

from service.errors import Invalid, NotFound
from service.log import Log, Record, TopicPartition, open_log
from service.stage import Replayed, find_dead_letter, marks, read_dead_letters, replay
from service.stage.dead_letters import dead_letter


@pytest.fixture(params=["memory:", "embedded:"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def put_aside(log: Log, *values: bytes) -> list[str]:
    """Messages of a topic that could not be read; the ids of their letters."""
    letters = []
    for value in values:
        (place,) = await log.append("entries", [Record("key", value, {"traceparent": "00-1"})])
        (record,) = await log.fetch(TopicPartition(place.topic, place.partition), place.offset, max_records=1)
        letter = dead_letter(record, Invalid("bad"), stage="entry_to_article", attempts=1, foreseen=True)
        (there,) = await log.append("entries.dead", [letter])
        letters.append(f"{there.topic}/{there.partition}/{there.offset}")
    return letters


async def everything(log: Log, topic: str) -> list[tuple[str, bytes, dict[str, str]]]:
    return [
        (record.key, record.value, dict(record.headers))
        for source in await log.offsets(topic)
        for record in await log.fetch(source, 0)
    ]


async def test_the_original_goes_back_as_it_came_and_is_counted(url: str, tmp_path: Path) -> None:
    async with open_log(url, tmp_path) as log:
        one, two = await put_aside(log, b"one", b"two")
        answers = [answer async for answer in replay(log, [two], again=False)]
        assert [type(answer) for answer in answers] == [Replayed]
        assert (await everything(log, "entries"))[-1] == ("key", b"two", {"traceparent": "00-1", "replays": "1"})
        assert list(await marks(log)) == [two]
        assert [letter.id async for letter in read_dead_letters(log)] == [one, two], "a mark is no letter"


async def test_a_letter_is_replayed_once_unless_more_is_asked_for(url: str, tmp_path: Path) -> None:
    async with open_log(url, tmp_path) as log:
        (one,) = await put_aside(log, b"one")
        for again, kind in ((False, Replayed), (False, Invalid), (True, Replayed)):
            assert [type(answer) async for answer in replay(log, [one], again=again)] == [kind]
        assert len(await everything(log, "entries")) == 3
        assert (await marks(log))[one].at > datetime.fromisoformat("2020-01-01T00:00:00Z")


async def test_a_letter_that_fails_again_knows_how_often_it_was_replayed(url: str, tmp_path: Path) -> None:
    async with open_log(url, tmp_path) as log:
        (one,) = await put_aside(log, b"one")
        assert [type(answer) async for answer in replay(log, [one], again=False)] == [Replayed]
        (source,) = [source for source, kept in (await log.offsets("entries")).items() if kept.end]
        record = (await log.fetch(source, 1))[0]
        await log.append("entries.dead", [dead_letter(record, Invalid("bad"), stage="s", attempts=1, foreseen=True)])
        last = [letter async for letter in read_dead_letters(log)][-1]
        assert last.headers["replays"] == "1"
        assert [type(answer) async for answer in replay(log, [last.id], again=False)] == [Replayed]
        assert (await everything(log, "entries"))[-1][2]["replays"] == "2"


async def test_one_that_is_not_there_keeps_none_of_the_others_back(url: str, tmp_path: Path) -> None:
    async with open_log(url, tmp_path) as log:
        (one,) = await put_aside(log, b"one")
        answers = [answer async for answer in replay(log, ["entries.dead/0/99", "nonsense", one], again=False)]
        assert [type(answer) for answer in answers] == [NotFound, NotFound, Replayed]


async def test_a_mark_cannot_be_replayed(url: str, tmp_path: Path) -> None:
    async with open_log(url, tmp_path) as log:
        (one,) = await put_aside(log, b"one")
        assert [type(answer) async for answer in replay(log, [one], again=False)] == [Replayed]
        topic, partition, offset = one.rsplit("/", 2)
        with pytest.raises(NotFound):
            await find_dead_letter(log, f"{topic}/{partition}/{int(offset) + 1}")
