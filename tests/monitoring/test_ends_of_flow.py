"""The two stages that read no topic count and measure as the others do."""

from pathlib import Path

import pytest

from service import metrics
from service.log import open_log
from service.storage import open_storage
from service.topology import NAMES
from tests.monitoring.sampled import Grown
from tests.unit.delivering.receiver import receiving
from tests.unit.delivering.test_delivery import delivering, put
from tests.unit.delivering.test_delivery import until as until_all
from tests.unit.feeds.conftest import FeedServer, Wire, rss, until


async def test_deliveries_are_counted_by_their_end_and_tries_are_measured(tmp_path: Path, grown: Grown) -> None:
    stage = "alert_to_delivery"
    done, dead = {"stage": stage, "outcome": "done"}, {"stage": stage, "outcome": "dead"}

    def counts() -> list[float]:
        messages = [grown(metrics.stage_messages, **labels) for labels in (done, dead)]
        return [*messages, grown(metrics.stage_retries, stage=stage), grown(metrics.stage_duration, stage=stage)]

    counts()
    async with open_storage("", tmp_path) as storage, receiving() as receiver:
        receiver.plan |= {"/late": [500, 500, 200], "/gone": [410], "/never": [500]}
        await put(storage, *(receiver.base + path for path in receiver.plan))
        async with delivering(storage):
            await until_all(storage, lambda one: one.state != "pending")
    assert counts() == [1, 2, 2 + 3, 3 + 1 + 4]


async def test_entries_are_counted_when_they_are_handed_on_and_polls_are_measured(
    tmp_path: Path, server: FeedServer, grown: Grown
) -> None:
    stage = "source_to_entry"

    def counts() -> list[float]:
        reached, polls = grown(metrics.stage_reached, stage=stage), grown(metrics.stage_duration, stage=stage)
        return [grown(metrics.stage_messages, stage=stage, outcome="done"), reached, polls]

    counts()
    server.pages["/feed"] = rss("one", "two")
    async with open_log("memory:", tmp_path) as log, open_storage("", tmp_path) as storage:
        wire = Wire(log, storage)
        await wire.watch(server.url("/feed"))
        async with wire.polling():
            await until(lambda: len(server.asked("/feed")) >= 3)
        assert len(await wire.entries()) == 2
    assert counts() == [2, 2, len(server.asked("/feed"))]


@pytest.mark.parametrize("stage", NAMES)
def test_every_stage_has_the_series_of_stages_from_its_start(stage: str) -> None:
    metrics.begin([stage])
    for metric in (metrics.stage_messages, metrics.stage_duration, metrics.stage_retries, metrics.stage_lag_records):
        assert stage in {sample.labels["stage"] for sample in metric.collect()[0].samples}
