"""The whole flow as its users run it: one process on the embedded engine with two reading processes, or every stage a
process by itself over Kafka and PostgreSQL; feeds with full text and a webhook receiver on loopback.

``python -m tests.bench.bench_flow [ARTICLES] [SECONDS] [ENGINE …]``. For each engine (embedded, kafka): how many
articles a second go from feeds to alerts when they all come at once, with the CPU that each costs, beside its peer in
the same run: a bare loop in one process that only reads the same articles (no feed, log, database). Then ``SECONDS`` of
one, five and ten new articles a second: the delay from a feed's answer that has the article to the webhook that tells
it, beside reading that article alone. On Kafka, long articles all at once, with one and with two processes that read:
where articles are short, what else is done for each fills two cores already.
"""

import sys
import time
from datetime import UTC, datetime

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import load_catalogue
from tests.bench.deployed import ENGINES, KAFKA
from tests.bench.service_running import LANGUAGES, PATIENCE, PROCESSES, Service, Trickle, service, text_of
from tests.e2e.program import until
from tests.parts.missing import MissingPart

NOW = datetime(2026, 11, 26, tzinfo=UTC)
A_FEED = 50
RATES = (1, 5, 10)
"""Articles a second."""
FIRST_SLOW = 200_000
QUIET = 30.0
LONG = 4_000
"""Words of an article that takes long to read."""


def all_at_once(flow: Service, articles: int, in_feed: int = A_FEED) -> float:
    """Articles a second. ``in_feed``: of one feed, which all go to one reader, in their order."""
    before = flow.dealt_with()
    begun = time.monotonic()
    sources = []
    for first in range(0, articles, in_feed):
        numbers = range(first, min(first + in_feed, articles))
        sources.append(flow.serve(f"/feed-{first}.xml", flow.feed_of(numbers)))
    until(lambda: flow.dealt_with() >= before + articles, PATIENCE, every=0.25)
    seconds = time.monotonic() - begun
    for source in sources:
        flow.remove(source)
    return articles / seconds


def measured(flow: Service, articles: int) -> float:
    """Prints, and returns what reading an article alone takes in seconds of CPU."""
    used_before = flow.running.cpu()
    rate = all_at_once(flow, articles)
    spent = {one: amount - used_before.get(one, 0.0) for one, amount in flow.running.cpu().items()}
    ours = sum(spent.get(pid, 0.0) for pid in flow.running.pids.values())
    bare, each = reading_alone(min(articles, 100))
    print(f"  {'from feeds to alerts':44} {rate:8.1f}/s {rate / bare:7.2f} times the peer")
    print(f"  {'peer: one process that only reads':44} {bare:8.1f}/s")
    print(f"  {'CPU for an article, all processes':44} {1000 * sum(spent.values()) / articles:8.1f} ms")
    print(f"  {'  of it the service itself (polls to alerts)':44} {1000 * ours / articles:8.1f} ms")
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


def trickle(flow: Service, rate: int, seconds: float, alone: float) -> None:
    """``rate`` articles a second for so long."""
    feeds = Trickle(flow, rate, FIRST_SLOW + 50_000 * rate)
    feeds.begin(seconds)
    feeds.settle(QUIET)
    delays = feeds.delays()
    if untold := len(feeds.answered) - len(delays):
        print(f"  {untold} articles were told by no alert of their own")
    print(f"  {rate} a second, from the feed's answer to the webhook, {len(delays)} articles")
    for what, share in (("p50", 0.5), ("p99", 0.99)):
        delay = delays[min(len(delays) - 1, int(share * len(delays)))]
        print(f"    {'delay ' + what:42} {1000 * delay:8.0f} ms {delay / alone:7.1f} times the peer", flush=True)


def two_readers(articles: int) -> None:
    """Long articles; each reading process with one child, so that what grows is their number."""
    print(f"  {articles} articles of {LONG} words")
    rates = []
    for readers in (1, 2):
        with service(KAFKA, readers=readers, processes=1, words=LONG) as flow:
            rates.append(all_at_once(flow, articles, in_feed=2))
        print(f"  {f'{readers} of article_to_extraction, a child each':44} {rates[-1]:8.1f}/s", flush=True)
    print(f"  {'two beside one':44} {rates[1] / rates[0]:8.2f} times")


def main(articles: int, seconds: float, engines: list[str]) -> None:
    for engine in engines:
        print(
            f"{engine}: {articles} articles of 300 words in {len(LANGUAGES)} languages, {PROCESSES} reading processes"
        )
        try:
            with service(engine) as flow:
                alone = measured(flow, articles)
                for rate in RATES:
                    trickle(flow, rate, seconds, alone)
            if engine == KAFKA:
                two_readers(max(20, articles // 5))
        except MissingPart as missing:
            print(f"  not measured: {missing}")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        float(sys.argv[2]) if len(sys.argv) > 2 else 30.0,
        sys.argv[3:] or list(ENGINES),
    )
