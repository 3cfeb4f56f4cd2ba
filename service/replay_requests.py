"""Replays that a command asks of the service, since the embedded log has exactly one writer.

The command leaves ``requests/<id>.json`` in the data folder, the service carries it out and leaves ``<id>.answer``: one
JSON object a letter. What no service has answered is done at its next start; a second time changes nothing, for letters
carry the mark of their replay. Files come into being under another name, so that nobody reads half of one.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.errors import WirewatchError
from service.log import Log
from service.stage import Replayed, replay

FOLDER = "requests"
LOOK_EVERY = 0.5
MAX_BYTES = 4 * 1024 * 1024
FORGOTTEN = 3600.0
"""Seconds after which an answer that nobody has fetched goes."""


class Request(BaseModel):
    """``letters``: ids, in the order in which they are replayed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    letters: tuple[str, ...] = Field(max_length=100_000)
    again: bool = False


def row(identity: str, answer: Replayed | WirewatchError) -> dict[str, Any]:
    """One answer as JSON has it: where the message is now, or why it was not replayed."""
    if isinstance(answer, Replayed):
        return {"id": answer.letter, "to": answer.to, "replayed_at": answer.at.isoformat(), "error": None}
    return {"id": identity, "to": None, "replayed_at": None, "error": str(answer)}


async def carry_out(log: Log, request: Request) -> list[dict[str, Any]]:
    """Replay, over a log that can be written. What is unavailable just now is told as the error of the rest."""
    rows: list[dict[str, Any]] = []
    try:
        async for answer in replay(log, request.letters, again=request.again):
            rows.append(row(request.letters[len(rows)], answer))
    except WirewatchError as error:
        rows += [row(identity, error) for identity in request.letters[len(rows) :]]
    return rows


async def answer_requests(log: Log, data: Path) -> None:
    """For ever: look for requests, oldest first, and answer them."""
    folder = data / FOLDER
    logger = structlog.get_logger()
    while True:
        try:
            for file in await asyncio.to_thread(_waiting, folder):
                rows = await _answered(log, file)
                await asyncio.to_thread(_write, file.with_suffix(".answer"), "".join(map(_line, rows)))
                await asyncio.to_thread(file.unlink)
                failed = sum(row["error"] is not None for row in rows)
                logger.info("dead letters replayed", request=file.stem, replayed=len(rows) - failed, failed=failed)
        except OSError as error:
            logger.warning("a request to replay cannot be answered", error=str(error))
        await asyncio.sleep(LOOK_EVERY)


async def _answered(log: Log, file: Path) -> list[dict[str, Any]]:
    try:
        return await carry_out(log, Request.model_validate_json(await asyncio.to_thread(_limited, file)))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return [row("", WirewatchError(f"{file.name}: not a request: {first['msg']}"))]


def leave(data: Path, request: Request) -> Path:
    """Put a request where the service finds it; its file."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{uuid4().hex}.json"
    _write(file, request.model_dump_json())
    return file


def fetch_answer(request: Path) -> Sequence[dict[str, Any]] | None:
    """The service's answer, taken away; None while there is none."""
    answer = request.with_suffix(".answer")
    try:
        text = answer.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    answer.unlink(missing_ok=True)
    return [json.loads(line) for line in text.splitlines()]


def _waiting(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    for old in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if old.suffix != ".json" and time.time() - old.stat().st_mtime > FORGOTTEN:
                old.unlink()
    return sorted(folder.glob("*.json"), key=lambda file: (file.stat().st_mtime, file.name))


def _limited(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES)


def _line(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _write(file: Path, text: str) -> None:
    half = file.with_suffix(".part")
    half.write_text(text, encoding="utf-8")
    half.rename(file)
