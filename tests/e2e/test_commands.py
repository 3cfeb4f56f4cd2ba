"""Commands beside a running service on the same data folder, as people and scripts use them."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from tests.e2e.program import Program, until
from tests.e2e.site import Answer, Site, item, page, rss
from tests.e2e.texts import ARTICLE, PAIR_RULE, TITLE


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site().open() as running:
        running.routes["/feed.xml"] = rss(item(f"{running.base}/article", TITLE, guid="one"))
        running.routes["/article"] = page(TITLE, ARTICLE)
        running.routes["/other.xml"] = rss("")
        running.routes["/page.html"] = page("No feed", "A page.")
        running.routes["/cut.xml"] = Answer(200, b"<rss><channel><title>x</title><item>")
        running.routes["/hook"] = Answer(204)
        yield running


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Program]:
    running = Program(tmp_path_factory.mktemp("commands"))
    running.start()
    yield running
    running.kill()


@contextmanager
def begun(program: Program, *words: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A command that goes on until it is stopped, and what it prints."""
    # Whatever a shell has started behind itself ignores SIGINT, and so would its children.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "-m", "service.cli.main", *words]
    with subprocess.Popen(
        command,
        env=program.environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509 - no threads here
    ) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout
        finally:
            running.kill()


def test_what_is_added_is_taken_up_and_shown_by_every_listing(program: Program, site: Site) -> None:
    with begun(program, "alerts", "tail", "--json") as (tail, told):
        hook = ("--webhook", f"{site.base}/hook")
        done = program.command("subscriptions", "add", "pair", "--rule", "-", *hook, "--json", stdin=PAIR_RULE)
        stored = json.loads(done.stdout)
        (source,) = program.listing("sources", "add", f"{site.base}/feed.xml")
        alert = json.loads(told.readline())
        tail.send_signal(signal.SIGINT)
        assert tail.wait(60) == 130
    assert program.listing("alerts", "list", "--subscription", "pair", "--since", "1h") == [alert]
    assert alert["subscription"] == {"id": stored["id"], "name": "pair"}
    assert program.listing("alerts", "show", alert["id"][:12]) == [alert]
    until(lambda: site.to("/hook"))
    (sent,) = until(lambda: [one for one in program.listing("deliveries", "list") if one["state"] == "delivered"])
    assert program.command("deliveries", "replay", sent["id"]).returncode == 0
    until(lambda: len(site.to("/hook")) == 2)
    assert {asked.headers["webhook-id"] for asked in site.to("/hook")} == {sent["id"]}
    assert program.listing("sources", "show", source["id"])[0]["state"] == "ok"
    assert program.listing("dlq", "list") == []
    assert program.listing("db", "status")[0]["up_to_date"] is True


def test_a_source_that_is_removed_is_asked_no_more(program: Program, site: Site) -> None:
    program.command("sources", "add", f"{site.base}/other.xml")
    until(lambda: len(site.to("/other.xml")) >= 2)
    assert program.command("sources", "remove", f"{site.base}/other.xml").returncode == 0
    time.sleep(2)
    asked = len(site.to("/other.xml"))
    time.sleep(3)
    assert len(site.to("/other.xml")) == asked


def test_a_check_says_what_a_feed_is_and_is_bad_for_a_bad_one(program: Program, site: Site) -> None:
    good = program.command("sources", "check", f"{site.base}/feed.xml", "--json")
    assert (good.returncode, json.loads(good.stdout)["entries"]) == (0, 1)
    for address in (f"{site.base}/page.html", f"{site.base}/cut.xml", "http://10.1.2.3/feed"):
        bad = program.command("sources", "check", address, "--json")
        assert bad.returncode == 1
        assert json.loads(bad.stdout)["error"]


def test_an_address_is_read_as_a_page(program: Program, site: Site) -> None:
    done = program.command("extract", f"{site.base}/article", f"{site.base}/none", "--json")
    assert done.returncode == 1
    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert found["article"]["url"] == f"{site.base}/article"
    assert found["article"]["provenance"]["text_from"] == "page"
    assert "404" in done.stderr


def test_a_second_service_on_the_folder_or_the_address_is_one_line(program: Program, tmp_path: Path) -> None:
    listen = program.address.removeprefix("http://")
    for words, part in (
        (["run"], "already runs on this folder"),
        (["--data", str(tmp_path), "demo", "--listen", listen], "--listen 127.0.0.1:0"),
    ):
        done = program.command(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1, done.stderr
        assert part in done.stderr
    assert program.listing("health", "--url", program.address)[0]["ready"] is True


def test_the_service_drains_when_it_is_told_to(program: Program) -> None:
    """The last of this page: the service ends here."""
    assert program.stop() == 0
    assert program.command("health", "--url", program.address).returncode == 1
    log = (program.folder / "service.log").read_text()
    assert "Traceback" not in log
    assert '"level": "error"' not in log


def test_the_demo_works_without_a_network_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = Program(tmp_path, listen="127.0.0.1:0")
    program.environment |= {"TMPDIR": str(tmp_path), "http_proxy": "http://127.0.0.1:1", "WIREWATCH_HTTP__ALLOW": "[]"}
    with begun(program, "demo") as (demo, shown):
        assert "http://127.0.0.1:" in shown.readline()
        assert shown.readline().startswith("■"), "an alert"
        assert list(tmp_path.glob("wirewatch-demo-*"))
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_drain_that_lasts_is_ended_by_a_second_signal(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        # A feed that never answers holds the drain up for as long as requests may take.
        program = Program(tmp_path, http__timeout="60s", shutdown__grace="60s")
        program.start("run", "--only", "source_to_entry")
        program.command("sources", "add", f"http://127.0.0.1:{silent.getsockname()[1]}/feed")
        connection, _ = silent.accept()
        with connection:
            assert program.service is not None
            program.service.send_signal(signal.SIGTERM)
            time.sleep(1)
            assert program.service.poll() is None
            assert program.stop(within=5) == 130
