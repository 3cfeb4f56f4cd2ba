"""The measures of each kind of corpus on small documents, and the best pairs of sayings."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from consumers.corpora.attributions import Attributions
from consumers.corpora.documents import Document, Marked
from consumers.corpora.pairing import best_pairs
from consumers.corpora.quotations import Quotations
from consumers.corpora.statements import Statements

TEXT = "Es regne, sagte Anna. Bald scheine Sonne."
TOKENS = ((0, 2), (3, 8), (8, 9), (10, 15), (16, 20), (20, 21), (22, 26), (27, 34), (35, 40), (40, 41))
SAID = Marked(((0, 8),), ((16, 20),), ((10, 15),), ((10, 21),), (), "Indirect")
FREE = Marked(((22, 41),), ((16, 20),), type="IndirectFreeIndirect")
DOCUMENT = Document("a", TEXT, (SAID, FREE), TOKENS)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 100), max_size=12))
def test_no_other_pairs_agree_in_more(gains: dict[tuple[int, int], int]) -> None:
    pairs = best_pairs({pair: gain / 100 for pair, gain in gains.items()})
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    best = max(sum(gains.get((i, j), 0) for i, j in enumerate(order)) for order in permutations(range(5)))
    assert sum(gains[pair] for pair in pairs) == best


def test_what_is_marked_scores_all() -> None:
    scores = Quotations()
    scores.add(DOCUMENT, DOCUMENT.marked)
    rows = {row["measure"]: row for row in scores.rows()}
    present = {"Messages", "Roles", "Joint", "event", "Indirect", "IndirectFreeIndirect", "quotes at F1 ≥ 0.5"}
    assert {name for name, row in rows.items() if row["f1"] == 100.0} == present
    assert rows["Messages"]["speaker_hit"] == 100.0


def test_nothing_scores_nothing() -> None:
    for scores in (Quotations(), Attributions(), Statements()):
        scores.add(DOCUMENT, ())
        assert {row["f1"] for row in scores.rows()} == {0.0}


def test_messages_are_averages_over_quotations() -> None:
    scores = Quotations()
    scores.add(DOCUMENT, [Marked(((0, 2),), ((16, 20),), type="Indirect")])
    rows = {row["measure"]: row for row in scores.rows()}
    assert (rows["Messages"]["precision"], rows["Messages"]["recall"]) == (100.0, 25.0)
    assert (rows["event"]["precision"], rows["event"]["recall"]) == (100.0, 50.0)
    assert rows["Indirect"]["recall"] == 50.0


def test_another_speaker_is_no_event() -> None:
    scores = Quotations()
    scores.add(DOCUMENT, [Marked(((0, 8),), ((22, 26),), type="Indirect")])
    rows = {row["measure"]: row for row in scores.rows()}
    assert (rows["event"]["f1"], rows["quotes at F1 ≥ 0.5"]["recall"], rows["event"]["speaker_hit"]) == (0.0, 50.0, 0.0)


def test_marks_at_the_rims_are_no_difference_in_attributions() -> None:
    scores = Attributions()
    scores.add(DOCUMENT, [Marked(((0, 9),), ((16, 21),), ((10, 15),)), Marked(((22, 34),), ((16, 20),))])
    rows = {row["measure"]: row for row in scores.rows()}
    assert (rows["content"]["precision"], rows["content"]["recall"]) == (50.0, 50.0)
    assert rows["source"]["f1"] == 100.0
    assert rows["content"]["token_recall"] == 66.7
    assert rows["content"]["speaker_hit"] == 100.0


def test_a_quote_of_ours_is_found_at_half_its_words() -> None:
    scores = Statements()
    scores.add(DOCUMENT, [Marked(((0, 8),)), Marked(((35, 40),), ((16, 20),))])
    (row,) = scores.rows()
    assert (row["precision"], row["recall"], row["marked"], row["found"]) == (50.0, 50.0, 2, 2)
    assert row["speaker_hit"] == 0.0
