"""The way from texts to the articles they may be copies or edits of, many texts in one question.

The two databases take lists differently (``unnest``, ``json_each``); the question is the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, String, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from service.storage.columns import EPOCH, MICROSECOND
from service.storage.database import Transaction

MOST = 8
"""Candidates of a text."""


@dataclass(frozen=True)
class Wanted:
    """A text whose like is looked for: by its sampled shingles among articles in its language since then, and at its
    address."""

    hashes: Sequence[int]
    url: str | None
    language: str
    since: datetime


@dataclass(frozen=True)
class Near:
    """``shared``: article → sampled shingles that it has too, at most ``MOST`` articles; ``at_url``: the newest article
    at the same address, if its story has moved since then."""

    shared: Mapping[str, int] = field(default_factory=dict)
    at_url: str | None = None

    def __or__(self, later: "Near") -> "Near":
        """With what has come since."""
        return Near(best({**self.shared, **later.shared}), later.at_url or self.at_url)


def best(shared: Mapping[str, int]) -> dict[str, int]:
    """The ``MOST`` with most in common, the most first."""
    return dict(sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:MOST])


async def near(connection: AsyncConnection, wanted: Sequence[Wanted], after: int) -> list[Near]:
    """For each of ``wanted``, among the articles whose number is beyond ``after``."""
    shared: list[dict[str, int]] = [{} for _ in wanted]
    at_url: list[str | None] = [None for _ in wanted]
    if wanted:
        given = _given(connection, wanted) | {"after": after}
        by_text, by_url = _questions(connection)
        for row in await connection.execute(by_text, given | {"most": MOST}):
            shared[row.n][row.article_id] = row.shared
        if any(one.url for one in wanted):
            named = {name: value for name, value in given.items() if name not in ("hash_n", "hash")}
            for row in await connection.execute(by_url, named):
                at_url[row.n] = row.article_id
    return [Near(one, url) for one, url in zip(shared, at_url, strict=True)]


async def index(transaction: Transaction, rows: Sequence[tuple[str, datetime, Sequence[int]]]) -> None:
    """Make articles findable: id, time and sampled shingles of each."""
    if not any(hashes for _, _, hashes in rows):
        return
    if transaction.dialect.name == "postgresql":
        flat = [(value, key, _number(at)) for key, at, hashes in rows for value in hashes]
        hashes, keys, times = (list(column) for column in zip(*flat, strict=True))
        await transaction.execute(_INDEX_ARRAYS, {"hash": hashes, "id": keys, "at": times})
    else:
        given = [{"id": key, "at": _number(at), "hashes": list(hashes)} for key, at, hashes in rows]
        await transaction.execute(_INDEX_JSON, {"given": json.dumps(given)})


def _given(connection: AsyncConnection, wanted: Sequence[Wanted]) -> dict[str, Any]:
    if connection.dialect.name == "postgresql":
        pairs = [(n, value) for n, one in enumerate(wanted) for value in one.hashes]
        return {
            "n": list(range(len(wanted))),
            "url": [one.url for one in wanted],
            "language": [one.language for one in wanted],
            "since": [_number(one.since) for one in wanted],
            "hash_n": [n for n, _ in pairs],
            "hash": [value for _, value in pairs],
        }
    rows = [
        {"url": one.url, "language": one.language, "since": _number(one.since), "hashes": list(one.hashes)}
        for one in wanted
    ]
    return {"given": json.dumps(rows)}


def _number(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


_JSON_WANTED = """
    wanted AS MATERIALIZED (
        SELECT key AS n, json_extract(value, '$.url') AS url, json_extract(value, '$.language') AS language,
               json_extract(value, '$.since') AS since
        FROM json_each(:given))"""
_JSON_HASHES = """
    hashes AS MATERIALIZED (
        SELECT one.key AS n, hash.value AS hash
        FROM json_each(:given) AS one, json_each(one.value, '$.hashes') AS hash)"""
_ARRAY_WANTED = """
    wanted AS MATERIALIZED (SELECT * FROM unnest(:n, :url, :language, :since) AS one(n, url, language, since))"""
_ARRAY_HASHES = """
    hashes AS MATERIALIZED (SELECT * FROM unnest(:hash_n, :hash) AS one(n, hash))"""
_BY_TEXT = """
    counted AS (
        SELECT wanted.n, shingles.article_id, count(*) AS shared
        FROM hashes
        CROSS JOIN wanted
        CROSS JOIN shingles
        CROSS JOIN articles
        WHERE wanted.n = hashes.n AND shingles.hash = hashes.hash AND shingles.seen_at >= wanted.since
          AND articles.id = shingles.article_id AND articles.language = wanted.language AND articles.number > :after
        GROUP BY wanted.n, shingles.article_id),
    ranked AS (
        SELECT n, article_id, shared, row_number() OVER (PARTITION BY n ORDER BY shared DESC, article_id) AS place
        FROM counted)
SELECT n, article_id, shared FROM ranked WHERE place <= :most ORDER BY n, place"""
_BY_URL = """
    there AS (
        SELECT wanted.n, articles.id AS article_id,
               row_number() OVER (PARTITION BY wanted.n ORDER BY articles.number DESC) AS place
        FROM wanted
        CROSS JOIN articles
        CROSS JOIN stories
        WHERE articles.url = wanted.url AND articles.language = wanted.language AND articles.number > :after
          AND stories.id = articles.story_id AND stories.updated_at >= wanted.since)
SELECT n, article_id FROM there WHERE place = 1"""
_KINDS: dict[str, Any] = {
    "n": ARRAY(Integer),
    "url": ARRAY(String),
    "language": ARRAY(String),
    "since": ARRAY(BigInteger),
    "hash_n": ARRAY(Integer),
    "hash": ARRAY(BigInteger),
    "id": ARRAY(String),
    "at": ARRAY(BigInteger),
    "after": BigInteger(),
    "most": Integer(),
}


def _typed(statement: str) -> TextClause:
    clause = text(statement)
    names = [name for name in _KINDS if name in clause._bindparams]
    return clause.bindparams(*(bindparam(name, type_=_KINDS[name]) for name in names))


_JSON = (_typed(f"WITH{_JSON_WANTED},{_JSON_HASHES},{_BY_TEXT}"), _typed(f"WITH{_JSON_WANTED},{_BY_URL}"))
_ARRAYS = (_typed(f"WITH{_ARRAY_WANTED},{_ARRAY_HASHES},{_BY_TEXT}"), _typed(f"WITH{_ARRAY_WANTED},{_BY_URL}"))
_INDEX_JSON = text(
    """
    INSERT INTO shingles (hash, article_id, seen_at)
    SELECT hash.value, json_extract(one.value, '$.id'), json_extract(one.value, '$.at')
    FROM json_each(:given) AS one, json_each(one.value, '$.hashes') AS hash WHERE true
    ON CONFLICT DO NOTHING"""
)
_INDEX_ARRAYS = _typed(
    """
    INSERT INTO shingles (hash, article_id, seen_at)
    SELECT * FROM unnest(:hash, :id, :at)
    ON CONFLICT DO NOTHING"""
)


def _questions(connection: AsyncConnection) -> tuple[TextClause, TextClause]:
    return _ARRAYS if connection.dialect.name == "postgresql" else _JSON
