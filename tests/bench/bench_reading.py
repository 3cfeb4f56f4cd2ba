"""Reading, language by language: words a second in one process, beside spaCy's own tokens and sentences.

``python -m tests.bench.bench_reading [SECONDS] [LANGUAGE,…]`` takes so long for each language. Reading gives language,
names, actors, statements and speakers; the peer, spaCy's blank pipeline of the language with its sentencizer, only
tokens and sentences. Memory is the most the process has taken by then. The catalogue is the shipped one; texts are of
our own, 300 words each, every one another. Then one long text after another, up to a megabyte: the rate stays.
"""

import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count

import spacy

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import load_catalogue
from tests.bench.texts import LANGUAGES, article

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LENGTHS = (1_000, 10_000, 50_000, 140_000)
"""Words; the longest German text of them has about a megabyte."""


def peer(language: str) -> Callable[[str], object]:
    """spaCy's tokens and sentences; as multi-language text where it has no rules of its own."""
    try:
        nlp = spacy.blank(language)
    except (ImportError, ValueError):
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def rate(work: Callable[[str], object], language: str, seconds: float) -> tuple[float, float]:
    """Words a second of CPU, and seconds of CPU for an article; the first article, which loads things, is left out."""
    work(article(language, 0))
    words, used, articles = 0, 0.0, 0
    for number in count(1):
        text = article(language, number)
        begun = time.process_time()
        work(text)
        used += time.process_time() - begun
        words += len(text.split())
        articles += 1
        if used >= seconds:
            break
    return words / used, used / articles


def main(seconds: float, languages: Sequence[str]) -> None:
    warnings.simplefilter("ignore")
    reader = Reader(load_catalogue())
    print("one process, words a second of CPU; the peer finds tokens and sentences only")
    print(f"{'':10} {'reading':>12} {'an article':>12} {'spaCy blank':>14} {'times':>7} {'memory so far':>15}")
    for language in languages:

        def read(text: str, language: str = language) -> object:
            return reader.extract(article_from_text(text, NOW, language))

        own, each = rate(read, language, seconds)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        other, _ = rate(peer(language), language, seconds / 2)
        figures = f"{own:10,.0f}/s {1000 * each:9.1f} ms {other:12,.0f}/s {own / other:7.2f} {memory:11.0f} MiB"
        print(f"{language:10} {figures}", flush=True)
    long_texts(reader, languages[:2])


def long_texts(reader: Reader, languages: Sequence[str]) -> None:
    """The same rate for every length, or reading is not linear."""
    print(
        f"\n{'':10} {'words':>9} {'characters':>12} {'seconds of CPU':>16} {'words a second':>16} {'of the first':>14}"
    )
    for language in languages:
        first = 0.0
        for words in LENGTHS:
            text = article(language, 1, words)
            begun = time.process_time()
            reader.extract(article_from_text(text, NOW, language))
            used = time.process_time() - begun
            own = len(text.split()) / used
            first = first or own
            figures = f"{used:8.2f} s {own:16,.0f} {own / first:14.2f}"
            print(f"{language:10} {words:9,} {len(text):12,} {figures}", flush=True)


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 3.0,
        sys.argv[2].split(",") if len(sys.argv) > 2 else LANGUAGES,
    )
