import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from service.errors import Transient
from service.http import Politeness, asked_wait, host_key

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.tumblr.com/rss", "tumblr.com"),
        ("https://B.Tumblr.com./x", "tumblr.com"),
        ("https://news.example.co.uk/", "example.co.uk"),
        ("https://новости.рф/", "xn--b1amnebsh.xn--p1ai"),
        ("http://localhost:8001/", "localhost:8001"),
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("https://[::1]:8443/", "::1:8443"),
    ],
)
def test_the_key_is_the_registrable_domain(url, key):
    assert host_key(url) == key


async def test_one_key_has_one_request_at_a_time_with_room_between():
    polite, log = Politeness(0.05), []
    loop = asyncio.get_running_loop()

    async def ask(url):
        async with polite.turn(url):
            log.append(("start", loop.time()))
            await asyncio.sleep(0.01)
            log.append(("end", loop.time()))

    await asyncio.gather(*(ask(f"http://{name}.example.org/") for name in "abc"))
    assert [what for what, _ in log] == ["start", "end"] * 3
    assert all(log[i + 1][1] - log[i][1] >= 0.05 for i in (1, 3))


async def test_a_slow_request_does_not_shut_the_door_on_its_neighbours(monkeypatch):
    monkeypatch.setattr("service.http.politeness.SLOW", 0.1)
    polite, running, most = Politeness(0), 0, 0

    async def drip():
        nonlocal running, most
        async with polite.turn("http://x.example/"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(1.5)
            running -= 1

    slow = [asyncio.create_task(drip()) for _ in range(6)]
    await asyncio.sleep(0.05)
    assert running == 1
    await asyncio.gather(*slow)
    assert most == 4


async def test_keys_do_not_wait_for_each_other():
    polite = Politeness(60)
    async with polite.turn("http://one.example/"):
        pass
    assert polite.ready_in("http://one.example/x") > 59
    assert polite.ready_in("http://two.example/") == 0
    async with asyncio.timeout(5), polite.turn("http://two.example/"):
        pass


async def test_a_paused_key_is_left_alone_and_says_for_how_long():
    polite = Politeness(0)
    polite.pause("http://a.example.org/feed", 3600)
    polite.pause("http://a.example.org/feed", 60)
    with pytest.raises(Transient, match=r"example\.org asked to be left alone") as caught:
        async with polite.turn("http://b.example.org/"):
            pass
    assert caught.value.retry_after == pytest.approx(3600, abs=5)


async def test_a_polite_client_pauses_a_host_that_asks_for_it(serve, client, answer):
    server = await serve(answer(429, Retry_After="600"))
    async with client() as http:
        assert (await http.send("GET", f"http://127.0.0.1:{server.port}/", polite=True)).status == 429
        with pytest.raises(Transient, match="left alone"):
            await http.send("GET", f"http://127.0.0.1:{server.port}/other", polite=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "120"}, 120),
        (503, {"Retry-After": format_datetime(NOW + timedelta(hours=2), usegmt=True)}, 7200),
        (429, {"Retry-After": format_datetime(NOW - timedelta(hours=2), usegmt=True)}, 0),
        (503, {"Retry-After": str(30 * 86400)}, 7 * 86400),
        (429, {"Retry-After": "soon", "X-RateLimit-Reset": "45"}, 45),
        (429, {"X-RateLimit-Reset": str(int(NOW.timestamp()) + 90)}, 90),
        (429, {"X-RateLimit-Reset": str((int(NOW.timestamp()) + 90) * 1000)}, 90),
        (403, {"X-RateLimit-Remaining": "0.0", "X-RateLimit-Reset": "30"}, 30),
        (403, {"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": "30"}, None),
        (403, {"Retry-After": "9"}, 9),
        (503, {"X-RateLimit-Reset": "30"}, None),
        (429, {}, None),
        (200, {"Retry-After": "120"}, None),
        (429, {"Retry-After": "-5"}, None),
        (429, {"Retry-After": "9" * 400}, None),
    ],
)
def test_the_wait_a_server_asks_for(status, headers, wait):
    assert asked_wait(status, headers.items(), NOW) == (None if wait is None else pytest.approx(wait, abs=1))
