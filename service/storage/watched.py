"""Connections in use, counted where the pool hands them out."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from service.metrics import database_connections


def watch(engine: AsyncEngine, use: str) -> None:
    """Keep ``database_connections{use}`` up to date from now on."""
    gauge = database_connections.labels(use)

    def taken(*_: Any) -> None:
        gauge.inc()

    def given(*_: Any) -> None:
        gauge.dec()

    event.listen(engine.sync_engine, "checkout", taken)
    event.listen(engine.sync_engine, "checkin", given)
