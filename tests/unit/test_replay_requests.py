"""What a command asks of the service that holds the log."""

import asyncio
from pathlib import Path

import pytest

from service.errors import Invalid
from service.log import Record, TopicPartition, open_log
from service.replay_requests import FOLDER, Request, answer_requests, fetch_answer, leave
from service.stage.dead_letters import dead_letter


async def answered(request: Path) -> list[dict[str, object]]:
    for _ in range(600):
        if (found := await asyncio.to_thread(fetch_answer, request)) is not None:
            return list(found)
        await asyncio.sleep(0.05)
    raise AssertionError("no answer")


async def test_a_request_is_carried_out_and_answered(tmp_path: Path) -> None:
    async with open_log("memory:", tmp_path) as log:
        (place,) = await log.append("entries", [Record("k", b"v")])
        (record,) = await log.fetch(TopicPartition("entries", place.partition), 0)
        await log.append("entries.dead", [dead_letter(record, Invalid("x"), stage="s", attempts=1, foreseen=True)])
        letter = f"entries.dead/{place.partition}/0"
        before = leave(tmp_path, Request(letters=(letter, "entries.dead/0/999")))
        task = asyncio.create_task(answer_requests(log, tmp_path))
        try:
            good, bad = await answered(before)
            assert (good["id"], good["to"], good["error"]) == (letter, f"entries/{place.partition}/1", None)
            assert (bad["id"], bad["to"]) == ("entries.dead/0/999", None)
            (twice,) = await answered(leave(tmp_path, Request(letters=(letter,))))
            assert "--again" in str(twice["error"])
        finally:
            task.cancel()
        assert list((tmp_path / FOLDER).iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b'{"letters": 3}', b'{"letters": [], "surprise": 1}', b"\xff"])
async def test_what_is_no_request_is_answered_and_goes(content: bytes, tmp_path: Path) -> None:
    async with open_log("memory:", tmp_path) as log:
        sound = leave(tmp_path, Request(letters=()))
        broken = sound.with_name("broken.json")
        broken.write_bytes(content)
        task = asyncio.create_task(answer_requests(log, tmp_path))
        try:
            (told,) = await answered(broken)
            assert "not a request" in str(told["error"])
            assert await answered(sound) == []
        finally:
            task.cancel()
        assert list((tmp_path / FOLDER).iterdir()) == []
