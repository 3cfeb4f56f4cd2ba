"""Topics as they are, made and repaired: what ``wirewatch topics`` and the first use of a topic do."""

import asyncio
from collections.abc import Collection, Iterable, Sequence, Set

from aiokafka.admin import NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from service.log.failures import LogUnavailable
from service.log.kafka.calls import RETRY, until_done
from service.log.kafka.cluster import Cluster
from service.log.kafka.topics import PARTITIONS, Difference, Found, Wanted, brokers_matter, differences, repaired

OWN = 1
"""Source of a value that is set on the topic itself (DescribeConfigs: DYNAMIC_TOPIC_CONFIG)."""


async def found(cluster: Cluster, names: Collection[str]) -> dict[str, Found]:
    """Those of ``names`` that exist."""
    shapes = {name: shape for name, shape in (await cluster.topics()).items() if name in names}
    if not shapes:
        return {}
    configs = await _configs(cluster, [(ConfigResourceType.TOPIC, name) for name in shapes])
    return {
        name: Found(
            name,
            shape.partitions,
            shape.replication,
            {key: value for key, (value, _) in configs[name].items()},
            {key: value for key, (value, source) in configs[name].items() if source == OWN},
        )
        for name, shape in shapes.items()
    }


async def risks(cluster: Cluster) -> Collection[str]:
    """Of the brokers' own configuration, one line each."""
    async with cluster.admin("ask for the brokers") as admin:
        broker = str((await until_done(admin.describe_cluster))["brokers"][0]["node_id"])
    configs = await _configs(cluster, [(ConfigResourceType.BROKER, broker)])
    return brokers_matter({key: value for key, (value, _) in configs[broker].items()})


async def check(cluster: Cluster, topics: Iterable[Wanted]) -> list[Difference]:
    wanted = list(topics)
    there = await found(cluster, [topic.name for topic in wanted])
    return [difference for topic in wanted for difference in differences(topic, there.get(topic.name))]


async def create(cluster: Cluster, topics: Sequence[Wanted]) -> None:
    """Those that are missing; somebody else may make them at the same time."""
    new = [
        NewTopic(topic.name, topic.partitions, topic.replication, topic_configs=dict(topic.config)) for topic in topics
    ]
    async with cluster.admin("make topics") as admin:
        answer = await admin.create_topics(new)
    for name, code, *why in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise LogUnavailable(f"{cluster.connection}: topic {name} cannot be made: {_words(error, why)}")


async def repair(
    cluster: Cluster, topics: Iterable[Wanted], *, add_partitions: bool
) -> tuple[list[Difference], list[Difference]]:
    """Make what is missing and mend what differs. Out: what was made or mended, and what is left to people."""
    wanted = list(topics)
    there = await found(cluster, [topic.name for topic in wanted])
    before = [difference for topic in wanted for difference in differences(topic, there.get(topic.name))]
    if missing := [topic for topic in wanted if topic.name not in there]:
        await create(cluster, missing)
    for topic in wanted:
        if topic.name in there:
            await _mend(cluster, topic, there[topic.name], add_partitions)
    ours = {_key(one) for one in before if one.remedy is None or (add_partitions and one.what == PARTITIONS)}
    left = await _settled(cluster, wanted, ours)
    still = {_key(difference) for difference in left}
    return [difference for difference in before if _key(difference) not in still], left


def _key(difference: Difference) -> tuple[str, str]:
    return difference.topic, difference.what


async def _settled(cluster: Cluster, topics: Sequence[Wanted], mended: Set[tuple[str, str]]) -> list[Difference]:
    """What differs once the brokers have told each other of the repair, or have had the time for it."""
    deadline = asyncio.get_running_loop().time() + cluster.connection.request_timeout
    while True:
        left = await check(cluster, topics)
        if mended.isdisjoint(map(_key, left)) or asyncio.get_running_loop().time() > deadline:
            return left
        await asyncio.sleep(RETRY)


async def _mend(cluster: Cluster, topic: Wanted, as_it_is: Found, add_partitions: bool) -> None:
    config = repaired(topic, as_it_is)
    if config != as_it_is.own:
        async with cluster.admin(f"configure {topic.name}") as admin:
            answers = await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, config)])
        for answer in answers:
            for code, why, _, name in answer.resources:
                if code:
                    error = for_code(code)
                    raise LogUnavailable(
                        f"{cluster.connection}: topic {name} cannot be configured: {_words(error, [why])}"
                    )
    if add_partitions and as_it_is.partitions < topic.partitions:
        async with cluster.admin(f"add partitions to {topic.name}") as admin:
            await admin.create_partitions({topic.name: NewPartitions(topic.partitions)})


async def _configs(
    cluster: Cluster, resources: Sequence[tuple[ConfigResourceType, str]]
) -> dict[str, dict[str, tuple[str, int]]]:
    """Name → key → (value, source)."""
    asked = [ConfigResource(kind, name) for kind, name in resources]
    async with cluster.admin("ask for configurations") as admin:
        answers = await until_done(lambda: admin.describe_configs(asked))
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for answer in answers:
        for code, why, _, name, entries in answer.resources:
            if code:
                error = for_code(code)
                raise LogUnavailable(f"{cluster.connection}: configuration of {name}: {_words(error, [why])}")
            found[name] = {key: (value or "", source) for key, value, _, source, *_ in entries}
    return found


def _words(error: type[Exception], why: Sequence[object]) -> str:
    return str(why[0]) if why and why[0] else error.__name__
