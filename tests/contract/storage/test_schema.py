import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.errors import ConfigError, Transient
from service.settings import StorageSettings
from service.storage import open_storage, status, upgrade
from service.storage.database import connect
from service.storage.location import locate
from service.storage.migrate import HEAD
from service.storage.tables import metadata
from tests.parts.ports import free_port


async def execute(address: str, folder: Path, *statements: str) -> None:
    database = connect(locate(address, folder))
    async with database.write() as transaction:
        for statement in statements:
            await transaction.execute(text(statement))
    await database.close()


async def test_an_empty_folder_gets_a_database_of_the_newest_schema(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert (await status("", folder)).current is None
    assert not folder.exists()
    async with open_storage("", folder):
        pass
    assert (await status("", folder)).up_to_date


async def test_the_migrations_make_the_tables_that_the_code_uses(address: str, tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    await upgrade(address, tmp_path)
    database = connect(locate(address, tmp_path))
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


def test_the_newest_migration_is_the_head_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "service/storage/migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_many_may_upgrade_and_open_a_new_database_at_once(address: str, tmp_path: Path) -> None:
    async def look() -> str | None:
        await upgrade(address, tmp_path)
        async with open_storage(address, tmp_path):
            return (await status(address, tmp_path)).current

    assert await asyncio.gather(*(look() for _ in range(5))) == [HEAD] * 5


async def test_a_database_of_a_newer_wirewatch_is_left_alone(address: str, tmp_path: Path) -> None:
    await upgrade(address, tmp_path)
    await execute(
        address,
        tmp_path,
        "UPDATE alembic_version SET version_num = '9999'",
        "UPDATE compatibility SET since = '9999'",
    )
    with pytest.raises(ConfigError, match="newer wirewatch"):
        async with open_storage(address, tmp_path):
            pass
    with pytest.raises(ConfigError, match="newer wirewatch"):
        await upgrade(address, tmp_path)


async def test_a_newer_schema_that_says_so_is_worked_with_and_left_as_it_is(address: str, tmp_path: Path) -> None:
    await upgrade(address, tmp_path)
    await execute(address, tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    async with open_storage(address, tmp_path) as storage:
        assert (await storage.sources.list()).items == ()
    assert (await upgrade(address, tmp_path)).current == "9999"
    assert not (await status(address, tmp_path)).up_to_date


async def test_a_server_is_not_upgraded_without_being_asked(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"schema missing, .* wirewatch db upgrade"):
        async with open_storage(postgres_url, tmp_path):
            pass


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://host/db", "no database wirewatch knows"),
        ("::", "not an address"),
        ("sqlite://", "needs a file"),
        ("postgresql://u:geheim@host:none/db", "not an address"),
    ],
)
async def test_a_wrong_address_says_what_was_expected(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as told:
        async with open_storage(url, tmp_path):
            pass
    assert "geheim" not in str(told.value)


async def test_a_wrong_password_or_database_is_a_mistake_in_the_settings(postgres_url: str, tmp_path: Path) -> None:
    wrong = tmp_path / "password"
    wrong.write_text("never\n")
    user, _, place = postgres_url.removeprefix("postgresql://").partition("@")
    bare = f"postgresql://{user.partition(':')[0]}@{place}"
    for settings, says in (
        (StorageSettings(url=bare, password_file=wrong), "password authentication failed"),
        (StorageSettings(url=postgres_url + "none"), "does not exist"),
        (StorageSettings(url=postgres_url + "?no_such_parameter=1"), "unrecognized configuration parameter"),
        (StorageSettings(url=bare, password_file=tmp_path / "missing"), "password_file .* cannot be read"),
    ):
        with pytest.raises(ConfigError, match=says) as told:
            async with open_storage(settings, tmp_path):
                pass
        assert "\n" not in str(told.value)
        assert user.partition(":")[2] not in str(told.value)


async def test_the_password_may_stand_in_a_file(postgres_url: str, tmp_path: Path) -> None:
    user, _, place = postgres_url.removeprefix("postgresql://").partition("@")
    name, _, password = user.partition(":")
    file = tmp_path / "password"
    file.write_text(password + "\n")
    found = await upgrade(
        StorageSettings(url=f"postgresql://{name}@{place}?sslmode=disable", password_file=file), tmp_path
    )
    assert found.up_to_date
    assert password not in found.database


async def test_a_server_that_is_not_there_may_come_yet(tmp_path: Path) -> None:
    with pytest.raises(Transient, match="the database does not answer"):
        async with open_storage(f"postgresql://u@127.0.0.1:{free_port()}/db", tmp_path, patience=0.5):
            pass
