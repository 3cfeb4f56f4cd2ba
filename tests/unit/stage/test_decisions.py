"""The pure parts: waiting, brakes, what may be published."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Invalid, NotFound
from service.log import Record, StoredRecord
from service.log.memory import MemoryLog
from service.log.records import to_milliseconds
from service.stage import Brakes, Done, Failed, StageOptions, find_dead_letter, read_dead_letters
from service.stage.dead_letters import dead_letter, describe
from service.stage.options import wait_before
from service.stage.publish import CHUNK_RECORDS, Publishable, chunks, ready

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def stored(offset: int, key: str = "k") -> StoredRecord:
    return StoredRecord("in", 0, offset, key, b"", {}, to_milliseconds(NOW))


@given(st.integers(1, 10_000), st.none() | st.floats(0, 1e6), st.floats(0, 1))
def test_a_wait_is_never_shorter_than_asked_nor_longer_than_allowed(
    attempt: int, asked: float | None, jitter: float
) -> None:
    options = StageOptions()
    wait = wait_before(attempt, asked, options, jitter=jitter)
    assert wait >= min(asked or 0, options.longest_retry_after)
    assert 0 < wait <= max(options.longest_wait, options.longest_retry_after)


def test_waits_double_up_to_the_longest() -> None:
    options = StageOptions(first_wait=1, longest_wait=10)
    assert [wait_before(n, None, options, jitter=1) for n in range(1, 7)] == [1, 2, 4, 8, 10, 10]
    assert wait_before(1, None, options, jitter=0) == 0.5


def test_brakes_need_a_row_of_failures() -> None:
    brakes = Brakes(after=3, ratio=1.0, window=100)
    for _ in range(2):
        brakes.failed()
        brakes.failed()
        assert brakes.reason is None
        brakes.succeeded()
    for _ in range(3):
        brakes.failed()
    assert brakes.reason == "the last 3 messages all failed"
    brakes.succeeded()
    assert brakes.reason is None


def test_brakes_see_a_share_of_failures_once_the_window_is_full() -> None:
    brakes = Brakes(after=1000, ratio=0.8, window=10)
    for _ in range(2):
        brakes.succeeded()
        for _ in range(4):
            brakes.failed()
    assert brakes.reason == "8 of the last 10 messages failed"
    brakes.succeeded(5)
    brakes.failed()
    assert brakes.reason is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["open", "done", "dead", "published"]))))
def test_what_goes_out_keeps_the_order_of_its_key_and_never_passes_unfinished_work(
    given: list[tuple[str, str]],
) -> None:
    items = []
    for offset, (key, state) in enumerate(given):
        outcome = {"open": None, "dead": Failed(Invalid(""))}.get(state, Done())
        items.append(Publishable(record=stored(offset, key), outcome=outcome, published=state == "published"))
    going, offset = ready(items, len(given))
    left = [item for item in items if not item.published and item not in going]
    assert all(item.outcome is not None for item in going)
    assert offset == min((item.record.offset for item in left), default=len(given))
    for item in going:
        earlier = {other.record.key for other in left if other.record.offset < item.record.offset}
        assert item.record.key not in earlier


def test_chunks_hold_everything_in_order_and_keep_to_the_limit() -> None:
    many = [Record("k", str(n).encode()) for n in range(CHUNK_RECORDS + 1)]
    items = [Publishable(record=stored(0), outputs=many), Publishable(record=stored(1), outputs=many[:3])]
    made = list(chunks(items))
    assert [len(chunk) for chunk in made] == [CHUNK_RECORDS, 4]
    assert [record for chunk in made for record in chunk] == many + many[:3]
    assert list(chunks([])) == [[]]


async def test_dead_letters_are_listed_over_topics_and_found_by_id() -> None:
    async with MemoryLog(partitions=1) as log:
        for topic in ("a", "b"):
            for n in range(2):
                letter = dead_letter(stored(n), Invalid(f"{topic}{n}"), stage="s", attempts=1, foreseen=True)
                await log.append(f"{topic}.dead", [letter])
        await log.append("a", [Record("k", b"alive")])
        every = [letter async for letter in read_dead_letters(log)]
        assert [letter.error for letter in every] == ["a0", "a1", "b0", "b1"]
        assert [letter.error async for letter in read_dead_letters(log, "b")] == ["b0", "b1"]
        assert [letter async for letter in read_dead_letters(log, "nobody")] == []
        for letter in every:
            assert await find_dead_letter(log, letter.id) == letter
        for identity in ("a.dead/0/99", "a/0/0", "a.dead/7/0", "", "x", "a.dead/0/-1"):
            with pytest.raises(NotFound, match="wirewatch dlq list"):
                await find_dead_letter(log, identity)


async def test_a_dead_letter_written_by_other_hands_is_shown_all_the_same() -> None:
    async with MemoryLog(partitions=1) as log:
        await log.append("a.dead", [Record("k", b"x", {"h": "1"})])
        (letter,) = [letter async for letter in read_dead_letters(log)]
        assert (letter.payload, letter.headers, letter.error, letter.attempts) == (b"x", {"h": "1"}, "?", 0)


async def test_a_cause_may_be_long_and_hold_what_is_no_text() -> None:
    error = ValueError("\udcff" + "x" * 100_000 + "\nsecond line")
    assert len(describe(error)) <= 2000
    async with MemoryLog(partitions=1) as log:
        letter = dead_letter(stored(0), error, stage="s", attempts=1, foreseen=False)
        await log.append("a.dead", [letter])
        (read,) = [letter async for letter in read_dead_letters(log)]
        assert read.error.startswith("ValueError: \\udcff")
