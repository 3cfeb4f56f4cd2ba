"""A real article with a careful reader's findings, kept outside the repository: from ``WIREWATCH_SEED`` or beside it.

``gold.json`` names actors by slugs; its offsets are into ``article.de.txt``. Skipped where the folder is not there. The
same phenomena are held in ``articles/`` by texts of our own.
"""

import json
import os
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import Catalogue, load_catalogue
from service.contracts import Extraction, Statement

FOLDER = Path(os.environ.get("WIREWATCH_SEED") or Path(__file__).parents[3] / "shared" / "seed")
NAMES = {"tass": "TASS", "un-general-assembly": "United Nations General Assembly"}
WORD = re.compile(r"\w+")

pytestmark = pytest.mark.skipif(not (FOLDER / "gold.json").is_file(), reason=f"no seed article in {FOLDER}")


@cache
def gold() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))
    return loaded


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def extraction() -> Extraction:
    text = (FOLDER / "article.de.txt").read_text(encoding="utf-8")
    return Reader(catalogue()).extract(article_from_text(text, datetime(2024, 5, 21, tzinfo=UTC)))


def actor(slug: str | None) -> str | None:
    return catalogue().find(NAMES.get(slug, slug.replace("-", " ")))[0].id if slug else None


def words(spans: list[tuple[int, int]]) -> set[int]:
    text = extraction().article.text
    return {match.start() for start, end in spans for match in WORD.finditer(text, start, end)}


def f1(saying: dict[str, Any], statement: Statement) -> float:
    left = words([(start, end) for start, end in saying["quote"]])
    right = words([(piece.start, piece.end) for piece in statement.quote])
    return 2 * len(left & right) / (len(left) + len(right))


def partner(saying: dict[str, Any]) -> Statement:
    return max(extraction().statements, key=lambda statement: f1(saying, statement))


def test_every_statement_is_found_with_its_type() -> None:
    for saying in gold()["statements"]:
        assert f1(saying, partner(saying)) >= 0.9, saying["id"]
        assert partner(saying).type == saying["type"], saying["id"]
    assert len(extraction().statements) == len(gold()["statements"])


def test_every_speaker_is_found_and_none_resolved_wrongly() -> None:
    for saying in gold()["statements"]:
        speaker = partner(saying).speaker
        assert speaker is not None, saying["id"]
        # A pronoun's letters also stand inside longer words; what counts is that the words are the same.
        assert speaker.evidence.exact == saying["speaker_text"], saying["id"]
        assert speaker.actor == actor(saying["speaker_actor"]), saying["id"]


def test_cues_and_addressees_are_found() -> None:
    for saying in gold()["statements"]:
        statement = partner(saying)
        assert [part.exact for part in statement.cue_parts] == saying["cue_text"], saying["id"]
        addressee = statement.addressee.actor if statement.addressee else None
        assert addressee == actor(saying.get("addressee_actor")), saying["id"]


def test_every_mention_of_an_actor_is_found() -> None:
    found = {(m.evidence.start, m.evidence.end): m.actor for m in extraction().mentions}
    wanted = {(m["begin"], m["end"]): actor(m["actor"]) for m in gold()["mentions"] if m["actor"]}
    assert {place: found.get(place) for place in wanted} == wanted


def test_nothing_is_found_behind_the_article() -> None:
    end = extraction().article.text.index("Kommentar (")
    assert all(mention.evidence.end <= end for mention in extraction().mentions)
    assert all(piece.end <= end for statement in extraction().statements for piece in statement.quote)
