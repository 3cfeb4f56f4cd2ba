"""The best tags are the best of all there are, whatever else is read with a sentence."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extracting.ner.decoding import LONGEST, best_tags, pieces
from consumers.extracting.ner.model import FORBIDDEN, Model

TAGS = ("O", "B-PER", "I-PER", "L-PER", "U-PER")
NONE = np.zeros((1, len(TAGS)), dtype=np.int16)


def follows(left: str, right: str) -> bool:
    return (right[0] in "IL") == (left[0] in "BI")


def model(steps: list[int]) -> Model:
    table = np.array(steps, dtype=np.int32).reshape(len(TAGS), len(TAGS))
    for (a, left), (b, right) in product(enumerate(TAGS), repeat=2):
        if not follows(left, right):
            table[a, b] = FORBIDDEN
    no_pairs = (np.array([-1]),) * 3
    return Model(
        TAGS, {}, np.zeros((0, 5, len(TAGS)), np.int16), {}, no_pairs, (NONE,) * 3, table, NONE[0].astype(np.int32)
    )


def allowed(tags: tuple[str, ...]) -> bool:
    fits = all(follows(left, right) for left, right in pairwise(tags))
    return fits and tags[0][0] not in "IL" and tags[-1][0] not in "BI"


def total(made: Model, scores: np.ndarray, tags: tuple[str, ...]) -> int:
    numbers = [TAGS.index(tag) for tag in tags]
    steps = sum(int(made.steps[a, b]) for a, b in pairwise(numbers))
    return steps + sum(int(scores[at, number]) for at, number in enumerate(numbers))


weights = st.lists(st.integers(-5000, 5000), min_size=len(TAGS) ** 2, max_size=len(TAGS) ** 2)


@settings(max_examples=60, deadline=None)
@given(steps=weights, lengths=st.lists(st.integers(1, 4), min_size=1, max_size=4), data=st.data())
def test_no_other_tags_of_a_sentence_score_higher(steps: list[int], lengths: list[int], data: st.DataObject) -> None:
    made, words = model(steps), sum(lengths)
    numbers = data.draw(st.lists(st.integers(-5000, 5000), min_size=words * len(TAGS), max_size=words * len(TAGS)))
    scores = np.array(numbers, dtype=np.int32).reshape(words, len(TAGS))
    found = best_tags(made, scores, lengths)
    at = 0
    for length in lengths:
        own = tuple(found[at : at + length])
        part = scores[at : at + length]
        best = max(total(made, part, tags) for tags in product(TAGS, repeat=length) if allowed(tags))
        assert allowed(own)
        assert total(made, part, own) == best
        at += length


def test_what_is_read_together_covers_every_word_once() -> None:
    lengths = [1, LONGEST, LONGEST + 1, 3 * LONGEST, 2]
    read = pieces(lengths)
    assert [at for first, last in read for at in range(first, last)] == list(range(sum(lengths)))
    assert max(last - first for first, last in read) == LONGEST


def test_a_sentence_of_a_hundred_thousand_words_is_read() -> None:
    scores = np.zeros((100_000, len(TAGS)), dtype=np.int32)
    scores[::2, 4] = 10
    assert best_tags(model([0] * 25), scores, [100_000]) == ["U-PER", "O"] * 50_000
