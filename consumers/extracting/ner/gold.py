"""Marked sentences: lines of ``[tokens, tags]`` in JSON, tags BIO (Ramshaw and Marcus 1995) over PER, LOC, ORG."""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from consumers.extracting.ner.entity import Entity

LABELS = ("PER", "LOC", "ORG")
TAGS = frozenset({"O", *(f"{begin}-{label}" for begin in "BI" for label in LABELS)})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenised sentence with what a careful reader finds in it."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    def entities(self) -> list[Entity]:
        """Entities in order. An I that continues nothing of its label begins one, as in the CoNLL scorers."""
        found: list[Entity] = []
        for number, tag in enumerate(self.tags):
            if tag == "O":
                continue
            goes_on = found and found[-1].last == number and found[-1].label == tag[2:] and tag[0] == "I"
            first = found.pop().first if goes_on else number
            found.append(Entity(first, number + 1, tag[2:]))
        return found


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file, .gz or not. Raises OSError, or ValueError that names file and line."""
    opener = gzip.open if path.suffix == ".gz" else open
    number = 1
    try:
        with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line.strip():
                    yield _sentence(line)
                number += 1
    except gzip.BadGzipFile:
        raise ValueError(f"{path}:{number}: not gzip, or cut off") from None
    except (ValueError, EOFError, zlib.error) as error:
        raise ValueError(f"{path}:{number}: {error}") from None


def _sentence(line: str) -> Sentence:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from None
    if not (isinstance(data, list) and len(data) == 2 and all(_is_strings(part) for part in data)):
        raise ValueError("expected [tokens, tags], two lists of strings")
    words, tags = data
    if len(words) != len(tags):
        raise ValueError(f"{len(words)} tokens and {len(tags)} tags")
    if not all(word.strip() for word in words):
        raise ValueError("an empty token")
    unknown = [tag for tag in tags if tag not in TAGS]
    if unknown:
        raise ValueError(f"tag {unknown[0]!r}; expected O, or B- or I- with one of {', '.join(LABELS)}")
    return Sentence(tuple(words), tuple(tags))


def _is_strings(part: object) -> bool:
    return isinstance(part, Sequence) and not isinstance(part, str) and all(isinstance(item, str) for item in part)
