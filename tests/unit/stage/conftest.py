from collections.abc import AsyncIterator

import pytest

from service.log.memory import MemoryLog


@pytest.fixture
async def log() -> AsyncIterator[MemoryLog]:
    async with MemoryLog(partitions=1) as log:
        yield log
