"""A TCP proxy that makes a network bad: slow, jittery, narrow, cut one way or both, reset, or not there.

It listens at once, so that its address can be told to a server before that server starts (a broker's advertised
listener); ``upstream`` may be set later.
"""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

Way = Literal["up", "down"]
"""up: from the client to the server."""
PIECE = 65536


@dataclass
class _Path:
    """One direction, for all connections."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    latency: float = 0.0
    jitter: float = 0.0
    rate: float = 0.0
    bytes: int = 0


class Proxy:
    """``with proxied((host, port)) as proxy``: connect to ``proxy.host``, ``proxy.port``. All calls are thread-safe."""

    host = "127.0.0.1"

    def __init__(self, upstream: tuple[str, int] | None) -> None:
        self.upstream = upstream
        self.port = 0
        self.connections = 0
        """Made so far."""
        self._paths: dict[Way, _Path] = {"up": _Path(), "down": _Path()}
        self._reset_every = 0
        self._loop = asyncio.new_event_loop()
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="proxy")

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def passed(self, way: Way) -> int:
        """Bytes so far."""
        return self._paths[way].bytes

    def slow(self, latency: float, jitter: float = 0.0, *, ways: tuple[Way, ...] = ("up", "down")) -> None:
        """Each piece comes ``latency`` seconds late, and up to ``jitter`` more; the order stays."""
        for way in ways:
            self._paths[way].latency, self._paths[way].jitter = latency, jitter

    def narrow(self, bytes_per_second: float) -> None:
        """0: as wide as it is."""
        for path in self._paths.values():
            path.rate = bytes_per_second

    def cut(self, *ways: Way) -> None:
        """Nothing gets through (both ways, or those named), nobody is told; new connections open and stay silent."""
        self._call(lambda: [self._paths[way].open.clear() for way in ways or ("up", "down")])

    def mend(self) -> None:
        """Open again, with what was sent meanwhile, as TCP sends it again."""
        self._call(lambda: [path.open.set() for path in self._paths.values()])

    def reset(self) -> None:
        """Every connection ends with a TCP reset, on both sides."""
        self._call(lambda: [_reset(writer) for pair in list(self._pairs) for writer in pair])

    def reset_every(self, count: int) -> None:
        """A connection is reset after so many bytes, both ways counted; 0: never."""
        self._reset_every = count

    def refuse(self) -> None:
        """Nobody listens, and all connections are reset."""
        self._run(self._close_server)
        self.reset()

    def accept(self) -> None:
        self._run(self._listen)

    def start(self) -> None:
        self._thread.start()
        self._run(self._listen)
        self.mend()

    def stop(self) -> None:
        self._run(self._close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _call(self, work: Callable[[], Any]) -> None:
        async def run() -> None:
            work()

        self._run(run)

    def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        async def run() -> None:
            await work()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._connected, self.host, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _close_server(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _close(self) -> None:
        await self._close_server()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for pair in list(self._pairs):
            for writer in pair:
                writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            if self.upstream is None:
                _reset(writer)
                return
            # Not before the way there is open: a cut network does not let a connection through either.
            await self._paths["up"].open.wait()
            there, back = await asyncio.open_connection(*self.upstream)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
            self._tasks.discard(task)
            return
        pair = (writer, back)
        self._pairs.add(pair)
        left = [self._reset_every]
        try:
            ways = [self._pump("up", reader, back, left, pair), self._pump("down", there, writer, left, pair)]
            await asyncio.gather(*ways)
        except (OSError, asyncio.CancelledError):
            for one in pair:
                _reset(one)
        finally:
            self._pairs.discard(pair)
            self._tasks.discard(task)
            for one in pair:
                one.close()

    async def _pump(
        self,
        way: Way,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        left: list[int],
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        """Until the source ends; what is under way arrives in its time while more is read."""
        path, waiting = self._paths[way], asyncio.Queue[tuple[float, bytes]](64)
        arriving = asyncio.create_task(self._arrive(path, waiting, sink))
        try:
            while data := await source.read(PIECE):
                if self._reset_every:
                    left[0] -= len(data)
                    if left[0] <= 0:
                        raise ConnectionResetError("enough bytes")
                delay = path.latency + path.jitter * random.random()
                await waiting.put((self._loop.time() + delay, data))
            await waiting.put((self._loop.time() + path.latency, b""))
            await arriving
        except OSError:
            for one in pair:
                _reset(one)
        finally:
            arriving.cancel()
            with suppress(OSError, asyncio.CancelledError):
                await arriving

    async def _arrive(
        self, path: _Path, waiting: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter
    ) -> None:
        while True:
            due, data = await waiting.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if path.rate:
                await asyncio.sleep(len(data) / path.rate)
            await path.open.wait()
            if not data:
                with suppress(OSError):
                    sink.write_eof()
                return
            path.bytes += len(data)
            sink.write(data)
            await sink.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Not the polite end of a connection: RST."""
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def proxied(upstream: tuple[str, int] | None = None) -> Iterator[Proxy]:
    """A proxy that runs in a thread of its own."""
    proxy = Proxy(upstream)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
