"""What we use of the client beyond its interface is there: an upgrade that takes it away fails here first."""

import asyncio
import contextlib
import inspect

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.client import AIOKafkaClient
from aiokafka.conn import AIOKafkaConnection
from aiokafka.consumer.group_coordinator import CoordinatorGroupRebalance, GroupCoordinator
from aiokafka.coordinator.protocol import ConsumerProtocolMemberMetadata

from service.log.kafka import abandon
from service.log.kafka.assignor import Assignor, holders
from service.log.records import TopicPartition as Source


async def test_the_parts_that_are_cut_off_have_their_names() -> None:
    producer, consumer, admin = AIOKafkaProducer(), AIOKafkaConsumer(group_id="g"), AIOKafkaAdminClient()
    try:
        assert {"client", "_sender", "_message_accumulator"} <= vars(producer).keys()
        assert {"_client", "_fetcher", "_coordinator", "_closed"} <= vars(consumer).keys()
        assert "_client" in vars(admin)
        assert "_sender_task" in vars(producer._sender)
        assert {"_sync_task", "_conns"} <= vars(producer.client).keys()
        assert callable(producer._message_accumulator.fail_all)
        source = inspect.getsource(GroupCoordinator.__init__)
        for name in ("_coordination_task", "_heartbeat_task", "_commit_refresh_task", "generation", "member_id"):
            assert f"self.{name} =" in source
        assert "self._fetch_task =" in inspect.getsource(
            __import__("aiokafka.consumer.fetcher").consumer.fetcher.Fetcher
        )
        assert "assignment, offsets" in str(inspect.signature(GroupCoordinator._do_commit_offsets))
    finally:
        for client in (producer, consumer, admin):
            await abandon.abandon(client, graceful=False)


def test_a_commit_is_put_together_before_anything_is_waited_for() -> None:
    """Else the membership that was looked at might not be the one that it goes out with."""
    source = inspect.getsource(GroupCoordinator._do_commit_offsets)
    assert source.index("self.generation") < source.index("await")


def test_the_join_takes_what_members_tell_from_the_assignor() -> None:
    assert "assignor.metadata(topics)" in inspect.getsource(CoordinatorGroupRebalance.perform_group_join)


async def test_abandoning_a_client_that_hangs_in_its_stop_ends() -> None:
    class Hanging:
        _closed = False

        async def stop(self) -> None:
            await asyncio.Event().wait()

    abandon_stop = abandon.STOP
    abandon.STOP = 0.05
    try:
        client = Hanging()
        await asyncio.wait_for(abandon.abandon(client, graceful=True), 30)
        assert client._closed
    finally:
        abandon.STOP = abandon_stop


async def test_a_start_that_is_broken_off_keeps_no_connection() -> None:
    assert f"{abandon.FIRST} = await create_conn(" in inspect.getsource(AIOKafkaClient.bootstrap)
    closed = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()
        closed.set()

    class Asking:
        """As the client is while its first question is not answered: only its own call knows of the connection."""

        async def start(self) -> None:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            bootstrap_conn = AIOKafkaConnection("localhost", 9092)
            bootstrap_conn._writer, bootstrap_conn._reader = writer, asyncio.StreamReader()
            bootstrap_conn._read_task = asyncio.get_running_loop().create_future()
            started.set()
            await asyncio.Event().wait()

    started = asyncio.Event()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        starting = asyncio.create_task(abandon.begin(Asking()))
        await started.wait()
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting
        await asyncio.wait_for(closed.wait(), 30)


class _Cluster:
    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return {0, 1, 2, 3} if topic == "t" else None


def test_partitions_stay_with_who_tells_that_it_holds_them() -> None:
    told = {
        "a": Assignor(lambda: [TopicPartition("t", 0), TopicPartition("t", 3)]).metadata(["t"]),
        "b": Assignor(lambda: []).metadata(["t", "gone"]),
    }
    dealt = Assignor(lambda: []).assign(_Cluster(), told)
    assert {m: sorted((tp.topic, tp.partition) for tp in d.partitions()) for m, d in dealt.items()} == {
        "a": [("t", 0), ("t", 3)],
        "b": [("t", 1), ("t", 2)],
    }
    assert ConsumerProtocolMemberMetadata.decode(told["a"].encode()).subscription == ["t"]


def test_nonsense_of_a_member_holds_nothing_and_two_cannot_hold_one() -> None:
    told = {"a": b'[["t", 0]]', "b": b'[["t", 0], ["t", 1]]', "c": b"\xff{", "d": b'{"x": 1}', "e": None, "f": b"[[1]]"}
    assert holders(told) == {Source("t", 0): "a", Source("t", 1): "b"}


async def test_a_connection_that_comes_after_the_cut_is_closed() -> None:
    class Connection:
        closed = False

        def close(self) -> None:
            self.closed = True

    producer = AIOKafkaProducer()
    await abandon.abandon(producer, graceful=False)
    late = Connection()
    producer.client._conns["late"] = late
    assert late.closed
