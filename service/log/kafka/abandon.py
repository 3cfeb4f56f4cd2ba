"""Starting a client, and getting rid of one that may hang: asked to stop, and after a deadline cut off.

aiokafka's own ``stop`` waits without limit for brokers that are away. What is cut off here is everything that such a
client has running: its tasks and its connections. That takes names which are not part of its interface;
tests/unit/log/kafka holds that they are there.
"""

import asyncio
import contextlib
import traceback
from collections.abc import Iterator
from typing import Any

import structlog

STOP = 5.0
"""Seconds that a client has to stop by itself."""
CUT = 1.0

OWNERS = ("_client", "client", "_sender", "_coordinator", "_fetcher", "_message_accumulator")
TASKS = (
    "_sync_task",
    "_sender_task",
    "_coordination_task",
    "_heartbeat_task",
    "_commit_refresh_task",
    "_reset_committed_task",
    "_fetch_task",
)
TASK_SETS = ("_pending_tasks",)


FIRST = "bootstrap_conn"
"""What the client calls the connection over which it asks its first question."""


async def begin(client: Any) -> None:
    """``client.start()``. Who breaks it off calls ``abandon`` next; the connection over which the client asks its first
    question, kept by nobody but the call that was broken off, is closed here."""
    try:
        await client.start()
    except BaseException as error:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if (connection := frame.f_locals.get(FIRST)) is not None:
                _close(connection)
        raise


async def abandon(client: Any, *, graceful: bool) -> None:
    """Stop it (``graceful``: it may flush, leave its group), then cut off what is left. Never raises, never hangs."""
    stop = getattr(client, "stop", None) or client.close
    if graceful:
        stopping = asyncio.ensure_future(stop())
        try:
            await asyncio.wait([stopping], timeout=STOP)
        finally:
            if not stopping.done():
                stopping.cancel()
            elif not stopping.cancelled() and (error := stopping.exception()) is not None:
                structlog.get_logger().debug("a client of the brokers did not stop cleanly", error=repr(error))
    client._closed = True  # it would complain of not having been stopped
    await _cut_off(client)


class _Closing(dict[Any, Any]):
    """Connections of a client that is cut off: one that was just being made is closed when it comes, so that what its
    producer still has in hand does not go out."""

    def __setitem__(self, name: Any, connection: Any) -> None:
        super().__setitem__(name, connection)
        connection.close()


async def _cut_off(client: Any) -> None:
    made = []
    for owner in _owners(client):
        if (connections := getattr(owner, "_conns", None)) is not None:
            made += connections.values()
            owner._conns = _Closing(connections)
    tasks = list(_tasks(client))
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=CUT)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()  # seen: nobody else asks for it
    closing: list[asyncio.Future[Any]] = []
    for connection in made:
        closing += _close(connection)
    if closing:
        await asyncio.wait(closing, timeout=CUT)
    # Connections that were just being made close themselves with the next turns of the loop.
    for _ in range(3):
        await asyncio.sleep(0)


def _close(connection: Any) -> "list[asyncio.Future[Any]]":
    """What to wait for, if anything."""
    writer = getattr(connection, "_writer", None)
    closing: list[asyncio.Future[Any]] = []
    with contextlib.suppress(Exception):
        closing.append(asyncio.ensure_future(connection.close()))
    if writer is not None:
        writer.transport.abort()  # what is still to be sent would hold it open
    return closing


def _owners(client: Any) -> Iterator[Any]:
    yield client
    for name in OWNERS:
        if (owner := getattr(client, name, None)) is not None:
            yield owner


def _tasks(client: Any) -> Iterator["asyncio.Task[Any]"]:
    for owner in _owners(client):
        for name in TASKS:
            if isinstance(task := getattr(owner, name, None), asyncio.Task):
                yield task
        for name in TASK_SETS:
            yield from [task for task in getattr(owner, name, ()) if isinstance(task, asyncio.Task)]
