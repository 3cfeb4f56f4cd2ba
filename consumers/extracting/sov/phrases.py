"""Noun phrases where the verb comes last: the head of a clause, what follows a verb, names in marks. Token ranges."""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
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
        if end == start + 1 and is_place(prose, start):
            # "деп жазды Telegram арнасында": where it is said.
            return None
        if end > start and prose.tokens[end].is_small and is_cased(prose, prose.tokens[end]):
            # "деді Асан жиында"
            break
        end += 1
    return (start, end) if end > start else None


def is_place(prose: Prose, start: int) -> bool:
    """ "Telegram арнасында", "желіде": a noun in the locative, alone or with what it is of."""
    token, following = prose.tokens[start], prose.tokens[start + 1]
    where = tuple(prose.language.words("locative_endings"))
    if not where or is_person(prose, start):
        return False
    return token.is_small is False and following.is_small and following.lower.endswith(where)


def is_titled(prose: Prose, index: int) -> bool:
    """Whether the word is a person's title: "министр"."""
    return index < len(prose.tokens) and prose.tokens[index].lower in prose.language.words("person_titles")


def is_surname(prose: Prose, token: Token) -> bool:
    """Whether a capitalised word ends like a surname: "Тоқаев"."""
    endings = tuple(prose.language.words("surname_endings"))
    return token.is_capital and bool(endings) and token.lower.endswith(endings)


def is_person(prose: Prose, index: int) -> bool:
    """A title, a surname, a pronoun: a subject that is whole."""
    return (
        is_titled(prose, index)
        or is_surname(prose, prose.tokens[index])
        or prose.tokens[index].lower in prose.language.pronouns
    )


def is_cased(prose: Prose, token: Token) -> bool:
    """Whether the word is in another case than the nominative or the genitive, as far as its ending says."""
    words = prose.language.words
    endings, whole = (
        tuple(words("case_endings")),
        tuple(words("not_cased") | words("head_endings") | words("not_objects")),
    )
    return bool(endings) and token.lower.endswith(endings) and not token.lower.endswith(whole)


def is_object(prose: Prose, token: Token) -> bool:
    """Whether a small word is in the accusative as far as its ending says."""
    words = prose.language.words
    ending = tuple(words("object_endings"))
    looks = token.is_small and len(token.text) >= MIN_OBJECT and bool(ending) and token.lower.endswith(ending)
    return looks and token.lower not in words("not_objects")


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
