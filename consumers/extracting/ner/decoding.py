"""The best tags of sentences (Viterbi 1967), many sentences at a time, in whole numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consumers.extracting.ner.model import FORBIDDEN, PLACES, REACH, Model, Numbers, WordTable

LONGEST = 128
"""Words of a sentence that are read together; what is longer is cut."""
TOGETHER = 256
"""Sentences that are read at a time."""

Pieces = list[tuple[int, int]]


def pieces(lengths: Sequence[int]) -> Pieces:
    """(first, last) words of what is read together, end exclusive: sentences, long ones cut."""
    found: Pieces = []
    at = 0
    for length in lengths:
        found += [(first, min(first + LONGEST, at + length)) for first in range(at, at + length, LONGEST)]
        at += length
    return found


def scores(model: Model, table: WordTable, words: Sequence[str], lengths: Sequence[int]) -> Numbers:
    """(words, tags): what each word and its neighbours say for each tag. ``lengths``: words of the sentences."""
    padded: list[str] = [""] * REACH
    inside: list[int] = []
    at = 0
    for length in lengths:
        inside.extend(range(len(padded), len(padded) + length))
        padded.extend(words[at : at + length])
        padded.extend([""] * REACH)
        at += length
    numbers = np.array(table.numbers(padded), dtype=np.int64)
    place = np.array(inside, dtype=np.int64)
    found = np.zeros((len(place), len(model.tags)), dtype=np.int32)
    found += model.always
    for offset in range(PLACES):
        found += table.sums[numbers[place + offset - REACH], offset]
    group = table.group[numbers]
    before, here, behind = group[place - 1], group[place], group[place + 1]
    for kind, (left, right) in enumerate(((before, here), (here, behind), (before, behind))):
        keys = model.pair_keys[kind]
        wanted = left * model.classes + right
        row = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = keys[row] == wanted
        found[hit] += model.pair_weights[kind][row[hit]]
    return found


def best_tags(model: Model, scores: Numbers, lengths: Sequence[int]) -> list[str]:
    """A tag a word: the best sequence of each sentence that the model's steps allow."""
    read = pieces(lengths)
    order = sorted(range(len(read)), key=lambda number: read[number][0] - read[number][1])
    chosen = np.zeros(len(scores), dtype=np.int64)
    for begin in range(0, len(order), TOGETHER):
        _decode(model, scores, [read[number] for number in order[begin : begin + TOGETHER]], chosen)
    return [model.tags[number] for number in chosen.tolist()]


def _decode(model: Model, scores: Numbers, read: Pieces, chosen: NDArray[np.int64]) -> None:
    """``read``: the longest first. Fills ``chosen`` at their words."""
    starts = np.array([first for first, _ in read])
    lengths = np.array([last - first for first, last in read])
    inner = np.array([tag[0] in "IL" for tag in model.tags])
    open_ = np.array([tag[0] in "BI" for tag in model.tags])
    sums = scores[starts] + np.where(inner, FORBIDDEN, 0)
    longest = int(lengths[0])
    # How many sentences have a word at each place.
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    back = np.zeros((longest, len(read), len(model.tags)), dtype=np.uint8)
    for at in range(1, longest):
        going = active[at]
        ways = sums[:going, :, None] + model.steps
        back[at, :going] = ways.argmax(axis=1)
        sums[:going] = ways.max(axis=1) + scores[starts[:going] + at]
    last = (sums + np.where(open_, FORBIDDEN, 0)).argmax(axis=1)
    rows = np.arange(len(read))
    for at in range(longest - 1, -1, -1):
        going = active[at]
        chosen[starts[:going] + at] = last[:going]
        if at:
            last[:going] = back[at, rows[:going], last[:going]]
