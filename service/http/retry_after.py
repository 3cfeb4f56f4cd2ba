"""How long a server asks to be left alone."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from service.http.message import Headers

LONGEST_WAIT = 7 * 86400.0
"""Seconds; what a server asks for beyond this is taken as this."""


def http_date(value: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7) as aware UTC; None when it is none."""
    try:
        parsed = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def asked_wait(status: int, headers: Headers | Iterable[tuple[str, str]], now: datetime) -> float | None:
    """Seconds (0 … 7 days) that an answer asks to wait, None when it does not: ``Retry-After`` as seconds or date on
    429, 503 and 403 (RFC 9110, 10.2.3; RFC 6585), else ``x-ratelimit-reset`` on 429, and on a 403 with nothing left."""
    fields = headers if isinstance(headers, Headers) else Headers(headers)
    if status not in (403, 429, 503):
        return None
    value = fields.get("retry-after")
    wait = _seconds(value, now) if value is not None else None
    if wait is None and (status == 429 or (status == 403 and _used_up(fields))):
        for name in ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"):
            reset = fields.get(name)
            if reset is not None and (wait := _seconds(reset, now)) is not None:
                break
    return None if wait is None else min(max(wait, 0.0), LONGEST_WAIT)


def _used_up(fields: Headers) -> bool:
    left = fields.get("x-ratelimit-remaining") or fields.get("x-rate-limit-remaining") or ""
    return re.fullmatch(r"\s*0+(?:\.0*)?\s*", left) is not None


def _seconds(value: str, now: datetime) -> float | None:
    text = value.strip()
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,9})?", text):
        number = float(text)
        # Seconds from now, or a point in Unix time (in milliseconds with some): nobody asks to wait thirty years.
        if number > 1e12:
            number /= 1000
        return number - now.timestamp() if number > 1e9 else number
    when = http_date(text)
    return None if when is None else (when - now).total_seconds()
