"""Gauges that are read from the stages, the database and the disk; how long alerts were under way."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from consumers.delivering.measured import WEEK, note_delivered
from service import metrics
from service.contracts import PollState, Source
from service.measures import note_database, note_disk, note_state
from service.stage import Health
from service.stage.health import State
from service.storage import Storage, open_storage
from service.storage.outbox import Claim
from tests.monitoring.sampled import value
from tests.unit.delivering.alerts import AT, alert_of

NOW = datetime.now(UTC)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage("", tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("state", get_args(State))
def test_a_stage_is_in_one_state(state: State) -> None:
    note_state(Health("of_one_state", state))
    there = {one: value(metrics.stage_state, stage="of_one_state", state=one) for one in get_args(State)}
    assert there == {one: float(one == state) for one in get_args(State)}


def test_write_ahead_files_are_measured_and_forgotten(tmp_path: Path) -> None:
    (tmp_path / "log.db").touch()
    (tmp_path / "log.db-wal").write_bytes(bytes(1000))
    note_disk(tmp_path)
    assert (value(metrics.wal_bytes, file="log"), value(metrics.wal_bytes, file="wirewatch")) == (1000, 0)
    (tmp_path / "log.db-wal").unlink()
    note_disk(tmp_path)
    assert value(metrics.wal_bytes, file="log") == 0
    assert value(metrics.disk_free_bytes, folder="data") > 0


@pytest.mark.parametrize("name", ["", "nowhere"], ids=["empty", "not there"])
def test_a_data_folder_that_keeps_nothing_is_no_full_disk(tmp_path: Path, name: str) -> None:
    metrics.disk_free_bytes.clear()
    note_disk(tmp_path / name)
    assert not metrics.disk_free_bytes.collect()[0].samples


async def test_feeds_are_told_by_who_polls(storage: Storage) -> None:
    await storage.sources.add(Source(id="a", url="https://a.example/", added_at=NOW - timedelta(minutes=10)))
    await storage.sources.add(Source(id="b", url="https://b.example/", added_at=NOW - timedelta(days=2)))
    failing = PollState(state="failing", next_poll_at=NOW + timedelta(hours=1))
    await storage.sources.save_state("b", failing)
    metrics.feeds_stale.set(0)
    await note_database(storage, {"alert_to_delivery"}, NOW)
    assert value(metrics.feeds_stale) == 0
    await note_database(storage, {"source_to_entry"}, NOW)
    assert value(metrics.feeds_stale) == 1
    assert (value(metrics.sources, state="new"), value(metrics.sources, state="failing")) == (1, 1)
    assert value(metrics.stage_lag_records, stage="source_to_entry") == 1
    assert value(metrics.stage_lag_seconds, stage="source_to_entry") >= 600


async def test_an_empty_outbox_has_no_age(storage: Storage) -> None:
    metrics.outbox_oldest_age.set(99)
    await note_database(storage, {"alert_to_delivery"}, NOW)
    assert value(metrics.outbox_oldest_age) == 0
    assert value(metrics.stage_lag_seconds, stage="alert_to_delivery") == 0


@pytest.mark.parametrize(
    ("published", "counted"),
    [
        (AT - timedelta(minutes=2), 120.0),
        (AT + timedelta(days=400), 0.0),
        (AT - timedelta(days=400), WEEK),
        (None, None),
    ],
    ids=["before", "in the future", "long ago", "not given"],
)
def test_the_time_since_publication_is_between_nothing_and_a_week(
    published: datetime | None, counted: float | None
) -> None:
    alert = alert_of().model_copy(update={"published_at": published, "first_seen_at": AT - timedelta(seconds=7)})
    claim = Claim("d", "webhook", "https://hook.example/", None, 0, "me", alert)
    sums = {metric: _sum(metric) for metric in (metrics.end_to_end, metrics.published_to_delivered)}
    before = value(metrics.alerts_delivered, channel="webhook")
    note_delivered(claim, AT)
    assert _sum(metrics.end_to_end) - sums[metrics.end_to_end] == pytest.approx(7.0)
    assert _sum(metrics.published_to_delivered) - sums[metrics.published_to_delivered] == pytest.approx(counted or 0.0)
    assert value(metrics.alerts_delivered, channel="webhook") == before + 1


def _sum(metric: metrics.Histogram) -> float:
    return next(float(one.value) for one in metric.collect()[0].samples if one.name.endswith("_sum"))
