"""The log as transport: appends, reads and a relay of two stages, embedded and on Kafka beside its raw clients.

``python -m tests.bench.bench_transport [MESSAGES] [ROUNDS]`` starts a broker of its own; messages of 5,000 bytes, zstd.
Raw: aiokafka and confluent-kafka alone, with the same settings (idempotent, acks=all, batches of 256 KB). All take
their turns in each round, the best of the rounds counts: other work on the machine makes a rate smaller, never larger.
Reading is timed from the first records on: how long it takes to join a group is a figure of its own. CPU is this
process's, without the broker's.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from service.contracts import Message
from service.garbage import keep_what_is_loaded
from service.log import Log, Record, open_log
from service.settings import LogSettings
from service.stage import Batch, Done, Outcome, StageLoop, StageOptions
from tests.bench.raw_clients import Aiokafka, Confluent
from tests.parts.kafka import kafka

SIZE = 5_000
AT_ONCE, CALLERS = 100, 8
"""Records of one append, and how many wait for one at the same time."""
PACE = 200.0
"""Messages a second while latency is measured."""


@dataclass(frozen=True)
class Speed:
    """Messages a second, microseconds of CPU for one, seconds before the first."""

    rate: float
    cpu: float
    before: float


class Parcel(Message):
    text: str


class Forward:
    message = Parcel

    def __init__(self, consumes: str, produces: str) -> None:
        self.name = self.consumes = consumes
        self.produces = produces

    async def handle(self, batch: Batch[Parcel]) -> Sequence[Outcome]:
        return [Done([parcel]) for parcel in batch.messages]


def texts(count: int) -> list[bytes]:
    """Like articles to a compressor: words, in no order that repeats."""
    chance = random.Random(20261126)
    words = ["".join(chance.choices("абвгдеёжзийклмноп", k=chance.randint(2, 12))) for _ in range(4000)]
    made = []
    for _ in range(count):
        text = " ".join(chance.choices(words, k=900)).encode()
        made.append(text[:SIZE])
    return made


async def in_turn(jobs: Sequence[Awaitable[object]], at_once: int = CALLERS) -> None:
    turns = asyncio.Semaphore(at_once)

    async def one(job: Awaitable[object]) -> None:
        async with turns:
            await job

    await asyncio.gather(*map(one, jobs))


async def append(log: Log, topic: str, values: Sequence[bytes]) -> None:
    records = [Record(str(number), value) for number, value in enumerate(values)]
    chunks = [records[start : start + AT_ONCE] for start in range(0, len(records), AT_ONCE)]
    await in_turn([log.append(topic, chunk) for chunk in chunks])


async def consume(log: Log, topic: str, group: str, count: int) -> float:
    """When the first records came."""
    async with log.reader(group, [topic]) as reader:
        seen, first = 0, 0.0
        while seen < count:
            batches = await reader.poll(max_records=500)
            if batches:
                first = first or time.perf_counter()
                await reader.commit({batch.source: batch.next_offset for batch in batches})
                seen += sum(len(batch.records) for batch in batches)
    return first


async def relay(log: Log, count: int, pace: float | None) -> tuple[float, list[float]]:
    """Through two stages: messages a second from the first append to the last arrival, and each one's seconds."""
    name = os.urandom(4).hex()
    topics = [f"{name}-{number}" for number in range(3)]
    await log.create_topics(dict.fromkeys(topics, 4))
    loops = [StageLoop(Forward(topics[n], topics[n + 1]), log, StageOptions(batch=200)) for n in range(2)]
    running = [asyncio.create_task(loop.run()) for loop in loops]
    began: dict[str, float] = {}
    took: list[float] = []
    body = texts(1)[0].decode("utf-8", "ignore")

    async def arrive() -> None:
        async with log.reader("arrived", [topics[2]]) as reader:
            while len(took) < count:
                for batch in await reader.poll():
                    now = time.perf_counter()
                    took.extend(now - began[record.key] for record in batch.records)

    def parcel(number: int) -> Record:
        key = str(number)
        began[key] = time.perf_counter()
        return Record(key, Parcel(id=key, first_seen_at=datetime.now(UTC), text=body).to_json())

    arriving = asyncio.create_task(arrive())
    while not all(loop.health.ready for loop in loops):  # noqa: ASYNC110 - state of the loops
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.0)
    start = time.perf_counter()
    if pace is None:
        for first in range(0, count, 500):
            await log.append(topics[0], [parcel(number) for number in range(first, min(count, first + 500))])
    else:
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / pace - time.perf_counter()))
            await log.append(topics[0], [parcel(number)])
    await arriving
    rate = count / (time.perf_counter() - start)
    for loop in loops:
        loop.stop(5)
    await asyncio.gather(*running)
    return rate, sorted(took)


async def best(rounds: int, count: int, kinds: dict[str, Callable[[], Awaitable[float | None]]]) -> dict[str, Speed]:
    """By kind. Work that says when its first records came is timed from then on."""
    found = dict.fromkeys(kinds, Speed(0.0, float("inf"), float("inf")))
    for _ in range(rounds):
        for kind, work in kinds.items():
            begun, burnt = time.perf_counter(), time.process_time()
            first = await work() or begun
            rate, cpu = count / (time.perf_counter() - first), (time.process_time() - burnt) / count * 1e6
            best_yet = found[kind]
            found[kind] = Speed(max(best_yet.rate, rate), min(best_yet.cpu, cpu), min(best_yet.before, first - begun))
    return found


def show(what: str, found: dict[str, Speed]) -> None:
    raw = found["aiokafka"]
    for kind, one in found.items():
        joined = f"; {one.before:.2f} s to join" if one.before else ""
        print(
            f"{what:8} {kind:16} {one.rate:9,.0f}/s {one.cpu:6.0f} us; "
            f"of raw aiokafka: rate {one.rate / raw.rate:5.2f}, CPU {one.cpu / raw.cpu:5.2f}{joined}",
            flush=True,
        )


async def bench(servers: str, embedded: Log, on_kafka: Log, count: int, rounds: int) -> None:
    values = texts(count)
    fresh = iter(range(10**9))
    raw, librdkafka = Aiokafka(servers), Confluent(servers)
    async with raw:
        found = await best(
            rounds,
            count,
            {
                "aiokafka": lambda: raw.append("filled", values, AT_ONCE, in_turn),
                "Kafka": lambda: append(on_kafka, "filled", values),
                "confluent-kafka": lambda: asyncio.to_thread(librdkafka.append, "filled", values),
                "embedded": lambda: append(embedded, "filled", values),
            },
        )
        show("append", found)
        filled = count * rounds
        found = await best(
            rounds,
            filled,
            {
                "aiokafka": lambda: raw.consume("filled", f"raw-{next(fresh)}", filled),
                "Kafka": lambda: consume(on_kafka, "filled", f"ours-{next(fresh)}", filled),
                "confluent-kafka": lambda: asyncio.to_thread(
                    librdkafka.consume, "filled", f"conf-{next(fresh)}", filled
                ),
                "embedded": lambda: consume(embedded, "filled", f"ours-{next(fresh)}", filled),
            },
        )
        show("consume", found)
    for kind, log in (("Kafka", on_kafka), ("embedded", embedded)):
        whole, _ = max([await relay(log, count, None) for _ in range(rounds)])
        paced = min([(await relay(log, max(50, count // 10), PACE))[1] for _ in range(rounds)], key=lambda t: t[-1])
        p50, p99 = paced[len(paced) // 2] * 1000, paced[int(len(paced) * 0.99)] * 1000
        print(
            f"relay    {kind:16} {whole:9,.0f}/s through two stages; at {PACE:g}/s p50 {p50:.0f} ms, p99 {p99:.0f} ms",
            flush=True,
        )


async def main(count: int, rounds: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    keep_what_is_loaded()  # as the service does
    with tempfile.TemporaryDirectory(prefix="wirewatch-bench-") as name, kafka() as cluster:
        print(f"{count} messages of {SIZE} bytes, 4 partitions, Kafka {cluster.version}, best of {rounds}", flush=True)
        async with (
            open_log("embedded:", Path(name)) as embedded,
            open_log(cluster.url(), Path(name), settings=LogSettings()) as on_kafka,
        ):
            await on_kafka.create_topics({"filled": 4})
            await bench(cluster.bootstrap, embedded, on_kafka, count, rounds)


if __name__ == "__main__":
    asyncio.run(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 20_000,
            int(sys.argv[2]) if len(sys.argv) > 2 else 3,
        )
    )
