"""Dates as feeds write them: RFC 822 and its misspellings, ISO 8601, CJK, Unix time, month names of many languages."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache

from babel import Locale
from dateutil import parser as dateutil_parser  # type: ignore[import-untyped]

from producers.feeds.zones import ZONES

LONGEST = 120
MONTHS_OF = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "ru", "uk", "kk", "ky", "uz", "tr", "vi", "id", "sv")

# What nearly all feeds write is read without much thought.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLAIN = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}}) ([01]\d:\d\d:[0-5]\d|2[0-3]:\d\d:[0-5]\d) "
    r"(?:GMT|UTC|([+-](?:0\d|1[0-4])[0-5]\d))",
    re.ASCII,
)
_EXACT = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)", re.ASCII
)
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?!\d)\s*([ap]\.?m\.?)?", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号일]?")
_DOTS = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
_OFFSET = re.compile(
    r"(?:gmt|utc)?\s*([+-])\s?(\d{1,2}):?(\d{2})?\s*$|\b(?:gmt|utc)\s*([+-])(\d{1,2})\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+\.?")
_NUMBER = re.compile(r"\d+")


@cache
def months() -> dict[str, int]:
    """Month names and abbreviations, lower case without full stop, from CLDR; the first call takes a while."""
    names = {"sept": 9, "mrz": 3, "mär": 3, "märz": 3}
    for language in MONTHS_OF:
        for context in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context[width].items():
                    word = name.lower().rstrip(".")
                    if not word.isdigit() and " " not in word:
                        names.setdefault(word, number)
    return names


def parse_date(text: str | None) -> datetime | None:
    """The instant that ``text`` names, aware UTC; without a zone it is taken as UTC; None when nobody can tell.
    Hour 24 is the next day's 0, leap seconds are the second before."""
    value = " ".join((text or "").split())
    if not value or len(value) > LONGEST:
        return None
    if plain := _PLAIN.fullmatch(value):
        value = f"{plain[3]}-{_MONTHS.index(plain[2]) + 1:02}-{int(plain[1]):02}T{plain[4]}{plain[5] or '+00:00'}"
    try:
        if _EXACT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC)
        return _number(value) if value.lstrip("-").isdigit() else _written(value)
    except (ValueError, OverflowError):
        return None


def _number(value: str) -> datetime | None:
    if len(value) == 14:
        return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if len(value) == 8:
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)
    if len(value) in (9, 10, 13):
        return datetime.fromtimestamp(int(value) / (1000 if len(value) == 13 else 1), UTC)
    return None


def _written(value: str) -> datetime | None:
    day, rest = _day(value)
    if day is None:
        return _guess(value)
    hour = minute = second = micro = 0
    clock = _CLOCK.search(rest)
    if clock:
        hour, minute, second = int(clock[1]), int(clock[2]), min(int(clock[3] or 0), 59)
        micro = int((clock[4] or "").ljust(6, "0")[:6])
        if clock[5] or re.search("[上下]午|오[전후]", rest):
            late = bool(re.search("下午|오후", rest)) or (clock[5] or "").lower().startswith("p")
            hour = hour % 12 + (12 if late else 0)
        rest = rest[clock.end() :]
    if hour > 24 or minute > 59:
        return None
    moment = datetime(*day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    return moment - timedelta(minutes=_zone(rest) if clock else 0)


def _day(value: str) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day, and what of the text is left for clock and zone."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_CJK, (1, 2, 3)), (_DOTS, (3, 2, 1)), (_VIETNAMESE, (3, 2, 1))):
        if found := pattern.search(value):
            year, month, day = (int(found[group]) for group in order)
            return (year, month, day), value[found.end() :].lstrip("T ") if pattern is not _DOTS else _without(
                value, found
            )
    known = months()
    named = [found for found in _WORD.finditer(value) if _word(found) in known]
    if not named:
        return None, value
    # "mar., 1 févr. 2026": a weekday can look like a month, but the month has the day's number before it.
    word = next((found for found in named if re.search(r"\d\.?[\s-]+$", value[: found.start()])), named[0])
    month = known[_word(word)]
    clock = _CLOCK.search(value)
    taken = clock.span() if clock else (-1, -1)
    numbers = [found for found in _NUMBER.finditer(value) if not taken[0] <= found.start() < taken[1]]
    before = [found for found in numbers if found.end() <= word.start()]
    after = [found for found in numbers if found.start() >= word.end()]
    if before and len(before[-1][0]) <= 2 and after:  # 1 September 2026
        number, digits = before[-1][0], after[0][0]
    elif len(after) >= 2 and len(after[0][0]) <= 2:  # September 1, 2026; Sep 1 10:00:00 2026
        number, digits = after[0][0], after[1][0]
    else:
        return None, value
    rest = value[word.end() :] if clock and clock.start() > word.start() else value
    return (_year(digits), month, int(number)), rest


def _word(found: re.Match[str]) -> str:
    return found[0].lower().rstrip(".")


def _without(value: str, found: re.Match[str]) -> str:
    return value[: found.start()] + " " + value[found.end() :]


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) > 2 else number + (2000 if number < 70 else 1900)


def _zone(rest: str) -> int:
    """Minutes east of UTC that the end of a date says; 0 when it says nothing known."""
    if found := _OFFSET.search(rest):
        sign, hours, minutes = found[1] or found[4], int(found[2] or found[5]), int(found[3] or 0)
        if hours <= 14:
            return (-1 if sign == "-" else 1) * (hours * 60 + minutes)
    return next((ZONES[_word(found)] for found in _WORD.finditer(rest) if _word(found) in ZONES), 0)


def _offset(name: str | None, seconds: int | None) -> int:
    return seconds if seconds is not None else ZONES.get((name or "").lower(), 0) * 60


def _guess(value: str) -> datetime | None:
    try:
        # Names that nobody knows are UTC, without dateutil's warning.
        moment: datetime = dateutil_parser.parse(value, tzinfos=_offset)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
