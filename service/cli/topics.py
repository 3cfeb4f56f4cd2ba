"""``wirewatch topics``: the topics in Kafka, as they should be and as they are."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.invocation import data_folder, invocation
from service.cli.listing import AsJson, as_json, say
from service.errors import ConfigError
from service.topology import TOPICS

if TYPE_CHECKING:
    from service.log.kafka.engine import KafkaLog
    from service.log.kafka.topics import Difference, Wanted

app = typer.Typer(name="topics", help="Topics in Kafka: make, repair, check.", no_args_is_help=True)

ALL = tuple(name for topic in TOPICS for name in (topic, f"{topic}.dead"))


@app.command()
def apply(
    context: typer.Context,
    add_partitions: Annotated[
        bool,
        typer.Option(
            "--add-partitions",
            help="Raise the number of partitions to log.partitions. Keys move: what is in the topic already may be "
            "read after what comes later. Stop whoever writes to it and let the stages read it up first.",
        ),
    ] = False,
    json_lines: AsJson = False,
) -> None:
    """Make the topics that are missing and mend those that differ.

    What it cannot mend is left and said. Exit 1 when something is left.
    """

    async def work() -> tuple[list["Difference"], list["Difference"]]:
        from service.log.kafka import topic_admin

        async with _kafka(context) as log:
            wanted = await _wanted(log)
            return await topic_admin.repair(log.cluster, wanted, add_partitions=add_partitions)

    done, left = asyncio.run(work())
    if json_lines:
        _print_json(done, True)
        _print_json(left, False)
    else:
        for difference in done:
            what = "made with" if difference.what == "topic" else f"{difference.what} was {difference.found}, now"
            print(f"{difference.topic}: {what} {difference.wanted}")
        for difference in left:
            print(difference)
    if not done and not left:
        say("all topics are as they should be")
    if left:
        raise typer.Exit(1)


@app.command()
def check(context: typer.Context, json_lines: AsJson = False) -> None:
    """Each difference between the topics and the settings in one line.

    Exit 1 when there is one. What of the brokers' own settings puts topics at risk is said on standard error.
    """

    async def work() -> tuple[list["Difference"], list[str]]:
        from service.log.kafka import topic_admin

        async with _kafka(context) as log:
            differing = await topic_admin.check(log.cluster, await _wanted(log))
            return differing, list(await topic_admin.risks(log.cluster))

    differing, risks = asyncio.run(work())
    if json_lines:
        _print_json(differing, False)
    else:
        for difference in differing:
            print(difference)
    for risk in risks:
        say(risk)
    if differing:
        raise typer.Exit(1)
    say("all topics are as they should be")


@asynccontextmanager
async def _kafka(context: typer.Context) -> AsyncIterator["KafkaLog"]:
    settings = invocation(context).settings
    if not settings.log.url.startswith("kafka:"):
        raise ConfigError(
            f'log.url = "{settings.log.url}": topics are made and checked in Kafka only (kafka://host:port)'
        )
    from service.log import open_configured_log
    from service.log.kafka.engine import KafkaLog

    async with open_configured_log(settings.log, data_folder(settings)) as log:
        if not isinstance(log, KafkaLog):
            raise TypeError("a log of kafka:// is on Kafka")
        yield log


async def _wanted(log: "KafkaLog") -> list["Wanted"]:
    brokers = await log.cluster.brokers()
    return [log.wanted(topic, brokers) for topic in ALL]


def _print_json(differences: Iterable["Difference"], mended: bool) -> None:
    for difference in differences:
        print(as_json(asdict(difference) | {"mended": mended}))
