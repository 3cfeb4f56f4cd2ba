"""Every test here runs on every database engine. For now that is SQLite in a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.storage import Storage, open_storage


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage("", tmp_path) as opened:
        yield opened


@pytest.fixture
async def other(storage: Storage, tmp_path: Path) -> AsyncIterator[Storage]:
    """Another process's view of the same database."""
    async with open_storage("", tmp_path) as opened:
        yield opened
