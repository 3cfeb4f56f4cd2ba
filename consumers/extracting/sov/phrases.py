"""Noun phrases where the verb comes last: the head of a clause, what follows a verb, names in marks. Token ranges."""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.ticker import is_clock
from consumers.extracting.tokens import Token

MAX_SUBJECT = 9
MAX_NAME = 3
MIN_OBJECT = 5
"""Letters of a noun whose ending may be told from its stem."""

Phrase = tuple[int, int]


def phrase_after(prose: Prose, sentence: Sentence, start: int) -> Phrase | None:
    breaks = prose.language.words("breaks")
    while start < sentence.last and prose.tokens[start].lower in breaks:
        start += 1
    if start < sentence.last and prose.tokens[start].lower in prose.language.pronouns:
        return start, start + 1
    end = start
    while end < sentence.last and (in_name(prose, end) or (not prose.is_quoted(end) and prose.tokens[end].is_word)):
        if prose.tokens[end].lower in breaks or end - start >= MAX_SUBJECT:
            break
        end += 1
    return (start, end) if end > start else None


def leading(prose: Prose, start: int, end: int) -> Phrase | None:
    """The noun phrase at the head of a clause: a pronoun, a name with its titles, or a noun with its owner."""
    words = prose.language.words
    while (
        start < end
        and not in_name(prose, start)
        and (not prose.tokens[start].is_word or phrase_at(prose, start, end, "leading"))
    ):
        start += max(1, phrase_at(prose, start, end, "leading"))
    if start < end and is_clock(prose.tokens[start]):
        start += 1
    frame = next((i for i in range(start, min(end - 1, start + 2)) if prose.tokens[i].lower in words("frames")), None)
    if frame is not None:
        # "Жиын қорытындысында әкім …", "Өз кезегінде …"
        start = frame + 1
    limit = next((i for i in range(start, end) if not (prose.tokens[i].is_word or in_name(prose, i))), end)
    if start >= limit:
        return None
    if prose.tokens[start].lower in prose.language.pronouns:
        return start, start + 1
    subject = tuple(words("subject_endings"))
    owner = tuple(words("genitive_endings"))
    last: int | None = None
    oblique = tuple(words("oblique_endings"))
    for index in range(start, min(limit, start + MAX_SUBJECT)):
        token = prose.tokens[index]
        if index == start + 1 and token.is_small and prose.tokens[start].is_capital and token.lower.endswith(oblique):
            # "Тоқаев көрмеге …": the next word is no longer the name's.
            return start, index
        if token.lower.endswith(owner) and len(token.text) > 4:
            # "министрдің орынбасары": the owner belongs to what follows; after a full name it opens the clause.
            if last is not None and prose.tokens[last - 1].is_capital:
                break
            continue
        if last is not None and token.is_small and token.lower.endswith(oblique) and len(token.text) > 5:
            # "Песков журналистерге …": to whom it is said.
            break
        if index > start and is_object(prose, token):
            # "Банк ақшаны …": whom or what it is done to.
            break
        before = prose.tokens[index - 1]
        if index > start and last in {None, index} and _begins_anew(prose, before, token):
            break
        named = (token.is_capital and index > start) or prose.is_quoted(index)
        if named or (last is None and token.lower.endswith(subject) and not is_object(prose, token)):
            last = index + 1
        elif last is not None and token.is_small and not _name_follows(prose, index, limit):
            break
    if last is None:
        if prose.tokens[start].lower.endswith(tuple(words("object_endings"))):
            # "айыпталушыны": whom it is done to, no subject.
            return None
        last = start + 1
    return start, last


def is_object(prose: Prose, token: Token) -> bool:
    """Whether a small word is in the accusative as far as its ending says."""
    words = prose.language.words
    ending = tuple(words("object_endings"))
    looks = token.is_small and len(token.text) >= MIN_OBJECT and bool(ending) and token.lower.endswith(ending)
    return looks and token.lower not in words("not_objects")


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


def in_name(prose: Prose, index: int) -> bool:
    """Whether the token stands in a name in marks: «Ақ жол» фракциясы."""
    quotation = prose.quotation_of(index)
    if quotation is None:
        return False
    inside = prose.tokens[prose.token_from(quotation.start) : prose.token_from(quotation.end)]
    return sum(1 for token in inside if token.is_word) <= MAX_NAME and inside[1].is_capital


def is_called(prose: Prose, index: int) -> bool:
    """Whether the quotation that ends here is a name: «Жас қыран»."""
    quotation = prose.quotation_of(index)
    words = prose.tokens[prose.token_from(quotation.start) : index] if quotation else ()
    return any(token.is_word and token.is_capital for token in words[:2])
