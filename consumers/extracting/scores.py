"""Scores of reading on corpora that are at hand: quotation and attribution corpora as JSON lines.

Measure: token micro F1 of quotes, paired one to one by their own F1, best first; speaker hits on the pairs. The
corpora's own scorers weigh differently; ``wirewatch quality predict`` writes what they read.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from consumers.extracting.predict import predictions

Spans = list[list[int]]
CORPORA = (("quotes-de/dev.jsonl.gz", "de"), ("attributions-en/dev.jsonl.gz", "en"))
TOKEN = re.compile(r"\w+|[^\w\s]")


def scores_in(folder: Path) -> Iterator[dict[str, Any]]:
    """One row a corpus found in ``folder``: corpus, documents, quotes (P, R, F1 in percent), speaker hits (percent)."""
    for name, language in CORPORA:
        if (folder / name).is_file():
            yield {"corpus": name, "language": language, **score(folder / name, language)}


def score(corpus: Path, language: str) -> dict[str, Any]:
    """Read every document of a corpus and compare. Lines as in the corpora, or ``{doc, text, statements}``."""
    documents = shared = found = wanted = pairs = hits = 0
    with gzip.open(corpus, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            document = json.loads(line)
            text = document.get("text", document.get("originalText"))
            gold = list(_gold(document))
            made = list(predictions(str(documents), text, language))
            tokens = [match.span() for match in TOKEN.finditer(text)]
            gold_sets = [_tokens(tokens, one["quote"]) for one in gold]
            made_sets = [_tokens(tokens, one["quote"]) for one in made]
            documents += 1
            wanted += sum(map(len, gold_sets))
            found += sum(map(len, made_sets))
            for left, right in _paired(gold_sets, made_sets):
                shared += len(gold_sets[left] & made_sets[right])
                pairs += 1
                speakers = [_tokens(tokens, one["speaker"]) for one in (gold[left], made[right])]
                hits += bool(speakers[0] & speakers[1]) or speakers == [frozenset(), frozenset()]
    precision, recall = _percent(shared, found), _percent(shared, wanted)
    return {
        "documents": documents,
        "precision": precision,
        "recall": recall,
        "f1": _percent(2 * shared, found + wanted),
        "speaker_hit": _percent(hits, pairs),
    }


def _gold(document: dict[str, Any]) -> Iterator[dict[str, Spans]]:
    if "annotations" not in document:
        yield from document.get("attributions", document.get("statements", ()))
        return
    starts = [(token["charBegin"], token["charEnd"]) for token in document["tokens"]]
    for annotation in document["annotations"]:
        yield {
            role: [list(starts[token]) for token in (annotation.get(role) or {}).get("tokenIds", ())]
            for role in ("quote", "speaker")
        }


def _tokens(tokens: list[tuple[int, int]], spans: Iterable[list[int]]) -> frozenset[int]:
    covered = list(spans)
    return frozenset(
        number
        for number, (start, end) in enumerate(tokens)
        if any(start < stop and end > begin for begin, stop in covered)
    )


def _paired(gold: list[frozenset[int]], made: list[frozenset[int]]) -> Iterator[tuple[int, int]]:
    gains = [
        (2 * len(left & right) / (len(left) + len(right)), i, j)
        for i, left in enumerate(gold)
        for j, right in enumerate(made)
        if left & right
    ]
    used_gold: set[int] = set()
    used_made: set[int] = set()
    for _, i, j in sorted(gains, key=lambda gain: (-gain[0], gain[1], gain[2])):
        if i not in used_gold and j not in used_made:
            used_gold.add(i)
            used_made.add(j)
            yield i, j


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
