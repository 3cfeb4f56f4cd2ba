"""Texts with what a careful reader finds in them: NAME.txt is the text, NAME.marks the findings.

A line of a .marks file is fields parted by ``|``; what it may say:

    language | de                    author, original: what the text says of where it comes from
    via      | tass, xinhua          agencies credited; ``cites``: agencies named in prose as the source of something
    mention  | tokayev | Tokajew; …  every place where one of these forms stands (``@n``: only its n-th occurrence)
    TYPE     | quote | speaker | actor or - | cue       a statement of that type (direct, indirect, mixed, …); behind
                                                        it may stand ``strength=denied``
    silent   | Foto: … Pressedienst  a stretch in which nobody says anything

A form is an exact piece of the text; `` ... `` inside it means "from here to there", `` // `` joins separate pieces in
text order. Quotation marks are not part of a quote. Of several places where a speaker or cue could stand, the nearest
to the quote in its own sentence is meant. A speaker may be empty beside an actor: nobody is named there, but it is
plain who speaks. Actors are slugs of the nearest ``actors.txt`` above. Every form must be found, or loading fails.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TYPES = frozenset({"direct", "indirect", "mixed", "reported", "free_indirect"})
SENTENCE_END = re.compile(r"[.!?…][“”\"»’‘]*\s|[。！？]|\n")
SOLID = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts written without spaces, as a regular expression's ranges: every character is a word, bounds tell nothing."""
FIELDS = 4
"""Of a statement: quote, speaker, actor, cue."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Saying:
    """A statement as marked: spans of the text, end exclusive; ``actor`` is a catalogue id or None."""

    type: str
    quote: tuple[Span, ...]
    speaker: Span | None
    actor: str | None
    cue: tuple[Span, ...]
    strength: str = "said"


@dataclass
class Marked:
    """One article with its marks. ``mentions``: (start, end, catalogue id) in text order."""

    name: str
    text: str
    language: str = ""
    author: str | None = None
    original: str | None = None
    via: frozenset[str] = frozenset()
    cites: frozenset[str] = frozenset()
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    statements: list[Saying] = field(default_factory=list)
    silent: list[Span] = field(default_factory=list)
    actors: dict[str, str] = field(default_factory=dict)
    """Slug → catalogue id."""


def names_in(folder: Path) -> list[str]:
    """The articles in a folder, in order: their files' names without the suffix."""
    return sorted(path.stem for path in folder.glob("*.txt") if path.with_suffix(".marks").exists())


@cache
def actors_of(folder: Path) -> dict[str, str]:
    """Slug → catalogue id, from the nearest ``actors.txt``; ValueError when there is none up to the root."""
    for place in (folder, *folder.parents):
        if (place / "actors.txt").is_file():
            lines = (place / "actors.txt").read_text(encoding="utf-8").splitlines()
            return {slug: qid for slug, qid, *_ in (line.split() for line in lines if line.strip())}
    raise ValueError(f"{folder}: no actors.txt in it or above it")


def load(folder: Path, name: str) -> Marked:
    """The article ``name`` with its marks resolved to offsets; ValueError names the line that does not fit."""
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    article = Marked(name, text, actors=actors_of(folder))
    forms: list[tuple[str, str]] = []
    for number, line in enumerate((folder / f"{name}.marks").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        key, *rest = (part.strip() for part in line.split("|"))
        try:
            read_mark(article, forms, key, rest)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{name}.marks line {number}: {error}: {line}") from error
    article.mentions = sorted(places(article.text, forms))
    return article


def read_mark(article: Marked, forms: list[tuple[str, str]], key: str, rest: list[str]) -> None:
    """Adds what one line says to ``article``, forms of names to ``forms``. Raises ValueError, KeyError, IndexError."""
    if key in {"language", "author", "original"}:
        setattr(article, key, rest[0])
    elif key in {"via", "cites"}:
        setattr(article, key, frozenset(article.actors[slug.strip()] for slug in rest[0].split(",")))
    elif key == "mention":
        forms.extend((form.strip(), article.actors[rest[0]]) for form in rest[1].split(";"))
    elif key == "silent":
        article.silent.extend(pieces(article.text, rest[0]))
    elif key in TYPES:
        quote = pieces(article.text, rest[0])
        speaker = nearest(article.text, rest[1], quote) if rest[1] else ()
        more = dict(part.split("=", 1) for part in rest[FIELDS:])
        article.statements.append(
            Saying(
                type=key,
                quote=quote,
                speaker=speaker[0] if speaker else None,
                actor=None if rest[2] == "-" else article.actors[rest[2]],
                cue=nearest(article.text, rest[3], quote) if rest[3] else (),
                **more,
            )
        )
    else:
        raise ValueError(f"unknown mark {key!r}")


def found(text: str, form: str) -> list[Span]:
    """Every place of a form, at word boundaries where it begins and ends with letters of a script that has spaces."""
    head, dots, tail = form.partition(" ... ")
    solid = re.compile(f"[{SOLID}]")
    left = r"(?<!\w)" if head[0].isalnum() and not solid.match(head[0]) else ""
    right = r"(?!\w)" if head[-1].isalnum() and not dots and not solid.match(head[-1]) else ""
    out: list[Span] = []
    for match in re.finditer(left + re.escape(head) + right, text):
        if dots:
            end = text.find(tail, match.end())
            if end >= 0:
                out.append((match.start(), end + len(tail)))
        else:
            out.append(match.span())
    if not out:
        raise ValueError(f"not in the text: {form!r}")
    return out


def pieces(text: str, field_: str) -> tuple[Span, ...]:
    """The pieces of a quote, each the first place after the one before; the first piece must be unique."""
    out: list[Span] = []
    for piece in field_.split(" // "):
        spans = [span for span in found(text, piece.strip()) if not out or span[0] >= out[-1][1]]
        if not out and len(spans) > 1:
            raise ValueError(f"{len(spans)} places for {piece!r}")
        out.append(spans[0])
    return tuple(out)


def nearest(text: str, field_: str, quote: tuple[Span, ...]) -> tuple[Span, ...]:
    """For each piece the place outside the quote's pieces that has fewest sentence ends, then characters, between."""
    start, end = quote[0][0], quote[-1][1]

    def distance(span: Span) -> tuple[int, int]:
        between = text[span[1] : start] if span[1] <= start else text[end : span[0]]
        return len(SENTENCE_END.findall(between)), len(between)

    out: list[Span] = []
    for piece in field_.split(" // "):
        spans = [s for s in found(text, piece.strip()) if all(s[1] <= b or s[0] >= e for b, e in quote)]
        if not spans:
            raise ValueError(f"only inside the quote: {piece!r}")
        out.append(min(spans, key=distance))
    return tuple(out)


def places(text: str, forms: list[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """All places of all forms; a place inside a longer form belongs to that one."""
    spans: list[tuple[int, int, str]] = []
    for form, actor in sorted(forms, key=lambda pair: -len(pair[0])):
        plain, _, nth = form.partition("@")
        here = found(text, plain)
        spans.extend(
            (start, end, actor)
            for start, end in ([here[int(nth) - 1]] if nth else here)
            if not any(start < e and end > b for b, e, _ in spans)
        )
    return spans
