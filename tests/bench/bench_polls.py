"""Polls a second at 90 % 304 over TLS, with the CPU that each costs, beside a plain httpx loop in the same run.

``python -m tests.bench.bench_polls [SECONDS]``. The server runs in its own process and takes the other core; every feed
is another server (a loopback address of its own), so every poll is a new connection with a new handshake.
"""

import asyncio
import multiprocessing
import resource
import ssl
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import structlog
import trustme

from producers.feeds.fetch import fetch_feed
from producers.feeds.reader import FeedReader
from producers.source_to_entry import SourceToEntry
from service.contracts import PollState, Source, content_id
from service.http import HttpClient
from service.log import open_log
from service.settings import HttpSettings, PollSettings
from service.storage import open_storage

FEEDS = 120
IN_FLIGHT = 50
ADDRESSES = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(FEEDS)]
ENTRY = "<item><title>News {n}</title><link>/a/{n}</link><guid>g{n}</guid><description>{text}</description></item>"
BODY = "".join(ENTRY.format(n=n, text="Der Minister sprach über die Bahn. " * 20) for n in range(50))
FEED = f"<rss version='2.0'><channel><title>Feed</title>{BODY}</channel></rss>".encode()


def serve(certificate: bytes, port: "multiprocessing.Queue[int]") -> None:
    """Nine answers of ten to a conditional request are 304; the tenth is the feed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificate)
        file.flush()
        context.load_cert_chain(file.name)
    count = 0
    full = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(FEED)}\r\nConnection: close\r\n\r\n'.encode() + FEED

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            count += 1
            same = b"if-none-match" in head and count % 10
            writer.write(b'HTTP/1.1 304 X\r\nETag: "1"\r\nConnection: close\r\n\r\n' if same else full)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, "0.0.0.0", 0, ssl=context, backlog=1000)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def measure(
    name: str, seconds: float, urls: list[str], ask: Callable[[str], Awaitable[object]], peer: float | None = None
) -> float:
    """``IN_FLIGHT`` workers that ask one after another; seconds of CPU for one poll."""
    done, before, began = 0, cpu(), time.perf_counter()

    async def worker(number: int) -> None:
        nonlocal done
        while time.perf_counter() - began < seconds:
            await ask(urls[(number + done) % len(urls)])
            done += 1

    await asyncio.gather(*(worker(number) for number in range(IN_FLIGHT)))
    return report(name, done, time.perf_counter() - began, cpu() - before, peer)


def report(name: str, polls: int, seconds: float, used: float, peer: float | None) -> float:
    each = used / max(polls, 1)
    times = f" {each / peer:6.2f} times the peer's" if peer else ""
    print(f"{name:<46}{polls / seconds:8.0f} polls/s {1000 * each:8.2f} ms CPU per poll{times}", flush=True)
    return each


async def whole(seconds: float, urls: list[str], tls: ssl.SSLContext, settings: HttpSettings, peer: float) -> None:
    """The stage as it runs: schedule and states in SQLite, entries in the embedded log."""
    chosen = PollSettings(min_interval=0.001, max_interval=0.001, host_spacing=0, concurrency=IN_FLIGHT)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_log("embedded:", Path(folder)) as log,
            open_storage("", Path(folder)) as storage,
            HttpClient(settings, tls=tls, spacing=0) as http,
        ):
            now = datetime.now(UTC)
            await storage.sources.add(*(Source(id=content_id("source", u), url=u, added_at=now) for u in urls))
            stage = SourceToEntry(http, log, storage, chosen)
            running = asyncio.create_task(stage.run())
            while (await storage.sources.count_by_state()).get("ok", 0) < len(urls):  # noqa: ASYNC110
                await asyncio.sleep(0.2)  # the first round brings every feed whole
            await asyncio.sleep(1)
            polls, before, began = await polled(storage), cpu(), time.perf_counter()
            await asyncio.sleep(seconds)
            report(
                "the stage: schedule, SQLite, durable log",
                await polled(storage) - polls,
                time.perf_counter() - began,
                cpu() - before,
                peer,
            )
            stage.stop(10)
            await running


async def polled(storage: object) -> int:
    found = await storage.sources.list(limit=1000)  # type: ignore[attr-defined]
    return sum(state.polls for _, state in found.items)


async def main(seconds: float) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    authority = trustme.CA()
    certificate = authority.issue_cert(*ADDRESSES)
    pem = certificate.private_key_pem.bytes() + b"".join(part.bytes() for part in certificate.cert_chain_pems)
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    spawn = multiprocessing.get_context("spawn")
    ports: multiprocessing.Queue[int] = spawn.Queue()
    server = spawn.Process(target=serve, args=(pem, ports), daemon=True)
    server.start()
    port = ports.get(timeout=60)
    urls = [f"https://{address}:{port}/feed" for address in ADDRESSES]
    settings = HttpSettings(allow=("127.0.0.0/8",))
    state = PollState(etag='"1"', validated_at=datetime.now(UTC))
    print(f"{FEEDS} servers, {IN_FLIGHT} in flight, 90 % 304, {len(FEED) // 1024} KB otherwise; {seconds:g} s each")
    try:
        limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=0)
        async with httpx.AsyncClient(verify=tls, limits=limits, timeout=30) as plain:
            peer = await measure(
                "peer: httpx, nothing read, no checks",
                seconds,
                urls,
                lambda url: plain.get(url, headers={"If-None-Match": '"1"'}),
            )
        async with HttpClient(settings, tls=tls, spacing=0) as http, FeedReader() as reader:
            await measure(
                "client alone: checks, limits, politeness",
                seconds,
                urls,
                lambda url: http.send("GET", url, headers={"If-None-Match": '"1"'}, polite=True),
                peer,
            )
            await measure(
                "client and parser: one poll's asking",
                seconds,
                urls,
                lambda url: fetch_feed(http, reader, url, state, datetime.now(UTC)),
                peer,
            )
        await whole(seconds, urls, tls, settings, peer)
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0))
