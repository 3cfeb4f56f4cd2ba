"""The questions that are asked all the time find their rows by an index, on both databases, with enough rows and their
statistics for the planner to choose."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from service.storage import Storage, open_storage, upgrade
from service.storage.near import Wanted
from service.storage.prune import prune
from tests.contract.storage.test_deliveries import subscriber
from tests.unit.delivering.alerts import alert_of

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SECOND = 1_000_000
AT = round(NOW.timestamp()) * SECOND
ROWS = 20_000
DUE, ENDPOINTS = 20, 200

FILLING = {
    "sources": """INSERT INTO sources (id, url, host, kind, tier, added_at, state, next_poll_at, poll)
        SELECT 's' || n, 'https://h' || n || '.example/', 'h' || n || '.example', 'feed', 1, n, 'ok',
               CASE WHEN n <= :due THEN :at - n * :second ELSE :at + n * :second END, :poll FROM numbers""",
    "stories": """INSERT INTO stories (id, language, articles, first_seen_at, updated_at, known)
        SELECT 't' || n, 'de', 1, :at, :at, :blob FROM numbers""",
    "articles": """INSERT INTO articles (id, number, story_id, part, url, language, source_name, first_seen_at,
                                         text_hash, text, extraction)
        SELECT 'a' || n, n, 't' || n, 'first', 'https://h.example/' || n, 'de', 'h', :at, '', :blob, :blob
        FROM numbers""",
    "shingles": """INSERT INTO shingles (hash, article_id, seen_at) SELECT n * 7919, 'a' || n, :at FROM numbers""",
    "alerts": """INSERT INTO alerts (subscription_id, story_id, revision, id, number, subscription, article_id,
                                     raised_at, document)
        SELECT 'u', 't' || n, 0, 'r' || n, n, 'u', 'a' || n, :at, :document FROM numbers""",
    "deliveries": """INSERT INTO deliveries (id, alert_id, subscription_id, subscription, channel, endpoint, state,
                                             attempt, created_at, next_try_at)
        SELECT 'd' || n, 'r' || n, 'u', 'u', 'webhook', 'https://e' || (n % :endpoints) || '.example/',
               CASE WHEN n <= :due THEN 'pending' ELSE 'delivered' END, 0, :at, CASE WHEN n <= :due THEN :at END
        FROM numbers""",
    "positions": """INSERT INTO positions (reader, topic, partition, next)
        SELECT 'extraction_to_alert', 'topic' || n, 0, 1 FROM numbers""",
}
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)",
    "postgresql": "WITH numbers(n) AS (SELECT CAST(generate_series(1, :rows) AS bigint))",
}


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def engine(request: pytest.FixtureRequest) -> str:
    return cast(str, request.param)


@pytest.fixture(scope="module")
def address(engine: str, request: pytest.FixtureRequest) -> str:
    return "" if engine == "sqlite" else request.getfixturevalue("postgres_server").database()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plans")


@pytest.fixture
async def storage(engine: str, address: str, folder: Path) -> AsyncIterator[Storage]:
    await upgrade(address, folder)
    async with open_storage(address, folder) as opened:
        if not (await opened.sources.list(limit=1)).items:
            await fill(opened, engine)
        yield opened


async def fill(storage: Storage, engine: str) -> None:
    numbers = {":rows": ROWS, ":at": AT, ":second": SECOND, ":due": DUE, ":endpoints": ENDPOINTS}
    others = {"blob": b"", "document": alert_of(subscriber()).model_dump_json(by_alias=True), "poll": "{}"}
    async with storage.write() as transaction:
        for statement in FILLING.values():
            into, _, rest = statement.partition("SELECT")
            whole = f"{into} {NUMBERS[engine]} SELECT {rest}"
            for name, value in numbers.items():
                whole = whole.replace(name, str(value))
            filling = text(whole)
            used = {name: value for name, value in others.items() if f":{name}" in whole}
            await transaction.execute(filling, used)
        await transaction.execute(text("ANALYZE"))


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """Statements that are executed meanwhile, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, given: Any, ___: Any, many: bool) -> None:
        found.append((statement, given[0] if many else given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def plans(storage: Storage, engine: str, work: Callable[[], Coroutine[Any, Any, object]]) -> list[str]:
    """How the database goes about each statement of ``work``."""
    with asked() as statements:
        await work()
    explain = "EXPLAIN QUERY PLAN " if engine == "sqlite" else "EXPLAIN "
    found = []
    for statement, given in statements:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "WITH", "DELETE")):
            async with storage.write() as transaction:
                rows = await transaction.exec_driver_sql(explain + statement, given)
                found.append(statement + "\n" + "\n".join(str(row[-1]) for row in rows))
    assert found
    return found


def scans(plan: str, table: str, engine: str) -> bool:
    """Whether all of ``table`` is gone through."""
    steps = plan.split("\n")
    if engine == "postgresql":
        return any(f"Seq Scan on {table}" in step for step in steps)
    return any(step.startswith(f"SCAN {table}") and " USING " not in step for step in steps)


def works(storage: Storage) -> dict[str, tuple[str, Callable[[], Coroutine[Any, Any, object]]]]:
    """The hot questions: the table that must not be gone through, and the asking."""
    wanted = Wanted(tuple(n * 7919 for n in range(50, 80)), "https://h.example/77", "de", NOW - timedelta(days=7))

    async def position() -> None:
        async with storage.write() as transaction:
            await storage.positions.move(transaction, "extraction_to_alert", "topic7", 0, 1, 1)

    async def old() -> None:
        await prune(storage._database, NOW - timedelta(days=90), NOW - timedelta(days=365), NOW)

    return {
        "due sources": ("sources", lambda: storage.sources.due(NOW, 10)),
        "claimed sources": ("sources", lambda: storage.sources.claim(["s1", "s2"], NOW, "me", 1.0)),
        "copies by shingles": ("shingles", lambda: storage.stories.near([wanted])),
        "articles at an address": ("articles", lambda: storage.stories.near([wanted])),
        "outbox claim": ("deliveries", lambda: storage.outbox.claim(NOW, 10, "me", 1.0)),
        "an endpoint's pause": ("deliveries", lambda: storage.endpoints.pause("https://e1.example/", NOW)),
        "alerts paging": ("alerts", lambda: storage.alerts.list(limit=10)),
        "alerts of a subscription": ("alerts", lambda: storage.alerts.list(limit=10, subscription="nobody")),
        "alerts streaming": ("alerts", lambda: storage.alerts.after(ROWS - 5)),
        "articles of a story": ("articles", lambda: storage.articles.list(limit=1, story_id="none")),
        "positions": ("positions", position),
        "old deliveries": ("deliveries", old),
        "old alerts": ("alerts", old),
        "old articles": ("articles", old),
    }


QUESTIONS = list(works(cast(Storage, None)))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_hot_question_goes_through_an_index(storage: Storage, engine: str, question: str) -> None:
    table, work = works(storage)[question]
    through = [plan for plan in await plans(storage, engine, work) if scans(plan, table, engine)]
    assert through == []
