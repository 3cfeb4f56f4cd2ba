"""The HTTP side of a process: the page and the API where they are chosen, health and metrics everywhere."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI

from service.api import Health, Parts, Probed, create_application, create_probes
from service.course import Course
from service.running import Opened, Running
from service.serving import serving
from service.startup import Address
from service.topology import WEB


def application(
    address: Address, parts: Collection[str], opened: Opened, health: Callable[[], Health], course: Course
) -> FastAPI:
    """What this process answers with."""
    hosts = _names(address)
    if WEB not in parts or opened.storage is None:
        return create_probes(Probed(health=health, token=address.token, hosts=hosts))
    return create_application(
        Parts(
            storage=opened.storage,
            catalogue=opened.catalogue,
            health=health,
            stopping=course.asked.is_set,
            now=lambda: datetime.now(UTC),
            token=address.token,
            hosts=hosts,
        )
    )


def health_of(running: Collection[Running], course: Course) -> Health:
    """All parts together: the worst decides."""
    healths = [part.health for part in running]
    reasons = [f"{health.stage}: {health.reason or health.state}" for health in healths if not health.ready]
    stuck = [f"{health.stage}: {health.reason or health.state}" for health in healths if health.stuck]
    if course.asked.is_set():
        reasons.insert(0, "stopping")
    notes = [f"{health.stage}: {note}" for health in healths for note in health.notes]
    states: dict[str, str] = {health.stage: health.state for health in healths}
    return Health(not reasons, (*reasons, *notes), states, tuple(stuck))


@asynccontextmanager
async def listening(address: Address, app: FastAPI) -> AsyncIterator[str]:
    """Serve while the block runs; yields the address with its real port."""
    config = uvicorn.Config(
        app,
        host=address.host,
        port=address.port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    async with serving(config) as (host, port):
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _names(address: Address) -> frozenset[str] | None:
    """On loopback without a token, only our own names are answered."""
    if not address.loopback or address.token is not None:
        return None
    return frozenset({"localhost", "127.0.0.1", "::1", address.host.lower()})
