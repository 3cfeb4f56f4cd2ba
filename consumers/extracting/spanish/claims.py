"""Verbs of saying that Spanish builds in its own way: each becomes a claim as the general rules know them. Pure.

Lists read: ``as``, ``determiners``, ``prepositions``, ``questions``, ``relatives``, ``sources``, ``that``.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.spanish.whose import is_cleft, with_whole_subject, without_relative
from consumers.extracting.svo.claims import Claim, find_claims
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.phrases import strip_lead
from consumers.extracting.svo.subjects import main_subject, subject_after, subject_before
from consumers.extracting.svo.words import Words

MAX_GAP = 9
"""Tokens between a verb and its conjunction: "declaró la semana pasada en Madrid que"."""
ASIDES = frozenset(",-–—")
"""Signs that part an aside."""
MAX_ASIDE = 16
"""Tokens of "durante una visita a Pekín" between commas."""
MAX_ADDRESSEE = 12
"""Tokens of "a las partes en conflicto"."""
MAX_SENTENCE = 6
"""Tokens of "a siete años y medio de"."""
MAX_PAPER = 4
"""Words of a paper's name in marks."""
CHARGES = frozenset({"acusar", "culpar", "tachar"})


def spanish_claims(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
    """The sentence's claims, those of the general rules where Spanish has no rule of its own."""
    if not prose.quotations_in(sentence) and not any(
        prose.tokens[i].text == ":" for i in range(sentence.first, sentence.last)
    ):
        # Verbs that take words in marks alone say nothing here: "lanzó más de 200 drones".
        cues = [cue for cue in cues if cue.form.takes - {"direct"}]
    base = {claim.cue.first: claim for claim in find_claims(prose, words, sentence, cues)}
    made: list[Claim] = []
    for cue in cues:
        if _is_impersonal(prose, sentence, cue) or (made and _in_paper(prose, sentence, cue)):
            # "«…», dijo en un foro, informa ‘El Diario’": the paper only passes it on.
            continue
        known = base.get(cue.first)
        claim = (
            _in_paper(prose, sentence, cue)
            or _between_commas(prose, words, sentence, cue)
            or _behind_place(prose, words, sentence, cue)
            or _as_said(prose, words, sentence, cue)
            or _addressed(prose, words, sentence, cue, known)
            or _later_that(prose, words, sentence, cue, known)
            or known
            or _object_alone(prose, words, sentence, cue)
        )
        if claim is not None and not _sentences(prose, claim) and not is_cleft(prose, claim):
            made.append(with_whole_subject(prose, words, sentence, claim, cues))
    return [without_relative(prose, claim, cues) for claim in made]


def _sentences(prose: Prose, claim: Claim) -> bool:
    """ "condenó a siete años de cárcel al gerente": what a court does is no condemnation in words."""
    start = claim.opening.start
    near = prose.tokens[start : start + MAX_SENTENCE]
    return claim.cue.form.lemma == "condenar" and any(t.lower in prose.language.words("sentences") for t in near)


def _in_paper(prose: Prose, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "…, informa 'El Confidencial'.": a paper's name in marks ends the sentence, and is no quotation."""
    before = prose.tokens[cue.first - 1] if cue.first > sentence.first else None
    quotation = prose.quotation_of(cue.last) if cue.last < sentence.last else None
    if before is None or before.text != "," or quotation is None:
        return None
    last = prose.token_from(quotation.end)
    words = [token for token in prose.tokens[cue.last : last] if token.is_word]
    if not 0 < len(words) <= MAX_PAPER or not words[0].is_capital or last + 1 < sentence.last:
        return None
    name = (cue.last, last)
    return Claim(cue, cue.first, name, "before", Opening(last, "nothing"), cue.first, last)


def _is_impersonal(prose: Prose, sentence: Sentence, cue: Cue) -> bool:
    """ "se anunció que", "se celebrará": nobody says it."""
    before = prose.tokens[cue.first - 1].lower if cue.first > sentence.first else ""
    return before == "se" and cue.form.head[0] != "se"


def _between_commas(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "La culpa, dicen, la tiene el trigo": a verb alone between commas."""
    if not cue.takes("direct") or cue.first - 1 <= sentence.first or cue.last >= sentence.last:
        return None
    opened, closed = prose.tokens[cue.first - 1], prose.tokens[cue.last]
    if opened.text != "," or closed.text not in {",", *ENDS} or prose.is_quoted(cue.first - 1):
        return None
    colon = next((i for i in range(sentence.first, cue.first) if prose.tokens[i].text == ":"), None)
    subject = main_subject(prose, words, sentence, sentence.first, colon) if colon else None
    return Claim(cue, cue.first, subject, "before", Opening(cue.last, "nothing"), cue.first, cue.last, shared=True)


def _behind_place(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "…, dijo en Bruselas Kaja Kallas": where it was said stands before who says it."""
    start = cue.last + 2
    if not cue.takes("direct") or cue.first - 1 <= sentence.first or start >= sentence.last:
        return None
    before, place, who = prose.tokens[cue.first - 1], prose.tokens[cue.last + 1], prose.tokens[start]
    if before.text not in {",", "—"} or prose.tokens[cue.last].lower != "en" or not place.is_capital:
        return None
    subject = subject_after(prose, words, start, sentence.last)
    several = start + 1 < sentence.last and prose.tokens[start + 1].is_capital
    if subject is None or not (who.lower in words.determiners or (who.is_capital and several)):
        return None
    return Claim(cue, cue.first, subject, "before", Opening(subject[1], "nothing"), cue.first, subject[1])


def _as_said(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "…, según publicó Bloomberg citando a dos directivos": whatever follows who said it."""
    first = cue.first - 1
    if (
        first <= sentence.first
        or not cue.takes("direct")
        or prose.tokens[first].lower not in words.language.words("as")
    ):
        return None
    subject = subject_after(prose, words, cue.last, sentence.last)
    if subject is None or prose.tokens[first - 1].text != ",":
        return None
    return Claim(cue, first, subject, "before", Opening(subject[1], "nothing"), first, subject[1])


def _addressed(prose: Prose, words: Words, sentence: Sentence, cue: Cue, claim: Claim | None) -> Claim | None:
    """ "acusó a la OTAN de prolongar la guerra", "instó a las partes a ceder", "pidió al Gobierno una ayuda": what is
    said stands behind whom it is said to."""
    if prose.tokens[min(cue.last, sentence.last - 1)].lower not in {"a", "al"}:
        return None
    bare = cue.takes("object") and claim is not None and claim.opening.by == "nothing"
    if not (cue.takes("addressed") or bare):
        return None
    charges = cue.form.lemma in CHARGES
    stop = min(sentence.last - 1, cue.last + MAX_ADDRESSEE)
    for index in range(cue.last + 2, stop):
        token, before, ahead = prose.tokens[index], prose.tokens[index - 1], prose.tokens[index + 1]
        if prose.is_quoted(index) or not token.is_word or words.is_verb(token):
            break
        if cue.takes("addressed"):
            opens = words.is_infinitive(ahead) or ahead.lower == "que" or prose.is_quoted(index + 1)
            charged = charges and before.is_capital and ahead.is_small
            found = (opens or charged) and token.lower in ({"de", "del"} if charges else {"a", "que", "de"})
        else:
            small = words.determiners | {"más", "menos", "que"}
            named = token.lower in small and before.lower not in words.prepositions | words.determiners
            found = named or words.is_infinitive(token)
        if found:
            subject = (claim.subject if claim else None) or subject_before(prose, words, sentence.first, cue.first)
            opened = Opening(index, "infinitive", (cue.last, index))
            shared = subject is None or (claim is not None and claim.shared)
            return Claim(cue, cue.first, subject, "after", opened, cue.first, cue.last, shared=shared)
    return None


def _later_that(prose: Prose, words: Words, sentence: Sentence, cue: Cue, claim: Claim | None) -> Claim | None:
    """ "declaró la semana pasada que …", "a ambos les dijo que …": the conjunction stands further on, or the subject
    is left out."""
    if not (cue.takes("that") or cue.takes("question")) or (
        claim is not None and (claim.opening.by not in {"clause", "nothing"} or claim.side == "before")
    ):
        return None
    before = prose.tokens[cue.first - 1] if cue.first > sentence.first else None
    if before is not None and before.lower in words.determiners | words.prepositions | words.relatives - {"quien"}:
        return None
    kind = "that" if cue.takes("that") else "questions"
    for index in range(cue.last, min(sentence.last, cue.last + MAX_GAP)):
        token = prose.tokens[index]
        if phrase_at(prose, index, sentence.last, kind):
            if claim is None and index > cue.last + 1 and words.is_verb(token):
                return None
            subject = claim.subject if claim else None
            if claim is None and before is not None and before.lower == "quien":
                subject = (cue.first - 1, cue.first)
            opened = Opening(index, "that", (cue.last, index) if index > cue.last else None)
            first = claim.first if claim else cue.first
            return Claim(cue, first, subject, "after", opened, first, cue.last, shared=subject is None)
        if _names_something(prose, words, cue.last, index):
            return None
        if token.text in ASIDES and (past := _past_aside(prose, words, index, sentence.last)):
            opened = Opening(past, "that", None)
            if claim is not None:
                return replace(claim, opening=opened, side="after", end=cue.last)
            if before is not None and before.lower == "quien":
                return Claim(cue, cue.first, (cue.first - 1, cue.first), "after", opened, cue.first, cue.last)
        if prose.is_quoted(index) or not token.is_word or words.is_verb(token) or words.is_infinitive(token):
            return None
    return None


def _object_alone(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "Recalcó el firme apoyo de Astaná": what somebody said before named, in the past tense."""
    past = cue.form.head[-1].endswith(("ó", "aron", "ieron")) or len(cue.form.head) > 1
    start = cue.last
    if cue.first != strip_lead(prose, words, sentence.first, cue.first) or not cue.takes("object") or not past:
        return None
    if start + 1 >= sentence.last or prose.tokens[start].lower not in words.determiners:
        return None
    return Claim(cue, cue.first, None, "after", Opening(start, "clause"), cue.first, start, shared=True)


def _names_something(prose: Prose, words: Words, start: int, index: int) -> bool:
    """Whether an object begins here: "celebraron una reunión que …"; not "la semana pasada", "en la sede"."""
    if prose.tokens[index].lower not in words.determiners - words.language.words("clitics"):
        return False
    governed = index > start and prose.tokens[index - 1].lower in words.prepositions
    ahead = prose.tokens[index + 1 : index + 3]
    timed = any(words.is_time(token) or token.lower in words.language.words("time_nouns") for token in ahead)
    return not governed and not timed


def _past_aside(prose: Prose, words: Words, comma: int, limit: int) -> int | None:
    """ "afirmó ayer, durante una visita a Pekín, que …": where the conjunction stands behind an aside."""
    first = prose.tokens[comma + 1] if comma + 1 < limit else prose.tokens[comma]
    if not (first.lower in words.prepositions or words.is_time(first) or words.is_adverb(first)):
        return None
    for index in range(comma + 1, min(limit - 1, comma + MAX_ASIDE)):
        if prose.tokens[index].text == prose.tokens[comma].text:
            return index + 1 if phrase_at(prose, index + 1, limit, "that") else None
    return None
