"""How long an answer says that asking again is pointless, and the hours and days in which a feed sleeps."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from service.http import LONGEST_WAIT, Headers
from service.http.retry_after import http_date

_MAX_AGE = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE)
_NO = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)


def fresh_for(headers: Headers, now: datetime) -> float | None:
    """Seconds that an answer stays fresh (RFC 9111, 4.2.1): ``max-age`` less ``Age``, else ``Expires`` less ``Date``;
    at most seven days; None when the answer says nothing of use."""
    control = headers.joined("cache-control")
    if _NO.search(control):
        return None
    if found := _MAX_AGE.search(control):
        age = headers.get("age") or ""
        seconds = float(found[1]) - (float(age) if age.isdigit() and len(age) < 12 else 0.0)
    else:
        expires = http_date(headers.get("expires") or "")
        if expires is None:
            return None
        seconds = (expires - (http_date(headers.get("date") or "") or now)).total_seconds()
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None


def after_sleep(when: datetime, hours: Collection[int], days: Collection[int]) -> datetime:
    """``when``, or the first full hour after it that is outside ``hours`` (UTC) and ``days`` (0 = Monday); ``when``
    itself if there is none within a week, since such a feed does not mean it."""
    if when.hour not in hours and when.weekday() not in days:
        return when
    later = when.replace(minute=0, second=0, microsecond=0)
    for _ in range(7 * 24):
        later += timedelta(hours=1)
        if later.hour not in hours and later.weekday() not in days:
            return later
    return when
