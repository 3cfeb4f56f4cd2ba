"""How far a stage is behind, in records and in seconds, on any engine.

Every copy of a stage measures its whole group: partitions that nobody has are seen too, and the maximum over the copies
is the truth.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog

from service import metrics
from service.errors import WirewatchError
from service.log import Log, TopicPartition

DEADLINE = 20.0
"""Seconds that one measurement may take."""


class LagMeter:
    """Sets ``stage_lag_records`` and ``stage_lag_seconds`` of the group that reads ``topic``."""

    def __init__(
        self, log: Log, group: str, topic: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._log, self._group, self._topic, self._now = log, group, topic, now
        self._known: dict[tuple[TopicPartition, int], datetime] = {}

    async def run(self, every: float) -> None:
        """Measure again and again, for ever; trouble with the log shows elsewhere and ends nothing."""
        logger = structlog.get_logger()
        while True:
            begun = time.monotonic()
            try:
                async with asyncio.timeout(DEADLINE):
                    await self.measure()
            except (WirewatchError, TimeoutError) as error:
                logger.debug("lag not measured", stage=self._group, error=str(error))
            except Exception:  # a mistake in a figure must not end what it is a figure of
                logger.exception("lag not measured", stage=self._group)
            await asyncio.sleep(max(0.1, every - (time.monotonic() - begun)))

    async def measure(self) -> tuple[int, float]:
        """Records not committed yet; seconds since the oldest of them was appended, 0 where there is none."""
        kept, committed = await self._log.offsets(self._topic), await self._log.committed(self._group, self._topic)
        records, oldest = 0, {}
        for source, there in kept.items():
            first = max(committed.get(source, 0), there.start)
            if first < there.end:
                records += there.end - first
                oldest[source] = first
        times = await self._appended(oldest)
        seconds = max(0.0, (self._now() - min(times)).total_seconds()) if times else 0.0
        metrics.stage_lag_records.labels(self._group).set(records)
        metrics.stage_lag_seconds.labels(self._group).set(seconds)
        return records, seconds

    async def _appended(self, oldest: Mapping[TopicPartition, int]) -> list[datetime]:
        """When these records were appended. A record is looked up once, however long it waits."""
        known, self._known = self._known, {}
        for source, offset in oldest.items():
            place = (source, offset)
            if place in known:
                self._known[place] = known[place]
            elif found := await self._log.fetch(source, offset, max_records=1):
                self._known[place] = found[0].timestamp
        return list(self._known.values())
