import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from producers.source_to_entry import SourceToEntry
from service.contracts import FeedEntry, Source, content_id
from service.http import HttpClient
from service.log import Log, TopicPartition, open_log
from service.settings import HttpSettings, PollSettings
from service.storage import Storage, open_storage


class FeedServer:
    """Serves whatever ``pages`` says (path → bytes, or status and fields and bytes) and notes what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, object] = {}
        self.requests: list[tuple[float, str, dict[str, str]]] = []
        self.port = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[dict[str, str]]:
        return [fields for _, asked, fields in self.requests if asked == path]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if ": " in line)}
            path = head[0].split()[1]
            self.requests.append((asyncio.get_running_loop().time(), path, fields))
            page = self.pages.get(path, (404, {}, b""))
            if callable(page):
                page = page(fields)
            if asyncio.iscoroutine(page):
                page = await page
            status, extra, body = page if isinstance(page, tuple) else (200, {}, page)
            lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *(f"{k}: {v}" for k, v in extra.items())]
            writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def rss(*titles: str, extra: str = "") -> bytes:
    items = "".join(f"<item><title>{t}</title><link>/{t}</link><guid>{t}</guid></item>" for t in titles)
    return f"<rss version='2.0'><channel><title>Feed</title>{extra}{items}</channel></rss>".encode()


@pytest.fixture(name="rss")
def rss_fixture() -> Callable[..., bytes]:
    return rss


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    feeds = FeedServer()
    listening = await asyncio.start_server(feeds.handle, "127.0.0.1", 0)
    feeds.port = listening.sockets[0].getsockname()[1]
    yield feeds
    listening.close()


class Wire:
    """A poller over real storage and a real log, with what came out of it."""

    def __init__(self, log: Log, storage: Storage) -> None:
        self.log, self.storage = log, storage

    async def watch(self, *urls: str) -> list[Source]:
        sources = [Source(id=content_id("source", url), url=url, added_at=datetime.now(UTC)) for url in urls]
        await self.storage.sources.add(*sources)
        return sources

    async def entries(self) -> list[FeedEntry]:
        found = []
        for partition in range((await self.log.topics()).get("entries", 0)):
            records = await self.log.fetch(TopicPartition("entries", partition), 0, max_records=20_000)
            found += [FeedEntry.model_validate_json(record.value) for record in records]
        return found

    async def state(self, url: str):
        return (await self.storage.sources.get(url))[1]

    @asynccontextmanager
    async def polling(self, **settings: object) -> AsyncIterator[SourceToEntry]:
        chosen = PollSettings(**({"min_interval": 0.2, "max_interval": 0.2, "host_spacing": 0} | settings))
        async with HttpClient(HttpSettings(allow=("127.0.0.0/8",), timeout=5), spacing=chosen.host_spacing) as http:
            stage = SourceToEntry(http, self.log, self.storage, chosen)
            task = asyncio.create_task(stage.run())
            try:
                yield stage
            finally:
                stage.stop(5)
                await task


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[Wire]:
    async with open_log("memory:", tmp_path) as log, open_storage("", tmp_path) as storage:
        yield Wire(log, storage)


async def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for ``condition`` (may be async); fails loudly when it does not come."""
    async with asyncio.timeout(seconds):
        while True:
            result = condition()
            if asyncio.iscoroutine(result):
                result = await result
            if result:
                return
            await asyncio.sleep(0.02)


@pytest.fixture(name="until")
def until_fixture() -> object:
    return until
