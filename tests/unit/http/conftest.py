import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import trustme

from service.http import HttpClient
from service.settings import HttpSettings

Answer = Callable[[str, dict[str, str]], bytes | Awaitable[bytes] | None]
Serve = Callable[..., object]


class Server:
    """A server on loopback that answers with raw bytes, so that it can be as wrong as it likes."""

    def __init__(self, answer: Callable[["Server", str, dict[str, str]], object]) -> None:
        self.answer = answer
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            fields = {name.lower(): value for name, value in fields.items()}
            if "content-length" in fields:
                fields[":body"] = (await reader.readexactly(int(fields["content-length"]))).decode("latin-1")
            self.requests.append((head[0], fields))
            result = self.answer(self, head[0].split()[1], fields)
            if hasattr(result, "__aiter__"):
                async for part in result:
                    writer.write(part)
                    await writer.drain()
            else:
                writer.write(result)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Awaitable[Server]]]:
    servers = []

    async def start(reply: object, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Server:
        server = Server(reply if callable(reply) else lambda *_: reply)  # type: ignore[arg-type]
        listening = await asyncio.start_server(server.handle, host, 0, ssl=tls)
        server.port = listening.sockets[0].getsockname()[1]
        servers.append(listening)
        return server

    yield start
    for listening in servers:
        listening.close()


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with client() as opened:
        yield opened


@asynccontextmanager
async def client(
    tls: ssl.SSLContext | None = None, spacing: float = 0.0, **settings: object
) -> AsyncIterator[HttpClient]:
    chosen = HttpSettings(**({"allow": ("127.0.0.0/8",), "timeout": 5.0} | settings))
    async with HttpClient(chosen, tls=tls or ssl.create_default_context(), spacing=spacing) as opened:
        yield opened


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(name="client")
def client_fixture() -> object:
    return client


@pytest.fixture(name="answer")
def answer_fixture() -> object:
    return answer
