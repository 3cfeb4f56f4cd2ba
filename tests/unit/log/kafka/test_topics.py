"""How topics should be, and what is said of those that are not."""

from dataclasses import replace

from service.log.kafka.connection import Connection
from service.log.kafka.producer import MAX_REQUEST_BYTES
from service.log.kafka.topics import Found, Wanted, brokers_matter, differences, repaired, wanted
from service.log.records import DEAD_EXTRA_BYTES, MAX_RECORD_BYTES
from service.log.retention import Retention

CONNECTION = Connection(("one:9092",), prefix="news.")


def like(topic: Wanted) -> Found:
    return Found(topic.name, topic.partitions, topic.replication, dict(topic.config), dict(topic.config))


def made(topic: str = "entries", brokers: int = 3, connection: Connection = CONNECTION) -> Wanted:
    return wanted(topic, 4, Retention(), connection, brokers)


def test_three_copies_two_in_sync_where_there_are_three_brokers_else_what_there_is() -> None:
    kept = [(made(brokers=n).replication, made(brokers=n).config["min.insync.replicas"]) for n in (1, 2, 3, 5)]
    assert kept == [(1, "1"), (2, "1"), (3, "2"), (3, "2")]
    asked = made(connection=replace(CONNECTION, replication=2, min_insync=2))
    assert (asked.replication, asked.config["min.insync.replicas"]) == (2, "2")


def test_the_largest_record_and_its_dead_letter_fit() -> None:
    for topic in ("entries", "entries.dead"):
        assert int(made(topic).config["max.message.bytes"]) > MAX_RECORD_BYTES + DEAD_EXTRA_BYTES
        assert int(made(topic).config["segment.bytes"]) >= MAX_REQUEST_BYTES


def test_dead_letters_are_kept_longer() -> None:
    days = [int(made(topic).config["retention.ms"]) // 86_400_000 for topic in ("entries", "entries.dead")]
    assert days == [7, 30]


def test_nothing_is_said_of_a_topic_that_is_as_it_should_be_or_has_more() -> None:
    topic = made()
    assert differences(topic, like(topic)) == []
    assert differences(topic, replace(like(topic), partitions=8, replication=5)) == []


def test_each_difference_is_one_line_with_what_to_do() -> None:
    topic = made()
    found = replace(
        like(topic), partitions=2, replication=1, config={**topic.config, "retention.ms": "1", "segment.bytes": "2"}
    )
    lines = [str(difference) for difference in differences(topic, found)]
    assert [line.split(" is ")[0] for line in lines] == [
        "news.entries: partitions",
        "news.entries: replication",
        "news.entries: retention.ms",
        "news.entries: segment.bytes",
    ]
    assert "--add-partitions" in lines[0]
    assert "kafka-reassign-partitions" in lines[1]
    assert str(differences(topic, None)[0]) == "news.entries: is missing, should be there with 4 partitions"


def test_a_repair_keeps_what_the_topic_has_of_its_own_and_leaves_out_what_the_brokers_do_not_know() -> None:
    topic = made()
    config = {key: value for key, value in topic.config.items() if not key.startswith("message.timestamp.after")}
    found = replace(like(topic), config={**config, "retention.ms": "1"}, own={"flush.ms": "9", "retention.ms": "1"})
    assert repaired(topic, found) == {"flush.ms": "9", **config}


def test_brokers_that_make_topics_by_themselves_are_a_risk() -> None:
    assert brokers_matter({"auto.create.topics.enable": "false"}) == []
    (line,) = brokers_matter({"auto.create.topics.enable": "true"})
    assert "set it to false" in line
