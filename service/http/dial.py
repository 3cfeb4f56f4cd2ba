"""Opening connections: names are resolved here, each address is checked, and the connection goes to a checked one.

Checking when dialling leaves no gap between check and use (DNS rebinding). TLS still sees the name (SNI, certificate).
"""

import asyncio
import socket
import ssl
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Executor
from typing import Any

import httpcore

from service.errors import Invalid, Transient
from service.http.addresses import Network, refusal
from service.metrics import refused_requests

READ = 65536


class Stream(httpcore.AsyncNetworkStream):
    """A connection over asyncio's own streams. Time is limited from above: by the deadline of the whole request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's protocol
        try:
            return await self._reader.read(min(max_bytes, READ))
        except OSError as error:
            raise httpcore.ReadError(error) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(error) from error

    async def aclose(self) -> None:
        # abort, not close: nothing is left to send, and a TLS farewell could wait for a silent peer.
        self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException as error:
            self._writer.transport.abort()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise Transient(f"certificate of {server_hostname} is not valid: {error.verify_message}") from error
            if isinstance(error, OSError):
                raise httpcore.ConnectError(error) from error
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._writer.get_extra_info(info)


class Dialer(httpcore.AsyncNetworkBackend):
    """Resolve, check, connect. ``allow``: ranges that may be reached though they are not public; ``own``: addresses
    with port where we serve ourselves (the demo wire)."""

    def __init__(
        self,
        allow: Sequence[Network],
        resolver: Executor,
        attempt: float = 10.0,
        own: Collection[tuple[str, int]] = (),
    ) -> None:
        self._allow = tuple(allow)
        self._resolver = resolver
        self._attempt = attempt
        self._own = frozenset(own)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's protocol
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        last: Exception | None = None
        for address in await self.checked(host, port):
            try:
                async with asyncio.timeout(self._attempt):
                    return Stream(*await asyncio.open_connection(address, port))
            except OSError as error:  # TimeoutError is one
                last = error
        reason = "no answer" if isinstance(last, TimeoutError) else (getattr(last, "strerror", None) or str(last))
        raise Transient(f"cannot connect to {host}:{port}: {reason}") from last

    async def checked(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of ``host`` that may be reached, in the resolver's order. ``Invalid`` when all are refused,
        ``Transient`` when the name cannot be resolved."""
        if (host, port) in self._own:
            return (host,)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._resolver, _resolve, host, port)
        except OSError as error:
            raise Transient(f"cannot find {host} (DNS: {error.strerror or error})") from error
        except UnicodeError:
            raise Invalid(f"not a host name: {host[:100]!r}") from None
        refused = {address: why for address in found if (why := refusal(address, self._allow))}
        allowed = tuple(address for address in found if address not in refused)
        if not allowed:
            refused_requests.labels("address").inc()
            address, why = next(iter(refused.items()))
            where = host if host == address else f"{host} ({address})"
            raise Invalid(f"refused to reach {where}: {why}; ranges in http.allow are let through")
        return allowed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _resolve(host: str, port: int) -> tuple[str, ...]:
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in infos))
