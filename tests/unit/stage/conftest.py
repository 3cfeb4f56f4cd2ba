from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from service.log.memory import MemoryLog
from service.stage import StageOptions
from tests.unit.stage.notes import QUICK


@pytest.fixture
async def log() -> AsyncIterator[MemoryLog]:
    async with MemoryLog(partitions=1) as log:
        yield log


@pytest.fixture(params=[0, 8], ids=["batches", "one by one"])
def quick(request: pytest.FixtureRequest) -> StageOptions:
    """Both ways of taking messages through keep the same promises."""
    return replace(QUICK, in_flight=request.param)
