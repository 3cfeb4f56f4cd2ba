from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.feeds.decide import Answer, conditions, decide
from producers.feeds.feed import Feed, Timing
from service.contracts import PollState
from service.http import Headers, Redirect
from service.settings import PollSettings

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
BOUNDS = PollSettings()
DAY = 86400.0


def ok(headers: dict[str, str] | None = None, feed: Feed | None = None, **more) -> Answer:
    return Answer(200, Headers((headers or {}).items()), body_hash="h", feed=feed or Feed(title="F"), **more)


def answered(status: int, headers: dict[str, str] | None = None, **more) -> Answer:
    return Answer(status, Headers((headers or {}).items()), **more)


def wait(old: PollState, answer: Answer, bounds: PollSettings = BOUNDS) -> float:
    when = decide(old, answer, NOW, bounds, 0.0).state.next_poll_at
    assert when is not None
    return (when - NOW).total_seconds()


def follow(answers: list[Answer], old: PollState | None = None, bounds: PollSettings = BOUNDS) -> PollState:
    now, old = NOW, old or PollState()
    for answer in answers:
        old = decide(old, answer, now, bounds, 0.5).state
        now = old.next_poll_at or now
    return old


def test_validators_are_echoed_byte_for_byte_from_a_200():
    state = decide(PollState(), ok({"ETag": 'W/"a"  b', "Last-Modified": "gestern"}), NOW, BOUNDS, 0).state
    assert conditions(state, NOW) == {"If-None-Match": 'W/"a"  b', "If-Modified-Since": "gestern"}
    assert (state.state, state.polls, state.last_status, state.feed_title) == ("ok", 1, 200, "F")


def test_a_304_renews_the_validators_it_names_and_keeps_the_others():
    old = PollState(etag="1", last_modified="x", validated_at=NOW)
    decision = decide(old, answered(304, {"ETag": "2"}), NOW, BOUNDS, 0)
    assert (decision.state.etag, decision.state.last_modified, decision.outcome) == ("2", "x", "not_modified")
    moved = decide(old, answered(304, {"Last-Modified": "y"}), NOW, BOUNDS, 0).state
    assert (moved.etag, moved.last_modified) == ("1", "y")


def test_a_200_without_validators_forgets_the_old_ones_even_if_the_body_is_the_same():
    old = PollState(etag="1", last_modified="x", body_hash="h")
    state = decide(old, Answer(200, Headers(), body_hash="h"), NOW, BOUNDS, 0).state
    assert conditions(state, NOW) == {}


def test_validators_are_left_out_once_after_a_week_of_304():
    state = PollState(etag="1", validated_at=NOW - timedelta(days=7))
    assert conditions(state, NOW) == {}
    after = decide(state, answered(304), NOW, BOUNDS, 0).state
    assert conditions(after, NOW + timedelta(days=1)) == {"If-None-Match": "1"}
    assert conditions(state, NOW - timedelta(seconds=1)) == {"If-None-Match": "1"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=7200"}, 7200),
        ({"Cache-Control": 'max-age="7200"', "Age": "200"}, 7000),
        ({"Cache-Control": f"max-age={2 * 86400}"}, 2 * DAY),
        ({"Cache-Control": f"max-age={365 * 86400}"}, 7 * DAY),
        ({"Cache-Control": "max-age=10"}, 300),
        ({"Cache-Control": "no-cache, max-age=7200"}, 300),
        ({"Expires": format_datetime(NOW + timedelta(hours=3), usegmt=True)}, 3 * 3600),
        (
            {
                "Date": format_datetime(NOW - timedelta(hours=1), usegmt=True),
                "Expires": format_datetime(NOW + timedelta(hours=3), usegmt=True),
            },
            4 * 3600,
        ),
        ({"Expires": "0"}, 300),
        ({"Cache-Control": "max-age=5000", "Expires": "0"}, 5000),
    ],
)
def test_a_server_that_says_how_long_an_answer_is_fresh_is_believed(headers, seconds):
    fast = PollState(entries_per_day=100_000, last_ok_at=NOW - timedelta(seconds=300))
    assert wait(fast, ok(headers)) == pytest.approx(seconds, rel=0.01)
    assert wait(fast, answered(304, headers)) == pytest.approx(seconds, rel=0.01)


def test_ttl_is_honoured_and_remembered_for_answers_without_a_body():
    state = decide(PollState(), ok(feed=Feed(timing=Timing(ttl=DAY))), NOW, BOUNDS, 0).state
    assert state.next_poll_at is not None
    assert state.next_poll_at - NOW >= timedelta(days=1)
    assert wait(state, answered(304)) >= DAY


def test_sleeping_hours_and_days_are_kept():
    feed = Feed(timing=Timing(skip_hours=frozenset({12, 13}), skip_days=frozenset({2})))
    state = decide(PollState(), ok(feed=feed), NOW, BOUNDS, 0).state
    assert state.next_poll_at == datetime(2026, 9, 1, 14, tzinfo=UTC)
    late = NOW.replace(hour=23, minute=58)
    assert decide(state, answered(304), late, BOUNDS, 0).state.next_poll_at == datetime(2026, 9, 3, 0, tzinfo=UTC)
    never = Feed(timing=Timing(skip_hours=frozenset(range(24))))
    assert wait(PollState(), ok(feed=never)) < 3600


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_pauses_in_both_forms_up_to_seven_days(status):
    for value, seconds in (
        ("86400", DAY),
        (format_datetime(NOW + timedelta(days=2), usegmt=True), 2 * DAY),
        (str(60 * 86400), 7 * DAY),
    ):
        decision = decide(PollState(), answered(status, {"Retry-After": value}), NOW, BOUNDS, 0)
        assert (decision.state.state, decision.outcome) == ("paused", "refused")
        assert decision.state.quiet_at is None
        assert wait(PollState(), answered(status, {"Retry-After": value})) == pytest.approx(seconds)


def test_a_redirect_to_a_server_that_wants_quiet_names_that_server():
    there = Redirect(302, "https://other.example.net/feed")
    refusal = answered(429, {"Retry-After": "3600"}, redirects=(there,))
    assert decide(PollState(), refusal, NOW, BOUNDS, 0).state.quiet_at == there.to


def test_feeds_at_the_lower_bound_do_not_march_in_step():
    busy = PollState(last_ok_at=NOW - timedelta(minutes=5), entries_per_day=5000.0)
    for answer in (ok(), answered(304), answered(500)):
        low, high = (
            (decide(busy, answer, NOW, BOUNDS, luck).state.next_poll_at - NOW).total_seconds() for luck in (0, 1)
        )
        assert BOUNDS.min_interval == low < 1.05 * low < high


def test_a_short_retry_after_does_not_shorten_the_interval():
    assert wait(PollState(), answered(429, {"Retry-After": "1"})) == BOUNDS.min_interval


def test_failures_back_off_exponentially_to_the_longest_interval_and_recover():
    state, waits = PollState(), []
    for _ in range(12):
        state = decide(state, answered(500), NOW, BOUNDS, 1.0).state
        assert state.next_poll_at is not None
        waits.append((state.next_poll_at - NOW).total_seconds())
    assert waits[:4] == pytest.approx([330, 600, 1200, 2400])
    assert waits[-1] == BOUNDS.max_interval
    assert (state.state, state.failures, state.last_error) == ("failing", 12, "answered 500")
    again = decide(state, ok(), NOW, BOUNDS, 0).state
    assert (again.state, again.failures, again.last_error) == ("ok", 0, None)


def test_no_answer_at_all_is_a_failure_with_its_reason():
    decision = decide(PollState(), Answer(problem="cannot find x (DNS)"), NOW, BOUNDS, 0)
    assert (decision.state.last_error, decision.state.last_status, decision.outcome) == (
        "cannot find x (DNS)",
        None,
        "failed",
    )


def test_410_stops_after_the_second_confirmation_only():
    first = decide(PollState(), answered(410), NOW, BOUNDS, 0)
    assert first.state.state == "failing"
    assert first.state.next_poll_at is not None
    second = decide(first.state, answered(410), NOW, BOUNDS, 0)
    assert (second.state.state, second.state.next_poll_at, second.outcome) == ("gone", None, "gone")
    between = decide(first.state, ok(), NOW, BOUNDS, 0).state
    assert decide(between, answered(410), NOW, BOUNDS, 0).state.state == "failing"


@pytest.mark.parametrize(
    ("status", "adopted"), [(301, "https://new/"), (308, "https://new/"), (302, None), (307, None)]
)
def test_only_permanent_redirects_are_adopted_after_three_times(status, adopted):
    answer = ok(redirects=(Redirect(status, "https://new/"), Redirect(302, "https://cdn/")))
    once = PollSettings(redirect_patience=0)
    assert follow([answer] * 2, bounds=once).fetch_url is None
    assert follow([answer] * 3, bounds=once).fetch_url == adopted


def test_a_redirect_must_last_a_day_to_be_adopted():
    answer = ok(redirects=(Redirect(301, "https://new/"),))
    state, now = PollState(), NOW
    while state.fetch_url is None and now < NOW + timedelta(days=3):
        state = decide(state, answer, now, BOUNDS, 0.5).state
        now += timedelta(hours=5)
    assert state.fetch_url == "https://new/"
    assert now - timedelta(hours=5) == NOW + timedelta(hours=25)


def test_a_redirect_is_not_adopted_when_it_changes_or_leads_to_no_feed():
    to = lambda url: ok(redirects=(Redirect(301, url),))  # noqa: E731
    assert follow([to("https://a/"), to("https://a/"), to("https://b/"), to("https://a/")]).fetch_url is None
    assert follow([to("https://a/"), to("https://a/"), ok(), to("https://a/")]).fetch_url is None
    page = Answer(200, redirects=(Redirect(301, "https://a/"),), problem="a web page")
    assert follow([page] * 5).fetch_url is None


def test_an_adopted_address_that_is_gone_gives_way_to_the_one_that_was_added():
    moved = PollState(fetch_url="https://new.example/feed", etag='"x"', polls=9)
    state = follow([answered(410), answered(410)], moved)
    assert (state.fetch_url, state.etag, state.state) == (None, None, "failing")
    assert state.next_poll_at is not None
    assert follow([answered(410), answered(410)], state).state == "gone"


def test_an_adopted_address_that_keeps_failing_is_given_up():
    state = follow([answered(404)] * 4, PollState(fetch_url="https://new/"))
    assert state.fetch_url == "https://new/"
    assert follow([answered(404)] * 5, PollState(fetch_url="https://new/")).fetch_url is None


def test_entries_held_back_make_the_next_request_unconditional():
    state = decide(PollState(), ok({"ETag": "1"}, new_entries=500, held_back=20), NOW, BOUNDS, 0).state
    assert conditions(state, NOW) == {}
    assert state.body_hash is None


def test_a_feed_that_changes_often_is_asked_more_often_within_the_bounds():
    busy = follow([ok(new_entries=30)] * 40)
    quiet = follow([answered(304)] * 800)
    often, seldom = (state.next_poll_at - state.last_poll_at for state in (busy, quiet))
    assert timedelta(seconds=300) <= often < timedelta(seconds=900)
    assert timedelta(hours=6) < seldom <= timedelta(days=1)


def test_a_burst_is_followed_at_once():
    calm = follow([ok()] * 10)
    burst = decide(calm, ok(new_entries=5), calm.next_poll_at, BOUNDS, 0.5).state
    still = decide(calm, ok(), calm.next_poll_at, BOUNDS, 0.5).state
    assert burst.next_poll_at - burst.last_poll_at < (still.next_poll_at - still.last_poll_at) / 1.5


@given(
    st.sampled_from([None, 200, 304, 301, 403, 404, 410, 429, 500, 503]),
    st.dictionaries(st.sampled_from(["retry-after", "cache-control", "expires", "etag", "age"]), st.text(max_size=20)),
    st.floats(0, 1),
    st.integers(0, 40),
    st.floats(0, 1e9) | st.none(),
)
def test_the_next_poll_is_never_early_and_never_beyond_a_week(status, headers, luck, failures, rate):
    old = PollState(failures=failures, entries_per_day=rate, last_ok_at=NOW - timedelta(hours=1))
    answer = Answer(status, Headers(headers.items()), problem=None if status == 304 else "x")
    state = decide(old, answer, NOW, BOUNDS, luck).state
    if state.next_poll_at is None:
        assert state.state == "gone"
    else:
        assert timedelta(seconds=300) <= state.next_poll_at - NOW <= timedelta(days=7.2)
    assert PollState.model_validate(state.model_dump()) == state
