"""httpx's transport with one connection per request and the addresses checked while dialling.

A pool that keeps connections costs more than the handshakes it saves when nearly every request goes to another host.
"""

import ssl
from collections.abc import AsyncIterator

import httpcore
import httpx

from service.http.dial import Dialer


class _Body(httpx.AsyncByteStream):
    def __init__(self, connection: httpcore.AsyncHTTPConnection, response: httpcore.Response) -> None:
        self._connection = connection
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        try:
            await self._response.aclose()
        finally:
            await self._connection.aclose()


class Transport(httpx.AsyncBaseTransport):
    """No cookies, no proxies, no pool, no retries; redirects are answers. Raises httpcore's errors and the dialer's."""

    def __init__(self, dialer: Dialer, tls: ssl.SSLContext) -> None:
        self._dialer = dialer
        self._tls = tls

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        connection = httpcore.AsyncHTTPConnection(url.origin, self._tls, network_backend=self._dialer)
        try:
            answer = await connection.handle_async_request(
                httpcore.Request(
                    request.method,
                    url,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            await connection.aclose()
            raise
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(connection, answer))
