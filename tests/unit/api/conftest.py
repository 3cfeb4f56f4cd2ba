"""A storage with one article read for real, two alerts of it, and the application over it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from consumers.extracting.pipeline import Reader
from consumers.extraction_to_alert import ExtractionToAlert
from consumers.fetching import article_from_text
from service.actors import Catalogue, load_catalogue
from service.api import Health, Parts, create_application
from service.declared import declared_source, declared_subscription
from service.stage import Batch
from service.storage import open_storage

NOW = datetime(2026, 5, 21, 10, tzinfo=UTC)
TEXT = (
    "Kasachstan wolle die <Strecke> nach Russland ausbauen, sagte Präsident Kassym-Jomart Tokajew in Astana.\n"
    "„Die Bahn verbindet uns“, sagte Tokajew vor Vertretern der Shanghaier Organisation für Zusammenarbeit (SCO).\n"
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
async def parts(tmp_path: Path, catalogue: Catalogue) -> AsyncIterator[Parts]:
    async with open_storage("", tmp_path) as storage:
        await storage.sources.add(declared_source("http://user:secret@example.org/feed", "Beispiel", "de", NOW))
        for name, rule in (("SCO", {"actor": "Q485207"}), ("Paar & mehr", {"pair": ["Q232", "Q159"]})):
            await storage.subscriptions.add(
                declared_subscription(name, rule, lambda actor: catalogue.resolve(actor).id, NOW)
            )
        article = article_from_text(TEXT, NOW, "de")
        stage = ExtractionToAlert(storage, clock=lambda: NOW)
        batch = Batch("extractions", 0, 0, 1, (Reader(catalogue).extract(article),))
        await stage.handle(batch)
        yield Parts(
            storage=storage,
            catalogue=catalogue,
            health=lambda: Health(True, (), {"entry_to_article": "running"}),
            stopping=lambda: False,
            now=lambda: NOW,
            hosts=frozenset({"localhost"}),
        )


@pytest.fixture
async def http(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_application(parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
