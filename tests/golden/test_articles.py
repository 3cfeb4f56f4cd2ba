"""Thirty-five articles of our own, read from the text as a file has it: language, mentions, statements, provenance."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from html import escape

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_html, article_from_text
from service.actors import load_catalogue
from service.contracts import Article, Evidence, Extraction, Statement
from tests.golden import marked
from tests.golden.marked import Marked, Saying, Span

ARTICLES = marked.names()
NAMED = frozenset({"name", "alias", "inflected"})
RIMS = " \u00a0,;„“”«»\"'"
WORD = re.compile(r"\w+")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@cache
def reader() -> Reader:
    return Reader(load_catalogue())


@cache
def read(name: str) -> tuple[Marked, Article, Extraction]:
    gold = marked.load(name)
    article = article_from_text(gold.text, NOW)
    return gold, article, reader().extract(article)


def words(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words of some spans begin."""
    return {match.start() for start, end in spans for match in WORD.finditer(text, start, end)}


def overlap(text: str, saying: Saying, statement: Statement) -> float:
    """F1 of the words of two quotes."""
    gold = words(text, saying.quote)
    found = words(text, ((piece.start, piece.end) for piece in statement.quote))
    return 2 * len(gold & found) / (len(gold) + len(found)) if gold and found else 0.0


def bare(evidence: Evidence) -> Span:
    """The span without signs at its rims."""
    left = len(evidence.exact) - len(evidence.exact.lstrip(RIMS))
    return evidence.start + left, evidence.start + max(left, len(evidence.exact.rstrip(RIMS)))


def test_every_article_is_in_the_language_it_is_written_in() -> None:
    assert {name: read(name)[1].language for name in ARTICLES} == {name: read(name)[0].language for name in ARTICLES}


@pytest.mark.parametrize("name", ARTICLES)
def test_every_name_of_an_actor_is_found_and_nothing_else_is_taken_for_one(name: str) -> None:
    gold, _, extraction = read(name)
    found = [(m.evidence.start, m.evidence.end, m.actor) for m in extraction.mentions if m.how in NAMED and m.actor]
    missing = [(gold.text[s:e], a) for s, e, a in gold.mentions if (s, e, a) not in found]
    extra = [(gold.text[s:e], a) for s, e, a in found if (s, e, a) not in gold.mentions]
    assert (missing, extra) == ([], [])


@pytest.mark.parametrize("name", ARTICLES)
def test_every_statement_is_found_with_its_speaker(name: str) -> None:
    gold, _, extraction = read(name)
    wrong = []
    for saying in gold.statements:
        best = max(extraction.statements, key=lambda statement: overlap(gold.text, saying, statement), default=None)
        got = overlap(gold.text, saying, best) if best else 0.0
        speaker = best.speaker if best else None
        span = bare(speaker.evidence) if speaker else None
        actor = speaker.actor if speaker else None
        if got < 0.9 or span != saying.speaker or actor != saying.actor or (best and best.type != saying.type):
            said = " … ".join(gold.text[start:end] for start, end in saying.quote)
            wrong.append((said[:60], round(got, 2), best and best.type, span and gold.text[slice(*span)], actor))
    assert wrong == []


@pytest.mark.parametrize("name", ARTICLES)
def test_no_statement_is_put_into_the_mouth_of_another_actor(name: str) -> None:
    gold, _, extraction = read(name)
    wrong = [
        (statement.quote[0].exact[:60], statement.speaker.actor)
        for statement in extraction.statements
        if statement.speaker is not None
        and statement.speaker.actor is not None
        and not any(
            saying.actor == statement.speaker.actor and overlap(gold.text, saying, statement) >= 0.5
            for saying in gold.statements
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ARTICLES)
def test_nobody_says_anything_in_titles_captions_and_counters(name: str) -> None:
    gold, _, extraction = read(name)
    quotes = [(piece.start, piece.end) for statement in extraction.statements for piece in statement.quote]
    assert [gold.text[s:e] for s, e in gold.silent if any(s <= start and end <= e for start, end in quotes)] == []


def page(gold: Marked) -> bytes:
    """The article as a page has it: a paragraph a line, with a site round it."""
    body = "".join(f"<p>{escape(line)}</p>" for line in gold.text.splitlines() if line.strip())
    return (
        f'<!doctype html><html lang="{gold.language}"><head><meta charset="utf-8"><title>{gold.name}</title></head>'
        f'<body><nav><a href="/">Start</a></nav><main><article><h1>{gold.name}</h1>{body}'
        "</article></main></body></html>"
    ).encode()


@pytest.mark.parametrize("form", ["text", "page"])
@pytest.mark.parametrize("name", ARTICLES)
def test_author_agencies_and_original_address_are_read(name: str, form: str) -> None:
    gold, article, _ = read(name)
    if form == "page":
        article = article_from_html(page(gold), None, NOW)
    agencies = {credit.actor for credit in article.provenance.agencies}
    assert article.language == gold.language
    assert article.author == gold.author
    assert article.provenance.original_url == gold.original
    assert gold.via <= agencies <= gold.via | gold.cites
