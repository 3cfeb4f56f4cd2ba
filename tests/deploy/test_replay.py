"""A real poison, put aside, cured and replayed: by the running service, and by the command itself where none runs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.log import TopicPartition, open_log
from service.replay_requests import Request, leave
from tests.e2e.program import Program, until
from tests.e2e.site import Site, item, page, rss
from tests.e2e.texts import ARTICLE, SCO_RULE, TITLE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().open() as running:
        running.routes["/feed.xml"] = rss(item(f"{running.base}/article", TITLE, guid="one"))
        running.routes["/article"] = page(TITLE, ARTICLE)
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    running = Program(tmp_path)
    yield running
    running.kill()


def letters(program: Program) -> list[dict[str, Any]]:
    return program.listing("dlq", "list")


def put_aside(program: Program, site: Site) -> dict[str, Any]:
    """An article that no reader finishes within the deadline that somebody has set by mistake; its dead letter."""
    program.environment["WIREWATCH_EXTRACT__TIMEOUT"] = "1ms"
    assert program.command("sources", "add", f"{site.base}/feed.xml").returncode == 0
    assert program.command("subscriptions", "add", "SCO", "--rule", "-", stdin=SCO_RULE).returncode == 0
    program.start()
    (letter,) = until(lambda: letters(program), 120, every=1)
    program.stop()
    assert letter["topic"] == "articles"
    assert letter["replayed_at"] is None
    program.environment["WIREWATCH_EXTRACT__TIMEOUT"] = "60s"
    return letter


def test_a_cured_poison_is_replayed_beside_the_running_service(program: Program, site: Site) -> None:
    letter = put_aside(program, site)
    program.start()
    assert program.listing("alerts", "list") == []
    (replayed,) = program.listing("dlq", "replay", "--topic", "articles")
    assert replayed["id"] == letter["id"]
    assert replayed["error"] is None
    (alert,) = until(lambda: program.listing("alerts", "list"), 120, every=1)
    assert alert["title"] == TITLE
    (shown,) = program.listing("dlq", "show", letter["id"])
    assert shown["replayed_to"] == replayed["to"]

    # Once is enough, unless somebody insists; the alert is raised once even so.
    twice = program.command("dlq", "replay", letter["id"])
    assert twice.returncode == 1
    assert "--again" in twice.stdout
    nothing = program.command("dlq", "replay", "--all")
    assert (nothing.returncode, nothing.stderr) == (0, "nothing to replay\n")
    (again,) = program.listing("dlq", "replay", letter["id"], "--again")
    topic, partition, offset = again["to"].split("/")
    until(lambda: committed(program, topic, int(partition)) > int(offset), 120, every=1)
    assert program.listing("alerts", "list") == [alert]
    assert len(letters(program)) == 1


def test_where_no_service_runs_the_command_does_it_itself_and_what_was_asked_before_is_done_at_the_start(
    program: Program, site: Site
) -> None:
    letter = put_aside(program, site)
    leave(program.data, Request(letters=(letter["id"],), again=True))
    (replayed,) = program.listing("dlq", "replay", letter["id"])
    assert replayed["error"] is None
    before = letters(program)[0]["replayed_to"]
    assert before == replayed["to"]
    program.start()
    assert until(lambda: program.listing("alerts", "list"), 120, every=1)
    assert until(lambda: letters(program)[0]["replayed_to"] != before)


def test_what_is_asked_for_wrongly_is_one_line(program: Program) -> None:
    for words, code, line in (
        (["replay"], 2, "give ids, --topic TOPIC or --all"),
        (["replay", "x", "--all"], 2, "give ids, --topic TOPIC or --all"),
        (["replay", "--topic", "articles"], 1, 'no dead letters of topic "articles"'),
    ):
        ended = program.command("dlq", *words)
        assert ended.returncode == code
        assert line in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    missing = program.command("dlq", "replay", "entries.dead/0/7", "--json")
    assert missing.returncode == 1
    assert '"error": "no dead letter entries.dead/0/7' in missing.stdout


def committed(program: Program, topic: str, partition: int) -> int:
    """Where the stage that reads the topic stands."""

    async def look() -> int:
        async with open_log("embedded:", program.data, read_only=True) as log:
            return (await log.committed("article_to_extraction", topic)).get(TopicPartition(topic, partition), 0)

    return asyncio.run(look())
