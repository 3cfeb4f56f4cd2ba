"""A feed that answers by a script, and remembers what it was asked and when."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

from tests.e2e.good_source import RSS
from tests.e2e.raw_site import Behaviour, RawSites, Reply, Request

Step = bytes | Callable[[], bytes] | None
"""None: the request is taken and never answered."""
PAUSE = 0.05
"""Seconds that every answer takes, so that requests at the same time would overlap."""
WALL = time.time() - time.monotonic()


def header(line: str | bytes) -> bytes:
    return line if isinstance(line, bytes) else line.encode()


def answer(status: str = "200 OK", *lines: str | bytes, body: bytes = b"") -> bytes:
    """A whole answer; ``lines``: header fields as they go over the wire."""
    fields = [b"content-length: %d" % len(body), b"connection: close", *(header(line) for line in lines)]
    if status.startswith("304"):
        fields.pop(0)
    return f"HTTP/1.1 {status}\r\n".encode() + b"\r\n".join(fields) + b"\r\n\r\n" + body


def document(items: str = "", channel: str = "") -> bytes:
    """An RSS document: ``channel`` are further elements of it."""
    return RSS.format(title="Scripted", items=channel + items).encode()


def ok(*lines: str | bytes, items: str = "", channel: str = "") -> bytes:
    return answer("200 OK", "content-type: application/rss+xml", *lines, body=document(items, channel))


def not_modified(*lines: str | bytes) -> bytes:
    return answer("304 Not Modified", *lines)


def refused(status: str, *lines: str) -> bytes:
    return answer(status, "content-type: text/plain", *lines, body=b"no")


def moved(status: str, to: str) -> bytes:
    return answer(status, f"location: {to}", "Set-Cookie: hop=1; Path=/")


def http_date(seconds: float) -> str:
    """So many seconds from now."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@dataclass(frozen=True)
class Span:
    """When a request came and when it had its answer; monotonic seconds."""

    path: str
    began: float
    ended: float


class Host:
    """One server on a port of its own: scripts by path, all requests in one record."""

    def __init__(self, sites: RawSites, takes: float = PAUSE) -> None:
        self._sites, self._takes = sites, takes
        self._routes: dict[str, Reply] = {}
        self.spans: list[Span] = []
        self.base = sites.serve(self._routes)

    def script(self, path: str, steps: Sequence[Step]) -> "ScriptedFeed":
        """``steps``: one a request, the last for all further ones."""
        self._routes[path.partition("?")[0]] = self._behaviour(path, steps)
        return ScriptedFeed(self._sites, self.base, path)

    def _behaviour(self, path: str, steps: Sequence[Step]) -> Behaviour:
        left = list(steps)

        async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
            step = left.pop(0) if len(left) > 1 else left[0]
            await asyncio.sleep(self._takes if step is not None else 300)
            assert step is not None
            writer.write(step if isinstance(step, bytes) else step())
            self.spans.append(Span(path, request.at, time.monotonic()))
            await writer.drain()

        return behave


@dataclass(frozen=True)
class ScriptedFeed:
    sites: RawSites
    base: str
    path: str

    @property
    def url(self) -> str:
        return self.base + self.path

    @property
    def asked(self) -> list[Request]:
        return self.sites.asked(self.base + self.path.partition("?")[0])

    @property
    def gaps(self) -> list[float]:
        """Seconds between its requests."""
        times = [request.at for request in self.asked]
        return [later - earlier for earlier, later in pairwise(times)]

    def conditions(self) -> list[tuple[str | None, str | None]]:
        """(If-None-Match, If-Modified-Since) of each request, in latin-1 as on the wire."""
        return [(one.headers.get("if-none-match"), one.headers.get("if-modified-since")) for one in self.asked]


def wire(text: str) -> str:
    """UTF-8 text as it looks on the wire read as latin-1."""
    return text.encode().decode("latin-1")
