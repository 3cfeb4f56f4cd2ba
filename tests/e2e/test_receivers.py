"""Manners of a polite sender: many scripted webhooks at once under one service, over a kill -9 and a restart. What the
receivers were sent is the evidence; signatures are worked out here from the published rule (Standard Webhooks 1.0)."""

import base64
import hashlib
import hmac
import itertools
import json
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.good_source import ask, feed, item, text_about
from tests.e2e.polite_watch import give_time
from tests.e2e.program import Program
from tests.e2e.raw_site import RawSites, Request
from tests.e2e.scripted_feed import WALL, Host, ScriptedFeed, Step, answer, http_date, moved, refused

SCHEDULE = (0.0, 1.0, 2.0, 4.0)
TIMEOUT = 3.0
QUIET = 15
"""Seconds; long enough for the service to be killed and started again meanwhile."""
TAKEN = answer("204 Taken")
LATE = 0.05

RECEIVERS: dict[str, Sequence[Step]] = {
    "takes it": [TAKEN],
    "takes it and talks": [answer("200 OK", "Set-Cookie: a=b", body=b"<html>" + b"thanks " * 50_000)],
    "signed": [refused("500 Oh"), refused("502 Oh"), TAKEN],
    "signed with two": [TAKEN],
    "gone": [refused("410 Gone")],
    "busy": [refused("429 Slow down", "Retry-After: 6"), TAKEN],
    "busy until": [lambda: refused("503 Away", f"Retry-After: {http_date(7)}"), TAKEN],
    "busy for no time": [refused("429 Slow down", "Retry-After: 0"), TAKEN],
    "broken": [refused("500 Oh")],
    "refusing": [refused("400 What")],
    "silent": [None, TAKEN],
    "wants quiet": [refused("503 Away", f"Retry-After: {QUIET}"), TAKEN],
    "hung at the end": [TAKEN, None, TAKEN],
}
NEEDED = {"signed": 3, "busy": 2, "busy until": 2, "busy for no time": 2, "broken": 4, "refusing": 4, "silent": 2}
"""Requests that the first article brings, where it is not one."""
FIRST, SECOND = "Erste Nachricht", "Zweite Nachricht"


def item_about(title: str) -> str:
    return item(title, text_about(title, 25), guid=title)


def secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class Sent:
    hooks: dict[str, ScriptedFeed]
    led_to: ScriptedFeed
    secrets: dict[str, list[str]]
    deliveries: list[dict[str, Any]]
    killed_at: float

    def to(self, name: str, title: str = FIRST) -> list[Request]:
        """The tries of one article's alert, in order."""
        return [one for one in self.hooks[name].asked if json.loads(one.body)["data"]["title"] == title]

    def gaps(self, name: str, title: str = FIRST) -> list[float]:
        return [later.at - earlier.at for earlier, later in itertools.pairwise(self.to(name, title))]

    def states(self, name: str) -> Counter[str]:
        return states(self.deliveries, self.hooks[name].url)


def deliveries(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(program, "/api/v1/deliveries?limit=200")["items"]
    return found


def states(listed: list[dict[str, Any]], endpoint: str) -> Counter[str]:
    return Counter(one["state"] for one in listed if one["endpoint"] == endpoint)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("receivers")
    keys = {"signed": [secret()], "signed with two": [secret(), secret()]}
    for name, lines in keys.items():
        (folder / name).write_text("\n".join(lines) + "\n")
    with RawSites().open() as sites:
        hooks = {name: Host(sites).script("/hook?to=a%2Fb&x", script) for name, script in RECEIVERS.items()}
        led_to = Host(sites).script("/hook", [TAKEN])
        hooks["moved"] = Host(sites).script("/hook", [moved("308 Moved", led_to.url)])
        needed = {name: NEEDED.get(name, 1) for name in hooks} | {"moved": len(SCHEDULE)}
        news = [item_about(FIRST)]
        wire = Host(sites).script("/feed.xml", [lambda: answer("200 OK", body=feed(*news))])
        program = Program(folder, **settings(hooks, keys, wire.url, folder))
        try:
            program.start()
            give_time(lambda: all(len(hooks[name].asked) >= count for name, count in needed.items()), 60)
            news.insert(0, item_about(SECOND))
            # Those that are well have the second one too; one of them has it in its hands when the service is killed.
            well = ("takes it", "takes it and talks", "signed", "signed with two", "hung at the end")
            give_time(lambda: all(len(hooks[name].asked) > needed[name] for name in well), 60)
            settled = {hooks[name].url for name in well[:-1]}
            give_time(lambda: all(states(deliveries(program), url) == {"delivered": 2} for url in settled), 30)
            program.kill()
            killed_at = time.monotonic()
            program.start()
            last = hooks["wants quiet"], hooks["hung at the end"]
            give_time(lambda: all(len(hook.asked) >= 3 for hook in last), 60)
            time.sleep(1)
            yield Sent(hooks, led_to, keys, deliveries(program), killed_at)
        finally:
            program.stop()


def settings(hooks: dict[str, ScriptedFeed], keys: dict[str, list[str]], feed_url: str, folder: Path) -> dict[str, str]:
    subscriptions = [
        {"name": name, "rule": {"actor": "Q485207"}, "webhook": hook.url}
        | ({"secret_file": str(folder / name)} if name in keys else {})
        for name, hook in hooks.items()
    ]
    return {
        "subscriptions": json.dumps(subscriptions),
        "sources": json.dumps([{"url": feed_url}]),
        "poll__max_interval": "2s",
        "delivery__schedule": json.dumps(SCHEDULE),
        "delivery__timeout": f"{TIMEOUT}s",
    }


def test_an_alert_is_sent_once_to_who_takes_it(sent: Sent) -> None:
    for name in ("takes it", "takes it and talks", "signed with two"):
        assert len(sent.to(name)) == 1
        assert len(sent.to(name, SECOND)) == 1
        assert sent.states(name) == {"delivered": 2}


def test_every_try_says_what_the_standard_asks_for_and_nothing_more(sent: Sent) -> None:
    for name, hook in sent.hooks.items():
        for request in hook.asked:
            assert (request.method, request.path) == ("POST", hook.path)
            assert request.headers["content-type"].startswith("application/json")
            assert "wirewatch" in request.headers["user-agent"]
            assert not request.headers.keys() & {"cookie", "referer", "authorization"}
            assert ("webhook-signature" in request.headers) == (name in sent.secrets)
            assert json.loads(request.body)["type"] == "alert.raised"


def test_an_id_is_one_alert_at_one_endpoint_on_every_try(sent: Sent) -> None:
    ids = [
        {(one.headers["webhook-id"], one.body) for one in sent.to(name, title)}
        for name in sent.hooks
        for title in (FIRST, SECOND)
    ]
    assert all(len(tries) <= 1 for tries in ids), "an id and its body stay the same"
    names = [name for tries in ids for name, _ in tries]
    assert len(set(names)) == len(names)
    assert set(names) <= {delivery["id"] for delivery in sent.deliveries}


def test_a_timestamp_is_that_of_the_try(sent: Sent) -> None:
    for hook in sent.hooks.values():
        for request in hook.asked:
            assert abs(int(request.headers["webhook-timestamp"]) - (request.at + WALL)) < 10
    stamps = [int(request.headers["webhook-timestamp"]) for request in sent.to("broken")]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) > 2


@pytest.mark.parametrize("name", ["signed", "signed with two"])
def test_a_signature_can_be_checked_by_anybody_who_has_the_secret(sent: Sent, name: str) -> None:
    for request in sent.hooks[name].asked:
        said = request.headers["webhook-id"].encode(), request.headers["webhook-timestamp"].encode(), request.body
        right = {
            "v1," + base64.b64encode(hmac.new(key, b".".join(said), hashlib.sha256).digest()).decode()
            for key in (base64.b64decode(line.removeprefix("whsec_")) for line in sent.secrets[name])
        }
        assert set(request.headers["webhook-signature"].split()) == right
    assert len(sent.to(name)) == NEEDED.get(name, 1)


@pytest.mark.parametrize("name", ["broken", "refusing", "moved"])
def test_the_schedule_is_kept_and_has_an_end(sent: Sent, name: str) -> None:
    assert len(sent.to(name)) == len(SCHEDULE)
    assert all(gap >= wait - LATE for gap, wait in zip(sent.gaps(name), SCHEDULE[1:], strict=True))
    assert sent.states(name)["failed"] >= 1


def test_redirects_are_not_followed(sent: Sent) -> None:
    assert sent.led_to.asked == []


def test_gone_is_gone(sent: Sent) -> None:
    assert len(sent.hooks["gone"].asked) == 1
    assert sent.states("gone") == {"disabled": 2}


def test_retry_after_is_waited_and_never_brings_a_try_forward(sent: Sent) -> None:
    assert sent.gaps("busy")[0] >= 6 - LATE
    assert sent.gaps("busy until")[0] >= 6 - LATE, "dates have whole seconds"
    assert sent.gaps("busy for no time")[0] >= SCHEDULE[1] - LATE
    assert sent.gaps("wants quiet")[0] >= QUIET - LATE


def test_while_an_endpoint_wants_quiet_nothing_else_is_sent_to_it(sent: Sent) -> None:
    first, *more = sent.hooks["wants quiet"].asked
    assert len(more) == 2
    assert [request for request in more if request.at < first.at + QUIET - LATE] == [], "nor after a restart"


def test_who_does_not_answer_is_tried_again_after_the_deadline(sent: Sent) -> None:
    assert sent.gaps("silent")[0] >= TIMEOUT
    assert len(sent.to("silent")) == 2


def test_what_was_under_way_when_the_machine_died_is_sent_again_with_the_same_id(sent: Sent) -> None:
    before, after = sent.to("hung at the end", SECOND)
    assert before.at < sent.killed_at < after.at
    assert before.headers["webhook-id"] == after.headers["webhook-id"]
    assert sent.states("hung at the end") == {"delivered": 2}


def test_what_has_been_delivered_is_not_sent_again_by_a_restart(sent: Sent) -> None:
    for name in ("takes it", "takes it and talks", "signed", "signed with two", "broken"):
        assert [one for one in sent.to(name) if one.at > sent.killed_at] == []
