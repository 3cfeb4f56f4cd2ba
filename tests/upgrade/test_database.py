"""The schema is upgraded while workers of the version before go on."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from service.contracts import Channels, Rule, Source, Webhook
from service.rules import new_subscription
from service.storage import open_storage, status, upgrade
from service.storage.database import connect
from service.storage.location import locate
from service.storage.migrate import HEAD
from tests.unit.matching.article_maker import AT

ROOT = Path(__file__).parents[2]
NEXT = Path(__file__).parent / "versions"
WORKERS = 3
PATIENCE = 240.0

AS_BEFORE = (
    """INSERT INTO sources (id, url, host, title, language, kind, tier, added_at, state, next_poll_at, poll)
       VALUES ('{n}', 'https://{n}.example/', '{n}.example', NULL, NULL, 'feed', 1, 1, 'new', NULL, '{{}}')""",
    "UPDATE sources SET state = 'ok', next_poll_at = 5, poll = '{{}}' WHERE id = '{n}'",
    """INSERT INTO entries (source_id, key, guid, link, title, content_hash, seen_at)
       VALUES ('{n}', 'k', NULL, NULL, NULL, 'h', 1)
       ON CONFLICT (source_id, key) DO UPDATE SET content_hash = excluded.content_hash""",
    """INSERT INTO stories (id, language, articles, first_seen_at, updated_at, known)
       VALUES ('t{n}', 'de', 1, 1, 1, '')""",
    """INSERT INTO alerts (subscription_id, story_id, revision, id, number, subscription, article_id, raised_at,
                           document)
       VALUES ('u', 't{n}', 0, 'r{n}', {n}, 'u', 'a', 1, '{{}}')""",
    """INSERT INTO deliveries (id, alert_id, subscription_id, subscription, channel, endpoint, secret_file, state,
                               attempt, created_at, next_try_at)
       VALUES ('d{n}', 'r{n}', 'u', 'u', 'console', 'console', NULL, 'pending', 0, 1, 1)""",
    "UPDATE deliveries SET lease = 'me', leased_until = 9 WHERE id = 'd{n}' AND state = 'pending'",
    "UPDATE deliveries SET state = 'delivered', lease = NULL, leased_until = NULL WHERE id = 'd{n}'",
    "INSERT INTO endpoints (url, disabled_at, note) VALUES ('https://{n}.example/', 1, 'gone')",
)
"""What a wirewatch of schema 0001 writes, where a later one has changed a table."""


@pytest.fixture(params=("sqlite", "postgresql"))
def address(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def as_before(address: str, folder: Path, number: int) -> None:
    database = connect(locate(address, folder))
    async with database.write() as transaction:
        for statement in AS_BEFORE:
            await transaction.execute(text(statement.format(n=number).replace(":", r"\:")))
    await database.close()


async def make_first(address: str, folder: Path) -> None:
    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "service/storage/migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    database = connect(locate(address, folder))
    async with database.write() as transaction:
        await transaction.run_sync(run)
    await database.close()


async def test_a_wirewatch_of_the_schema_before_goes_on_with_this_one(address: str, tmp_path: Path) -> None:
    await make_first(address, tmp_path)
    await as_before(address, tmp_path, 1)
    assert (await status(address, tmp_path)).current == "0001"
    found = await upgrade(address, tmp_path)
    assert (found.current, found.since) == (HEAD, "0001")
    await as_before(address, tmp_path, 2)
    async with open_storage(address, tmp_path) as storage:
        assert {source.id for source, _ in await storage.sources.due(AT, 9)} == {"1", "2"}
        assert {one.state for one in (await storage.deliveries.list()).items} == {"delivered"}


@pytest.mark.slow
async def test_nothing_fails_while_an_upgrade_goes_on_under_working_processes(
    postgres_url: str, tmp_path: Path
) -> None:
    await upgrade(postgres_url, tmp_path)
    async with open_storage(postgres_url, tmp_path) as storage:
        hook = Channels(webhook=Webhook(url="https://hook.example/"))
        await storage.subscriptions.add(new_subscription("pair", Rule(pair=("Q232", "Q159")), hook, AT))
        made = [Source(id=f"s{n}", url=f"https://{n}.example/feed", added_at=AT) for n in range(20)]
        await storage.sources.add(*made)
    workers = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.upgrade.busy", postgres_url, str(tmp_path), str(worker)),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for worker in range(WORKERS)
    ]

    async def rounds(count: int) -> None:
        for worker in workers:
            assert worker.stdout
            for _ in range(count):
                assert await worker.stdout.readline(), "a worker has ended"

    try:
        async with asyncio.timeout(PATIENCE):
            await rounds(3)
            after, *_ = await asyncio.gather(
                upgrade(postgres_url, tmp_path, versions=NEXT), upgrade(postgres_url, tmp_path, versions=NEXT)
            )
            assert (after.current, after.since) == ("9001", "0001")
            await rounds(5)
            said = await asyncio.gather(*(worker.communicate(b"") for worker in workers))
    finally:
        for worker in workers:
            if worker.returncode is None:
                worker.kill()
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    done = sum(len(out.splitlines()) for out, _ in said) + 8 * WORKERS
    async with open_storage(postgres_url, tmp_path) as storage:
        articles = Counter(one.extraction.article.url for one in (await storage.articles.list(limit=1000)).items)
    assert set(articles.values()) == {1}
    assert len(articles) >= min(done, 1000)
