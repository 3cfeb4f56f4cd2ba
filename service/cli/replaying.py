"""How a replay is done from the command line: over Kafka directly; over the embedded log by whoever may write to it,
which is the running service, or this command where none runs.
"""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from service.cli.invocation import data_folder, invocation
from service.errors import ConfigError, Transient
from service.log.embedded.lock import WriterLock
from service.replay_requests import Request, carry_out, fetch_answer, leave

PATIENCE = 15.0
"""Seconds that the service is waited for; it looks twice a second."""
LOOK = 0.1


def replayed(context: typer.Context, letters: Sequence[str], again: bool) -> list[dict[str, Any]]:
    """Replay and wait for the outcome; an answer a letter."""
    settings = invocation(context).settings
    request = Request(letters=tuple(letters), again=again)
    if settings.log.url == "embedded:" and _held(data_folder(settings)):
        return _asked(settings.data, request)
    return asyncio.run(_directly(context, request))


async def _directly(context: typer.Context, request: Request) -> list[dict[str, Any]]:
    from service.cli.dlq import opened

    async with opened(context, read_only=False) as log:
        return await carry_out(log, request)


def _asked(data: Path, request: Request) -> list[dict[str, Any]]:
    file = leave(data, request)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (answer := fetch_answer(file)) is not None:
            return list(answer)
        time.sleep(LOOK)
    raise Transient(
        f"the service on {data} has not answered for {PATIENCE:g} s; it replays them when it does, or at its next start"
    )


def _held(data: Path) -> bool:
    """Somebody writes to this folder's log now."""
    try:
        WriterLock(data / "log.lock").release()
    except ConfigError:
        return True
    return False
