"""Who waits for something to send is woken in other processes too, by PostgreSQL's NOTIFY and LISTEN.

A help and no more: who is not woken looks by itself after a while, as on a file, whose stages wake each other inside of
their one process. A connection of its own is held for it; while there is none, it is tried again, less and less often.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import text

from service.storage.database import Transaction

CHANNEL = "wirewatch_outbox"
DEADLINE = 15.0
"""Seconds for a connection, and for the server's answer on one."""
PROBE_EVERY = 30.0
"""Seconds between two questions whether the server is still there: a broken network tells nobody."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before a lost connection is made anew, doubled each time that fails."""


async def call(transaction: Transaction) -> None:
    """When it is committed, all who listen are woken; of a server's database alone."""
    if transaction.dialect.name == "postgresql":
        await transaction.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


@asynccontextmanager
async def listening(connect: Callable[[], Awaitable[Any]] | None, woken: Callable[[], None]) -> AsyncIterator[None]:
    """Inside of the block ``woken`` is called for every ``call``, and once for those that may have been missed.
    ``connect`` opens an asyncpg connection; None: there is nobody to listen to."""
    if connect is None:
        yield
        return
    task = asyncio.create_task(_listen(connect, woken), name="listen")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _listen(connect: Callable[[], Awaitable[Any]], woken: Callable[[], None]) -> None:
    """For ever."""
    logger = structlog.get_logger()
    wait, connection = FIRST_WAIT, None
    while True:
        try:
            async with asyncio.timeout(DEADLINE):
                connection = await connect()
                lost = asyncio.Event()
                connection.add_termination_listener(lambda _, lost=lost: lost.set())
                await connection.add_listener(CHANNEL, lambda *_: woken())
            wait = FIRST_WAIT
            woken()
            await _until_lost(connection, lost)
        except Exception as error:  # whatever it is: looking goes on without it
            logger.warning("not told of what others put into the outbox; it is looked for", error=str(error))
        finally:
            if connection is not None:
                connection.terminate()
                connection = None
        await asyncio.sleep(wait * random.uniform(0.5, 1.0))
        wait = min(2 * wait, LONGEST_WAIT)


async def _until_lost(connection: Any, lost: asyncio.Event) -> None:
    """Raises when the connection is."""
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(PROBE_EVERY):
                await lost.wait()
                raise ConnectionError("the connection was closed")
        await connection.execute("SELECT 1", timeout=DEADLINE)
