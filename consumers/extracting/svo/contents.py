"""What is said: where its words begin after the cue, and where they end. Token indices."""

from dataclasses import dataclass

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.words import Words, is_sign, opens_infinitive

MAX_ADDRESSEE = 14
MAX_HEARER = 7
MAX_CIRCUMSTANCE = 16
"""Tokens of "in an interview with the paper on Monday"."""

Phrase = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """``start`` of the content; ``by`` = what opens it; ``addressee`` between cue and content."""

    start: int
    by: str
    """that | quote | colon | infinitive | clause | object | nothing (only circumstances follow)."""
    addressee: Phrase | None = None


def opening(prose: Prose, words: Words, cue: Cue, end: int, limit: int) -> Opening:
    """How the content begins that follows the cue, whose last token is before ``end``."""
    opened = _opening(prose, words, cue, end, limit)
    declined = words.language.words("hearer_endings")
    if declined and opened.addressee and cue.takes("object") and opened.by in {"clause", "nothing"}:
        # "требует новых слушаний": nothing is asked of anybody, so what seemed to be one is what is asked for.
        return Opening(opened.addressee[0], "clause")
    return opened


def _opening(prose: Prose, words: Words, cue: Cue, end: int, limit: int) -> Opening:
    index = end
    addressee = None
    if cue.takes("hearer"):
        stop = _addressee_end(prose, words, cue, index, limit)
        if stop > index:
            addressee, index = (index, stop), stop
    if cue.takes("object") and phrase_at(prose, index, limit, "about"):
        # "bày tỏ lo ngại về …": what a feeling is about.
        return Opening(index, "object", addressee)
    if (behind := _infinitive_behind(prose, words, cue, index, limit)) is not None:
        return Opening(behind, "infinitive", addressee)
    start = index
    # "warned of extremely heavy rain": behind its preposition a verb has its object.
    governs = cue.form.head[-1] in words.of and not (cue.takes("that") or cue.takes("clause"))
    if not governs and not (
        cue.takes("charge") and index < limit and prose.tokens[index].lower in words.language.words("charge")
    ):
        start = _circumstances(prose, words, index, limit)
    if start >= limit or prose.tokens[start].text in ENDS:
        return Opening(limit, "nothing", addressee)
    token = prose.tokens[start]
    if token.text in {":", "："}:
        return Opening(start + 1, "colon", addressee)
    if token.text in {",", ";", "—", "–", "،", "，"}:
        if start + 1 < limit and prose.is_quoted(start + 1):
            return Opening(start + 1, "quote", addressee)
        after = _circumstances(prose, words, start + 1, limit)
        if after > start + 1 and after < limit and prose.tokens[after].text == ",":
            after += 1
            if after < limit and phrase_at(prose, after, limit, "that"):
                return Opening(after, "that", addressee)
            if after < limit and prose.is_quoted(after):
                return Opening(after, "quote", addressee)
        if start + 1 < limit and prose.language.words("comma") and phrase_at(prose, start + 1, limit, "that"):
            return Opening(start + 1, "that", addressee)
        if start + 1 < limit and cue.takes("question") and phrase_at(prose, start + 1, limit, "questions"):
            return Opening(start + 1, "that", addressee)
        if token.text in prose.language.words("paused") and start + 1 < limit:
            return Opening(start + 1, "colon", addressee)
        return Opening(start, "nothing", addressee)
    if prose.is_quoted(start):
        told = _after_quoted_hearer(prose, start, limit)
        return Opening(start, "quote", addressee) if told is None else Opening(told, "that", (start, told - 1))
    if phrase_at(prose, start, limit, "that"):
        return Opening(start, "that", addressee)
    if cue.takes("bare_infinitive") and token.is_word:
        return Opening(start, "infinitive", addressee)
    if cue.takes("infinitive") and _negates(prose, words, start, limit):
        return Opening(start, "infinitive", addressee)
    charged = cue.takes("charge") and addressee is not None and token.lower in words.language.words("charge")
    if charged or (opens_infinitive(prose, words, start) and cue.takes("infinitive")):
        return Opening(start, "infinitive", addressee)
    if start < index:
        start = index
    told = _after_hearer(prose, words, start, limit)
    if told is not None:
        by = "colon" if prose.tokens[told - 1].text == ":" else "that"
        return Opening(told, by, addressee or (start, told - 1))
    return Opening(start, "clause", addressee)


def _infinitive_behind(prose: Prose, words: Words, cue: Cue, start: int, limit: int) -> int | None:
    """ "потребовал до 1 сентября закрыть школу": the infinitive behind when, where or from whom, in the same clause."""
    if not cue.takes("infinitive") or not words.language.words("nominative_speaks"):
        # Where cases tell whom it is asked of; elsewhere "ayer" would be an infinitive.
        return None
    for index in range(start, limit):
        token = prose.tokens[index]
        charged = cue.takes("charge") and token.lower in words.language.words("charge")
        if prose.is_quoted(index) or charged or (not token.is_word and not token.text[0].isdigit()):
            return None
        if words.is_infinitive(token):
            return index - (prose.tokens[index - 1].lower in words.language.words("negations"))
    return None


def _negates(prose: Prose, words: Words, index: int, limit: int) -> bool:
    """ "не трогать", "not to touch": a negated infinitive."""
    negated = index + 1 < limit and prose.tokens[index].lower in words.language.words("negations")
    following = prose.tokens[index + 1] if negated else None
    return (
        following is not None
        and words.is_infinitive(following)
        and (bool(words.infinitive_endings) or following.lower in words.infinitive)
    )


def _after_hearer(prose: Prose, words: Words, start: int, limit: int) -> int | None:
    """ "сказал журналистам, что", "заверил депутатов: …": where what is said begins, a few words from the verb."""
    if not prose.language.words("comma"):
        return None
    for index in range(start, min(limit - 1, start + MAX_HEARER)):
        token = prose.tokens[index]
        if prose.is_quoted(index) or words.is_verb(token):
            return None
        if not token.is_word:
            that = token.text == "," and phrase_at(prose, index + 1, limit, "that")
            return index + 1 if that or token.text == ":" else None
    return None


def _after_quoted_hearer(prose: Prose, start: int, limit: int) -> int | None:
    """ "рассказал «Медузе», что": a name in marks right behind the verb, to whom it is said."""
    quotation = prose.quotation_of(start) if prose.language.words("quoted_names") else None
    if quotation is None or not prose.language.words("comma"):
        return None
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    named = first == start and last - first <= MAX_HEARER and prose.tokens[first + 1].is_capital
    that = last + 1 < limit and prose.tokens[last].text == "," and phrase_at(prose, last + 1, limit, "that")
    return last + 1 if named and that else None


def _addressee_end(prose: Prose, words: Words, cue: Cue, start: int, limit: int) -> int:
    """End of the phrase to whom it is said; ``start`` when there is none."""
    if start >= limit or prose.is_quoted(start) or not prose.tokens[start].is_word:
        return start
    if prose.tokens[start].lower in words.objects:
        return start + 1
    first = prose.tokens[start]
    if phrase_at(prose, start, limit, "that") or first.lower in words.prepositions or words.is_infinitive(first):
        return start
    if _negates(prose, words, start, limit):
        return start
    noun = False
    press = words.language.words("press")  # "told US broadcaster CNN that"
    charge = words.language.words("charge") if cue.takes("charge") else frozenset()
    for index in range(start, min(limit, start + MAX_ADDRESSEE)):
        token = prose.tokens[index]
        if token.text == "/" and not is_sign(prose, index):
            continue
        if prose.is_quoted(index) or not token.is_word or phrase_at(prose, index, limit, "that"):
            return index
        if index > start:
            if token.lower in charge:
                return index
            before = prose.tokens[index - 1]
            bound = before.lower in words.of | words.determiners | words.joining
            if (
                _negates(prose, words, index, limit)
                or words.is_infinitive(token)
                or words.is_time(token)
                or words.is_verb(token)
            ):
                return index
            if token.lower in words.prepositions - words.of:
                return index
            if noun and not bound and (
                words.is_pronoun(token)
                or token.lower in words.determiners
                or (token.is_capital and before.is_small and not {token.lower, before.lower} & press)
                or (token.is_small and before.is_capital and token.lower not in press)
            ):  # fmt: skip
                return index
        noun = noun or token.lower not in words.determiners
    return min(limit, start + MAX_ADDRESSEE)


def _circumstances(prose: Prose, words: Words, start: int, limit: int) -> int:
    """Past "on Monday", "in a statement", "during a visit to Paris", where a content follows or nothing does."""
    index = start
    while index < limit:
        token = prose.tokens[index]
        if prose.is_quoted(index) or _negates(prose, words, index, limit):
            break
        # "tuyên bố sẽ áp thuế": what makes a verb's tense begins what is said.
        adverb = words.is_adverb(token) and token.lower not in words.auxiliaries
        if (
            (adverb and not phrase_at(prose, index, limit, "that"))
            or words.is_time(token)
            or _is_weekday(prose, words, start, index)
            or _is_date(prose, words, start, index)
        ):
            index += 1
        elif token.lower in words.infinitive and not _hearer_follows(prose, words, index, limit):
            break
        elif token.lower in words.prepositions:
            past = _past_preposition(prose, words, index, limit)
            if past == index:
                break
            index = past
        else:
            break
    return index


def _is_weekday(prose: Prose, words: Words, start: int, index: int) -> bool:
    """ "thứ Ba": a number that names a day of the week."""
    lists = words.language.words
    named = prose.tokens[index].lower in lists("weekday_numbers")
    return named and index > start and prose.tokens[index - 1].lower in lists("weekday")


def _is_date(prose: Prose, words: Words, start: int, index: int) -> bool:
    """ "sáng 5/6": numbers after the time of day, where a clause does not begin with them."""
    if index == start or not words.language.words("weekday"):
        return False
    token, before = prose.tokens[index], prose.tokens[index - 1]
    number = token.text[0].isdigit() and (words.is_time(before) or before.text == "/")
    return number or (token.text == "/" and before.text[0].isdigit())


def _hearer_follows(prose: Prose, words: Words, index: int, limit: int) -> bool:
    """Whether "to" at ``index`` names somebody ("to the paper", "to CNN") rather than opening an infinitive."""
    if index + 1 >= limit:
        return False
    token = prose.tokens[index + 1]
    if token.lower in words.occasions and index + 2 < limit:
        # "to show restraint", "to release the crew" against "to reporters on Monday".
        behind = prose.tokens[index + 2]
        ends = behind.lower in words.prepositions | words.that | words.joining or words.is_time(behind)
        return ends or not behind.is_word
    return token.is_capital or token.lower in words.determiners | words.objects | words.occasions


def _past_preposition(prose: Prose, words: Words, index: int, limit: int) -> int:
    """Past the phrase if what follows it is a content or the end; ``index`` if it is itself the content."""
    if index + 1 < limit and words.is_time(prose.tokens[index + 1]):
        past = index + 2
        while past < limit and (words.is_time(prose.tokens[past]) or prose.tokens[past].text.isdigit()):
            past += 1
        return past
    occasion = None
    described = False
    for at in range(index + 1, min(limit, index + MAX_CIRCUMSTANCE)):
        token = prose.tokens[at]
        opens = phrase_at(prose, at, limit, "that") and at > index + 1
        if prose.is_quoted(at) or token.text in {":", ","} or token.text in ENDS or opens:
            return at
        if words.is_verb(token):
            # "in a statement posted on X that …": a participle tells what statement it is.
            described = described or (occasion == at and token.lower not in words.auxiliaries | words.verbs)
            if not described:
                break
        if occasion is None and (token.lower in words.occasions or words.is_time(token)):
            occasion = at + 1
    else:
        if index + MAX_CIRCUMSTANCE >= limit:
            return limit
    return occasion if occasion is not None else _past_place(prose, words, index, limit)


def _past_place(prose: Prose, words: Words, index: int, limit: int) -> int:
    """ "told reporters in Paris the deal was close": past names behind a preposition, where a clause follows them."""
    if words.language.words("that_needed") or words.language.words("comma"):
        return index
    at = index + 1
    while at < limit and prose.tokens[at].is_capital:
        at += 1
    opens = at > index + 1 and at < limit and prose.tokens[at].is_small
    token = prose.tokens[at] if opens else None
    if token is None or words.is_verb(token) or token.lower in words.conjunctions | words.joining | words.prepositions:
        return index
    worded = any(words.is_verb(t) and not prose.is_quoted(t.index) for t in prose.tokens[at:limit])
    return at if worded else index


def trimmed(prose: Prose, start: int, end: int) -> Phrase:
    """Without signs at its rims; quotation marks that pair stay, as do signs within them."""
    while start < end and not prose.tokens[start].is_word and not prose.is_quoted(start):
        start += 1
    while start < end and not prose.tokens[end - 1].is_word and not prose.is_quoted(end - 1):
        if prose.tokens[end - 1].text in ")]%$€":
            break
        end -= 1
    return start, end
