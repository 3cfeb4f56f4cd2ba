"""Many processes with one configuration started at once: what the configuration brings is there once."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from service.actors import load_catalogue
from service.settings import Settings, StorageSettings
from service.startup import declared, store
from service.storage import open_storage, upgrade

PROCESSES = 8


async def test_declared_subscriptions_are_stored_once_and_replaced_once(postgres_url: str, tmp_path: Path) -> None:
    place = StorageSettings(url=postgres_url, connections=2)
    await upgrade(place, tmp_path)
    catalogue = load_catalogue()
    for actor in ("Q485207", "Q232"):
        settings = Settings.model_validate(
            {
                "sources": [{"url": "https://example.org/feed"}],
                "subscriptions": [
                    {"name": "one", "rule": {"actor": actor}},
                    {"name": "two", "rule": {"actor": "Q159"}},
                ],
            }
        )

        async def start(settings: Settings = settings) -> None:
            async with open_storage(place, tmp_path) as storage:
                await store(storage, declared(settings, catalogue, datetime.now(UTC)))

        await asyncio.gather(*(start() for _ in range(PROCESSES)))
        async with open_storage(place, tmp_path) as storage:
            kept = {
                one.name: one.rule.model_dump(exclude_none=True)["actor"] for one in await storage.subscriptions.all()
            }
            assert kept == {"one": actor, "two": "Q159"}
            assert len((await storage.sources.list()).items) == 1
