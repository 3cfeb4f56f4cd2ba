import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from service.errors import ConfigError
from service.storage import open_storage, status, upgrade
from service.storage.migrate import HEAD
from service.storage.tables import metadata


async def test_an_empty_folder_gets_a_database_of_the_newest_schema(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert (await status("", folder)).current is None
    assert not folder.exists()
    async with open_storage("", folder):
        pass
    assert (await status("", folder)).up_to_date


async def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    await upgrade("", tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'wirewatch.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_head_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "service/storage/migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    async def look() -> str | None:
        async with open_storage("", tmp_path):
            return (await status("", tmp_path)).current

    assert await asyncio.gather(*(look() for _ in range(5))) == [HEAD] * 5


async def test_a_database_of_a_newer_wirewatch_is_left_alone(tmp_path: Path) -> None:
    await upgrade("", tmp_path)
    with sqlite3.connect(tmp_path / "wirewatch.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ConfigError, match="newer wirewatch"):
        async with open_storage("", tmp_path):
            pass
    with pytest.raises(ConfigError, match="newer wirewatch"):
        await upgrade("", tmp_path)


@pytest.mark.parametrize(
    ("url", "says"),
    [("mysql://host/db", "no database wirewatch knows"), ("::", "not an address"), ("sqlite://", "needs a file")],
)
async def test_a_wrong_address_says_what_was_expected(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        async with open_storage(url, tmp_path):
            pass
