"""Names, short forms, surnames and demonyms of an actor as forms to look for."""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.actors.actor import Actor, Fold, Form, Strength
from service.actors.forms import (
    arabic_people,
    german,
    kazakh,
    slavic,
    slavic_people,
    transcription,
    vietnamese,
)
from service.actors.forms.demonyms import Endings, demonym_forms
from service.actors.forms.surnames import surnames_in_names
from service.contracts import How

MIN_FOLDED = 5
"""Names shorter than this keep their accents: "Đức" (Germany) is not "Duc"."""
MIN_APART = 4
"""Letters of an acronym that is no word of a text in other letters (OPEC in Chinese); others need ``MIN_FOLDED``."""
MAX_SPELLINGS = 200
"""Combinations of given names and surnames kept for one person."""


def inflected(name: str, language: str, *, gender: str | None = None) -> Iterator[tuple[str, str]]:
    """(form, rule) of ``name`` beside itself. ``gender`` says that it is a person's."""
    if language in ("ru", "uk"):
        if gender:
            yield from slavic_people.person_forms(name, language, gender)
        else:
            yield from slavic.phrase_forms(name, language)
    elif language == "de":
        yield from german.person_forms(name) if gender else german.phrase_forms(name)
    elif language == "kk":
        yield from kazakh.phrase_forms(name)
    elif language == "vi":
        yield from vietnamese.spellings(name)
    elif language == "ar" and name.startswith("ال"):
        # The preposition li- swallows the alif of the article.
        yield "لل" + name[2:], "ar: li- before the article"


def folding(text: str, language: str) -> Fold:
    """How far a text may differ from ``text``. Tones of Vietnamese tell words apart, so they stay."""
    return "accents" if len(text) >= MIN_FOLDED and language != "vi" else "case"


def is_acronym(text: str) -> bool:
    """Capitals only: ÚN, AP, ПДК."""
    return text.isupper() and " " not in text


def is_latin(text: str) -> bool:
    return all(not char.isalpha() or unicodedata.name(char, "").startswith("LATIN") for char in text)


def forms_in(actor: Actor, language: str, endings: Endings | None = None) -> Iterator[Form]:
    """Forms from the names the catalogue has in ``language``, and what inflection and spelling make of them."""
    for form in listed_forms(actor, language, endings):
        yield form
        if "-" in form.text and form.strength == "full" and actor.kind != "organisation":
            # "Kassym Jomart Tokajew", "Guinea Bissau": papers leave hyphens out.
            how: How = "alias" if form.how == "name" else form.how
            rule = "space for hyphen" if form.rule == "as written" else f"{form.rule}, space for hyphen"
            yield replace(form, text=form.text.replace("-", " "), how=how, rule=rule)


def listed_forms(actor: Actor, language: str, endings: Endings | None = None) -> Iterator[Form]:
    """Forms from the listed names with their hyphens."""
    gender = (actor.gender or "m") if actor.kind == "person" else None
    for position, name in enumerate(actor.names.get(language, ())):
        if name in actor.short.get(language, ()):
            continue
        if is_acronym(name) and len(name) <= 3:
            yield short_form(name, language)
            continue
        fold = folding(name, language)
        why = "label" if position == 0 else "full name"
        yield Form(name, language, "alias" if position else "name", why, fold=fold)
        why = f"{why} {name}"
        for form, rule in inflected(name, language, gender=gender):
            yield Form(form, language, "inflected", why, rule, fold=folding(form, language))
    if gender:
        yield from arab_spellings(actor, language, gender)
    for name in actor.short.get(language, ()):
        yield short_form(name, language, "name" if name in actor.names.get(language, ())[:1] else "alias")
    known = [(name, False) for name in actor.surnames.get(language, ())]
    known += [(name, True) for name in surnames_in_names(actor, language)]
    for name, in_full in known:
        surname = Form(name, language, "alias", "surname", strength="surname", in_full=in_full)
        yield replace(surname, fold=folding(name, language))
        for text, rule in inflected(name, language, gender=gender):
            why = f"surname {name}"
            yield replace(surname, text=text, how="inflected", why=why, rule=rule, fold=folding(text, language))
    for stem in actor.stems.get(language, ()):
        why, rule = f"stem {stem}", f"{language}: ending"
        for form in dict.fromkeys(demonym_forms(stem, endings or Endings())):
            yield Form(form, language, "demonym", why, rule, "demonym", folding(form, language))
    if language == "kk" and actor.kind == "country":
        for name in actor.names.get(language, ()):
            for form in kazakh.demonyms(name):
                yield Form(form, language, "demonym", f"name {name}", "kk: demonym", "demonym", folding(form, language))


def arab_spellings(actor: Actor, language: str, gender: str) -> Iterator[Form]:
    """Full names with the little words of Arab names written another way, and their cases."""
    known = set(actor.names.get(language, ()))
    for name in actor.names.get(language, ()):
        for spelt in arabic_people.spellings(name):
            if spelt in known:
                continue
            known.add(spelt)
            why, rule = f"full name {name}", "little words of an Arab name"
            yield Form(spelt, language, "alias", why, rule, fold=folding(spelt, language))
            for form, ending in inflected(spelt, language, gender=gender):
                yield Form(form, language, "inflected", why, f"{rule}, {ending}", fold=folding(form, language))


def short_form(name: str, language: str, how: How = "alias") -> Form:
    return Form(name, language, how, "short form", strength="short", fold="none")


def forms_of_other_languages(actor: Actor, language: str) -> Iterator[Form]:
    """Names of other languages that a text may use as they are: people's, and long ones of organisations.

    Countries only where the language has no name for them: "Nga" is Russia in Vietnamese texts alone.
    """
    for other, names in actor.names.items():
        if other == language:
            continue
        if actor.kind == "country" and (other != "en" or language in actor.names):
            continue
        for name in names:
            apart = language in transcription.NOT_LATIN and is_latin(name) and actor.kind == "organisation"
            apart = apart and len(name) >= (MIN_APART if is_acronym(name) else MIN_FOLDED)
            if apart or actor.kind == "country" or " " in name or not name.isascii():
                if actor.kind == "organisation" and not (apart or " " in name or len(name) >= MIN_FOLDED):
                    continue
                yield Form(name, other, "alias", f"name in {other}", "as written", fold=folding(name, other))
    if language != "en":
        for name in actor.short.get("en", ()) if actor.kind == "organisation" else ():
            yield Form(name, "en", "alias", "short form in en", strength="short", fold="none")
    if actor.kind == "person":
        yield from mixed_spellings(actor, language)
        yield from transcribed(actor, language)


def mixed_spellings(actor: Actor, language: str) -> Iterator[Form]:
    """Latin spellings that take the given name from one language and the surname from another."""
    given, surnames = dict[str, None](), dict[str, None]()
    for other, names in actor.names.items():
        for name, surname in itertools.product(names, actor.surnames.get(other, ())):
            if name.endswith(" " + surname) and is_latin(name):
                given[name.removesuffix(" " + surname)] = None
                surnames[surname] = None
    known = {name for names in actor.names.values() for name in names}
    for first, last in itertools.islice(itertools.product(given, surnames), MAX_SPELLINGS):
        name = f"{first} {last}"
        if name not in known:
            rule = "given name and surname as spelt in two languages"
            yield Form(name, language, "alias", "full name", rule, fold=folding(name, language))
            for form, ending in inflected(name, language, gender=actor.gender or "m") if language == "de" else ():
                yield Form(form, language, "inflected", f"full name {name}", ending, fold=folding(form, language))


def transcribed(actor: Actor, language: str) -> Iterator[Form]:
    """Latin spellings of a Cyrillic name that the catalogue does not list; none for a language in other letters.

    Of people whose name is listed in Latin letters only where their surname is one that comes back by these rules.
    """
    if language in transcription.NOT_LATIN:
        return
    target = language if language in transcription.TARGETS else "en"
    sources = [source for source in ("ru", "uk") if source in actor.names] or ["kk"]
    known = {name for names in actor.names.values() for name in names} | set(actor.surnames.get(language, ()))
    listed = any(is_latin(name) for name in known)
    for source in sources:
        surnames = actor.surnames.get(source, ())
        if listed and not any(transcription.is_transcribed(surname) for surname in surnames):
            continue
        yield from _spelled(actor.names.get(source, ()), source, target, language, "full", known, actor)
        yield from _spelled(surnames, source, target, language, "surname", known, actor)


def _spelled(
    names: Iterable[str], source: str, target: str, language: str, strength: Strength, known: set[str], actor: Actor
) -> Iterator[Form]:
    """Transcriptions of ``names`` and, in German, their genitives; ``known`` grows by them."""
    for name in names:
        if strength == "full" and " " not in name:
            continue
        why = f"{'surname' if strength == 'surname' else 'full name'} {name}"
        for spelling in transcription.transcriptions(name, source, target):
            if spelling in known:
                continue
            known.add(spelling)
            rule = f"{target}: transcription from {source}"
            yield Form(spelling, language, "alias", why, rule, strength, folding(spelling, language))
            for form, ending in inflected(spelling, language, gender=actor.gender or "m") if language == "de" else ():
                yield Form(form, language, "inflected", why, f"{rule}, {ending}", strength, folding(form, language))
