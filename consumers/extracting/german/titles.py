"""Marks round a title, a newspaper or a nickname."""

from consumers.extracting.direct import words_in
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS

NAMED_KINDS = ("zeitung", "magazin", "magazins", "sender")
MAX_INSERTION = 120
"""Characters between the two halves of a broken quotation."""


def is_name(prose: Prose, quotation: Quotation) -> bool:
    """A title, a newspaper, a nickname rather than somebody's words."""
    first = prose.token_from(quotation.start)
    if _is_broken_off(prose, quotation) or _is_answer(prose, quotation):
        return False
    before = prose.tokens[first - 1] if first else None
    inner = [token for token in prose.tokens[first + 1 : prose.token_from(quotation.end) - 1] if token.is_word]
    after = (
        prose.tokens[prose.token_from(quotation.end)] if prose.token_from(quotation.end) < len(prose.tokens) else None
    )
    if before is not None and (
        before.lower in prose.language.words("naming")
        or before.lower.endswith(("zeitung", "magazin", "magazins", "sender"))
    ):
        return True
    if after is not None and after.text.startswith("-") and after.start == quotation.end:
        return True
    capitals = all(token.is_capital or token.text[0].isdigit() for token in inner)
    return capitals and words_in(prose, quotation) <= 3


def _is_answer(prose: Prose, quotation: Quotation) -> bool:
    """„Nein“, entgegnete X: words in marks, a comma, and a verb of saying; or X sagte: „Nein.“"""
    first, end = prose.token_from(quotation.start), prose.token_from(quotation.end)
    if first and prose.tokens[first - 1].text == ":" and end - first > 2 and prose.tokens[end - 2].text in ENDS:
        return True
    sentence = prose.sentence_at(quotation.start)
    if (
        sentence is None
        or sentence.start != quotation.start
        or end + 1 >= sentence.last
        or prose.tokens[end].text != ","
    ):
        return False
    forms = prose.language.cues.get(prose.tokens[end + 1].lower, ())
    return any(form.kind == "finite" and "direct" in form.takes for form in forms)


def _is_broken_off(prose: Prose, quotation: Quotation) -> bool:
    """„Wir“, so X, „werden …“: the next marks go on with a small letter behind an insertion between commas."""
    end = prose.token_from(quotation.end)
    following = prose.quotations_between(quotation.end, quotation.end + MAX_INSERTION)
    if not following or end >= len(prose.tokens) or prose.tokens[end].text != ",":
        return False
    start = prose.token_from(following[0].start)
    if "\n" in prose.text[quotation.end : following[0].start]:
        return False
    return prose.tokens[start - 1].text == "," and start - 1 > end and prose.tokens[start + 1].is_small


def is_called(prose: Prose, quotation: Quotation) -> bool:
    """ "als „Fest“", "einen klaren „Vertrauensbruch“": what somebody calls it rather than its name."""
    before = prose.token_from(quotation.start) - 1
    phrases = Phrases(prose, len(prose.tokens))
    while (
        before > 0 and phrases.is_adjective(before) and prose.tokens[before].lower not in prose.language.words("naming")
    ):
        before -= 1
    return before >= 0 and prose.tokens[before].lower in prose.language.words("as_a")
