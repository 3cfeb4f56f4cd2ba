"""Verbs of saying that Spanish builds in its own way: each becomes a claim as the general rules know them. Pure.

Lists read: ``as``, ``determiners``, ``prepositions``, ``questions``, ``relatives``, ``sources``, ``that``.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.spanish.behind import institution, may_speak, past, past_time, subject_behind
from consumers.extracting.spanish.judged import judged
from consumers.extracting.spanish.whose import is_cleft, is_of_others, with_whole_subject, without_relative
from consumers.extracting.svo.claims import Claim, after_content, find_claims, verb_group
from consumers.extracting.svo.contents import Opening, opening
from consumers.extracting.svo.phrases import strip_lead
from consumers.extracting.svo.subjects import main_subject, subject_after, subject_before
from consumers.extracting.svo.words import Words

MAX_GAP = 12
"""Tokens between a verb and its conjunction: "declaró la semana pasada en Madrid que"."""
ASIDES = frozenset(",-–—")
"""Signs that part an aside."""
MAX_ASIDE = 16
"""Tokens of "durante una visita a Pekín" between commas."""
MAX_SUBJECT = 14
"""Tokens of "el director del instituto, Juan Ruiz,"."""
MAX_ADDRESSEE = 12
"""Tokens of "a las partes en conflicto"."""
MIN_ASKED = 5
"""Tokens behind the verb where more than an addressee stands there."""
MAX_SENTENCE = 6
"""Tokens of "a siete años y medio de"."""
MAX_PAPER = 4
"""Words of a paper's name in marks."""
CHARGES = frozenset({"acusar", "culpar", "responsabilizar", "informar", "advertir", "alertar", "avisar"})
"""Verbs of charging somebody with something, or telling somebody of it: "acusó a X de …", "informó a X de …"."""


def spanish_claims(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
    """The sentence's claims, those of the general rules where Spanish has no rule of its own."""
    if not prose.quotations_in(sentence) and not any(
        prose.tokens[i].text == ":" for i in range(sentence.first, sentence.last)
    ):
        # Verbs that take words in marks alone say nothing here: "lanzó más de 200 drones".
        cues = [cue for cue in cues if cue.form.takes - {"direct"}]
    base = {claim.cue.first: claim for claim in find_claims(prose, words, sentence, cues)}
    made: list[Claim] = []
    host: tuple[int, int] | None = None
    for cue in cues:
        if _is_impersonal(prose, sentence, cue) or (made and _in_paper(prose, sentence, cue)):
            # "«…», dijo en un foro, informa ‘El Diario’": the paper only passes it on.
            continue
        known = _in_order(prose, base.get(cue.first))
        claim = (
            _in_paper(prose, sentence, cue)
            or _between_commas(prose, words, sentence, cue)
            or _after_quote(prose, words, sentence, cue, known)
            or _behind_place(prose, words, sentence, cue, known)
            or _as_said(prose, words, sentence, cue)
            or judged(prose, words, sentence, cue, known)
            or _paper_first(prose, words, sentence, cue)
            or _addressed(prose, words, sentence, cue, known)
            or _verb_first(prose, words, sentence, cue, known)
            or _later_that(prose, words, sentence, cue, known)
            or _behind_circumstance(prose, words, sentence, cue, known)
            or known
            or _where_said(prose, words, sentence, cue)
            or _object_alone(prose, words, sentence, cue)
        )
        if claim is None or _is_nothing_said(prose, claim):
            continue
        claim = _behind_time(prose, words, sentence, claim)
        claim = with_whole_subject(prose, words, sentence, claim, cues, made[-1] if made else None)
        host = institution(prose, words, sentence, claim, host)
        claim = replace(claim, subject=host) if host and (claim.shared or claim.subject is None) else claim
        made.append(without_relative(prose, claim, cues))
    return made


def _in_order(prose: Prose, claim: Claim | None) -> Claim | None:
    """Without the order "Es tarde, el ministro dijo", which Spanish has not: "Ayer, el ministro informó" is none."""
    if claim is None or claim.side == "after" or claim.subject is None or claim.subject[1] > claim.cue.first:
        return claim
    return claim if after_content(prose, claim.subject[0]) else replace(claim, side="after", end=claim.cue.last)


def _behind_time(prose: Prose, words: Words, sentence: Sentence, claim: Claim) -> Claim:
    """ "condenó este lunes la redada": when it was said is no part of what is said."""
    opened = claim.opening
    if claim.side == "before" or opened.by not in {"clause", "object"} or opened.start != claim.cue.last:
        return claim
    start = past_time(prose, words, opened.start, sentence.last)
    return replace(claim, opening=replace(opened, start=start)) if start < sentence.last else claim


def _is_asked(prose: Prose, claim: Claim) -> bool:
    """ "¿Cree que hay margen?": somebody else is asked."""
    return claim.first > 0 and prose.tokens[claim.first - 1].text == "¿"


def _paper_first(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "‘Le Monde’ critica la medida": a paper's name in marks right before the verb."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    quotation = prose.quotation_of(first - 1) if first > sentence.first else None
    if quotation is None:
        return None
    start = prose.token_from(quotation.start)
    inner = [token for token in prose.tokens[start:first] if token.is_word]
    if not 0 < len(inner) <= MAX_PAPER or not inner[0].is_capital or not inner[-1].is_capital:
        return None
    if not prose.tokens[first - 2].is_word or (start > sentence.first and prose.tokens[start - 1].is_word):
        return None
    opened = opening(prose, words, cue, cue.last, sentence.last)
    return Claim(cue, first, (start, first), "after", opened, start, cue.last)


def _behind_circumstance(prose: Prose, words: Words, sentence: Sentence, cue: Cue, claim: Claim | None) -> Claim | None:
    """ "negó ante el juez haber mentido", "denunció ante la ONU el bloqueo": what is said stands behind the place."""
    if claim is None or claim.side == "before" or claim.opening.by != "nothing" or cue.last >= sentence.last:
        return None
    index = past(prose, words, cue.last, sentence.last)
    if index is None or index == cue.last:
        return None
    token = prose.tokens[index]
    negated = token.lower in words.language.words("negations") and index + 1 < sentence.last
    if cue.takes("infinitive") and words.is_infinitive(prose.tokens[index + 1] if negated else token):
        return replace(claim, opening=Opening(index, "infinitive", (cue.last, index)))
    if cue.takes("object") and (token.is_small or token.text.isdigit()) and not prose.is_quoted(index):
        return replace(claim, opening=Opening(index, "object", (cue.last, index)))
    return None


def _is_nothing_said(prose: Prose, claim: Claim) -> bool:
    return (
        _sentences(prose, claim)
        or _is_asked(prose, claim)
        or _puts_out(prose, claim)
        or is_cleft(prose, claim)
        or is_of_others(prose, claim)
    )


def _puts_out(prose: Prose, claim: Claim) -> bool:
    """ "publica ‘La hora azul’": a work, not words, where no colon stands."""
    start = claim.opening.start
    return (
        claim.cue.form.lemma in prose.language.words("works")
        and claim.side == "after"
        and start == claim.cue.last
        and prose.is_quoted(start)
    )


def _sentences(prose: Prose, claim: Claim) -> bool:
    """ "condenó a siete años de cárcel al gerente": what a court does is no condemnation in words."""
    start = claim.opening.start
    near = prose.tokens[start : start + MAX_SENTENCE]
    return claim.cue.form.lemma in {"condenar", "confirmar"} and any(
        t.lower in prose.language.words("sentences") for t in near
    )


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


def _after_quote(prose: Prose, words: Words, sentence: Sentence, cue: Cue, known: Claim | None) -> Claim | None:
    """ "«…», dijo a CNN Ana Ruiz", "«…», dijo al salir": right behind a quotation and a sign; what follows is who says
    it, or nobody."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    if not cue.takes("direct") or first - 1 <= sentence.first or phrase_at(prose, cue.last, sentence.last, "that"):
        return None
    sign = prose.tokens[first - 1]
    if not after_content(prose, first) or (prose.is_quoted(first - 1) and prose.tokens[first - 2].is_word):
        return None
    subject = None
    if not sign.is_word and cue.last < sentence.last:
        subject = subject_behind(prose, words, cue.last, sentence.last)
    if subject is None and known is not None and known.side == "before" and known.subject is not None:
        # "bromeó con calma en su discurso inaugural": what follows is no subject.
        begin = known.subject[0]
        if begin == cue.last or may_speak(prose, words, begin):
            return known
    end = subject[1] if subject else cue.last
    rest = opening(prose, words, cue, end, sentence.last)
    quoted = rest.by in {"quote", "colon"} and rest.start < sentence.last and prose.is_quoted(rest.start)
    goes_on = quoted and not prose.tokens[rest.start - 1].is_word
    opened = Opening(rest.start, "quote") if goes_on else Opening(end, "nothing")
    return Claim(cue, first, subject, "before", opened, first, end, shared=subject is None)


def _behind_place(prose: Prose, words: Words, sentence: Sentence, cue: Cue, known: Claim | None) -> Claim | None:
    """ "…, dijo en Bruselas Kaja Kallas": where it was said stands before who says it."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    if not cue.takes("direct") or first - 1 <= sentence.first or cue.last >= sentence.last:
        return None
    if prose.tokens[first - 1].text not in {",", "—"} or prose.tokens[cue.last].lower not in words.prepositions:
        return None
    if known is not None and known.side == "after" and known.subject is not None and not known.shared:
        return None
    subject = subject_behind(prose, words, cue.last, sentence.last)
    if subject is None:
        return None
    return Claim(cue, first, subject, "before", Opening(subject[1], "nothing"), first, subject[1])


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
    begin = past_time(prose, words, cue.last, sentence.last)
    near = (i for i in (begin, cue.last - 1) if i < sentence.last and prose.tokens[i].lower in {"a", "al"})
    start = next(near, None)
    if start is None:
        return None
    bare = cue.takes("object") and claim is not None and claim.opening.by == "nothing"
    if not (cue.takes("addressed") or bare):
        return None
    charges = cue.form.lemma in CHARGES
    stop = min(sentence.last - 1, start + MAX_ADDRESSEE)
    subject = (claim.subject if claim else None) or subject_before(prose, words, sentence.first, cue.first)
    shared = subject is None or (claim is not None and claim.shared)
    for index in range(start + 2, stop):
        token, before, ahead = prose.tokens[index], prose.tokens[index - 1], prose.tokens[index + 1]
        if prose.is_quoted(index) or not token.is_word or words.is_verb(token):
            break
        if cue.takes("addressed"):
            if start < cue.last and words.is_infinitive(ahead):
                break  # "instó a las partes a ceder": the general rules read it.
            opens = words.is_infinitive(ahead) or ahead.lower == "que" or prose.is_quoted(index + 1)
            charged = charges and before.is_capital and ahead.is_small
            called = not charges and before.lower not in words.determiners and ahead.lower in words.determiners
            found = (opens or charged) and token.lower in ({"de", "del"} if charges else {"a", "que", "de"})
            # "llamó a las partes a la calma", "instó a Irán al diálogo"
            found = found or (called and token.lower == "a") or (not charges and token.lower == "al")
        else:
            small = words.determiners | {"más", "menos", "que"}
            named = token.lower in small and before.lower not in words.prepositions | words.determiners
            found = named or words.is_infinitive(token)
        if found:
            opened = Opening(index, "infinitive", (cue.last, index))
            return Claim(cue, cue.first, subject, "after", opened, cue.first, cue.last, shared=shared)
    if bare and (stop - cue.last > MIN_ASKED or cue.form.lemma in words.language.words("judging_people")):
        # "criticó a la prensa"; "pidió a las cajas rurales créditos …": no sign tells where those end who are asked.
        opened = Opening(cue.last, "object")
        return Claim(cue, cue.first, subject, "after", opened, cue.first, cue.last, shared=shared)
    return None


def _verb_first(prose: Prose, words: Words, sentence: Sentence, cue: Cue, claim: Claim | None) -> Claim | None:
    """ "Explicó el alcalde que …": the subject between the verb and its conjunction."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    leads = strip_lead(prose, words, sentence.first, first) >= first
    named = prose.tokens[min(cue.last, sentence.last - 1)].is_capital
    # "Anunció la medida que …" names what is announced.
    told = cue.takes("clause") and (named or not cue.takes("object"))
    if not cue.takes("that") or not told or not leads or (claim is not None and claim.side == "before"):
        return None
    for index in range(cue.last, min(sentence.last, cue.last + MAX_SUBJECT)):
        if index > cue.last and phrase_at(prose, index, sentence.last, "that"):
            subject = subject_behind(prose, words, cue.last, index)
            if subject is None or prose.tokens[index - 1].lower in words.determiners | words.prepositions:
                return None
            return Claim(cue, first, subject, "after", Opening(index, "that"), first, cue.last)
        token = prose.tokens[index]
        if prose.is_quoted(index) or words.is_verb(token) or not (token.is_word or token.text == ","):
            return None
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
        # "pidió a la Unión Europea (UE) que …"
        bracketed = token.text in {"(", ")"} or prose.tokens[index - 1].text == "("
        stops = not token.is_word or words.is_verb(token) or words.is_infinitive(token)
        if prose.is_quoted(index) or (stops and not bracketed):
            return None
    return None


def _where_said(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "«…», dijo el ministro en Roma, donde ha pedido calma": what the same one said there."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    if first <= sentence.first or prose.tokens[first - 1].lower != "donde":
        return None
    opened = opening(prose, words, cue, cue.last, sentence.last)
    return Claim(cue, first, (first - 1, first), "after", opened, first, cue.last)


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
    led = phrase_at(prose, comma + 1, limit, "leading") > 1
    if not (led or first.lower in words.prepositions or words.is_time(first) or words.is_adverb(first)):
        return None
    for index in range(comma + 1, min(limit - 1, comma + MAX_ASIDE)):
        if prose.tokens[index].text == prose.tokens[comma].text:
            # "advierten, sin embargo, de que …"
            start = index + 1 + (prose.tokens[index + 1].lower in {"de", "en"})
            return start if phrase_at(prose, start, limit, "that") else None
    return None
