"""Documents of a corpus: JSON lines, plain or in gzip, each with a text and what is marked in it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Spans = tuple[tuple[int, int], ...]
"""Characters, end exclusive, in text order."""
NO_SPANS: Spans = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A saying as it is marked or was read; ``type`` as the corpus has it, "" where it has none."""

    quote: Spans
    speaker: Spans = NO_SPANS
    cue: Spans = NO_SPANS
    frame: Spans = NO_SPANS
    addressee: Spans = NO_SPANS
    type: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """``tokens``: the corpus's own, where it has them."""

    name: str
    text: str
    marked: tuple[Marked, ...]
    tokens: Spans = NO_SPANS


def documents(path: Path) -> Iterator[Document]:
    """The corpus's documents in order. Raises OSError, and ValueError that names file and line."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _document(json.loads(line), str(number))
            except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
                said = f"without {error}" if isinstance(error, KeyError) else str(error)
                raise ValueError(f"{path}:{number}: no document of a corpus: {said}") from error


def _document(data: dict[str, Any], number: str) -> Document:
    if "annotations" not in data:
        told = data["attributions"] if "attributions" in data else data["statements"]
        return Document(str(data.get("doc", number)), data["text"], tuple(_saying(one) for one in told))
    tokens = tuple((int(token["charBegin"]), int(token["charEnd"])) for token in data["tokens"])
    marked = tuple(_annotation(one, tokens) for one in data["annotations"])
    return Document(str(data.get("documentName", number)), data["originalText"], marked, tokens)


def _saying(one: dict[str, Any]) -> Marked:
    return Marked(type=one.get("type", ""), **{role: spans(one.get(role)) for role in ROLES})


def _annotation(one: dict[str, Any], tokens: Spans) -> Marked:
    found = {role: tuple(tokens[i] for i in (one.get(role) or {}).get("tokenIds", ())) for role in ROLES}
    return Marked(type=one.get("type", ""), **found)


ROLES = ("quote", "speaker", "cue", "frame", "addressee")


def spans(pairs: Any) -> Spans:
    """``[[b, e], …]`` as spans."""
    return tuple((int(begin), int(end)) for begin, end in pairs or ())
