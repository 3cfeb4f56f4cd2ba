"""From a text to the mentions in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consumers.extracting.names.abbreviated import in_compounds
from consumers.extracting.names.doubts import (
    Wider,
    ambiguity,
    is_doubtful,
    is_led_in,
    is_listed,
    is_other_thing,
    is_part_of_person,
    is_surname,
)
from consumers.extracting.names.grammar import Named, Titled, TitleFinder
from consumers.extracting.names.halves import in_halves
from consumers.extracting.names.hits import Hit, TitleHit, find_hits, longest
from consumers.extracting.names.support import Evidence, Support, with_patronymic
from consumers.extracting.names.surroundings import is_shouted, word_after
from consumers.extracting.names.vocabulary import Entry, Vocabulary, vocabulary
from consumers.extracting.names.zones import Span, Zones, address_spans
from service.actors import Actor, Catalogue
from service.contracts import Evidence as Place
from service.contracts import Mention

CONFIDENCE = {"full": 1.0, "demonym": 0.95, "short": 0.95, "surname": 0.9}
TITLE_CONFIDENCE = 0.9
HOW_ORDER = {"name": 0, "inflected": 1, "alias": 2, "demonym": 3}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The names of one text with what led to them, so that each can be explained, and each that was refused."""

    mentions: tuple[Mention, ...]
    """In text order. Those by name, short form, inflected form or demonym never overlap; a title's spans its
    noun phrase, so the country named in it is a mention of its own within it."""
    named: tuple[Named, ...]
    titled: tuple[Titled, ...]
    hits: tuple[Hit, ...]
    """Every form that stands in the text, overlapping ones too."""
    kept: tuple[Hit, ...]
    """Those that stand for somebody or, without entries, for another thing."""
    titles: tuple[TitleHit, ...]
    support: Support
    words: Vocabulary
    finder: TitleFinder


def find_names(
    text: str, language: str, catalogue: Catalogue, *, at: date, skip: Iterable[Span] = ()
) -> tuple[Mention, ...]:
    """The mentions that ``read_names`` finds."""
    return read_names(text, language, catalogue, at=at, skip=skip).mentions


def read_names(text: str, language: str, catalogue: Catalogue, *, at: date, skip: Iterable[Span] = ()) -> Reading:
    """Mentions of the catalogue's actors in ``text``.

    ``language``: BCP 47 primary subtag, "und" when unknown. ``at``: the article's day, on which titles are resolved.
    ``skip``: character spans in which no names are read, beside addresses, which are always skipped.
    """
    words = vocabulary(catalogue, language)
    hits, titles = find_hits(text, words, Zones(skip), address_spans(text))
    sure = [kept for hit in hits if (kept := sure_part(text, hit, words)) is not None]
    sure = without_others(text, sure, words, catalogue)
    sure += [full for hit in hits if (full := with_patronymic(text, hit, words)) is not None]
    evidence = Evidence.of(longest([*sure, *standing(text, hits, words)]))
    support = Support(text, words, catalogue, evidence, titles, at)
    weak = supported(hits, sure, support)
    winners = longest([*sure, *weak])
    named = [name for hit in winners if (name := whose(hit, evidence, language)) is not None]
    named += list(in_halves(text, words.rules, catalogue, named))
    named += in_compounds(text, words.rules, catalogue, named, evidence.touched)
    finder = TitleFinder(text, words.rules, catalogue, named, at)
    titled = tuple(finder.find(titles))
    mentions = [
        Mention(
            evidence=Place.of(text, name.start, name.end),
            kind=name.actor.mention_kind,
            actor=name.actor.id,
            how=name.how,
            confidence=name.confidence,
        )
        for name in named
    ]
    mentions += [
        Mention(
            evidence=Place.of(text, found.start, found.end),
            kind="person",
            actor=found.person.id,
            how="title",
            confidence=TITLE_CONFIDENCE,
        )
        for found in titled
    ]
    ordered = tuple(sorted(mentions, key=lambda mention: (mention.evidence.start, -mention.evidence.end)))
    return Reading(ordered, tuple(named), titled, tuple(hits), tuple(winners), tuple(titles), support, words, finder)


def sure_part(text: str, hit: Hit, words: Vocabulary) -> Hit | None:
    """What of a hit needs no support: full names, demonyms, names judged by a rule of their own, shadows."""
    if not hit.entries:
        return hit
    judged = ambiguity(hit.entries, words.rules) is not None
    entries = tuple(
        e for e in hit.entries if e.form.strength in ("full", "demonym") or (judged and e.form.strength == "short")
    )
    if not entries:
        return None
    if is_doubtful(text, hit, words):
        return Hit(hit.start, hit.end, ())
    return Hit(hit.start, hit.end, entries)


def standing(text: str, hits: list[Hit], words: Vocabulary) -> list[Hit]:
    """Short forms that need no support, so that they support: "ЕАЭС" speaks for "ЕЭК", "США" for "Рубио"."""
    found: list[Hit] = []
    for hit in hits:
        exact = text[hit.start : hit.end]
        if exact not in words.rules.standing:
            continue
        if exact in words.rules.words_alike and is_shouted(text, hit.start, hit.end):
            continue
        after = word_after(text, hit.end)
        entries = tuple(e for e in hit.entries if e.form.strength == "short" and is_state(e.actor))
        if entries and not (after and after.text in words.rules.companies):
            found.append(Hit(hit.start, hit.end, entries))
    return found


def is_state(actor: Actor) -> bool:
    """A country or a body of several."""
    return actor.kind == "country" or actor.type == "igo"


def without_others(text: str, hits: list[Hit], words: Vocabulary, catalogue: Catalogue) -> list[Hit]:
    """``hits`` less those of ambiguous names that mean their other thing."""
    hits = without_surnames(text, hits, words)
    rules = {index: rule for index, hit in enumerate(hits) if (rule := ambiguity(hit.entries, words.rules)) is not None}
    if not rules:
        return hits
    plain = longest([hit for index, hit in enumerate(hits) if index not in rules])
    touched = Evidence.of(plain).touched
    starts = {hit.start for hit in plain if any(entry.actor.kind == "country" for entry in hit.entries)}
    countries = {actor_id for actor_id in touched if catalogue.get(actor_id).kind == "country"}
    people = {index for index, rule in rules.items() if rule.person and is_part_of_person(text, hits[index], words)}
    known = {hits[index].entries[0].actor.id for index in people}
    wider: dict[str, Wider] = {}
    kept: list[Hit] = []
    for index, hit in enumerate(hits):
        rule = rules.get(index)
        if rule is not None:
            own = hit.entries[0].actor.id
            if own not in wider:
                wider[own] = Wider(
                    supported=any(word in text for word in rule.supports),
                    opposed=any(word in text for word in rule.against),
                    others=bool(countries - {own}),
                    person=own in known,
                )
            if index in people or (is_other_thing(text, hit, rule, wider[own]) and not is_listed(text, hit, starts)):
                continue
        kept.append(hit)
    return kept


def without_surnames(text: str, hits: list[Hit], words: Vocabulary) -> list[Hit]:
    """``hits`` less countries' names that somebody bears: with a given name, and later alone ("dijo Cuba")."""
    borne = {index for index, hit in enumerate(hits) if is_surname(text, hit, words)}
    if not borne:
        return hits
    owners = {entry.actor.id for index in borne for entry in hits[index].entries}
    return [
        hit
        for index, hit in enumerate(hits)
        if index not in borne
        and (
            not any(entry.actor.id in owners and entry.form.strength != "demonym" for entry in hit.entries)
            or is_led_in(text, hit, words)
        )
    ]


def supported(hits: list[Hit], sure: list[Hit], support: Support) -> list[Hit]:
    """Short forms and surnames that the text supports, each with the one entry it means."""
    rules, named = support.words.rules, support.evidence.named
    support.note_names(sure)
    support.note_firms(hits)
    found: dict[int, Hit] = {}
    for number, hit in enumerate(hits):
        judged = ambiguity(hit.entries, rules) is not None
        shorts = [e for e in hit.entries if e.form.strength == "short" and not judged and support.short_form(hit, e)]
        if len({entry.actor.id for entry in shorts}) > 1:
            shorts = [entry for entry in shorts if entry.actor.id in named]
        if len({entry.actor.id for entry in shorts}) == 1:
            found[number] = Hit(hit.start, hit.end, (shorts[0],))
    # "Глава МИД РФ Лавров": the short form is a country's name, not the given name of somebody.
    support.note_names(found.values())
    for number, hit in enumerate(hits):
        surnames = [e for e in hit.entries if e.form.strength == "surname"] if number not in found else []
        owner = support.surname(hit, surnames) if surnames else None
        if owner:
            found[number] = Hit(hit.start, hit.end, (owner,))
    return [found[number] for number in sorted(found)]


def whose(hit: Hit, evidence: Evidence, language: str) -> Named | None:
    """The actor of a hit: of several with the same name the one that the text's language or its other words decide."""
    entries: list[Entry] = list(hit.entries)
    for narrower in (
        [entry for entry in entries if entry.form.language == language],
        [entry for entry in entries if entry.form.strength != "demonym"],
    ):
        entries = narrower or entries
    if len({entry.actor.id for entry in entries}) > 1:
        known = [entry for entry in entries if len(evidence.places.get(entry.actor.id, ())) > 1]
        entries = known if len({entry.actor.id for entry in known}) == 1 else []
    if not entries:
        return None
    best = min(entries, key=lambda entry: HOW_ORDER[entry.form.how])
    return Named(hit.start, hit.end, best.actor, best.form.how, best.form, CONFIDENCE[best.form.strength])
