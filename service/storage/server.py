"""Connections to a PostgreSQL server: who we are, how long anything may take, how many at once."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from service.storage.location import Location

NAME = "wirewatch"
LISTENS = "wirewatch listens"
"""As PostgreSQL shows the connection on which a process is woken."""
IDLE = 60.0
"""Seconds after which the server ends a transaction in which nothing happens: its process is stopped or gone."""
BEYOND = 5.0
"""Seconds beyond the statement's own limit after which we give up a server that does not even say so."""
RECYCLE = 1800.0
"""Seconds after which a connection is made anew, so that a changed password or server is met one at a time."""


def connector(location: Location, **session: str) -> Callable[..., Awaitable[Any]]:
    """Opens connections of asyncpg; ``session``: parameters beyond ours."""
    settings = location.settings

    async def connection(*_: Any, **__: Any) -> Any:
        return await asyncpg.connect(
            location.dsn,
            password=location.password(),
            timeout=settings.connect_timeout,
            command_timeout=settings.statement_timeout + BEYOND,
            server_settings={
                "application_name": NAME,
                "statement_timeout": f"{settings.statement_timeout * 1000:.0f}",
                "idle_in_transaction_session_timeout": f"{IDLE * 1000:.0f}",
                "tcp_keepalives_idle": "30",
                "client_min_messages": "warning",
                **session,
            },
        )

    return connection


def server_engines(location: Location) -> tuple[AsyncEngine, AsyncEngine]:
    """The one that writes (READ COMMITTED) and the one that reads (each statement for itself, and what it
    writes aside is not waited for); half of ``storage.connections`` each."""
    settings = location.settings
    durable, light = connector(location), connector(location, synchronous_commit="off")
    options: dict[str, Any] = {
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_recycle": RECYCLE,
        "pool_timeout": settings.statement_timeout,
    }
    half = max(1, settings.connections // 2)
    writer = create_async_engine(
        location.url, async_creator=durable, pool_size=half, isolation_level="READ COMMITTED", **options
    )
    reader = create_async_engine(
        location.url,
        async_creator=light,
        pool_size=max(1, settings.connections - half),
        isolation_level="AUTOCOMMIT",
        **options,
    )
    return writer, reader
