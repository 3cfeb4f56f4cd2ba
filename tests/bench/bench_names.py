"""Names: megabytes of text a second with 1,000, 10,000 and 100,000 aliases, beside pyahocorasick and spaCy's
PhraseMatcher in the same run.

``python -m tests.bench.bench_names [ALIASES,…] [MEGABYTES]``. All look for the same made-up names of people in the
same text, in which one stands about every hundred words. "found" is what counts as a hit to each: pyahocorasick knows
no word bounds, PhraseMatcher only its tokens; ours know bounds, case and accents (hits), and inflected forms, context
and overlaps (mentions).
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date

import ahocorasick
import spacy
from spacy.matcher import PhraseMatcher

from consumers.extracting.names import find_names
from consumers.extracting.names.hits import find_hits
from consumers.extracting.names.vocabulary import vocabulary
from consumers.extracting.names.zones import Zones
from service.actors import Actor, Catalogue
from tests.bench.texts import article

LANGUAGE = "en"
DAY = date(2026, 11, 26)
CONSONANTS, VOWELS = "bcdfghklmnprstvz", "aeiou"
PIECE = 10_000
"""Characters handed over at a time, about the length of a long article."""


def names(count: int) -> list[str]:
    chance = random.Random(1)

    def word(syllables: int) -> str:
        return "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables)).capitalize()

    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{word(2)} {word(3)}"] = None
    return list(found)


def pieces(aliases: list[str], size: int) -> list[str]:
    """``size`` bytes of English with one of the names in about every hundred words."""
    chance = random.Random(2)
    made: list[str] = []
    number, total = 0, 0
    while total < size:
        piece = ""
        while len(piece) < PIECE:
            number += 1
            words = article(LANGUAGE, number).split(" ")
            for at in range(50, len(words), 100):
                words[at] = f"{words[at]} {chance.choice(aliases)}"
            piece += " ".join(words) + "\n"
        made.append(piece)
        total += len(piece.encode())
    return made


def measure(what: str, texts: list[str], find: Callable[[str], int], built: float, *peers: float) -> float:
    """Prints and returns megabytes a second of CPU; ``peers``: theirs."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    begun = time.process_time()
    found = sum(find(text) for text in texts)
    speed = megabytes / (time.process_time() - begun)
    times = "".join(f" {speed / peer:8.2f}" for peer in peers) or " " * 18
    print(f"  {what:44} {speed:8.2f} MB/s{times} {found:8,} found {built:6.2f} s to build", flush=True)
    return speed


def built(make: Callable[[], object]) -> float:
    begun = time.process_time()
    make()
    return time.process_time() - begun


def compare(aliases: list[str], texts: list[str]) -> None:
    head = f"{len(aliases):,} aliases"
    print(f"{head:46} {'times':>22} {'times':>8}\n{'':46} {'pyahocorasick':>22} {'spaCy':>8}")
    automaton = ahocorasick.Automaton()

    def fill() -> None:
        for alias in aliases:
            automaton.add_word(alias.lower(), alias)
        automaton.make_automaton()

    peer_built = built(fill)
    plain = measure(
        "peer: pyahocorasick, lower case, no bounds",
        texts,
        lambda text: sum(1 for _ in automaton.iter(text.lower())),
        peer_built,
    )
    nlp = spacy.blank(LANGUAGE)
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    peer_built = built(lambda: matcher.add("actors", list(nlp.tokenizer.pipe(aliases))))
    phrases = measure(
        "peer: spaCy PhraseMatcher, tokens included", texts, lambda text: len(matcher(nlp.make_doc(text))), peer_built
    )
    catalogue = Catalogue(
        Actor(id=f"ww:{number}", kind="person", names={LANGUAGE: (alias,)}) for number, alias in enumerate(aliases)
    )
    own_built = built(lambda: vocabulary(catalogue, LANGUAGE))
    words = vocabulary(catalogue, LANGUAGE)
    none = Zones([])
    measure(
        "hits: bounds, case, accents",
        texts,
        lambda text: len(find_hits(text, words, none)[0]),
        own_built,
        plain,
        phrases,
    )
    measure(
        "mentions: context and overlaps too",
        texts,
        lambda text: len(find_names(text, LANGUAGE, catalogue, at=DAY)),
        own_built,
        plain,
        phrases,
    )


def main(counts: list[int], megabytes: float) -> None:
    for count in counts:
        aliases = names(count)
        compare(aliases, pieces(aliases, int(megabytes * 1e6)))


if __name__ == "__main__":
    main(
        [int(number) for number in sys.argv[1].split(",")] if len(sys.argv) > 1 else [1_000, 10_000, 100_000],
        float(sys.argv[2]) if len(sys.argv) > 2 else 1.0,
    )
