"""Who says it where the verb comes last: the noun phrase at the head of a clause. Token ranges.

The nominative has no ending, so the phrase is told by what stands behind it: another case, a determiner, a name that
belongs to a noun behind it ("Тоқаев | Қазақстан экономикасының …").
"""

from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at
from consumers.extracting.sov.phrases import (
    MAX_SUBJECT,
    Phrase,
    in_name,
    is_cased,
    is_object,
    is_person,
    is_surname,
    is_titled,
)
from consumers.extracting.ticker import is_clock
from consumers.extracting.tokens import Token

MAX_FRAME = 4
"""Tokens of "бірнеше күннен кейін"."""
MAX_PARTICIPLE = 6
"""Tokens up to the participle of "шахтадан шыққан Асан"."""
MAX_TAIL = 9
"""Tokens from a first noun to the head of "сыртқы істер министрлігі"."""
MAX_NAMES = 2
"""Capitals of a person's name whose surname does not show by its ending."""
MIN_OWNER = 4
MIN_CASED = 5
"""Letters of a small word whose case its ending shows, at least one more."""


def leading(prose: Prose, start: int, end: int) -> Phrase | None:
    """The noun phrase at the head of a clause: a pronoun, a name with its titles, or a noun with its owner."""
    start = _past_lead(prose, start, end)
    limit = _limit(prose, start, end)
    if start >= limit:
        return None
    if prose.tokens[start].lower in prose.language.pronouns:
        return start, start + 1
    last = _noun_end(prose, start, limit)
    return (start, last) if last is not None else None


def _limit(prose: Prose, start: int, end: int) -> int:
    """The first sign; a bracket with an acronym within the phrase is passed over: "ұйымның (ДДҰ) өкілі"."""
    index = start
    while index < end and (prose.tokens[index].is_word or in_name(prose, index)):
        index += 1
    short = [token.text for token in prose.tokens[index : index + 3]]
    if start < index < end - 3 and len(short) == 3 and short[0] == "(" and short[2] == ")":
        return _limit(prose, index + 3, end)
    return index


def _past_lead(prose: Prose, start: int, end: int) -> int:
    """Behind what opens a clause: "алайда", a clock, "жиын қорытындысында", "бірнеше күннен кейін"."""
    while (
        start < end
        and not in_name(prose, start)
        and (not prose.tokens[start].is_word or phrase_at(prose, start, end, "leading"))
    ):
        start += max(1, phrase_at(prose, start, end, "leading"))
    if start < end and is_clock(prose.tokens[start]):
        start += 1
    words = prose.language.words
    if start < end and is_person(prose, start):
        return start
    frame = next((i for i in range(start, min(end - 1, start + 2)) if prose.tokens[i].lower in words("frames")), None)
    if frame is None:
        times = range(start + 1, min(end - 1, start + MAX_FRAME))
        frame = next((i for i in times if _is_time(prose, start, i)), None)
    return _past_lead(prose, frame + 1, end) if frame is not None else start


def _is_time(prose: Prose, start: int, index: int) -> bool:
    """ "Кездесуден кейін", "бірнеше күннен кейін": a word for when behind a noun in its case."""
    words = prose.language.words
    if prose.tokens[index].lower in words("days"):
        # "26 қараша күні", "өткен аптада"
        return all(t.text[0].isdigit() or t.lower in words("calendar") for t in prose.tokens[start:index])
    if prose.tokens[index].lower not in words("times_after") or not is_cased(prose, prose.tokens[index - 1]):
        return False
    return all(t.text[0].isdigit() or t.lower in words("determiners") for t in prose.tokens[start : index - 1])


def _noun_end(prose: Prose, start: int, limit: int) -> int | None:
    """Where the noun phrase in the nominative ends that begins at ``start``."""
    words = prose.language.words
    owner, subject = tuple(words("genitive_endings")), tuple(words("subject_endings"))
    last: int | None = None
    begin = _past_participle(prose, start, limit)
    while begin < limit - 1 and prose.tokens[begin].lower in words("adjectives"):
        begin += 1
    for index in range(begin, min(limit, start + MAX_SUBJECT)):
        token, before = prose.tokens[index], prose.tokens[index - 1]
        if not token.is_word and not prose.is_quoted(index):
            continue
        if index > begin and token.lower in words("courtesies"):
            # "Такаичи ханым"
            return index + 1
        if (
            index > begin
            and token.lower in words("name_particles")
            and (before.is_capital or before.lower in words("name_particles"))
        ):
            continue
        if index > begin and token.lower in words("joining"):
            second = _noun_end(prose, index + 1, limit) if index + 1 < limit else None
            return second if second is not None else last or index
        if index == begin + 1 and token.is_small and before.is_capital and _is_oblique(prose, token):
            # "Тоқаев көрмеге …": the next word is no longer the name's.
            return index
        if token.lower.endswith(owner) and len(token.text) > MIN_OWNER:
            # "министрдің орынбасары": the owner belongs to what follows; after a full name it opens the clause.
            if last is not None and before.is_capital:
                break
            continue
        if last is not None and token.is_small and _is_oblique(prose, token) and len(token.text) > MIN_CASED:
            # "Песков журналистерге …": to whom it is said.
            break
        if index > begin and _opens_content(prose, begin, index, limit, last):
            break
        named = (token.is_capital and index > begin) or prose.is_quoted(index)
        named = named or (last == index == begin + 1 and _goes_on(prose, index))
        if named or (last is None and token.lower.endswith(subject) and not is_object(prose, token)):
            if not named and _is_far(prose, begin, index):
                break
            last = index + 1
        elif last is not None and token.is_small and not _name_follows(prose, index, limit):
            break
    if last is None:
        if prose.tokens[begin].lower.endswith(tuple(words("object_endings"))):
            # "айыпталушыны": whom it is done to, no subject.
            return None
        last = begin + 1
    return _with_tail(prose, begin, last, limit)


def _is_far(prose: Prose, begin: int, index: int) -> bool:
    """ "Гутерриш | дүниежүзілік аштық қаупі": a noun of what a name says, unless it heads an organisation."""
    heads = tuple(prose.language.words("head_endings"))
    first = prose.tokens[begin]
    owned = first.lower.endswith(tuple(prose.language.words("genitive_endings")))
    return first.is_capital and not owned and index > begin + 1 and not prose.tokens[index].lower.endswith(heads)


def _goes_on(prose: Prose, index: int) -> bool:
    """ "үнді баспасөзі": a small word that only describes the head behind it."""
    token, before = prose.tokens[index], prose.tokens[index - 1]
    whole = tuple(prose.language.words("whole_endings"))
    head = token.is_small and token.lower.endswith(tuple(prose.language.words("subject_endings")))
    return head and before.is_small and not before.lower.endswith(whole) and not is_titled(prose, index - 1)


def _is_oblique(prose: Prose, token: Token) -> bool:
    return token.lower.endswith(tuple(prose.language.words("oblique_endings")))


def _opens_content(prose: Prose, start: int, index: int, limit: int, last: int | None) -> bool:
    """Whether the token is no longer the subject's: an object, "бұл", a name that belongs to a noun behind it."""
    token, before = prose.tokens[index], prose.tokens[index - 1]
    cased = token.is_small and len(token.text) > MIN_CASED and is_cased(prose, token)
    if cased or is_object(prose, token) or token.lower in prose.language.words("determiners"):
        return True
    if token.is_capital and token.lower.endswith(tuple(prose.language.words("attributive_endings"))):
        # "Канаданың Римдегі елшісі", but "Бектенов | Римдегі …"
        return is_person(prose, start) or is_surname(prose, before)
    if token.is_capital:
        return (
            is_cased(prose, token) or _is_other_name(prose, start, index, limit) or _begins_anew(prose, before, token)
        )
    if last in {None, index} and _begins_anew(prose, before, token):
        return True
    # "Министр жалақы өсетінін айтты": a title alone is whole, but for "министр орынбасары", "министр Асан".
    alone = index == start + 1 and is_titled(prose, start)
    return alone and token.lower not in prose.language.words("aides") and not _name_follows(prose, index - 1, limit)


def _is_other_name(prose: Prose, start: int, index: int, limit: int) -> bool:
    """ "Бектенов | Қытай жолын", "басшысы | Батыс елдерін": a capital behind a whole name, or an owner."""
    tokens = prose.tokens
    first = index
    while first > start and tokens[first - 1].is_capital:
        first -= 1
    stop = index
    while stop < limit and tokens[stop].is_capital:
        stop += 1
    if is_titled(prose, first):
        first += 1
    if any(is_surname(prose, tokens[i]) for i in range(first, index)) and not is_surname(prose, tokens[index]):
        return True
    possessed = tuple(prose.language.words("possessed_endings"))
    owned = stop < limit and tokens[stop].is_small and tokens[stop].lower.endswith(possessed)
    said = owned and tokens[stop].lower.endswith(tuple(prose.language.words("said_endings")))
    if not owned or said or any(is_surname(prose, tokens[i]) for i in range(index, stop)):
        return False
    sides = tokens[first].lower in prose.language.words("sides")
    return sides or stop - first == 1 or index - first >= MAX_NAMES


def _past_participle(prose: Prose, start: int, limit: int) -> int:
    """Behind "шахтадан шыққан" where a name or a title follows that it describes; ``start`` where none does."""
    endings = tuple(prose.language.words("participle_endings"))
    if not endings or is_person(prose, start):
        return start
    for index in range(start + 1, min(limit - 1, start + MAX_PARTICIPLE)):
        token, following = prose.tokens[index], prose.tokens[index + 1]
        if token.is_small and token.lower.endswith(endings) and is_cased(prose, prose.tokens[index - 1]):
            named = following.is_capital and not is_cased(prose, following)
            return index + 1 if named or is_titled(prose, index + 1) else start
    return start


def _with_tail(prose: Prose, start: int, last: int, limit: int) -> int:
    """With the rest of "Қазақстан сыртқы | істер министрлігі": small words without a case up to a head."""
    heads = tuple(prose.language.words("head_endings"))
    if not heads or is_person(prose, start) or is_surname(prose, prose.tokens[last - 1]):
        return last
    loose = prose.language.words("linking")
    bracketed = False
    for index in range(last, min(limit, last + MAX_TAIL)):
        token = prose.tokens[index]
        if token.is_small and token.lower.endswith(heads):
            return _with_name(prose, index + 1, limit)
        if bracketed or not token.is_word:
            bracketed = token.text != ")"
        elif token.lower in loose:
            continue
        elif not token.is_small or is_cased(prose, token) or token.lower in prose.language.words("determiners"):
            break
    return last


def _with_name(prose: Prose, end: int, limit: int) -> int:
    """With the name behind a head: "министрлігінің өкілі Асан Үсенов"."""
    stop = end
    while stop < limit and prose.tokens[stop].is_capital and not is_cased(prose, prose.tokens[stop]):
        if stop > end and _is_other_name(prose, end, stop, limit):
            break
        stop += 1
    return stop


def _begins_anew(prose: Prose, before: Token, token: Token) -> bool:
    """Whether a name or title opens what is said: "ХВҚ | Қазақстан экономикасы", "баспасөзі | премьер Моди"."""
    if before.text.isupper() and len(before.text) > 1 and token.is_capital and not token.text.isupper():
        return True
    return before.is_small and token.lower in prose.language.words("person_titles")


def _name_follows(prose: Prose, index: int, limit: int) -> bool:
    """Whether a name comes next, or behind a title: "бас бапкер Қайрат Сәтжанов", "Сыртқы істер министрі Рашид …"."""
    ahead = prose.tokens[index + 1 : min(limit, index + 3)]
    titles = tuple(prose.language.words("person_titles"))
    if not ahead:
        return False
    return ahead[0].is_capital or (len(ahead) > 1 and ahead[0].lower.startswith(titles) and ahead[1].is_capital)
