"""Scores of everything that is at hand, table by table, with progress on stderr; the tables of docs/quality.md."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from service.cli.listing import say, show

Row = dict[str, Any]
HEADINGS = {
    "quotations": "Quotations: {corpus}, {documents} documents, {marked} marked, speaker hit {speaker_hit} %",
    "attributions": "Attributions: {corpus}, {documents} documents, {marked} marked, speaker hit {speaker_hit} %",
    "statements": "Statements of our own texts: quotes at F1 ≥ 0.5 of their words",
    "names": "Names: {corpus}, exact",
    "texts": "Marked texts of our own: {corpus}",
}
COLUMNS = {
    "quotations": ("measure", "precision", "recall", "f1"),
    "attributions": ("measure", "precision", "recall", "f1", "token_precision", "token_recall", "token_f1"),
    "statements": ("language", "corpus", "documents", "marked", "precision", "recall", "f1", "speaker_hit"),
    "names": ("class", "precision", "recall", "f1", "gold"),
    "texts": (
        *("language", "half", "texts", "names_recall", "names_precision"),
        *("statements", "precision", "recall", "f1", "who"),
    ),
}
TOGETHER = frozenset({"statements"})
"""Tables that hold several corpora."""


def corpora_rows(folder: Path) -> Iterator[Row]:
    """A row a measure of every corpus in ``folder``. Raises OSError and ValueError."""
    from consumers.corpora.at_hand import corpora_in, score
    from service.actors import load_catalogue

    found = corpora_in(folder)
    if not found:
        return
    catalogue, day = load_catalogue(), datetime.now(UTC).date()
    for number, corpus in enumerate(found, 1):
        name = f"{number}/{len(found)} {corpus.name}"
        say(f"{name}: reading")
        yield from score(corpus, catalogue, day, partial(_progress, name))


def _progress(name: str, done: int) -> None:
    say(f"{name}: {done} documents")


def golden_rows(folder: Path) -> Iterator[Row]:
    """A row a language and half of ``texts`` and of ``wires``, a row a language of ``articles``. Raises OSError and
    ValueError."""
    from consumers.extracting.pipeline import Reader
    from consumers.fetching import article_from_text
    from consumers.marked.gold import articles, languages_in, rows
    from consumers.marked.marks import names_in
    from service.actors import load_catalogue

    longer = folder / "articles"
    halved = {texts: languages_in(texts) for texts in (folder / "texts", folder / "wires")}
    if not any(halved.values()) and not names_in(longer):
        return
    reader = Reader(load_catalogue())
    for texts, codes in halved.items():
        say(f"{texts}: reading {', '.join(codes) or 'nothing'}")
        for row in rows(texts, article_from_text, reader.extract):
            say(f"{texts}: {row['language']}, {row['half']}")
            yield {"table": "texts", "corpus": str(texts), **row}
    if names_in(longer):
        say(f"{longer}: reading")
        for row in articles(longer, article_from_text, reader.extract):
            yield {"table": "texts", "corpus": str(longer), **row}


def show_tables(rows: Sequence[Row]) -> None:
    """One table for each corpus, or for all of a kind."""
    for _, found in groupby(rows, key=lambda row: (row["table"], None if row["table"] in TOGETHER else row["corpus"])):
        table = list(found)
        kind = table[0]["table"]
        print(f"\n{HEADINGS[kind].format(**table[0])}")
        show(table, False, {name.replace("_", " ").upper(): itemgetter(name) for name in COLUMNS[kind]}, "")
