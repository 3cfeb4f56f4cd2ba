"""Every name that stands in a text, with what became of it: taken for an actor and why, or refused and why.

The judgements are those of ``read_names``; here they are asked once more for their reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consumers.extracting.names.find import Reading
from consumers.extracting.names.grammar import longest_at
from consumers.extracting.names.grounds import Grounds
from consumers.extracting.names.hits import Hit
from consumers.extracting.names.refusals import refusal, title_refusal
from consumers.extracting.prose import Prose
from service.contracts import How, Mention, Resolution

MAX_CANDIDATES = 3
"""Actors shown for one place that was refused."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One form at one place (characters, end exclusive). ``actor``: whom it means or, refused, whom it might have."""

    start: int
    end: int
    taken: bool
    actor: str | None
    form: str
    language: str
    rule: str
    strength: str
    reason: Resolution
    how: How | None = None
    confidence: float | None = None


def trace(prose: Prose, reading: Reading, mentions: Sequence[Mention]) -> list[Trace]:
    """In text order. ``mentions``: those that were kept in the end, some of other makers, which are left out."""
    grounds = Grounds(prose, reading)
    places = {(mention.evidence.start, mention.evidence.end, mention.how == "title"): mention for mention in mentions}
    found = [*_named(reading, grounds, places), *_titled(reading, grounds)]
    found += _refused(prose.text, reading)
    return sorted(found, key=lambda one: (one.start, -one.end, not one.taken))


def _named(reading: Reading, grounds: Grounds, mentions: dict[tuple[int, int, bool], Mention]) -> Iterator[Trace]:
    hits = {(hit.start, hit.end): hit for hit in reading.kept}
    for name in reading.named:
        mention = mentions.get((name.start, name.end, False))
        form, reason = name.form, grounds.of_name(name)
        others = _others(hits[name.start, name.end], name.actor.id)
        if mention is None or mention.actor != name.actor.id:
            reason = Resolution(code="recognised", words="refused: part of a longer name, as the recogniser reads it")
        elif others:
            own = {e.actor.id for e in hits[name.start, name.end].entries if e.form.language == reading.words.language}
            decided = "the text's language decides" if own == {name.actor.id} else "the text names it elsewhere too"
            words = f"{reason.words}; {' and '.join(others)} would be called so too, {decided}"
            reason = reason.model_copy(update={"words": words})
        taken = reason.code != "recognised"
        yield Trace(
            name.start,
            name.end,
            taken,
            name.actor.id,
            form.text,
            form.language,
            form.rule,
            form.strength,
            reason,
            mention.how if mention and taken else None,
            mention.confidence if mention and taken else None,
        )


def _others(hit: Hit, actor_id: str) -> list[str]:
    """Labels of the other actors of the same name."""
    actors = {entry.actor.id: entry.actor for entry in hit.entries if entry.actor.id != actor_id}
    return [actor.label() for actor in actors.values()][:MAX_CANDIDATES]


def _titled(reading: Reading, grounds: Grounds) -> Iterator[Trace]:
    taken = {(found.title.start, found.title.end) for found in reading.titled}
    mentions = {(m.evidence.start, m.evidence.end): m for m in reading.mentions if m.how == "title"}
    for found in reading.titled:
        title = found.title.titles[0]
        mention = mentions[found.start, found.end]
        yield Trace(
            found.start,
            found.end,
            True,
            found.person.id,
            title.base,
            title.language,
            title.rule,
            "title",
            grounds.of_title(found),
            "title",
            mention.confidence,
        )
    for hit in longest_at(list(reading.titles)):
        refused = None if (hit.start, hit.end) in taken else title_refusal(reading, hit)
        if refused is not None:
            start, end, actor, reason = refused
            title = hit.titles[0]
            yield Trace(start, end, False, actor, title.base, title.language, title.rule, "title", reason)


def _refused(text: str, reading: Reading) -> Iterator[Trace]:
    """Forms that stand in the text and were taken for nobody."""
    named = {(name.start, name.end) for name in reading.named}
    for hit in reading.hits:
        if (hit.start, hit.end) in named or not hit.entries:
            continue
        seen: set[str] = set()
        for entry in hit.entries:
            if entry.actor.id in seen or len(seen) == MAX_CANDIDATES:
                continue
            seen.add(entry.actor.id)
            reason = refusal(text, reading, hit, entry, _holder(hit, reading.kept))
            if reason is not None:
                form = entry.form
                yield Trace(
                    hit.start,
                    hit.end,
                    False,
                    entry.actor.id,
                    form.text,
                    form.language,
                    form.rule,
                    form.strength,
                    reason,
                )


def _holder(hit: Hit, kept: Iterable[Hit]) -> Hit | None:
    """The longer one that was kept and that overlaps ``hit``."""
    return next((one for one in kept if one.start < hit.end and hit.start < one.end), None)
