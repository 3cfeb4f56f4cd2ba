"""The whole flow as its users run it: ``wirewatch run`` with the embedded engine and two reading processes, feeds with
full text and a webhook receiver on loopback.

``python -m tests.bench.bench_flow [ARTICLES] [SECONDS]``. First how many articles a second go from feeds to alerts when
they all come at once, with the CPU that each costs, beside its peer in the same run: a bare loop in one process that
only reads the same articles (no feed, log, database). Then ``SECONDS`` of five new articles a second: the delay from a
feed's answer that has the article to the webhook that tells it, beside reading that article alone.
"""

import sys
import threading
import time
from datetime import UTC, datetime

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import load_catalogue
from tests.bench.service_running import LANGUAGES, PATIENCE, PROCESSES, Service, service, text_of
from tests.e2e.program import until
from tests.e2e.site import Answer, Asked, rss

NOW = datetime(2026, 11, 26, tzinfo=UTC)
A_FEED = 50
PER_SECOND = 5
IN_FEED = 30
"""Entries that a feed shows."""
FIRST_SLOW = 500_000


def all_at_once(flow: Service, articles: int) -> float:
    """Prints, and returns what reading an article alone takes in seconds of CPU."""
    before, used_before = flow.dealt_with(), flow.cpu()
    begun = time.monotonic()
    sources = []
    for first in range(0, articles, A_FEED):
        numbers = range(first, min(first + A_FEED, articles))
        sources.append(flow.serve(f"/feed-{first}.xml", flow.feed_of(numbers)))
    until(lambda: flow.dealt_with() >= before + articles, PATIENCE, every=0.25)
    seconds = time.monotonic() - begun
    spent = {one: amount - used_before.get(one, 0.0) for one, amount in flow.cpu().items()}
    for source in sources:
        flow.remove(source)
    bare, each = reading_alone(min(articles, 100))
    print(f"{articles} articles of 300 words in {len(LANGUAGES)} languages, {PROCESSES} reading processes")
    print(f"  {'from feeds to alerts':44} {articles / seconds:8.1f}/s {articles / seconds / bare:7.2f} times the peer")
    print(f"  {'peer: one process that only reads':44} {bare:8.1f}/s")
    print(f"  {'CPU for an article, all processes':44} {1000 * sum(spent.values()) / articles:8.1f} ms")
    print(f"  {'  of it the service itself (polls to alerts)':44} {1000 * spent.get(flow.pid, 0.0) / articles:8.1f} ms")
    print(f"  {'  peer: reading it alone':44} {1000 * each:8.1f} ms", flush=True)
    return each


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


def trickle(flow: Service, seconds: float, alone: float) -> None:
    """Each of five feeds, asked every second, has one more article each time."""
    answered: dict[int, float] = {}
    written: dict[int, list[str]] = {which: [] for which in range(PER_SECOND)}
    begun = time.monotonic()
    lock = threading.Lock()

    def feed(asked: Asked) -> Answer:
        which = int(asked.path.strip("/").removesuffix(".xml").removeprefix("slow-"))
        with lock:
            published = written[which]
            while len(published) < min(asked.at - begun, seconds):
                number = FIRST_SLOW + which + PER_SECOND * len(published)
                published.append(flow.entry(number))
                answered[number] = time.monotonic()
            return rss("".join(published[-IN_FEED:]))

    for which in range(PER_SECOND):
        flow.serve(f"/slow-{which}.xml", feed)
    until(lambda: len(answered) >= PER_SECOND * seconds, PATIENCE)
    try:
        until(lambda: answered.keys() <= flow.told.keys(), 30)
    except AssertionError:
        print(f"  {len(answered.keys() - flow.told.keys())} articles were told by no alert of their own")
    delays = sorted(flow.told[number] - at for number, at in answered.items() if number in flow.told)
    print(f"{PER_SECOND} articles a second, from the feed's answer to the webhook, {len(delays)} articles")
    for what, share in (("p50", 0.5), ("p99", 0.99)):
        delay = delays[min(len(delays) - 1, int(share * len(delays)))]
        print(f"  delay {what:38} {1000 * delay:8.0f} ms {delay / alone:7.1f} times the peer", flush=True)


def main(articles: int, seconds: float) -> None:
    with service() as flow:
        alone = all_at_once(flow, articles)
        trickle(flow, seconds, alone)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        float(sys.argv[2]) if len(sys.argv) > 2 else 30.0,
    )
