"""Every test here runs on SQLite in a file and on a real PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from service.storage import Storage, open_storage, upgrade

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return cast(str, request.param)


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest) -> str:
    """``storage.url`` of a database that is not there yet, or is empty."""
    return "" if engine == "sqlite" else cast(str, request.getfixturevalue("postgres_url"))


@pytest.fixture
async def storage(address: str, tmp_path: Path) -> AsyncIterator[Storage]:
    await upgrade(address, tmp_path)
    async with open_storage(address, tmp_path) as opened:
        yield opened


@pytest.fixture
async def other(storage: Storage, address: str, tmp_path: Path) -> AsyncIterator[Storage]:
    """Another process's view of the same database."""
    async with open_storage(address, tmp_path) as opened:
        yield opened
