"""``wirewatch topics`` against a real broker, and what it says where there is none."""

import pytest

from tests.unit.cli.conftest import Run

TOPICS = ["entries", "entries.dead", "articles", "articles.dead", "extractions", "extractions.dead"]


@pytest.fixture
def prefix(kafka_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WIREWATCH_LOG__URL", kafka_url)
    return kafka_url.rpartition("/")[2] + "."


def test_check_names_each_missing_topic_apply_makes_them_and_check_is_content(run: Run, prefix: str) -> None:
    before = run("topics", "check")
    assert before.code == 1
    assert before.out.splitlines() == [f"{prefix}{t}: is missing, should be there with 4 partitions" for t in TOPICS]
    made = run("topics", "apply")
    assert made.code == 0
    assert made.out.splitlines() == [f"{prefix}{topic}: made with 4 partitions" for topic in TOPICS]
    for verb in ("check", "apply"):
        after = run("topics", verb)
        assert (after.code, after.out, after.err) == (0, "", "all topics are as they should be\n")


def test_apply_mends_what_differs_and_moves_keys_only_when_told(
    run: Run, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("topics", "apply").code == 0
    monkeypatch.setenv("WIREWATCH_LOG__RETENTION", "1d")
    monkeypatch.setenv("WIREWATCH_LOG__PARTITIONS", "6")
    differing = run("topics", "check", json_lines=True)
    assert differing.code == 1
    assert {"retention.ms", "partitions"} <= {item["what"] for item in differing.objects}
    assert not any(item["mended"] for item in differing.objects)
    applied = run("topics", "apply", json_lines=True)
    assert applied.code == 1
    done = {(item["topic"], item["what"]) for item in applied.objects if item["mended"]}
    assert (f"{prefix}entries", "retention.ms") in done
    assert {(item["topic"], item["what"]) for item in applied.objects if not item["mended"]} == {
        (prefix + topic, "partitions") for topic in TOPICS
    }
    told = run("topics", "apply", "--add-partitions")
    assert told.code == 0
    assert f"{prefix}entries: partitions was 4, now 6" in told.out.splitlines()
    assert run("topics", "check").code == 0


def test_help_says_what_more_partitions_do_to_the_order(run: Run) -> None:
    words = run("topics", "apply", "--help").out.split()
    assert "Keys move" in " ".join(word for word in words if word != "│")


def test_topics_are_kafka_s_alone(run: Run) -> None:
    assert "embedded:" in run("topics", "check").complaint


def test_brokers_that_are_not_there_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_LOG__URL", "kafka://127.0.0.1:1")
    monkeypatch.setenv("WIREWATCH_LOG__REQUEST_TIMEOUT", "3")
    for verb in ("check", "apply"):
        ended = run("topics", verb)
        assert ended.code == 1
        assert ended.err.count("\n") == 1
        assert "kafka://127.0.0.1:1" in ended.err
        assert "no broker can be reached" in ended.err


@pytest.mark.parametrize("words", [("dlq", "list"), ("config", "check")])
def test_wrong_options_of_kafka_are_one_line_everywhere(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    monkeypatch.setenv("WIREWATCH_LOG__URL", "kafka://127.0.0.1:1")
    monkeypatch.setenv("WIREWATCH_LOG__SECURITY", "sasl_ssl")
    assert "log.username" in run(*words).complaint
