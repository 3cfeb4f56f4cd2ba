"""``wirewatch actors new`` over what a service has stored."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Extraction
from service.stage import Batch
from service.storage import open_storage
from tests.unit.actors.test_unlisted import read
from tests.unit.cli.conftest import Run


def stored(folder: Path, *extractions: Extraction) -> None:
    folder.mkdir()

    async def work() -> None:
        async with open_storage(None, folder) as storage:
            batch = Batch("extractions", 0, 0, len(extractions), extractions)
            await ExtractionToAlert(storage).handle(batch)

    asyncio.run(work())


def test_names_of_the_last_days_are_listed_with_the_words_round_them(run: Run, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    stored(
        tmp_path / "data",
        read("Im Hafen von Selmo lagen am Abend nur Kähne.", ("Selmo", "place"), at=now - timedelta(days=30)),
        read("Nach der Wahl trat Mira Kolbe zurück.", ("Mira Kolbe", "person"), at=now - timedelta(days=2)),
        read("Warum das Werk von Kornblum steht, weiß keiner.", ("Kornblum", "organisation"), at=now),
    )
    ended = run("actors", "new", "--least", "1", json_lines=True)
    assert ended.code == 0
    assert {row["name"]: (row["kind"], row["stories"], row["before"]) for row in ended.objects} == {
        "Kornblum": ("organisation", 1, 0),
        "Mira Kolbe": ("person", 1, 0),
    }
    assert "trat Mira Kolbe zurück" in run("actors", "new", "--least", "1").out
    people = run("actors", "new", "--least", "1", "--kind", "person", json_lines=True)
    assert [row["name"] for row in people.objects] == ["Mira Kolbe"]
    today = run("actors", "new", "--least", "1", "--since", "1d", json_lines=True)
    assert [(row["name"], row["before"]) for row in today.objects] == [("Kornblum", 0)]


def test_nothing_read_is_nothing_listed_and_a_wrong_time_is_one_line(run: Run) -> None:
    nothing = run("actors", "new")
    assert (nothing.code, nothing.out) == (0, "")
    assert "no name outside the catalogue" in nothing.err
    assert "--since" in run("actors", "new", "--since", "gestern").complaint
