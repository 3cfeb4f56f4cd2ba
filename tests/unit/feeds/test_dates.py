from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.feeds.dates import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 01 Sep 2026 10:00:00 GMT", "2026-09-01T10:00:00"),
        ("Tue, 01 Sep 2026 10:00:00 +0200", "2026-09-01T08:00:00"),
        ("Tue, 1 Sep 26 10:00 EST", "2026-09-01T15:00:00"),
        ("Tue, 01 Sep 2026 10:00:00 CEST", "2026-09-01T08:00:00"),
        ("Tue, 01 Sep 2026 10:00:00 IST", "2026-09-01T04:30:00"),
        ("Tue, 01 Sep 2026 10:00:00 GMT+3", "2026-09-01T07:00:00"),
        ("Tue, 01 Sep 2026 10:00:00 GMT+0300", "2026-09-01T07:00:00"),
        ("Tue, 01 Sep 2026 24:00:00 GMT", "2026-09-02T00:00:00"),
        ("Di, 01 Sep 2026 10:00:00 +0200", "2026-09-01T08:00:00"),
        ("Dienstag, 01. September 2026 10:00:00 MESZ", "2026-09-01T08:00:00"),
        ("Fr, 06 Mrz 2026 10:00:00 +0100", "2026-03-06T09:00:00"),
        ("1 сентября 2026, 10:00 МСК", "2026-09-01T07:00:00"),
        ("вт, 01 сен 2026 10:00:00 +0300", "2026-09-01T07:00:00"),
        ("mar., 1 févr. 2026 10:00:00 +0100", "2026-02-01T09:00:00"),
        ("1 tháng 9, 2026 10:00 +0700", "2026-09-01T03:00:00"),
        ("2026年09月01日", "2026-09-01T00:00:00"),
        ("2026年9月1日 下午3:05", "2026-09-01T15:05:00"),
        ("2026년 9월 1일 10:00", "2026-09-01T10:00:00"),
        ("2026-09-01T10:00:00Z", "2026-09-01T10:00:00"),
        ("2026-09-01T10:00:00.123456789+05:00", "2026-09-01T05:00:00.123456"),
        ("2026-09-01T10:00+05", "2026-09-01T05:00:00"),
        ("2026-09-01 10:00:00", "2026-09-01T10:00:00"),
        ("2026-09-01", "2026-09-01T00:00:00"),
        ("2026-09-01T24:00:00Z", "2026-09-02T00:00:00"),
        ("01.09.2026 10:00", "2026-09-01T10:00:00"),
        ("September 1, 2026 3:05 PM", "2026-09-01T15:05:00"),
        ("Tue Sep  1 10:00:00 UTC 2026", "2026-09-01T10:00:00"),
        ("1788256800", "2026-09-01T10:00:00"),
        ("1788256800000", "2026-09-01T10:00:00"),
        ("20260901100000", "2026-09-01T10:00:00"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00"),
        ("Fri, 01 Jan 2099 00:00:00 GMT", "2099-01-01T00:00:00"),
    ],
)
def test_the_zoo_of_dates(text, expected):
    assert parse_date(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", [None, "", "soon", "0000-00-00", "2026-13-45", "99:99", "2026-09-01T99:00Z", "1" * 200, "😀"]
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    found = parse_date(text)
    assert found is None or found.tzinfo is not None


@given(st.integers(min_value=631152000, max_value=3786912000), st.sampled_from([0, 330, -480, 120]))
def test_rfc_822_and_iso_agree(seconds, minutes):
    moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    sign, ahead = ("-" if minutes < 0 else "+"), abs(minutes)
    zone = f"{sign}{ahead // 60:02}{ahead % 60:02}"
    iso = moment.isoformat() + zone[:3] + ":" + zone[3:]
    assert parse_date(f"{moment:%a, %d %b %Y %H:%M:%S} {zone}") == parse_date(iso) == datetime.fromisoformat(iso)
