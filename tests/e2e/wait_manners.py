"""How long a server or a feed asks to be left alone: (script, requests there may be, shortest and longest wait in
seconds after the last of them). The service's own upper bound is a few seconds; all of these go beyond it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.e2e.scripted_feed import Step, http_date, not_modified, ok, refused

HOUR, DAY = 3600.0, 86400.0
WEEK = 7 * DAY
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Wait:
    script: Sequence[Step]
    requests: int
    least: float
    most: float
    state: str = "ok"


def hour(*script: Step, requests: int = 1, state: str = "ok") -> Wait:
    return Wait(script, requests, HOUR - 5, HOUR * 1.05, state)


def week(*script: Step, state: str = "ok") -> Wait:
    return Wait(script, 1, WEEK - 5, WEEK * 1.05, state)


def skipping() -> tuple[str, str]:
    """Elements that skip this hour and the next two, and today and tomorrow."""
    now = datetime.now(UTC)
    hours = "".join(f"<hour>{(now.hour + ahead) % 24}</hour>" for ahead in range(3))
    days = "".join(f"<day>{DAYS[(now + timedelta(days=ahead)).weekday()]}</day>" for ahead in range(2))
    return f"<skipHours>{hours}</skipHours>", f"<skipDays>{days}</skipDays>"


SY = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">{}</sy:updatePeriod>'
TWICE = '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">2</sy:updateFrequency>'

WAITS: dict[str, Wait] = {
    "max-age on a 200": hour(ok("Cache-Control: max-age=3600")),
    "max-age among others": hour(ok('Cache-Control: private, max-age="3600", must-revalidate, s-maxage=5')),
    "max-age on a 304 alone": hour(
        ok('ETag: "1"'), not_modified(), not_modified("Cache-Control: max-age=3600"), requests=3
    ),
    "max-age less Age": hour(ok("Cache-Control: max-age=7200", "Age: 3600")),
    "max-age goes before Expires": hour(lambda: ok("Cache-Control: max-age=3600", f"Expires: {http_date(9 * HOUR)}")),
    "max-age of a month": week(ok("Cache-Control: max-age=2592000")),
    "Expires": hour(lambda: ok(f"Expires: {http_date(HOUR)}")),
    "Expires by the server's clock": hour(
        lambda: ok(f"Date: {http_date(-5 * HOUR)}", f"Expires: {http_date(-4 * HOUR)}")
    ),
    "ttl": hour(ok(channel="<ttl>60</ttl>")),
    "ttl beside a shorter max-age": hour(ok("Cache-Control: max-age=60", channel="<ttl>60</ttl>")),
    "ttl of a feed that has not changed": hour(ok('ETag: "1"', channel="<ttl>60</ttl>"), not_modified()),
    "sy:updatePeriod": Wait([ok(channel=SY.format("daily"))], 1, DAY - 5, DAY * 1.05),
    "sy:updateFrequency": Wait([ok(channel=SY.format("daily") + TWICE)], 1, DAY / 2 - 5, DAY / 2 * 1.05),
    "skipHours": Wait([lambda: ok(channel=skipping()[0])], 1, 2 * HOUR - 60, 3 * HOUR),
    "skipDays": Wait([lambda: ok(channel=skipping()[1])], 1, DAY - 60, 2 * DAY),
    "429 Retry-After": hour(refused("429 Slow", "Retry-After: 3600"), state="paused"),
    "429 with a date": hour(lambda: refused("429 Slow", f"Retry-After: {http_date(HOUR)}"), state="paused"),
    "503 Retry-After": hour(refused("503 Away", "Retry-After: 3600"), state="paused"),
    "503 with a date": hour(lambda: refused("503 Away", f"Retry-After: {http_date(HOUR)}"), state="paused"),
    "429 for a month": week(refused("429 Slow", "Retry-After: 2592000"), state="paused"),
    "503 until a date in a month": week(
        lambda: refused("503 Away", f"Retry-After: {http_date(30 * DAY)}"), state="paused"
    ),
    "429 x-ratelimit-reset in seconds": hour(refused("429 Slow", "x-ratelimit-reset: 3600"), state="paused"),
    "429 x-ratelimit-reset as a point in time": hour(
        lambda: refused("429 Slow", f"X-RateLimit-Reset: {int(time.time() + HOUR)}"), state="paused"
    ),
    "403 with nothing left": hour(
        refused("403 No", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 3600"), state="paused"
    ),
    "429 after a good poll": hour(ok(), refused("429 Slow", "Retry-After: 3600"), requests=2, state="paused"),
}

AGAIN: dict[str, Step] = {
    "max-age of zero": ok("Cache-Control: max-age=0, must-revalidate"),
    "no-cache beside a max-age": ok("Cache-Control: no-cache, max-age=3600"),
    "a stale answer from a cache": ok("Cache-Control: max-age=3600", "Age: 3600"),
    "nonsense in Cache-Control": ok("Cache-Control: max-age=soon, ,,=;", "Expires: never"),
    "an Expires that is past": ok("Expires: Thu, 01 Jan 1970 00:00:00 GMT"),
    "a ttl of nonsense": ok(channel="<ttl>-5</ttl><skipHours><hour>99</hour></skipHours>"),
    "every hour skipped": ok(
        channel=f"<skipHours>{''.join(f'<hour>{number}</hour>' for number in range(24))}</skipHours>"
    ),
    "429 and a date that is past": refused("429 Slow", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"),
    "429 and nonsense": refused("429 Slow", "Retry-After: in a while"),
}
"""What is no reason to stay away: asked again within the service's own bounds."""
