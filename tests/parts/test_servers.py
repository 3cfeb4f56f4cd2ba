"""The servers of the tests are real, keep their data over a kill, and leave nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.e2e.program import until
from tests.parts.kafka import Cluster, kafka
from tests.parts.kafka_metadata import brokers_known
from tests.parts.missing import needed
from tests.parts.postgres import Postgres, postgres

ROOT = Path(__file__).parents[2]


async def test_what_a_broker_has_acknowledged_is_there_after_it_was_killed() -> None:
    with needed(), kafka() as cluster:
        admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap)
        await admin.start()
        await admin.create_topics([NewTopic("kept", 1, 1)])
        await admin.close()
        async with AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, acks="all") as producer:
            await producer.send_and_wait("kept", b"one", partition=0)
        cluster.nodes[0].kill()
        assert not cluster.nodes[0].running
        cluster.nodes[0].restart()
        async with AIOKafkaConsumer(bootstrap_servers=cluster.bootstrap, auto_offset_reset="earliest") as consumer:
            consumer.assign([TopicPartition("kept", 0)])
            assert (await consumer.getone()).value == b"one"


def test_three_brokers_know_each_other_and_the_third_goes_on_without_one(kafka_three: Cluster) -> None:
    first, second, third = kafka_three.nodes
    assert brokers_known(third.port) == {1, 2, 3}
    first.freeze()
    try:
        until(lambda: brokers_known(third.port) == {2, 3}, seconds=120)
        assert second.running
    finally:
        first.thaw()
    kafka_three.wait_ready()


def test_a_database_is_kept_over_a_kill_and_a_restart(postgres_server: Postgres) -> None:
    url = postgres_server.database()
    name = url.rpartition("/")[2]
    assert url.startswith("postgresql://")
    postgres_server.psql("CREATE TABLE kept AS SELECT 7 AS seven", name)
    postgres_server.kill()
    postgres_server.start()
    postgres_server.restart()
    assert postgres_server.psql("SELECT seven FROM kept", name) == "7\n"
    assert postgres_server.url(name) == url


def test_nothing_is_left_when_the_tests_are_killed() -> None:
    with needed(), postgres():
        """Skips where there is none."""
    script = (
        "import time\nfrom tests.parts.postgres import postgres\n"
        "with postgres() as server:\n    print(server.pid, server.folder, flush=True)\n    time.sleep(600)"
    )
    tests = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert tests.stdout is not None
    pid, folder = tests.stdout.readline().split()
    assert psutil.pid_exists(int(pid))
    os.kill(tests.pid, signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    until(lambda: not psutil.pid_exists(int(pid)) and not Path(folder).exists(), seconds=60)
