"""Servers that behave badly, for the tests: they drip, reset, redirect in circles, and send what nobody asked for.

Every server has a port of its own, so that none of them is another's neighbour to a polite client.
"""

import asyncio
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

LONGEST_DRIP = 300.0
"""Seconds after which a drip ends by itself, whoever has forgotten it."""


@dataclass(frozen=True)
class Request:
    """One request as it came; header names in lower case; ``at``: monotonic seconds."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Behaviour


def reply(body: bytes = b"", status: str = "200 OK", kind: str = "application/rss+xml", **headers: str) -> bytes:
    """A whole answer as bytes; underscores in header names stand for hyphens."""
    fields = {"content-type": kind, "content-length": str(len(body)), "connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, location=location)


def drip(start: bytes, piece: bytes = b" ", every: float = 0.2) -> Behaviour:
    """``start``, then a little for ever: no single read ever waits long."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        ends = time.monotonic() + LONGEST_DRIP
        while time.monotonic() < ends and not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return behave


def late(seconds: float, answer: bytes) -> Behaviour:
    """``answer`` after ``seconds``."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(answer)

    return behave


def reset(start: bytes) -> Behaviour:
    """``start``, then a connection reset."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        await asyncio.sleep(0.05)
        at = writer.get_extra_info("socket")
        at.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return behave


def flood(start: bytes, piece: bytes) -> Behaviour:
    """``start``, then ``piece`` again and again as fast as it is taken."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        ends = time.monotonic() + LONGEST_DRIP
        while time.monotonic() < ends and not writer.is_closing():
            writer.write(piece)
            await writer.drain()

    return behave


class RawSites:
    """``with RawSites().open() as sites: base = sites.serve({"/feed": reply(…)})``. ``host``: where all of them are."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self._loop = asyncio.new_event_loop()
        self._asked: dict[str, list[Request]] = defaultdict(list)
        self._servers: list[asyncio.Server] = []
        self._connections: set[asyncio.Task[None]] = set()

    @contextmanager
    def open(self) -> Iterator["RawSites"]:
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()

    def serve(self, routes: Mapping[str, Reply], host: str | None = None) -> str:
        """Open another server; its address. ``routes`` may be changed later on."""
        return asyncio.run_coroutine_threadsafe(self._serve(routes, host or self.host), self._loop).result(10)

    def asked(self, url: str) -> list[Request]:
        """What came to an address, in order."""
        return list(self._asked[url])

    def requests(self) -> list[Request]:
        """All that came to any of the servers."""
        return [request for asked in list(self._asked.values()) for request in list(asked)]

    async def _serve(self, routes: Mapping[str, Reply], host: str) -> str:
        base = ""

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._connections.add(task)
            try:
                with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
                    request = await _read(reader)
                    path = request.path.partition("?")[0]
                    self._asked[base + path].append(request)
                    answer = routes.get(path, reply(b"no such page", "404 Not Found", "text/plain"))
                    if isinstance(answer, bytes):
                        writer.write(answer)
                    else:
                        await answer(request, writer)
                    await writer.drain()
            finally:
                self._connections.discard(task)
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()

        server = await asyncio.start_server(connected, host, 0)
        self._servers.append(server)
        base = f"http://{host}:{server.sockets[0].getsockname()[1]}"
        return base

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ", 2)
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = await reader.readexactly(int(fields.get("content-length", "0")))
    return Request(method, path, fields, body, time.monotonic())
