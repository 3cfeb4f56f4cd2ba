"""Sources, subscriptions and the rest, as people and scripts ask for them with no service running."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

HOSTILE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    '<opml version="2.0"><body><outline text="&b;&f;" xmlUrl="http://example.org/feed"/></body></opml>'
)
NESTED = (
    '<opml version="2.0"><body><outline text="a"><outline text="Zweite" xmlUrl="http://two.example/" language="de"/>'
    '<outline><outline text="Erste" xmlUrl="http://you:geheim@one.example/"/></outline></outline>'
    '<outline text="x" xmlUrl="javascript:1"/></body></opml>'
)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_source_is_added_once_shown_and_removed(run: Run) -> None:
    url = "http://you:geheim@example.org/feed"
    first = run("sources", "add", url, "--title", "Beispiel", "--language", "DE", json_lines=True)
    again = run("sources", "add", url, json_lines=True)
    assert (first.code, again.code) == (0, 0)
    assert first.objects == again.objects
    assert first.objects[0]["language"] == "de"
    identity = first.objects[0]["id"]
    shown = [run("sources", "show", name, json_lines=True) for name in (identity, identity[:12], url)]
    shown.append(run("sources", "show", "http://example.org/feed", json_lines=True))
    assert [ended.objects[0]["id"] for ended in shown] == [identity] * 4
    listed = run("sources", "list", json_lines=True)
    assert listed.objects == shown[0].objects
    removed = run("sources", "remove", identity[:12])
    assert (removed.code, removed.out) == (0, "")
    for ended in (first, again, *shown, listed, removed, run("sources", "list")):
        assert "geheim" not in ended.out + ended.err
    for verb in ("show", "remove"):
        assert run("sources", verb, identity).code == 1
    assert run("sources", "list", json_lines=True).out == ""


def test_opml_goes_in_and_comes_out_the_same(run: Run) -> None:
    ended = run("sources", "import", "-", stdin=NESTED.encode("utf-16"), json_lines=True)
    assert ended.code == 0
    assert [item["title"] for item in ended.objects] == ["Zweite", "Erste"]
    assert "1 left out" in ended.err
    exported = run("sources", "export").out
    assert "you:geheim@one.example" in exported
    copy = run("--data", "copy", "sources", "import", "-", stdin=exported.encode())
    assert "2 added" in copy.err
    assert run("--data", "copy", "sources", "export").out == exported


def test_a_hostile_list_unfolds_nothing(run: Run) -> None:
    assert run("sources", "import", "-", stdin=HOSTILE.encode()).code == 0
    title = run("sources", "list", json_lines=True).objects[0]["title"]
    assert "lol" not in title
    assert "root:" not in title


@pytest.mark.parametrize(
    ("opml", "part"),
    [
        ("", "not an OPML file"),
        ("hello", "not an OPML file"),
        ("<html><body/></html>", "its root is <html>"),
        ("<opml><body/></opml>", "no feed in it"),
        ('<opml><body><outline xmlUrl="ftp://x"/></body></opml>', "no usable feed in it"),
    ],
)
def test_a_list_without_feeds_is_bad(run: Run, opml: str, part: str) -> None:
    ended = run("sources", "import", "-", stdin=opml.encode())
    assert ended.code == 1
    assert part in ended.err.splitlines()[-1]


def test_a_subscription_is_stored_with_its_names_resolved_and_no_secret(run: Run) -> None:
    Path("hook.secret").write_text(SECRET)
    rule = '{"pair": ["Kasachstan", "Россия"]}'
    hook = ("--webhook", "https://you:geheim@example.org/hook", "--secret-file", "hook.secret")
    ended = run(
        "subscriptions",
        "add",
        "Paar",
        "--rule",
        "-",
        *hook,
        stdin=rule.encode(),
        json_lines=True,
    )
    stored = ended.objects[0]
    assert stored["rule"]["pair"] == ["Q232", "Q159"]
    outputs = [ended.out]
    for name in ("Paar", stored["id"], stored["id"][:12]):
        shown = run("subscriptions", "show", name, json_lines=True)
        assert shown.objects == [stored]
        outputs.append(shown.out)
    outputs += [run("subscriptions", "list").out, run("subscriptions", "show", "Paar").out]
    assert not any("geheim" in out or SECRET in out for out in outputs)
    assert run("subscriptions", "list", json_lines=True).objects == [stored]
    again = run("subscriptions", "add", "Paar", "--rule", "-", stdin=b"actor: Q232")
    assert again.code == 1
    assert "exists already" in again.err
    assert run("subscriptions", "remove", "Paar").code == 0
    assert run("subscriptions", "show", "Paar").code == 1


@pytest.mark.parametrize(
    ("rule", "extra", "part"),
    [
        ("actor: Kazakstn", (), "did you mean Kazakhstan (Q232)?"),
        ("actor: Xqzvtw", (), "wirewatch actors find"),
        ("none: [{actor: Q232}]", (), "positive"),
        ("", (), "empty"),
        ("actor: [", (), "line"),
        ("acter: Q232", (), 'unknown key "acter"'),
        ("actor: Q232", ("--secret-file", "good"), "goes with a webhook"),
        ("actor: Q232", ("--webhook", "nowhere"), "webhook"),
        (
            "actor: Q232",
            ("--webhook", "http://h.example/", "--secret-file", "missing"),
            "missing: the secret cannot be",
        ),
        ("actor: Q232", ("--webhook", "http://h.example/", "--secret-file", "blank"), "blank"),
        ("actor: Q232", ("--webhook", "http://h.example/", "--secret-file", "odd"), "odd: not a secret"),
    ],
)
def test_a_wrong_subscription_is_one_line(run: Run, rule: str, extra: tuple[str, ...], part: str) -> None:
    Path("good").write_text(SECRET)
    Path("blank").write_text("\n")
    Path("odd").write_text("whsec_äöü")
    assert part in run("subscriptions", "add", "x", "--rule", "-", *extra, stdin=rule.encode()).complaint
    assert run("subscriptions", "list", json_lines=True).out == ""


@pytest.mark.parametrize(
    "words",
    ["alerts show", "deliveries show", "deliveries replay", "dlq show", "actors show", "actors find", "actors expand"],
)
def test_what_is_not_there_is_exit_1(run: Run, words: str) -> None:
    ended = run(*words.split(), "no-such-thing")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1


def test_listings_of_nothing_are_empty_and_fine(run: Run) -> None:
    for noun in ("sources", "subscriptions", "alerts", "deliveries", "dlq"):
        ended = run(noun, "list", json_lines=True)
        assert (ended.code, ended.out) == (0, ""), noun
    for since in ("2h", "90", "2026-05-21", "2026-05-21T10:00Z"):
        assert run("alerts", "list", "--since", since).code == 0
    for since in ("", "yesterday", "-2h", "2026-13-01", "99999999999d"):
        assert run("alerts", "list", "--since", since).code == 2
    assert run("alerts", "list", "--subscription", "nobody").code == 1
    assert run("alerts", "tail", "--subscription", "nobody").code == 1


def test_for_whoever_runs_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("db", "status", json_lines=True)
    assert before.code == 1
    assert before.objects[0]["up_to_date"] is False
    assert not Path("data").exists(), "looking makes nothing"
    assert run("db", "upgrade").code == 0
    after = run("db", "status", json_lines=True)
    assert (after.code, after.objects[0]["up_to_date"]) == (0, True)
    assert run("graph", json_lines=True).objects[0]["name"] == "source_to_entry"
    monkeypatch.setenv("WIREWATCH_LISTEN", "127.0.0.1:1")
    nobody = run("health", json_lines=True)
    assert (nobody.code, nobody.objects[0]["ready"]) == (1, False)


def test_actors_are_found_by_any_name(run: Run) -> None:
    for name in ("Kasachstan", "Қазақстан", "Q232"):
        assert run("actors", "show", name, json_lines=True).objects[0]["id"] == "Q232"
    assert run("actors", "find", "Kasachstan", json_lines=True).objects[0]["id"] == "Q232"
    forms = {row["form"]: row["how"] for row in run("actors", "expand", "Q232", json_lines=True).objects}
    assert forms["Kasachstan"] == "name"
    assert forms["Kasachstans"] == "inflected"
