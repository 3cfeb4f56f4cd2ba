"""Raw finds: the automaton over folded text, then word bounds, case and accents of each."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consumers.extracting.names.vocabulary import Entry, Shadow, Vocabulary
from consumers.extracting.names.zones import Span, Zones
from service.actors.fold import fold, fold_case
from service.actors.forms import TitleForm

SOLID = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""Scripts written without spaces between words."""
ARABIC_PREFIXES = "وفبلك"
"""Particles written together with the word after them."""
ARABIC_LEADS = "وف"
"""Those that stand before another one of them: "وبزيلينسكي", and with Zelensky."""
STRETCH = "ـ"
"""The line by which papers keep a particle apart from a name: "لـرويترز"."""
NAME_DOTS = "·•・"
"""Between the names of one person, in Chinese."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Forms of names that stand at one place; ``entries`` is empty for a shadow."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TitleHit:
    """Titles that stand at one place."""

    start: int
    end: int
    titles: tuple[TitleForm, ...]


@lru_cache(maxsize=4096)
def joins(char: str) -> bool:
    """Whether ``char`` continues a word (letters, digits, marks), in a script that separates words."""
    if char.isalnum():
        return not is_solid(char)
    return char == "_" or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=4096)
def is_solid(char: str) -> bool:
    return unicodedata.name(char, "").startswith(SOLID)


@lru_cache(maxsize=4096)
def is_hangul(char: str) -> bool:
    return unicodedata.name(char, "").startswith("HANGUL")


def bounded(text: str, start: int, end: int) -> bool:
    """Whether words begin at ``start`` and end at ``end``."""
    if end < len(text) and joins(text[end]) and not is_solid(text[end - 1]) and not is_hangul(text[end - 1]):
        return False
    if start == 0 or not joins(text[start - 1]) or is_solid(text[start]):
        return True
    at = start - 1 if start > 1 and text[start - 1] == STRETCH else start
    if text[at - 1] not in ARABIC_PREFIXES:
        return False
    first = at - 2 if at > 1 and text[at - 2] in ARABIC_LEADS else at - 1
    return first == 0 or not joins(text[first - 1])


def is_within_name(text: str, start: int, end: int) -> bool:
    """Whether a Chinese name is one part of a longer one: "梅拉尼娅·特朗普" is not he."""
    beside = (text[start - 1 : start], text[end : end + 1])
    return is_solid(text[start]) and any(sign and sign in NAME_DOTS for sign in beside)


def fits(entry: Entry, exact: str) -> bool:
    """Whether ``exact``, equal when folded, is this form in its case and accents."""
    form = entry.form
    if form.fold == "none":
        return exact.replace("’", "'") == form.text
    if form.fold == "case" and fold_case(exact) != entry.level:
        return False
    if form.text.islower() or form.text[:1].islower():
        return form.strength == "demonym" or capitals(form.text, exact)
    if form.text.count(" ") >= 2:
        return capitals(form.text, exact)
    return not exact[:1].islower()


def capitals(form: str, exact: str) -> bool:
    """Some letter of ``exact`` is a capital where the form has capitals ("vereinte Nationen" is enough)."""
    return not any(char.isupper() for char in form) or any(char.isupper() for char in exact)


def shadow_fits(shadow: Shadow, exact: str) -> bool:
    """A phrase that begins with a capital is itself only with one."""
    return not (shadow.text[:1].isupper() and exact[:1].islower())


def title_fits(title: TitleForm, exact: str, words: Vocabulary) -> bool:
    """Titles may begin with a capital or not, but for German nouns; Vietnamese keeps its tones."""
    if words.rules.capital_nouns and title.text[:1].isupper():
        return exact[:1].isupper()
    return not words.rules.syllables or fold_case(exact) == fold_case(title.text)


def find_hits(
    text: str, words: Vocabulary, zones: Zones, addresses: Sequence[Span] = ()
) -> tuple[list[Hit], list[TitleHit]]:
    """Names and titles that stand in ``text`` outside ``zones``, overlapping ones too, in text order.

    Nor in ``addresses``; but an address that is a name as a whole ("Tengrinews.kz") counts as that name.
    """
    within, whole = Zones(addresses), frozenset(addresses)
    names: list[Hit] = []
    titles: list[TitleHit] = []
    for index, start, end in words.automaton.find_matches_as_indexes(fold(text), overlapping=True):
        if not bounded(text, start, end) or (zones.touches(start, end) and not zones.is_one(start, end)):
            continue
        if within.touches(start, end) and (start, end) not in whole:
            continue
        exact = text[start:end]
        if "\n\n" in exact:
            continue
        patterns = words.patterns[index]
        partly = is_within_name(text, start, end)
        entries = tuple(
            p for p in patterns if isinstance(p, Entry) and fits(p, exact) and not (partly and p.actor.kind == "person")
        )
        # An organisation of exactly that name is itself, a country's is the other thing.
        named = any(entry.actor.kind != "country" for entry in entries)
        shadowed = not named and any(isinstance(p, Shadow) and shadow_fits(p, exact) for p in patterns)
        if entries or shadowed:
            names.append(Hit(start, end, () if shadowed else entries))
        found = tuple(p for p in patterns if isinstance(p, TitleForm) and title_fits(p, exact, words))
        if found:
            titles.append(TitleHit(start, end, found))
    names.sort(key=lambda hit: (hit.start, -hit.end))
    titles.sort(key=lambda hit: (hit.start, -hit.end))
    return names, titles


def longest(hits: list[Hit]) -> list[Hit]:
    """Those that no longer one overlaps, the longer winning, then the earlier."""
    if not hits:
        return []
    covered = bytearray(max(hit.end for hit in hits))
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        # What is covered is covered by something at least as long, so one end of this one would lie in it.
        if covered[hit.start] or covered[hit.end - 1]:
            continue
        covered[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
        kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
