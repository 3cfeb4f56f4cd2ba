"""A real HTTP server on loopback that answers as it is told, and remembers what it was sent."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

RESET = "reset"


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """``plan[path]``: answers in order, the last for ever: status, (status, headers), RESET, or seconds of silence."""

    base: str = ""
    plan: dict[str, Sequence[object]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    under_way: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    async def until(self, path: str, count: int) -> list[Asked]:
        """Wait for so many requests."""
        async with asyncio.timeout(20), self.heard:
            await self.heard.wait_for(lambda: len(self.to(path)) >= count)
        return self.to(path)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = ""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split()[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            plan = self.plan.get(path, [204])
            step = plan[min(self.counts[path], len(plan) - 1)]
            self.counts[path] += 1
            self.under_way[path] += 1
            self.most[path] = max(self.most[path], self.under_way[path])
            async with self.heard:
                self.asked.append(Asked(path, headers, body))
                self.heard.notify_all()
            if isinstance(step, float):
                await asyncio.sleep(step)
                step = 204
            if step == RESET:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")
                await writer.drain()
                writer.transport.abort()
                return
            status, extra = step if isinstance(step, tuple) else (step, {})
            lines = "".join(f"{name}: {value}\r\n" for name, value in extra.items())
            writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: 0\r\n{lines}\r\n".encode())
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            if path:
                self.under_way[path] -= 1
            writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver at ``base`` on a free port."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        server.close()
