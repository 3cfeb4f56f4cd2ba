"""Russian and Ukrainian: names of several words declined so that they agree, with pymorphy3's dictionaries."""

import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import structlog

CASES = {
    "gent": "genitive",
    "datv": "dative",
    "accs": "accusative",
    "ablt": "instrumental",
    "loct": "locative",
    "voct": "vocative",
}
APOSTROPHES = re.compile("[ʼ’]")
"""The dictionaries have only the plain one."""
PART = re.compile(r"[^-'’]+|[-'’]")
AND = {"и", "та", "і", "й", "—", "-", "–"}
MAX_FORMS = 12
"""Spellings of one case kept (президенту, президентові, each with its adjective's variants)."""


@cache
def analyzer(language: str) -> Any | None:
    """The morphology of ``ru`` or ``uk``; loading takes about 0.1 s, so it happens on first use.

    None where its dictionary is not installed (the Ukrainian one is an extra): names are then known as written only.
    """
    import pymorphy3  # here, since only these two languages pay for it

    try:
        return pymorphy3.MorphAnalyzer(lang=language)
    except ValueError:
        structlog.get_logger().warning(
            "no dictionary: names are found in their basic form only", language=language, cure=f"wirewatch[{language}]"
        )
        return None


PARTS = {"noun": {"NOUN"}, "adjective": {"ADJF", "PRTF"}}


@lru_cache(maxsize=4096)
def parses(word: str, language: str) -> tuple[Any, ...]:
    """Nominative readings of ``word``, names of places first. The words of names come back often."""
    morphology = analyzer(language)
    found = [p for p in morphology.parse(word) if p.tag.case == "nomn"] if morphology else []
    return tuple(sorted(found, key=lambda p: ("Geox" not in p.tag.grammemes, -p.score)))


def readings(word: str, language: str, part: str) -> list[Any]:
    """Nominative readings of ``word`` as noun or adjective."""
    return [reading for reading in parses(word, language) if reading.tag.POS in PARTS[part]]


@lru_cache(maxsize=4096)
def lexeme(reading: Any) -> tuple[Any, ...]:
    """All forms of a reading but the archaic and those of other degrees (Ukrainian ``compb`` is the positive one)."""
    left_out = {"Arch", "V-ey", "arch", "V-oy", "Supr", "supr", "compc", "comps"}
    return tuple(entry for entry in reading.lexeme if not (left_out & entry.tag.grammemes))


def readings_that_decline(word: str, language: str) -> list[Any]:
    return [reading for reading in readings(word, language, "noun") if "Fixd" not in reading.tag.grammemes]


def recase(form: str, like: str) -> str:
    """``form`` with the capitals of ``like``, part by part of hyphenated words."""
    parts = zip(PART.findall(form), PART.findall(like), strict=False)
    return "".join(part[:1].upper() + part[1:] if model[:1].isupper() else part for part, model in parts)


def head_of(words: list[str], language: str) -> tuple[int, Any] | None:
    """Index and reading of the noun that declines: the first one, after adjectives only.

    A first word that may be an adjective too (Ukrainian "рада") is the noun where no other one follows.
    """
    alike: tuple[int, Any] | None = None
    for index, word in enumerate(words):
        nouns = readings(word, language, "noun")
        adjectives = readings(word, language, "adjective")
        is_last = index == len(words) - 1
        if adjectives and not is_last and (not nouns or adjectives[0].score >= nouns[0].score):
            alike = alike or ((index, nouns[0]) if nouns and index == 0 else None)
            continue
        for noun in nouns:
            if all(agreeing(before, noun, language) for before in words[:index]):
                return index, noun
        return alike
    return alike


def agreeing(word: str, noun: Any, language: str) -> Any:
    """The reading of an adjective that agrees with ``noun``, None when there is none."""
    plural = noun.tag.number == "plur"
    for reading in readings(word, language, "adjective"):
        if plural and reading.tag.number == "plur":
            return reading
        if not plural and reading.tag.number != "plur" and reading.tag.gender == noun.tag.gender:
            return reading
    return None


def in_case(reading: Any, case: str, animate: bool) -> list[str]:
    """Forms of ``reading`` in ``case``, number and gender kept."""
    tag = reading.tag
    if case == "accs" and tag.POS != "NOUN" and tag.gender != "femn":
        return in_case(reading, "gent", animate) if animate else [reading.word]
    forms = [
        entry.word
        for entry in lexeme(reading)
        if entry.tag.case == case
        and entry.tag.POS == tag.POS
        and entry.tag.number == tag.number  # Ukrainian has no mark for the singular
        and (tag.POS == "NOUN" or tag.gender is None or entry.tag.gender == tag.gender)
        and (tag.POS != "PRTF" or (entry.tag.voice == tag.voice and entry.tag.tense == tag.tense))
    ]
    if case == "gent" and tag.number is None and {"NOUN", "masc", "inan"} <= set(tag.grammemes):
        # Ukrainian papers write Судану where the dictionary has Судана.
        forms += [form[:-1] + "у" for form in forms if form.endswith("а")]
    return list(dict.fromkeys(forms))


def declined(phrase: str, language: str) -> dict[str, list[str]]:
    """Case → forms of a noun phrase in the nominative; empty when its morphology is not known."""
    words = APOSTROPHES.sub("'", phrase).split(" ")
    found = head_of(words, language)
    if len(words) > 2 and words[1] in AND and not readings_that_decline(words[0], language):
        second_only = declined(" ".join(words[2:]), language)
        return {case: [f"{words[0]} {words[1]} {form}" for form in forms] for case, forms in second_only.items()}
    if found is None or "Fixd" in found[1].tag.grammemes:
        return {}
    index, noun = found
    if not noun.is_known and not words[index][-1:].lower().endswith(("я", "а", "н", "р", "с", "т", "г", "к", "ш", "з")):
        return {}
    tail = words[index + 1 :]
    second: dict[str, list[str]] = {}
    if len(tail) > 1 and tail[0] in AND:
        second = declined(" ".join(tail[1:]), language)
    result: dict[str, list[str]] = {}
    animate = "anim" in noun.tag.grammemes
    before = [(word, agreeing(word, noun, language)) for word in words[:index]]
    for case in CASES:
        columns = [[recase(form, word) for form in in_case(reading, case, animate)] for word, reading in before]
        columns.append([recase(form, words[index]) for form in in_case(noun, case, animate)])
        if second:
            columns.append([f"{tail[0]} {form}" for form in second.get(case, [])])
        elif tail:
            columns.append([" ".join(tail)])
        forms = [" ".join(row) for row in itertools.islice(itertools.product(*columns), MAX_FORMS)]
        if forms:
            result[case] = forms
    return result


def phrase_forms(phrase: str, language: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a country's or organisation's name or of a title."""
    apostrophe = APOSTROPHES.search(phrase)
    for case, forms in declined(phrase, language).items():
        for form in forms:
            spelt = form.replace("'", apostrophe[0]) if apostrophe else form
            if spelt != phrase:
                yield spelt, f"{language}: {CASES[case]}"
