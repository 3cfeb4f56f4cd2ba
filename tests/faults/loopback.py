"""A web server on loopback that says when an answer has really gone out."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    path: str
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Reply:
    """``sent`` is called after the last byte was written; not when the other side had hung up before."""

    status: int
    body: bytes = b""
    kind: str = "text/plain"
    sent: Callable[[], None] = lambda: None


@contextmanager
def serving(answer: Callable[[Request], Reply]) -> Iterator[str]:
    """Yields the server's address, "http://127.0.0.1:port". Every connection has its own thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:  # whoever sent has died
                self.close_connection = True
                return
            reply = answer(Request(self.path, self.headers, body))
            try:
                self.send_response(reply.status)
                self.send_header("content-type", reply.kind)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
                self.wfile.flush()
            except OSError:  # whoever asked has died
                self.close_connection = True
                return
            reply.sent()

        do_GET = do_POST = _answer  # noqa: N815 - the names the library calls

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
