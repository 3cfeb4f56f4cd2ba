"""The composition root: settings → open things → running stages in one TaskGroup; signals, and the order of the drain.

SIGTERM or SIGINT: not ready → nothing new is taken → what is in work is finished → closed. A second signal forces.
"""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
import uvicorn

from service import metrics
from service.actors import load_catalogue
from service.api import Health, Parts, create_application
from service.declared import declared_source
from service.demo import DemoWire, demo_wire
from service.http import HttpClient
from service.log import open_log
from service.measures import measure
from service.running import Running, build, reading, retention
from service.serving import serving
from service.settings import Settings
from service.startup import Address, check_configuration, listen_address, store
from service.storage import Storage, open_storage
from service.upkeep import prune, watch_loop

LOOK = 0.05
FORCED = 130


@dataclass
class _Course:
    """Whether we are asked to stop."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def signalled(self) -> None:
        if self.asked.is_set():
            structlog.get_logger().warning("stopped by force; what was in work is done again after the next start")
            os._exit(FORCED)
        structlog.get_logger().info("stopping: what is in work is finished; a second signal forces")
        self.asked.set()


async def serve(settings: Settings, stages: Collection[str], *, ready: Callable[[str], None]) -> int:
    """Run until told to stop; the exit code. ``ready`` is given the line for people when everything runs."""
    course = _Course()
    metrics.begin(stages)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, course.signalled)
    address = listen_address(settings)
    async with AsyncExitStack() as stack:
        opened = stack.enter_async_context
        reader = await opened(reading(settings.extract, stages))
        catalogue = await asyncio.to_thread(load_catalogue)
        brought = check_configuration(settings, catalogue, datetime.now(UTC))
        storage = await opened(open_storage(settings.storage.url, settings.data))
        log = await opened(
            open_log(
                settings.log.url, settings.data, partitions=settings.log.partitions, retention=retention(settings.log)
            )
        )
        await store(storage, brought)
        own = await _demo(stack, settings, storage)
        http = await opened(HttpClient(settings.http, spacing=settings.poll.host_spacing, own=own))
        running = await opened(build(settings, stages, reader, catalogue, storage, log, http))
        parts = Parts(
            storage=storage,
            catalogue=catalogue,
            health=lambda: _health(running, course),
            stopping=course.asked.is_set,
            now=lambda: datetime.now(UTC),
            token=address.token,
            hosts=_names(address),
        )
        shown = await opened(_http_side(address, parts))
        # A full collection over the catalogue and all modules would stop the event loop for a tenth of a second.
        gc.freeze()
        gc.enable()
        await _run(settings, running, storage, course, lambda: ready(f"wirewatch is ready at {shown}/"))
    return 0


async def _run(
    settings: Settings, running: Collection[Running], storage: Storage, course: _Course, ready: Callable[[], None]
) -> None:
    """All stages, until asked to stop; a stage that ends by itself ends the service."""
    async with asyncio.TaskGroup() as group:
        side = [group.create_task(watch_loop()), group.create_task(prune(storage, settings.storage.retention))]
        side.append(group.create_task(measure(running, storage, settings.data)))
        stages = [group.create_task(stage.run(), name=stage.health.stage) for stage in running]
        asked = group.create_task(course.asked.wait())
        while not all(stage.health.ready for stage in running) and not asked.done():
            await asyncio.wait([asked, *stages], timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            ready()
        await asyncio.wait([asked, *stages], return_when=asyncio.FIRST_COMPLETED)
        for stage in running:
            stage.stop(settings.shutdown.grace)
        await asyncio.wait(stages)
        course.asked.set()
        for task in side:
            task.cancel()


def _health(running: Collection[Running], course: _Course) -> Health:
    healths = [stage.health for stage in running]
    reasons = [f"{health.stage}: {health.reason or health.state}" for health in healths if not health.ready]
    if course.asked.is_set():
        reasons.insert(0, "stopping")
    return Health(not reasons, tuple(reasons), {health.stage: health.state for health in healths})


async def _demo(stack: AsyncExitStack, settings: Settings, storage: Storage) -> frozenset[tuple[str, int]]:
    """Serve the demo wire when asked to, and watch it; the address that requests may reach for it."""
    if not settings.demo.enabled:
        return frozenset()
    now = datetime.now(UTC)
    wire: DemoWire = await stack.enter_async_context(demo_wire("127.0.0.1", settings.demo.port, now))
    await storage.sources.add(*(declared_source(url, title, language, now) for url, title, language in wire.feeds))
    return frozenset({(wire.host, wire.port)})


@asynccontextmanager
async def _http_side(address: Address, parts: Parts) -> AsyncIterator[str]:
    """The page, the API and the metrics; yields their address."""
    config = uvicorn.Config(
        create_application(parts),
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
