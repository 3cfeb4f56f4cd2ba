"""Who may ask: names the service answers to, and the token where it is not on loopback."""

import base64
import binascii
import hmac

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.parts import Probed
from service.api.problems import problem

OPEN = frozenset({"/healthz", "/readyz"})
POLICY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class Guard:
    """ASGI middleware: refuses what is not for us, and gives every answer its safety headers."""

    def __init__(self, app: ASGIApp, parts: Probed) -> None:
        self._app, self._parts = app, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        head = scope["method"] == "HEAD"
        if head:
            scope = {**scope, "method": "GET"}

        async def safe(message: Message) -> None:
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in POLICY.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = _refusal(self._parts, Request(scope)) or self._app
        await answer(scope, receive, safe)


def _refusal(parts: Probed, request: Request) -> Response | None:
    host = (request.url.hostname or "").strip("[]").lower()
    if parts.hosts is not None and host not in parts.hosts:
        return problem(421, f'"{host}" is not a name of this service')
    if parts.token is None or request.url.path in OPEN:
        return None
    if hmac.compare_digest(_given(request.headers.get("authorization", "")).encode(), parts.token.encode()):
        return None
    # Basic lets a browser and a feed reader in: any user, the token as password.
    return problem(401, "a token is needed: Authorization: Bearer …", {"www-authenticate": 'Basic realm="wirewatch"'})


def _given(header: str) -> str:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
