"""The composition root: settings → open things → running parts in one TaskGroup, and the order of the drain.

SIGTERM or SIGINT: not ready → nothing new is taken → what is in work is finished → closed. A second signal forces.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial

import structlog

from service import metrics
from service.actors import load_catalogue
from service.course import Course
from service.declared import declared_source
from service.demo import DemoWire, demo_wire
from service.errors import WirewatchError
from service.garbage import keep_what_is_loaded
from service.http import HttpClient
from service.listening import application, health_of, listening
from service.log import open_configured_log
from service.log.embedded.lock import WriterLock
from service.measures import measure
from service.needs import database_lock, needs_log, needs_storage
from service.notify import keep_alive, notify
from service.replay_requests import answer_requests
from service.running import Opened, Running, build, reading
from service.settings import Settings
from service.startup import check_configuration, listen_address, store
from service.storage import Storage, open_storage
from service.topology import NAMES
from service.upkeep import prune, watch_clock, watch_loop

LOOK = 0.05
PATIENCE = 60.0
"""Seconds that a start waits for a database server that does not answer yet."""
BROKEN = 1
"""Exit code where a stage has met what cannot be waited for."""


async def serve(
    settings: Settings, parts: Collection[str], *, ready: Callable[[str], None], last: Callable[[], None] = lambda: None
) -> int:
    """Run until told to stop; the exit code. ``ready`` is given the line for people when everything runs; ``last`` is
    done even when the end is forced."""
    course = Course(settings.shutdown.grace, last)
    course.watch()
    metrics.begin([name for name in NAMES if name in parts])
    try:
        async with AsyncExitStack() as stack:
            with course.opening():
                opened = await _open(stack, settings, parts)
                running = await stack.enter_async_context(build(settings, parts, opened))
                address = listen_address(settings)
                app = application(address, parts, opened, partial(health_of, running, course), course)
                shown = await stack.enter_async_context(listening(address, app))
            keep_what_is_loaded()
            await _run(settings, running, opened, course, lambda: ready(f"wirewatch is ready at {shown}/"))
    except asyncio.CancelledError:
        if not course.asked.is_set():
            raise
    except ExceptionGroup as group:
        known, unforeseen = group.split(WirewatchError)
        if unforeseen is not None or known is None:
            raise
        structlog.get_logger().error("stopped by what cannot be waited for", errors=[str(e) for e in known.exceptions])
        return BROKEN
    finally:
        course.over()
    return 0


async def _open(stack: AsyncExitStack, settings: Settings, parts: Collection[str]) -> Opened:
    """What the chosen parts need, and nothing else."""
    opened = stack.enter_async_context
    reader = await opened(reading(settings.extract, parts))
    catalogue = await asyncio.to_thread(load_catalogue)
    brought = check_configuration(settings, catalogue, datetime.now(UTC))
    storage: Storage | None = None
    log = None
    if (lock := database_lock(settings, parts)) is not None:
        stack.callback(WriterLock(lock).release)
    if needs_storage(settings, parts):
        storage = await opened(open_storage(settings.storage, settings.data, patience=PATIENCE))
        await store(storage, brought)
    if needs_log(parts):
        log = await opened(open_configured_log(settings.log, settings.data))
    polls = "source_to_entry" in parts
    own = await _demo(stack, settings, storage) if settings.demo.enabled and storage and polls else frozenset()
    turns = storage.sites if storage is not None and storage.shared else None
    http = await opened(HttpClient(settings.http, spacing=settings.poll.host_spacing, own=own, shared=turns))
    return Opened(catalogue=catalogue, http=http, reader=reader, storage=storage, log=log)


async def _run(
    settings: Settings, running: Collection[Running], opened: Opened, course: Course, ready: Callable[[], None]
) -> None:
    """All parts, until asked to stop; one that ends by itself ends the service."""
    async with asyncio.TaskGroup() as group:
        side = [
            group.create_task(watch_loop()),
            group.create_task(measure(running, opened.storage, settings.data)),
            group.create_task(keep_alive(lambda: not health_of(running, course).stuck)),
        ]
        if opened.storage is not None:
            side.append(group.create_task(prune(opened.storage, settings.storage)))
            side.append(group.create_task(watch_clock(opened.storage)))
        if opened.log is not None and settings.log.url == "embedded:":
            side.append(group.create_task(answer_requests(opened.log, settings.data)))
        parts = [group.create_task(part.run(), name=part.health.stage) for part in running]
        asked = group.create_task(course.asked.wait())
        while not all(part.health.ready for part in running) and not asked.done():
            await asyncio.wait([asked, *parts], timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            ready()
            notify("READY=1")
        await asyncio.wait([asked, *parts], return_when=asyncio.FIRST_COMPLETED)
        for part in running:
            part.stop(settings.shutdown.grace)
        await asyncio.wait(parts)
        course.asked.set()
        for task in side:
            task.cancel()


async def _demo(stack: AsyncExitStack, settings: Settings, storage: Storage) -> frozenset[tuple[str, int]]:
    """Serve the demo wire and watch it; the address that requests may reach for it."""
    now = datetime.now(UTC)
    wire: DemoWire = await stack.enter_async_context(demo_wire("127.0.0.1", settings.demo.port, now))
    await storage.sources.add(*(declared_source(url, title, language, now) for url, title, language in wire.feeds))
    return frozenset({(wire.host, wire.port)})
