"""The client: one request with all its limits, redirects followed by hand."""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from service.errors import Invalid, Transient
from service.http.addresses import parse_networks
from service.http.dial import Dialer
from service.http.inflate import Chain
from service.http.message import Headers, Redirect, Response
from service.http.politeness import Politeness, SharedTurns
from service.http.retry_after import asked_wait
from service.http.transport import Transport
from service.http.urls import parse_url, suffixes, without_credentials
from service.metrics import refused_requests
from service.settings import HttpSettings

REDIRECTS = (301, 302, 303, 307, 308)
SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "webhook-signature"})
"""Fields that never follow a redirect to another origin."""

BREATH = 1024 * 1024
"""Bytes inflated before the loop gets a turn."""

HeaderFields = Mapping[str, str] | Iterable[tuple[str, str]]


class HttpClient:
    """``async with HttpClient(settings.http) as http: await http.send("GET", url)``.

    ``spacing``: seconds between polite requests to one registrable domain; ``tls``: another trust store than the usual;
    ``own``: addresses with port where we serve ourselves, reached though they are on loopback; ``shared``: the turns
    of other processes.
    """

    def __init__(
        self,
        settings: HttpSettings,
        *,
        spacing: float = 2.0,
        tls: ssl.SSLContext | None = None,
        own: Collection[tuple[str, int]] = (),
        shared: SharedTurns | None = None,
    ) -> None:
        self._settings = settings
        self._own = own
        self._tls = tls
        self.politeness = Politeness(spacing, shared=shared)

    async def __aenter__(self) -> Self:
        # Its own threads: names that hang must not take the loop's shared pool with them.
        self._resolver = ThreadPoolExecutor(32, thread_name_prefix="dns")
        tls = self._tls if self._tls is not None else await asyncio.to_thread(httpx.create_ssl_context)
        await asyncio.to_thread(suffixes)
        self._transport = Transport(Dialer(parse_networks(self._settings.allow), self._resolver, own=self._own), tls)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resolver.shutdown(wait=False, cancel_futures=True)

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: HeaderFields = (),
        body: bytes | None = None,
        follow: bool = True,
        max_body: int | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - a total over several hops, waiting for turns left out
        polite: bool = False,
        cut: bool = False,
    ) -> Response:
        """Ask ``url`` and read the answer whole. Every status is an answer, 4xx and 5xx too.

        ``headers`` win over our own; values are latin-1. ``follow``: redirects, at most ``max_redirects``.
        ``max_body``: bytes after decompression; a longer body is ``Invalid``, or cut there with ``cut``. ``timeout``:
        seconds for everything together but the wait for a turn. ``polite``: take turns at each host, and leave it alone
        as long as it asks (``Politeness``). Credentials in ``url`` go to its own origin only.

        Raises ``Transient`` (DNS, connection, TLS, deadline, a host that asked for quiet) and ``Invalid`` (bad or
        private address, too big, bad encoding, too many redirects).
        """
        at = parse_url(url)
        fields = Headers(headers.items() if isinstance(headers, Mapping) else headers)
        budget = self._settings.timeout if timeout is None else timeout
        limit = self._settings.max_body if max_body is None else max_body
        loop = asyncio.get_running_loop()
        redirects: list[Redirect] = []
        left = budget
        while True:
            shown = without_credentials(str(at))
            async with self.politeness.turn(shown) if polite else nullcontext():
                started = loop.time()
                try:
                    async with asyncio.timeout(left):
                        response = await self._hop(method, at, fields, body, follow, limit, cut)
                except TimeoutError:
                    refused_requests.labels("deadline").inc()
                    raise Transient(f"no complete answer from {at.host} within {budget:g} s") from None
                left -= loop.time() - started
                wait = asked_wait(response.status, response.headers, datetime.now(UTC)) if polite else None
                if wait:
                    self.politeness.pause(shown, wait)
            location = response.headers.get("location")
            if not (follow and location and response.status in REDIRECTS):
                return Response(
                    response.status,
                    response.headers,
                    response.body,
                    shown,
                    tuple(redirects),
                    response.wire_bytes,
                    response.truncated,
                )
            if len(redirects) >= self._settings.max_redirects:
                refused_requests.labels("redirects").inc()
                raise Invalid(
                    f"more than {self._settings.max_redirects} redirects, the last to {_text(location)[:200]}"
                )
            target = parse_url(_text(location), base=at)
            if _origin(target) != _origin(at):
                fields = Headers((name, value) for name, value in fields if name not in SECRET)
            if response.status == 303 or (response.status in (301, 302) and method not in ("GET", "HEAD")):
                method, body = ("HEAD" if method == "HEAD" else "GET"), None
            at = target
            redirects.append(Redirect(response.status, without_credentials(str(at))))

    async def _hop(
        self, method: str, at: httpx.URL, fields: Headers, body: bytes | None, follow: bool, limit: int, cut: bool
    ) -> Response:
        sent = {"user-agent": self._settings.user_agent, "accept": "*/*", "accept-encoding": "gzip, deflate"}
        sent |= {"connection": "close"}
        if at.userinfo:
            pair = b64encode(f"{at.username}:{at.password}".encode()).decode("ascii")
            sent["authorization"] = f"Basic {pair}"
        sent |= dict(fields)
        bare = at.copy_with(username=None, password=None) if at.userinfo else at
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()]
        request = httpx.Request(method, bare, headers=raw, content=body)
        try:
            answer = await self._transport.handle_async_request(request)
            try:
                headers = Headers.of_raw(answer.headers.raw)
                if follow and answer.status_code in REDIRECTS and "location" in headers:
                    return Response(answer.status_code, headers, b"", "")
                content, wire, truncated = await self._read(answer, headers, limit, cut, at.host)
            finally:
                await answer.aclose()
        except httpcore.RemoteProtocolError as error:
            raise Transient(f"{at.host} broke off or does not speak HTTP: {error}") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Transient(f"connection to {at.host} failed: {error}") from error
        return Response(answer.status_code, headers, content, "", (), wire, truncated)

    async def _read(
        self, answer: httpx.Response, headers: Headers, limit: int, cut: bool, host: str
    ) -> tuple[bytes, int, bool]:
        chain = Chain(headers.joined("content-encoding"))
        kept = bytearray()
        wire, breath = 0, BREATH
        async for raw in answer.aiter_raw():
            wire += len(raw)
            for piece in chain.feed(raw):
                kept += piece
                if len(kept) > limit:
                    if cut:
                        return bytes(kept[:limit]), wire, True
                    refused_requests.labels("size").inc()
                    raise Invalid(f"the answer of {host} is larger than {_size(limit)}")
                if len(kept) > breath:
                    breath += BREATH
                    await asyncio.sleep(0)
        chain.finish()
        return bytes(kept), wire, False


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _text(location: str) -> str:
    """A Location as text: the bytes are UTF-8 more often than the latin-1 that they should be."""
    raw = location.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return location


def _size(limit: int) -> str:
    return f"{limit / 1048576:g} MiB" if limit >= 1048576 else f"{limit} bytes"
