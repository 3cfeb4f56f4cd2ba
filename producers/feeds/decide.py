"""What a poll has taught: the next state of a source and when to ask again. Pure: everything it needs is handed in.

The interval follows the feed: proportional to 1/√(entries a day), which spends a budget of requests where it shortens
waiting most; it at most doubles from one poll to the next, so that a feed is learnt before it is left alone for long.
What the server asks for (Retry-After, Cache-Control, Expires) and what the feed asks for (ttl, skipHours, skipDays)
only ever make it longer, up to seven days. Failures back off exponentially.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from producers.feeds.feed import Feed
from producers.feeds.freshness import after_sleep, fresh_for
from service.contracts import PollState
from service.http import LONGEST_WAIT, Headers, Redirect, asked_wait
from service.settings import PollSettings

EAGERNESS = 14.8
"""interval = min_interval · EAGERNESS / √(entries a day): at 5 minutes, 8 entries a day are asked for 55 times."""
BURST = 0.25
"""Share of the rate since the last poll that counts at once: news comes in bursts, which a mean learns of too late."""
MEMORY = timedelta(days=2)
"""Time constant of the decaying mean of entries a day."""
STALE_AFTER = timedelta(days=7)
"""Validators that nothing but 304 has answered for so long may be frozen: one request goes without them."""
REDIRECTS_TO_ADOPT = 3
GONE_TO_STOP = 2
FAILURES_TO_RETURN = 5
"""Failures after which an adopted address is given up for the one that the person gave."""

Outcome = Literal["new", "unchanged", "not_modified", "moved", "refused", "gone", "failed", "invalid"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one poll. ``status`` None: no answer at all. ``feed`` None: not read, as the body was the same or
    there was none. ``problem``: why there is no feed, one line; ``hopeless``: asking the same again will not help."""

    status: int | None = None
    headers: Headers = Headers()  # noqa: RUF009 - immutable
    redirects: tuple[Redirect, ...] = ()
    body_hash: str | None = None
    feed: Feed | None = None
    problem: str | None = None
    hopeless: bool = False
    wait: float | None = None
    new_entries: int = 0
    held_back: int = 0
    """New entries that are left for the next poll, which must therefore bring the whole body again."""


@dataclass(frozen=True, slots=True)
class Decision:
    state: PollState
    outcome: Outcome


def conditions(state: PollState, now: datetime) -> dict[str, str]:
    """Header fields that make the request conditional (RFC 9110, 13.1), validators byte for byte as they came; none
    when they are so old that they may be frozen."""
    if state.validated_at is not None and now - state.validated_at >= STALE_AFTER:
        return {}
    fields = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in fields.items() if value}


def decide(old: PollState, answer: Answer, now: datetime, bounds: PollSettings, luck: float) -> Decision:
    """``luck``: 0 … 1, spreads the polls of feeds that would otherwise march in step."""
    asked: dict[str, object] = {"last_poll_at": now, "last_status": answer.status, "polls": old.polls + 1}
    if answer.status == 410:
        return _gone(old, asked, now, bounds, luck)
    if answer.problem is None and (answer.status == 304 or (answer.status is not None and 200 <= answer.status < 300)):
        return _good(old, answer, asked, now, bounds, luck)
    return _bad(old, answer, asked, now, bounds, luck)


def _good(
    old: PollState, answer: Answer, asked: dict[str, object], now: datetime, bounds: PollSettings, luck: float
) -> Decision:
    headers, timing = answer.headers, answer.feed.timing if answer.feed else None
    changes: dict[str, object] = {
        **asked,
        **{"state": "ok", "last_ok_at": now, "last_error": None, "failures": 0, "gone_seen": 0},
        **_redirect(old, answer, now, bounds),
    }
    if answer.status == 304:
        # What a 304 does not name stays as it was (RFC 9110, 15.4.5).
        changes |= {
            "etag": headers.get("etag", old.etag),
            "last_modified": headers.get("last-modified", old.last_modified),
        }
        if not conditions(old, now):
            changes["validated_at"] = now
    elif answer.held_back:
        changes |= {"etag": None, "last_modified": None, "validated_at": now, "body_hash": None}
    else:
        changes |= {"etag": headers.get("etag"), "last_modified": headers.get("last-modified")}
        changes |= {"validated_at": now, "body_hash": answer.body_hash}
    if answer.feed is not None and timing is not None:
        changes |= {"feed_title": answer.feed.title or old.feed_title, "ttl": timing.ttl}
        changes |= {"skip_hours": tuple(sorted(timing.skip_hours)), "skip_days": tuple(sorted(timing.skip_days))}
    rate = _rate(old, answer, now)
    changes["entries_per_day"] = rate
    state = old.model_copy(update=changes)
    calm = _interval(old, max(rate or 0.0, BURST * _seen(old, answer, now)) or None, bounds)
    wished = max(fresh_for(headers, now) or 0.0, min(state.ttl or 0.0, LONGEST_WAIT))
    wait = max(calm * (0.9 + 0.1 * luck), wished * (1 + 0.02 * luck), _spread_least(bounds, luck))
    when = after_sleep(now + timedelta(seconds=wait), state.skip_hours, state.skip_days)
    moved = state.fetch_url != old.fetch_url
    outcome: Outcome = "moved" if moved else "not_modified" if answer.status == 304 else "unchanged"
    if answer.new_entries and not moved:
        outcome = "new"
    return Decision(state.model_copy(update={"next_poll_at": when}), outcome)


def _bad(
    old: PollState, answer: Answer, asked: dict[str, object], now: datetime, bounds: PollSettings, luck: float
) -> Decision:
    failures = old.failures + 1
    pause = asked_wait(answer.status, answer.headers, now) if answer.status is not None else None
    wait = max(_backoff(failures, bounds, luck), pause or 0.0, answer.wait or 0.0)
    changes: dict[str, object] = {
        **asked,
        "state": "paused" if pause or answer.wait else "failing",
        "failures": failures,
        "gone_seen": 0,
        "last_error": answer.problem or f"answered {answer.status}",
        "quiet_at": answer.redirects[-1].to if pause and answer.redirects else None,
        "next_poll_at": now + timedelta(seconds=min(wait, LONGEST_WAIT * 1.02)),
    }
    if old.fetch_url is not None and failures >= FAILURES_TO_RETURN:
        changes |= {"fetch_url": None, "etag": None, "last_modified": None}
    outcome: Outcome = "refused" if pause or answer.wait else "invalid" if answer.hopeless else "failed"
    return Decision(old.model_copy(update=changes), outcome)


def _gone(old: PollState, asked: dict[str, object], now: datetime, bounds: PollSettings, luck: float) -> Decision:
    seen = old.gone_seen + 1
    if seen >= GONE_TO_STOP and old.fetch_url is not None:
        # It is the address that a redirect led to which is gone; the one that the person gave may lead elsewhere now.
        old = old.model_copy(update={"fetch_url": None, "etag": None, "last_modified": None})
        seen = 0
    stop = seen >= GONE_TO_STOP
    why = (
        "answered 410 (gone) twice; it is not asked any more"
        if stop
        else "answered 410 (gone); asked once more to be sure"
    )
    changes: dict[str, object] = {
        **asked,
        "state": "gone" if stop else "failing",
        "gone_seen": seen,
        "failures": old.failures + 1,
        "last_error": why,
        "next_poll_at": None if stop else now + timedelta(seconds=_backoff(1, bounds, luck)),
    }
    return Decision(old.model_copy(update=changes), "gone")


def _redirect(old: PollState, answer: Answer, now: datetime, bounds: PollSettings) -> dict[str, object]:
    """A permanent redirect (301, 308) is believed after it was seen often enough and for long enough, each time leading
    to a readable feed; a maintenance page is not one."""
    target = None
    for status, to in answer.redirects:
        if status not in (301, 308):
            break
        target = to
    if target is None:
        return {"redirect_to": None, "redirect_seen": 0, "redirect_since": None}
    same = target == old.redirect_to
    seen, since = (old.redirect_seen + 1, old.redirect_since or now) if same else (1, now)
    if seen >= REDIRECTS_TO_ADOPT and (now - since).total_seconds() >= bounds.redirect_patience:
        return {"fetch_url": target, "redirect_to": None, "redirect_seen": 0, "redirect_since": None}
    return {"redirect_to": target, "redirect_seen": seen, "redirect_since": since}


def _rate(old: PollState, answer: Answer, now: datetime) -> float | None:
    """Entries a day: a decaying mean over what the polls brought; the first poll's entries are history, not news."""
    if old.last_ok_at is None:
        return None
    elapsed = (now - old.last_ok_at).total_seconds()
    weight = 1 - math.exp(-max(elapsed, 1.0) / MEMORY.total_seconds())
    before = 8.0 if old.entries_per_day is None else old.entries_per_day
    return before + (_seen(old, answer, now) - before) * weight


def _seen(old: PollState, answer: Answer, now: datetime) -> float:
    """Entries a day since the last good poll; 0 at the first one, whose entries are history."""
    if old.last_ok_at is None:
        return 0.0
    return answer.new_entries * 86400.0 / max((now - old.last_ok_at).total_seconds(), 1.0)


def _interval(old: PollState, rate: float | None, bounds: PollSettings) -> float:
    fitting = bounds.min_interval * EAGERNESS / math.sqrt(max(8.0 if rate is None else rate, 1e-4))
    last = 2 * bounds.min_interval
    if (
        old.last_ok_at is not None
        and old.next_poll_at is not None
        and old.last_poll_at is not None
        and not old.failures
    ):
        last = max(2 * (old.next_poll_at - old.last_poll_at).total_seconds(), last)
    return min(max(min(fitting, last), bounds.min_interval), bounds.max_interval)


def _backoff(failures: int, bounds: PollSettings, luck: float) -> float:
    grown = bounds.min_interval * 2.0 ** min(failures - 1, 30)
    return max(min(grown, bounds.max_interval) * (0.9 + 0.1 * luck), _spread_least(bounds, luck))


def _spread_least(bounds: PollSettings, luck: float) -> float:
    """The lower bound, spread upwards: there is no room below it, and busy feeds would march in step on it."""
    return bounds.min_interval * (1 + 0.1 * luck)
