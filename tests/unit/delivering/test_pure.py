"""The pure parts: what follows a try, signatures, the block on the console."""

import asyncio
import base64
import hashlib
import hmac
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.delivering import Answer, Console, Next, block, following, read_secrets, sign, webhook_body
from consumers.delivering.lanes import Lanes
from service.errors import Invalid
from tests.unit.delivering.alerts import alert_of

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SCHEDULE = (0.0, 5.0, 300.0)


def test_a_2xx_is_the_end_and_a_410_too() -> None:
    assert following(Answer(204), 0, SCHEDULE, NOW, 1.0) == Next("delivered")
    assert following(Answer(410, "gone"), 0, SCHEDULE, NOW, 1.0) == Next("disabled")


@pytest.mark.parametrize(("attempt", "wait"), [(0, 5), (1, 300)])
def test_a_failure_waits_by_the_schedule_and_a_little_more(attempt: int, wait: int) -> None:
    answer = Answer(500, "answered 500")
    assert following(answer, attempt, SCHEDULE, NOW, 0.0) == Next("pending", NOW + timedelta(seconds=wait))
    latest = following(answer, attempt, SCHEDULE, NOW, 1.0).next_try_at
    assert latest == NOW + timedelta(seconds=wait * 1.1)


def test_when_the_schedule_is_used_up_the_delivery_has_failed() -> None:
    assert following(Answer(503, "busy", retry_after=9.0), 2, SCHEDULE, NOW, 0.0) == Next("failed")


@given(st.floats(0, 10_000), st.floats(0, 1))
def test_a_server_that_asks_for_time_is_never_asked_before(asked: float, chance: float) -> None:
    found = following(Answer(429, "slow down", retry_after=asked), 0, SCHEDULE, NOW, chance).next_try_at
    assert found is not None
    assert found >= NOW + timedelta(seconds=max(asked, 5.0)) - timedelta(microseconds=1)


def test_the_signature_is_that_of_standard_webhooks(tmp_path: Path) -> None:
    key, old = bytes(range(32)), b"o" * 24
    file = tmp_path / "secret"
    file.write_text(f"whsec_{base64.b64encode(key).decode()}\nwhsec_{base64.b64encode(old).decode()}\n")
    expected = [
        "v1," + base64.b64encode(hmac.new(one, b'msg_1.1700000000.{"a":1}', hashlib.sha256).digest()).decode()
        for one in (key, old)
    ]
    assert sign(read_secrets(file), "msg_1", 1700000000, b'{"a":1}').split(" ") == expected


@pytest.mark.parametrize("content", [b"", b"whsec_", b"whsec_???", b"\xff\xfe", b"secret with spaces"])
def test_what_is_no_secret_is_refused_without_showing_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(Invalid, match="secret") as caught:
        read_secrets(file)
    assert "???" not in str(caught.value)
    with pytest.raises(Invalid, match="cannot be read"):
        read_secrets(tmp_path / "missing")


def test_the_body_is_the_same_at_every_try() -> None:
    assert webhook_body(alert_of()) == webhook_body(alert_of())
    assert b'"type":"alert.raised"' in webhook_body(alert_of())
    assert b'"type":"alert.revised"' in webhook_body(alert_of(revision=1))


def test_a_block_shows_who_what_why_and_where() -> None:
    text = block(alert_of())
    for part in ("pair", "Bahn", "https://first.example/1", "[Kasachstan]", "says die Ministerin", "via TASS", "pair"):
        assert part in text
    assert text.endswith("\n\n")
    assert "\n\n" not in text[:-2]
    assert "revision 2" in block(alert_of(revision=2))


def test_a_title_cannot_steer_the_terminal() -> None:
    text = block(alert_of(title="a\x1b[31mb\u202ec\nd\x07\x9b"))
    assert "  a[31mbc d\n" in text


async def test_the_console_says_why_it_could_not_write() -> None:
    stream = io.StringIO()
    console = Console(stream)
    assert (await console.send(alert_of(), 5.0)).delivered
    assert stream.getvalue() == block(alert_of())
    stream.close()
    assert "closed" in ((await console.send(alert_of(), 5.0)).error or "")
    console.close()


async def test_a_terminal_without_the_letters_gets_what_it_can_show() -> None:
    raw = io.BytesIO()
    console = Console(io.TextIOWrapper(raw, encoding="ascii"))
    assert (await console.send(alert_of(), 5.0)).delivered
    assert b"Kasachstan" in raw.getvalue()
    console.close()


async def test_dead_endpoints_leave_room_for_those_that_answered_well() -> None:
    lanes, hold = Lanes(2), asyncio.Event()

    async def wait() -> None:
        await hold.wait()

    lanes.answered("good", well=True)
    for name in ("dead1", "dead2"):
        lanes.open(name, wait())
    room = lanes.room()
    assert room is not None
    assert room.only == ("good",)
    lanes.open("good", wait())
    assert lanes.room() is None
    lanes.answered("good", well=False)
    assert lanes.room() is None
    hold.set()
    await lanes.finish(5.0)
    room = lanes.room()
    assert room is not None
    assert (room.limit, room.only, list(room.exclude)) == (2, None, [])
