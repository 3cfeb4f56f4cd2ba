"""Which corpora are in a folder, and their scores. Folders are named for what is in them; XX is a language's code::

quotes-XX/dev.jsonl.gz          quotations, as the German Wikinews corpus has them
attributions-XX/dev.jsonl.gz    attributions, as PolNeAR has them
statements-own/XX.jsonl         statements of our own texts
statements-XX-own/*.jsonl       the same, in several files
ner/XX-NAME-dev.jsonl.gz        sentences with names: [tokens, BIO tags]
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from consumers.corpora.attributions import Attributions
from consumers.corpora.documents import Document, Marked, documents, spans
from consumers.corpora.quotations import Quotations
from consumers.corpora.statements import Statements
from consumers.extracting.names_scored import score_file
from consumers.extracting.predict import predictions
from service.actors import Catalogue

Kind = Literal["quotations", "attributions", "statements", "names"]
CODE = "[a-z][a-z]"
STEP = 25
"""Documents between two words of progress."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """``name``: its place in the folder."""

    kind: Kind
    language: str
    name: str
    paths: tuple[Path, ...]


def corpora_in(folder: Path) -> list[Corpus]:
    """In the order of the tables."""
    found = [
        Corpus(kind, path.parent.name.rpartition("-")[2], str(path.relative_to(folder)), (path,))
        for kind, pattern in PATTERNS
        for path in sorted(folder.glob(pattern))
    ]
    for place in sorted(folder.glob(f"statements-{CODE}-own")):
        paths = tuple(sorted(place.glob("*.jsonl*")))
        if paths:
            found.append(Corpus("statements", place.name.split("-")[1], place.name, paths))
    return [*found, *_by_file(folder, "statements", f"statements-own/{CODE}.jsonl*"), *_by_file(folder, "names", NAMES)]


def _by_file(folder: Path, kind: Kind, pattern: str) -> Iterator[Corpus]:
    """Corpora whose file's name begins with their language."""
    for path in sorted(folder.glob(pattern)):
        yield Corpus(kind, path.name[:2], str(path.relative_to(folder)), (path,))


NAMES = f"ner/{CODE}-*-dev.jsonl.gz"
PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("quotations", f"quotes-{CODE}/dev.jsonl.gz"),
    ("attributions", f"attributions-{CODE}/dev.jsonl.gz"),
)


SCORES: Mapping[Kind, Callable[[], Quotations | Attributions | Statements]] = {
    "quotations": Quotations,
    "attributions": Attributions,
    "statements": Statements,
}


def score(corpus: Corpus, catalogue: Catalogue, day: date, said: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    """Rows of one corpus, figures in percent. ``said`` hears now and then how many documents are done.

    ``day``: on which titles are resolved, for names. Raises OSError, and ValueError that names file and line.
    """
    named = {"table": corpus.kind, "corpus": corpus.name, "language": corpus.language}
    if corpus.kind == "names":
        for path in corpus.paths:
            for row in score_file(path, corpus.language, catalogue, day):
                yield {**named, **row}
        return
    scores = SCORES[corpus.kind]()
    for path in corpus.paths:
        for document in documents(path):
            scores.add(document, _read(document, corpus.language, parts=corpus.kind == "statements"))
            if scores.documents % STEP == 0:
                said(scores.documents)
    for row in scores.rows():
        yield {**named, **row}


def _read(document: Document, language: str, *, parts: bool) -> Iterator[Marked]:
    """What reading finds, in the corpus's form."""
    for one in predictions(document.name, document.text, language, parts=parts):
        yield Marked(
            quote=spans(one["quote"]),
            speaker=spans(one["speaker"]),
            cue=spans(one["cue"]),
            frame=spans(one.get("frame")),
            addressee=spans(one["addressee"]),
            type=one["type"],
        )
