"""A reader that has work, makes no progress and cannot be helped from inside: only a restart is left, and that is told
to whoever restarts.
"""

from typing import Any

import httpx
import pytest

from service.api import Probed, create_probes
from service.course import Course
from service.listening import health_of
from service.log import LogStuck
from service.log.group_reader import GroupReader
from service.log.memory import MemoryLog
from service.stage import StageLoop
from tests.unit.stage.notes import QUICK, Copy, all_done, running, send, until


async def test_a_stage_that_only_a_restart_helps_is_not_alive_until_it_moves(
    log: MemoryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, stands_still = GroupReader.poll, True

    async def polled(self: GroupReader, **limits: Any) -> Any:
        if stands_still:
            raise LogStuck("restart this process")
        return await poll(self, **limits)

    monkeypatch.setattr(GroupReader, "poll", polled)
    loop, course = StageLoop(Copy(), log, QUICK), Course(0.0)
    probes = create_probes(Probed(health=lambda: health_of([loop], course), token=None, hosts=None))
    await send(log, "a")
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(probes), base_url="http://localhost") as http,
        running(loop),
    ):

        async def dead() -> bool:
            return (await http.get("/healthz")).status_code == 503

        await until(dead)
        assert (await http.get("/healthz")).text == "copy: restart this process\n"
        assert (await http.get("/readyz")).json()["stages"] == {"copy": "stuck"}
        stands_still = False
        await all_done(log)
        assert not await dead()
