"""What a reader holds: what it gives, and what outlives a rebalance."""

from hypothesis import given
from hypothesis import strategies as st

from service.log.kafka.holdings import Held, Settled, give, settled
from service.log.records import StoredRecord, TopicPartition

SOURCES = [TopicPartition("t", number) for number in range(4)]


def waiting(source: TopicPartition, first: int, sizes: list[int]) -> Held:
    held = Held.at(first, first)
    for number, size in enumerate(sizes):
        record = StoredRecord("t", source.partition, first + number, "", b"x" * size, {}, 0)
        held.waiting.append((record, size))
    held.fetched = first + len(sizes)
    return held


def test_what_nobody_has_moved_goes_on_and_all_else_begins_anew() -> None:
    held = {
        SOURCES[0]: Held.at(5, 5),
        SOURCES[1]: Held.at(5, None),
        SOURCES[2]: Held.at(5, 5),
        SOURCES[3]: Held.at(1, 1),
    }
    committed = {SOURCES[0]: 5, SOURCES[2]: 7}
    assert settled(held, SOURCES[:3], committed) == Settled(
        kept=frozenset(SOURCES[:2]), lost=frozenset(SOURCES[2:]), new=frozenset([SOURCES[2]])
    )


def test_what_was_committed_by_us_is_known_and_what_was_sought_is_not_taken_for_committed() -> None:
    held = Held.at(0, None)
    held.move(9)
    assert held.finished
    assert settled({SOURCES[0]: held}, SOURCES[:1], {}).kept == {SOURCES[0]}
    held.committed(9)
    assert settled({SOURCES[0]: held}, SOURCES[:1], {SOURCES[0]: 9}).kept == {SOURCES[0]}
    assert settled({SOURCES[0]: held}, SOURCES[:1], {}).new == {SOURCES[0]}


def test_work_that_was_given_out_is_finished_when_it_is_committed() -> None:
    held = {SOURCES[0]: waiting(SOURCES[0], 3, [1, 1, 1])}
    (batch,) = give(held, 0, 2, 100)
    assert (batch.first_offset, batch.next_offset) == (3, 5)
    assert not held[SOURCES[0]].finished
    held[SOURCES[0]].committed(5)
    assert held[SOURCES[0]].finished


def test_a_paused_partition_keeps_what_waits() -> None:
    held = {SOURCES[0]: waiting(SOURCES[0], 0, [1]), SOURCES[1]: waiting(SOURCES[1], 0, [1])}
    held[SOURCES[0]].paused = True
    assert [batch.source for batch in give(held, 0, 9, 100)] == [SOURCES[1]]
    held[SOURCES[0]].paused = False
    assert [batch.source for batch in give(held, 0, 9, 100)] == [SOURCES[0]]


@given(
    st.lists(st.lists(st.integers(0, 300), max_size=8), min_size=4, max_size=4),
    st.integers(1, 5),
    st.integers(0, 400),
)
def test_everything_is_given_once_in_order_within_the_limits(sizes: list[list[int]], records: int, size: int) -> None:
    held = {source: waiting(source, 10, sizes[source.partition]) for source in SOURCES}
    seen: dict[TopicPartition, list[int]] = {source: [] for source in SOURCES}
    turn = 0
    while batches := give(held, turn, records, size):
        turn += 1
        given = [record for batch in batches for record in batch.records]
        assert len({batch.source for batch in batches}) == len(batches)
        assert len(given) <= records
        assert len(given) == 1 or sum(len(record.value) for record in given) <= size
        for batch in batches:
            seen[batch.source] += [record.offset for record in batch.records]
            assert held[batch.source].position == batch.next_offset
    assert seen == {s: list(range(10, 10 + len(sizes[s.partition]))) for s in SOURCES}
