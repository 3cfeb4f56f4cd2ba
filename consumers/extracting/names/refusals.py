"""Why a form that stands in a text is taken for nobody, in words."""

from consumers.extracting.names.doubts import (
    ambiguity,
    is_part_of_firm,
    is_part_of_other_name,
    is_part_of_person,
    is_surname,
    is_syllable_of_other_word,
)
from consumers.extracting.names.find import Reading
from consumers.extracting.names.hits import Hit, TitleHit
from consumers.extracting.names.rules import Ambiguous
from consumers.extracting.names.surroundings import around, begins_sentence, word_after, word_before
from consumers.extracting.names.vocabulary import Entry
from service.contracts import Resolution


def refusal(text: str, reading: Reading, hit: Hit, entry: Entry, holder: Hit | None) -> Resolution | None:
    """Why ``hit`` does not mean ``entry``'s actor; ``holder`` is the longer hit over it that was kept, if any.

    None for a part of a longer name of the same actor, which needs no word.
    """
    if holder is not None and (holder.start, holder.end) != (hit.start, hit.end):
        if any(one.actor.id == entry.actor.id for one in holder.entries):
            return None
        return _because(
            "within",
            f"part of “{text[holder.start : holder.end]}”{'' if holder.entries else ', which is something else'}",
        )
    if holder is not None:
        if not holder.entries:
            return _because("other_thing", _neighbours(text, reading, hit))
        others = dict.fromkeys(one.actor.label() for one in holder.entries)
        return _because("ambiguous", f"several are called so, {', '.join(others)}, and nothing decides between them")
    if entry.form.strength == "surname":
        return _surname(reading, hit, entry)
    rule = ambiguity(hit.entries, reading.words.rules)
    if is_surname(text, hit, reading.words):
        return _because("surname_of_other", "a person's surname: a given name or a form of address stands before it")
    if rule is not None and entry.form.strength in ("full", "short"):
        return _because("other_thing", _other_thing(text, reading, hit, rule))
    if entry.form.strength == "short":
        return _short(text, reading, hit, entry)
    return _because("surname_of_other", "somebody in the text bears this name")


def title_refusal(reading: Reading, hit: TitleHit) -> tuple[int, int, str | None, Resolution] | None:
    """(start, end, whose office, why) for a title beside a country or organisation that stands for nobody."""
    finder = reading.finder
    phrases = list(finder.phrases(hit))
    if not phrases:
        return None
    start, end, place = phrases[0]
    person = finder.holder(hit, place)
    if len({actor.id for _, _, actor in phrases}) > 1:
        return start, end, None, _because("title_ambiguous", "two offices are possible")
    if person is None:
        day = reading.support.at.isoformat()
        return start, end, None, _because("title_nobody", f"not known who of {place.label()} this was on {day}")
    if finder.goes_on(hit, end):
        return start, end, person.id, _because("title_goes_on", "the phrase goes on: it is about somebody else")
    if finder.is_former(start, hit.start, end):
        return start, end, person.id, _because("title_former", "former, deputy or elect: not who holds the office")
    if finder.is_other(end, person):
        return start, end, person.id, _because("title_named", "the name that follows says who it is")
    return None


def _because(code: str, words: str) -> Resolution:
    return Resolution(code=code, words=f"refused: {words}")


def _neighbours(text: str, reading: Reading, hit: Hit) -> str:
    """What of the words beside a full name makes it something else."""
    before, after = word_before(text, hit.start), word_after(text, hit.end)
    start = before.start if before else hit.start
    end = after.start + len(after.text) if after else hit.end
    if is_part_of_other_name(text, hit, reading.words):
        return f"part of another name: “{text[start:end]}”"
    if is_syllable_of_other_word(text, hit, reading.words):
        return f"a syllable of another word: “{text[start:end]}”"
    if is_part_of_firm(text, hit):
        return f"begins another name in quotation marks: “{text[hit.start : end]}”"
    return "a phrase that means something else"


def _other_thing(text: str, reading: Reading, hit: Hit, rule: Ambiguous) -> str:
    """Why an ambiguous name means its other thing here."""
    if rule.person and is_part_of_person(text, hit, reading.words):
        return "ambiguous, and part of a person's name here"
    if rule.not_first and begins_sentence(text, hit.start):
        return "ambiguous: at the head of a sentence it may be an ordinary word"
    near = around(text, hit.start, hit.end)
    word = next((word for word in sorted(rule.against) if word in near), None)
    if word is not None:
        return f"ambiguous, and “{word}” near by speaks for the other thing"
    word = next((word for word in sorted(rule.against) if word in text), None)
    if word is not None:
        return f"ambiguous, and “{word}” in the text speaks for the other thing"
    if rule.needs_support:
        return "ambiguous, and no country is named that would speak for it"
    return "ambiguous, and somebody of that name is in the text"


def _short(text: str, reading: Reading, hit: Hit, entry: Entry) -> Resolution:
    support, exact, label = reading.support, text[hit.start : hit.end], entry.actor.label()
    if exact in support.firms:
        return _because("firm", f"“{exact}” is a firm here, by the word behind it")
    if support.is_word(hit, exact):
        return _because("shouted", "in a line of capitals it may be an ordinary word")
    others = {one.actor.id for one in hit.entries if one.form.strength == "short" and support.short_form(hit, one)}
    if len(others) > 1:
        return _because("ambiguous", "several have this short form, and the text names none of them in full")
    if entry.actor.type == "agency":
        return _because("no_support", f"short form of {label}, but nothing here says that it is a source")
    return _because(
        "no_support", f"short form of {label}, but the text names neither it in full nor what belongs to it"
    )


def _surname(reading: Reading, hit: Hit, entry: Entry) -> Resolution:
    support, label = reading.support, entry.actor.label()
    title = support.title_before(hit)
    if support.is_other_person(hit, entry):
        return _because("other_person", f"surname of {label}, but the words beside it make it somebody else's name")
    if not title and not support.is_likely(entry):
        if entry.actor.id in support.namesakes:
            return _because("other_person", f"surname of {label}, but somebody else of that name is in the text")
        return _because("no_support", f"surname of {label}, but no full name, title or office of theirs is in the text")
    if title and not support.holds(entry.actor, title):
        return _because("other_title", f"surname of {label}, but the title before it is not theirs")
    return _because("ambiguous", f"surname of {label} and of others, and nothing decides between them")
