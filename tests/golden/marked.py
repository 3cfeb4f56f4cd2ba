"""Articles of our own writing with what a careful reader finds in them: NAME.txt is the text, NAME.marks the findings.

A line of a .marks file is fields parted by ``|``; what it may say:

    language | de                    author, original: what the text says of where it comes from
    via      | tass, xinhua          agencies credited; ``cites``: agencies named in prose as the source of something
    mention  | tokayev | Tokajew; …  every place where one of these forms stands (``@n``: only its n-th occurrence)
    TYPE     | quote | speaker | actor or - | cue       a statement of that type (direct, indirect, mixed, …)
    silent   | Foto: … Pressedienst  a stretch in which nobody says anything

A form is an exact piece of the text; `` ... `` inside it means "from here to there", `` // `` joins separate pieces in
text order. Quotation marks are not part of a quote. Of several places where a speaker or cue could stand, the nearest
to the quote in its own sentence is meant. Actors are slugs of ``actors.txt``. Every form must be found, or loading
fails.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
TYPES = frozenset({"direct", "indirect", "mixed", "reported", "free_indirect"})
SENTENCE_END = re.compile(r"[.!?…][“”\"»’‘]*\s|\n")

Span = tuple[int, int]


@dataclass(frozen=True)
class Saying:
    """A statement as marked: spans of the text, end exclusive; ``actor`` is a catalogue id or None."""

    type: str
    quote: tuple[Span, ...]
    speaker: Span | None
    actor: str | None
    cue: tuple[Span, ...]


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


def names() -> list[str]:
    """The articles there are, in order."""
    return sorted(path.stem for path in ARTICLES.glob("*.txt") if path.with_suffix(".marks").exists())


@cache
def actors() -> dict[str, str]:
    """Slug → catalogue id."""
    lines = (ARTICLES / "actors.txt").read_text(encoding="utf-8").splitlines()
    return {slug: qid for slug, qid, *_ in (line.split() for line in lines if line.strip())}


def load(name: str) -> Marked:
    """The article ``name`` with its marks resolved to offsets; ValueError names the line that does not fit."""
    article = Marked(name, (ARTICLES / f"{name}.txt").read_text(encoding="utf-8"))
    forms: list[tuple[str, str]] = []
    for number, line in enumerate((ARTICLES / f"{name}.marks").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        key, *rest = (part.strip() for part in line.split("|"))
        try:
            _read(article, forms, key, rest)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{name}.marks line {number}: {error}: {line}") from error
    article.mentions = sorted(_places(article.text, forms))
    return article


def _read(article: Marked, forms: list[tuple[str, str]], key: str, rest: list[str]) -> None:
    if key in {"language", "author", "original"}:
        setattr(article, key, rest[0])
    elif key in {"via", "cites"}:
        setattr(article, key, frozenset(actors()[slug.strip()] for slug in rest[0].split(",")))
    elif key == "mention":
        forms.extend((form.strip(), actors()[rest[0]]) for form in rest[1].split(";"))
    elif key == "silent":
        article.silent.extend(_pieces(article.text, rest[0]))
    elif key in TYPES:
        quote = _pieces(article.text, rest[0])
        speaker = _nearest(article.text, rest[1], quote) if rest[1] else ()
        article.statements.append(
            Saying(
                type=key,
                quote=quote,
                speaker=speaker[0] if speaker else None,
                actor=None if rest[2] == "-" else actors()[rest[2]],
                cue=_nearest(article.text, rest[3], quote) if rest[3] else (),
            )
        )
    else:
        raise ValueError(f"unknown mark {key!r}")


def _found(text: str, form: str) -> list[Span]:
    """Every place of a form, at word boundaries where it begins and ends with letters."""
    head, dots, tail = form.partition(" ... ")
    out: list[Span] = []
    for match in re.finditer(rf"(?<!\w){re.escape(head)}" + ("" if dots else r"(?!\w)"), text):
        if dots:
            end = text.find(tail, match.end())
            if end >= 0:
                out.append((match.start(), end + len(tail)))
        else:
            out.append(match.span())
    if not out:
        raise ValueError(f"not in the text: {form!r}")
    return out


def _pieces(text: str, field_: str) -> tuple[Span, ...]:
    """The pieces of a quote, each the first place after the one before; the first piece must be unique."""
    out: list[Span] = []
    for piece in field_.split(" // "):
        places = [span for span in _found(text, piece.strip()) if not out or span[0] >= out[-1][1]]
        if not out and len(places) > 1:
            raise ValueError(f"{len(places)} places for {piece!r}")
        out.append(places[0])
    return tuple(out)


def _nearest(text: str, field_: str, quote: tuple[Span, ...]) -> tuple[Span, ...]:
    """For each piece the place outside the quote's pieces that has fewest sentence ends, then characters, between."""
    start, end = quote[0][0], quote[-1][1]

    def distance(span: Span) -> tuple[int, int]:
        between = text[span[1] : start] if span[1] <= start else text[end : span[0]]
        return len(SENTENCE_END.findall(between)), len(between)

    out: list[Span] = []
    for piece in field_.split(" // "):
        places = [s for s in _found(text, piece.strip()) if all(s[1] <= b or s[0] >= e for b, e in quote)]
        if not places:
            raise ValueError(f"only inside the quote: {piece!r}")
        out.append(min(places, key=distance))
    return tuple(out)


def _places(text: str, forms: list[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """All places of all forms; a place inside a longer form belongs to that one."""
    spans: list[tuple[int, int, str]] = []
    for form, actor in sorted(forms, key=lambda pair: -len(pair[0])):
        plain, _, nth = form.partition("@")
        places = _found(text, plain)
        spans.extend(
            (start, end, actor)
            for start, end in ([places[int(nth) - 1]] if nth else places)
            if not any(start < e and end > b for b, e, _ in spans)
        )
    return spans
