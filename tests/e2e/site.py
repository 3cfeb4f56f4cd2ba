"""A small web server on loopback for the tests: scripted answers, and a record of what was asked."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Message
    body: bytes
    at: float


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Answer | Callable[[Asked], Answer]


class Site:
    """``site.routes[path] = Answer(...)`` or a function of the request; ``site.asked`` is what came, in order."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                asked = Asked(self.command, self.path, self.headers, self.rfile.read(length), monotonic())
                with site._lock:
                    site.asked.append(asked)
                route = site.routes.get(self.path.partition("?")[0], Answer(404, b"no such page"))
                answer = route(asked) if callable(route) else route
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status not in (204, 304):
                    self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                if answer.status not in (204, 304):
                    self.wfile.write(answer.body)

            do_GET = do_POST = _answer  # noqa: N815 - the names the library calls

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer((host, port), Handler)
        self._server.daemon_threads = True
        self.host, self.port = host, self._server.server_address[1]

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def to(self, path: str) -> list[Asked]:
        with self._lock:
            return [asked for asked in self.asked if asked.path.partition("?")[0] == path]

    @contextmanager
    def open(self) -> Iterator["Site"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)


def rss(items: str, title: str = "Test feed", language: str = "de") -> Answer:
    """An RSS document round ``items``."""
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>'
        f"<link>http://example.org/</link><description>d</description><language>{language}</language>"
        f"{items}</channel></rss>"
    )
    return Answer(200, body.encode(), {"content-type": "application/rss+xml; charset=utf-8"})


def item(link: str, title: str, text: str = "", guid: str = "") -> str:
    """One RSS item; ``text`` is HTML for its full text."""
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    name = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{name}{content}</item>"


def page(title: str, paragraphs: str, language: str = "de") -> Answer:
    """An HTML page with an article."""
    inner = "".join(f"<p>{line}</p>" for line in paragraphs.split("\n") if line.strip())
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><nav><a href='/'>Home</a></nav><main><article><h1>{title}</h1>{inner}</article></main></body></html>"
    )
    return Answer(200, body.encode(), {"content-type": "text/html; charset=utf-8"})
