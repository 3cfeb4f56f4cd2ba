"""Gold files: folders ``XX/read`` (texts from which rules were written) and ``XX/judge`` (only for judging)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consumers.marked.marks import load, names_in
from consumers.marked.measure import Counts, measure
from service.contracts import Article, Extraction

HALVES = ("read", "judge")
DAY = datetime(2026, 3, 1, tzinfo=UTC)
"""The day on which the texts are set: who is in office then is meant by a bare title."""

ToArticle = Callable[[str, datetime], Article]
Extract = Callable[[Article], Extraction]


def languages_in(folder: Path) -> list[str]:
    """Codes of the languages with marked texts in ``folder``."""
    return sorted({path.parent.name for half in HALVES for path in folder.glob(f"*/{half}") if names_in(path)})


def count(folder: Path, language: str, half: str, to_article: ToArticle, extract: Extract) -> Counts:
    """The counts of all texts of a half. Raises ValueError for marks that do not stand in their text."""
    total = Counts()
    place = folder / language / half
    for name in names_in(place):
        marked = load(place, name)
        total += measure(marked, extract(to_article(marked.text, DAY)))
    return total


def rows(folder: Path, to_article: ToArticle, extract: Extract) -> Iterator[dict[str, Any]]:
    """One row a language and half, figures in percent."""
    for language in languages_in(folder):
        for half in HALVES:
            total = count(folder, language, half, to_article, extract)
            if total.texts:
                yield row(language, half, total)


def row(language: str, half: str, total: Counts) -> dict[str, Any]:
    """Figures in percent, beside how much there was."""
    return {
        "language": language,
        "half": half,
        "texts": total.texts,
        "names_recall": total.names_recall,
        "names_precision": total.names_precision,
        "statements": total.statements_marked,
        "precision": total.precision,
        "recall": total.recall,
        "f1": total.f1,
        "who": total.who,
    }


def articles(folder: Path, to_article: ToArticle, extract: Extract) -> Iterator[dict[str, Any]]:
    """One row a language of a folder that holds longer articles side by side, in no halves."""
    totals: dict[str, Counts] = {}
    for name in names_in(folder):
        marked = load(folder, name)
        found = measure(marked, extract(to_article(marked.text, DAY)))
        totals[marked.language] = totals.get(marked.language, Counts()) + found
    for language, total in sorted(totals.items()):
        yield row(language, "articles", total)
