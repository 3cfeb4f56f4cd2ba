"""Predictions for the corpora's scorers: one line a statement, in the form each scorer wants."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from consumers.extracting.attributions import attributions
from consumers.extracting.found import Found
from consumers.extracting.language import load_language
from consumers.extracting.prose import Prose, read_prose
from consumers.extracting.statements import find_statements
from consumers.extracting.tokens import Span

TYPES = {
    "direct": "Direct",
    "indirect": "Indirect",
    "indirect_free": "IndirectFreeIndirect",
    "free_indirect": "FreeIndirect",
    "reported": "Reported",
}
"""Our types → the names of the German Wikinews quotation corpus (2024)."""
CARRIED = frozenset({"indirect_free", "free_indirect"})
"""Types that need no cue; the corpus marks sentences of one in a row as one."""


def predictions(doc: str, text: str, language: str, *, parts: bool = False) -> Iterator[dict[str, Any]]:
    """Statements of one text as ``{doc, quote, type, speaker, cue, addressee, frame}``; spans are character pairs.

    Direct quotes keep their marks, quoted parts of an indirect statement are lines of their own, sentences in a row
    that carry one report on are one, ``frame`` is what of the cue's sentence is not quotation: as the German corpus
    has them. English ones are as PolNeAR has them (``attributions``), without frames, unless ``parts`` asks for those
    of the German corpus.
    """
    prose = read_prose(text, load_language(language))
    if language == "en" and not parts:
        yield from (_attribution(doc, found) for found in attributions(prose, find_statements(prose)))
        return
    for found in _in_rows(prose, find_statements(prose)):
        cue, speaker = _as_marked(prose, found)
        yield {
            "doc": doc,
            "quote": [list(span) for span in _told(prose, found)],
            "type": TYPES[found.type],
            "speaker": [list(speaker)] if speaker else [],
            "cue": [list(span) for span in cue] if found.type != "reported" else [],
            "addressee": [list(found.addressee)] if found.addressee else [],
            "frame": [list(span) for span in _frame(prose, found)] if found.type in {"direct", "indirect"} else [],
        }


def _in_rows(prose: Prose, statements: Sequence[Found]) -> Iterator[Found]:
    """Sentences in a row of one paragraph that carry on the same speaker's report, as one statement."""
    row: Found | None = None
    parts: list[Found] = []
    for found in statements:
        if row is not None and found.type == "direct" and found.part_of is not None and found.start < row.end:
            parts.append(found)
        elif row is not None and _goes_on(prose, row, found):
            row = replace(row, quote=((row.start, found.end),))
        else:
            yield from ([row] if row else []) + parts
            row, parts = (found, []) if found.type in CARRIED else (None, [])
            if row is None:
                yield found
    yield from ([row] if row else []) + parts


def _goes_on(prose: Prose, row: Found, found: Found) -> bool:
    """Whether ``found`` is the sentence behind ``row``, by the same speaker."""
    last, here = prose.sentence_at(row.end - 1), prose.sentence_at(found.start)
    if found.type != row.type or last is None or here is None:
        return False
    near = here.index == last.index + 1 and here.paragraph == last.paragraph
    return near and found.speaker == row.speaker and row.end >= last.end - 1


def _told(prose: Prose, found: Found) -> tuple[Span, ...]:
    """What is said; where it is only named, the clause that names it, with its speaker and its stop."""
    if found.type != "reported" or prose.language.code == "de":
        return found.quote
    spans = (*found.quote, *found.cue, *((found.speaker,) if found.speaker else ()))
    start, end = min(begin for begin, _ in spans), max(stop for _, stop in spans)
    return ((start, end + (prose.text[end : end + 1] == ".")),)


def _attribution(doc: str, found: Found) -> dict[str, Any]:
    return {
        "doc": doc,
        "quote": [list(span) for span in found.quote],
        "type": TYPES[found.type],
        "speaker": [list(found.speaker)] if found.speaker else [],
        "cue": [list(span) for span in found.cue],
        "addressee": [list(found.addressee)] if found.addressee else [],
    }


def _as_marked(prose: Prose, found: Found) -> tuple[tuple[Span, ...], Span | None]:
    """Cue and speaker as the German corpus marks them: "Nach" + "Angaben der Polizei", "Demnach" as both."""
    if not found.cue or prose.language.code != "de":
        return found.cue, found.speaker
    begin, end = found.cue[0]
    words = prose.text[begin:end].split()
    if words[0].lower() == "nach" and len(words) > 1 and found.speaker and found.speaker[0] >= end:
        cut = begin + len(words[0])
        return ((begin, cut),), (cut + 1, found.speaker[1])
    if words[0].lower() == "demnach":
        return found.cue, found.cue[0]
    return found.cue, found.speaker


def _frame(prose: Prose, found: Found) -> list[Span]:
    """The cue's sentence without the quote."""
    if not found.cue:
        return []
    sentence = prose.sentence_at(found.cue[0][0])
    if sentence is None:
        return []
    pieces: list[Span] = []
    at = sentence.start
    for begin, end in found.quote:
        if begin > at:
            pieces.append((at, min(begin, sentence.end)))
        at = max(at, end)
    if at < sentence.end:
        pieces.append((at, sentence.end))
    return [piece for piece in pieces if prose.text[piece[0] : piece[1]].strip()]


def predict_file(source: Path, target: Path, language: str) -> int:
    """Reads ``source`` (.jsonl or .jsonl.gz; ``doc``/``documentName``, ``text``/``originalText``), writes JSON lines.

    Returns the number of statements. Raises ``ValueError`` naming the line that lacks a name or a text.
    """
    opener = gzip.open if source.suffix == ".gz" else open
    count = 0
    with opener(source, "rt", encoding="utf-8", newline="\n") as lines, target.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            data = json.loads(line)
            doc = data.get("doc", data.get("documentName"))
            text = data.get("text", data.get("originalText"))
            if not isinstance(doc, str) or not isinstance(text, str):
                raise ValueError(f"{source}, line {number}: needs doc (or documentName) and text (or originalText)")
            for prediction in predictions(doc, text, language):
                out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
                count += 1
    return count
