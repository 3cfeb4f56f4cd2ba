"""The whole flow as its users run it: ``wirewatch run`` with the embedded engine and two reading processes, feeds with
full text and a webhook receiver on loopback.

``python -m tests.bench.bench_flow [ARTICLES] [SECONDS]``. First how many articles a second go from feeds to alerts when
they all come at once, with the CPU that each costs, beside its peer in the same run: a bare loop in one process that
only reads the same articles (no feed, log, database). Then ``SECONDS`` of five new articles a second: the delay from a
feed's answer that has the article to the webhook that tells it, beside reading that article alone.
"""

import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import load_catalogue
from tests.bench.processes import cpu_by_process
from tests.bench.texts import article
from tests.e2e.program import Program, until
from tests.e2e.site import Answer, Asked, Site, item, rss

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LANGUAGES = ("de", "en", "ru", "fr", "vi")
A_FEED = 50
PER_SECOND = 5
RULE = "phrase: Wirewatchville\n"
PROCESSES = 2
PATIENCE = 600


def text_of(number: int) -> str:
    """Article ``number``; every one is told, by a word that nobody else has."""
    return f"Wirewatchville, {number}. {article(LANGUAGES[number % len(LANGUAGES)], number)}"


def as_item(base: str, number: int) -> str:
    markup = "".join(f"<p>{line}</p>" for line in text_of(number).split("\n"))
    return item(f"{base}/article/{number}", f"Wirewatchville {number}", markup, guid=str(number))


class Receiver:
    """When the article of each number was first told."""

    def __init__(self, site: Site) -> None:
        self.told: dict[int, float] = {}
        self.url = f"{site.base}/hook"
        site.routes["/hook"] = self._take

    def _take(self, asked: Asked) -> Answer:
        self.told.setdefault(int(json.loads(asked.body)["data"]["title"].split()[-1]), asked.at)
        return Answer(204)


def dealt_with(program: Program, pid: int) -> tuple[int, dict[int, float]]:
    """Articles that went through the last stage, and the CPU of the service's processes."""
    with urlopen(f"{program.address}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    wanted = 'wirewatch_stage_messages_total{outcome="done",stage="extraction_to_alert"}'
    return sum(int(float(line.split()[-1])) for line in lines if line.startswith(wanted)), cpu_by_process(pid)


@contextmanager
def service(site: Site) -> Iterator[tuple[Program, Receiver, int]]:
    """Ready and warm: one article of each language has been told."""
    with tempfile.TemporaryDirectory(prefix="wirewatch-bench-") as folder:
        program = Program(
            Path(folder), extract__processes=str(PROCESSES), poll__max_interval="1s", logs__level="warning"
        )
        receiver = Receiver(site)
        done = program.command("subscriptions", "add", "all", "--rule", "-", "--webhook", receiver.url, stdin=RULE)
        assert done.returncode == 0, done.stderr
        # Two of each: both reading processes make their pipelines now.
        warm = range(1_000_000, 1_000_000 + 2 * len(LANGUAGES))
        site.routes["/warm.xml"] = rss("".join(as_item(site.base, number) for number in warm))
        program.command("sources", "add", f"{site.base}/warm.xml")
        program.start()
        assert program.service is not None
        try:
            until(lambda: len(receiver.told) >= len(warm), PATIENCE)
            program.command("sources", "remove", f"{site.base}/warm.xml")
            yield program, receiver, program.service.pid
        finally:
            program.stop()


def all_at_once(site: Site, articles: int) -> None:
    feeds = [f"/feed-{first}.xml" for first in range(0, articles, A_FEED)]
    for first, path in zip(range(0, articles, A_FEED), feeds, strict=True):
        numbers = range(first, min(first + A_FEED, articles))
        site.routes[path] = rss("".join(as_item(site.base, number) for number in numbers))
    with service(site) as (program, receiver, pid):
        before, used_before = dealt_with(program, pid)
        opml = program.folder / "feeds.opml"
        outlines = "".join(f'<outline type="rss" xmlUrl="{site.base}{path}"/>' for path in feeds)
        opml.write_text(f'<opml version="2.0"><head><title>Bench</title></head><body>{outlines}</body></opml>')
        done = program.command("sources", "import", str(opml))
        assert done.returncode == 0, done.stderr
        until(lambda: dealt_with(program, pid)[0] > before, PATIENCE, every=0.01)
        begun = time.monotonic()
        until(lambda: dealt_with(program, pid)[0] >= before + articles, PATIENCE)
        seconds = time.monotonic() - begun
        used = dealt_with(program, pid)[1]
        until(lambda: len(receiver.told) >= articles // 2, PATIENCE)
    spent = {one: amount - used_before.get(one, 0.0) for one, amount in used.items()}
    bare, each = reading_alone(min(articles, 100))
    print(f"{articles} articles of 300 words in {len(LANGUAGES)} languages, {PROCESSES} reading processes")
    print(f"  {'from feeds to alerts':44} {articles / seconds:8.1f}/s {articles / seconds / bare:7.2f} times the peer")
    print(f"  {'peer: one process that only reads':44} {bare:8.1f}/s")
    print(f"  {'CPU for an article, all processes':44} {1000 * sum(spent.values()) / articles:8.1f} ms")
    print(f"  {'  of it the service itself (polls to alerts)':44} {1000 * spent.get(pid, 0.0) / articles:8.1f} ms")
    print(f"  {'  reading it alone':44} {1000 * each:8.1f} ms", flush=True)


def reading_alone(articles: int) -> tuple[float, float]:
    """Articles a second, and seconds of CPU for one."""
    reader = Reader(load_catalogue())
    for number in range(len(LANGUAGES)):
        reader.extract(article_from_text(text_of(2_000_000 + number), NOW))
    texts = [text_of(number) for number in range(articles)]
    begun, used = time.perf_counter(), time.process_time()
    for text in texts:
        reader.extract(article_from_text(text, NOW))
    return articles / (time.perf_counter() - begun), (time.process_time() - used) / articles


def trickle(site: Site, seconds: float) -> None:
    """Each of five feeds, asked every second, has one more article each time."""
    answered: dict[int, float] = {}
    lock = threading.Lock()
    written: dict[int, list[str]] = {}
    began: list[float] = []

    def feed(asked: Asked) -> Answer:
        which = int(asked.path.strip("/").partition(".")[0].removeprefix("slow-"))
        with lock:
            began.append(asked.at)
            age = asked.at - began[0]
            published = written.setdefault(which, [])
            while len(published) < min(age, seconds):
                number = which + PER_SECOND * len(published)
                published.append(as_item(site.base, number))
                answered[number] = time.monotonic()
            return rss("".join(published[-30:]))

    with service(site) as (program, receiver, _):
        for which in range(PER_SECOND):
            site.routes[f"/slow-{which}.xml"] = feed
            program.command("sources", "add", f"{site.base}/slow-{which}.xml")
        until(lambda: began and time.monotonic() > began[0] + seconds + 1.5, PATIENCE)
        try:
            until(lambda: answered.keys() <= receiver.told.keys(), 60)
        except AssertionError:
            missing = len(answered.keys() - receiver.told.keys())
            print(f"  {missing} of {len(answered)} articles were told by no alert of their own")
        delays = sorted(receiver.told[number] - at for number, at in answered.items() if number in receiver.told)
    _, each = reading_alone(20)
    print(f"{PER_SECOND} articles a second, from the feed's answer to the webhook, {len(delays)} articles")
    for what, share in (("p50", 0.5), ("p99", 0.99)):
        delay = delays[min(len(delays) - 1, int(share * len(delays)))]
        print(f"  delay {what:38} {1000 * delay:8.0f} ms {delay / each:7.1f} times reading it alone", flush=True)


def main(articles: int, seconds: float) -> None:
    for measure, scale in ((all_at_once, articles), (trickle, seconds)):
        with Site().open() as site:
            measure(site, scale)  # type: ignore[operator]


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        float(sys.argv[2]) if len(sys.argv) > 2 else 30.0,
    )
