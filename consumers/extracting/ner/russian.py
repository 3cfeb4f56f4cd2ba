"""natasha's recogniser of Russian names (slovnet: a convolutional network and a random field, NumPy alone), where it is
installed and none of spaCy's models is.

Of natasha only its files are used: importing it would need a setuptools that is gone. Loaded on first use (a second,
some 60 MB).
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from consumers.extracting.ner.entity import Entity
from consumers.extracting.ner.gold import Sentence

NEEDED = ("natasha", "navec", "slovnet", "threadpoolctl")
VECTORS, TAGGER = "emb/navec_news_v1_1B_250K_300d_100q.tar", "model/slovnet_ner_news_v1.tar"
TOGETHER = 16
"""Sentences that are read at a time."""


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether all the packages are there."""
    return all(find_spec(name) is not None for name in NEEDED)


@lru_cache(maxsize=1)
def _loaded() -> Any:
    from navec import Navec
    from slovnet import NER
    from threadpoolctl import threadpool_limits

    # Its matrices are small: threads that wait for each other made it ten times slower. Holds for the whole process.
    threadpool_limits(limits=1, user_api="blas")
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'natasha'", name="natasha")
    data = Path(spec.submodule_search_locations[0]) / "data"
    tagger = NER.load(str(data / TAGGER), batch_size=TOGETHER)
    return tagger.navec(Navec.load(str(data / VECTORS))).infer


def russian_entities(words: Sequence[str], lengths: Sequence[int]) -> list[Entity]:
    """Entities in order; ``lengths``: how many of ``words`` each sentence has."""
    infer = _loaded()
    sentences, at = [], 0
    for length in lengths:
        sentences.append(list(words[at : at + length]))
        at += length
    # Those read together are filled up to the longest of them, so like ones go together.
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    read = infer.decoder(infer.process(infer.encoder([sentences[number] for number in order])))
    tags = dict(zip(order, read, strict=True))
    return Sentence(tuple(words), tuple(chain.from_iterable(tags[number] for number in range(len(tags))))).entities()
