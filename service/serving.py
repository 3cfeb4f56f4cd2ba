"""Run an ASGI application inside our own event loop, and know the address it got."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from service.errors import ConfigError


class _Server(uvicorn.Server):
    """The composition root handles signals; uvicorn must not take them over."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(config: uvicorn.Config) -> AsyncIterator[tuple[str, int]]:
    """Serve until the block ends; yields (host, port). ConfigError when the address cannot be had."""
    listener = bound(config.host, config.port)
    server = _Server(config)
    task = asyncio.create_task(server.serve([listener]), name=f"serving {config.host}:{config.port}")
    try:
        while not server.started:
            if task.done():
                await task
                raise ConfigError(f"the server on {config.host}:{config.port} stopped at its start")
            await asyncio.sleep(0.005)
        host, port = listener.getsockname()[:2]
        yield host, port
    finally:
        server.should_exit = True
        try:
            await asyncio.wait_for(task, timeout=5)
        except TimeoutError:
            server.force_exit = True
        finally:
            listener.close()


def bound(host: str, port: int) -> socket.socket:
    """A bound socket, so that a taken port is a clear error before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f'listen = "{host}:{port}": {error.strerror}; choose another address or stop what uses it'
        ) from None
    return listener
