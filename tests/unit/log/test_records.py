"""Records: where keys go, what time is kept, what retention lets go."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from service.log.records import StoredRecord, partition_of, to_milliseconds
from service.log.retention import Aged, Retention, expired


def test_the_partition_of_a_key_never_changes() -> None:
    # Written down once: another answer after an upgrade would break the order of what is in flight.
    assert [partition_of(key, 4) for key in ("", "a", "b", "ключ", "键", "https://example.org/feed")] == [
        0,
        3,
        1,
        0,
        0,
        1,
    ]


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_times_keep_their_milliseconds(moment: datetime) -> None:
    kept = at(to_milliseconds(moment)).timestamp
    assert kept == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def at(milliseconds: int) -> StoredRecord:
    return StoredRecord("t", 0, 0, "", b"", {}, milliseconds)


def test_a_time_that_no_calendar_has_is_the_end_of_the_last_year() -> None:
    assert at(2**62).timestamp == datetime(9999, 12, 31, 23, 59, 59, 999000, UTC)


RECORDS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50)), max_size=30).map(
    lambda rows: [Aged(offset, at * 1000, size) for offset, (at, size) in enumerate(rows)]
)


@given(RECORDS, st.none() | st.integers(0, 30), st.integers(0, 2000), st.integers(0, 2000))
def test_what_is_needed_goes_only_beyond_the_hard_limit(
    records: list[Aged], needed: int | None, size: int, more: int
) -> None:
    kept = sum(record.size for record in records)
    rule = Retention(age=50.0, size=size, hard_size=size + more)
    done = expired(records, topic="a", kept_bytes=kept, needed=needed, now=100_000, retention=rule)
    gone, left = records[: done.count], kept - done.size
    assert done.size == sum(record.size for record in gone)
    assert done.unread == sum(needed is not None and record.offset >= needed for record in gone)
    if done.unread:
        assert left + gone[-1].size > rule.hard_size
    if done.count < len(records):
        first = records[done.count]
        assert left <= rule.hard_size
        assert (needed is not None and first.offset >= needed) or (first.at >= 50_000 and left <= size)


def test_dead_letters_are_kept_longer() -> None:
    old = [Aged(0, 0, 1)]
    ten_days = 10 * 24 * 3600 * 1000
    at = {"kept_bytes": 1, "needed": None, "now": ten_days, "retention": Retention()}
    assert expired(old, topic="entries", **at).count == 1
    assert expired(old, topic="entries.dead", **at).count == 0
