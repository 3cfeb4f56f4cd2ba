"""Verbs of saying that French builds in its own way: each becomes a claim as the general rules know them. Pure.

Lists read: ``telling`` (tient à: verbs that lead to an infinitive of saying), ``affirms_telling`` (those that say
something when negated), ``one_may`` (peut-on), ``leading_infinitives`` (et de, avant de),
``genitive``, ``determiners``, ``relatives``, ``that``.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.french.openings import opened_by
from consumers.extracting.french.phrases import antecedent, past_adjuncts
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import PAUSES, Claim, after_own_aside, find_claims, verb_group
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.phrases import Phrase
from consumers.extracting.svo.subjects import main_subject, subject_after, subject_before
from consumers.extracting.svo.words import Words

HAVE = frozenset({"a", "ont", "avait", "avaient"})
OWN = frozenset({"infinitive", "shared"})
"""Kinds of forms that say something only where French rules find their subject."""
WHICH = frozenset({"que", "qu’"})
MAX_LEAD = 4
"""Words that lead to an infinitive: "n’a pas manqué de"."""
MAX_SCENE = 8
"""Tokens of "le ministre de l’Intérieur"."""


def french_claims(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
    """The sentence's claims, those of the general rules where French has no rule of its own."""
    plain = [cue for cue in cues if cue.form.kind not in OWN]
    base = {claim.cue.first: claim for claim in find_claims(prose, words, sentence, plain)}
    made: list[Claim] = []
    for cue in cues:
        if any(claim.begin <= cue.first < claim.end for claim in made if claim.side == "before"):
            continue
        claim = _claim(prose, words, sentence, cue, base.get(cue.first), made)
        claim = _whole(prose, words, sentence, claim, made) if claim is not None else None
        if claim is not None:
            made.append(_without_relative(prose, words, claim, cues))
    return [_parted(prose, claim, made) for claim in made]


def _parted(prose: Prose, claim: Claim, made: Sequence[Claim]) -> Claim:
    """ "Le maire, qui réclame une aide, a dit que …": two statements, so what he demands is no part of his name."""
    if claim.subject is None or claim.shared or claim.side == "before":
        return claim
    first, last = claim.subject
    for other in made:
        if (
            other.subject
            and other.subject[0] == first
            and first < other.first < last
            and other.subject[1] < other.first
        ):
            return replace(claim, subject=other.subject, begin=claim.first, shared=True)
    return claim


def _claim(
    prose: Prose, words: Words, sentence: Sentence, cue: Cue, known: Claim | None, made: Sequence[Claim]
) -> Claim | None:
    if cue.form.kind == "shared":
        return _shared(prose, words, sentence, cue, made)
    if cue.form.kind == "infinitive":
        return _infinitive(prose, words, sentence, cue, made)
    if cue.form.kind == "inverted":
        return _heard(prose, words, sentence, known) if known is not None else None
    return (
        _behind_quote(prose, words, sentence, cue, known)
        or _of_which(prose, words, sentence, cue)
        or _of_who(prose, words, sentence, cue)
        or _while_saying(prose, words, sentence, cue, made)
        or known
    )


def _whole(prose: Prose, words: Words, sentence: Sentence, claim: Claim, made: Sequence[Claim]) -> Claim | None:
    """The claim with what its verb governs and with the name that "qui" takes up; None where nothing is said."""
    told_first = claim.side == "before" and claim.begin and not _after_marks(prose, claim.begin)
    if told_first and claim.subject and claim.subject[1] <= claim.first and not _leads_in(prose, words, claim):
        # French turns the verb round behind what is said; "De son côté, le maire s’inquiète de …" does not.
        opened = opened_by(prose, words, claim.cue, sentence.last)
        if opened is None:
            return None
        claim = replace(claim, cue=opened[0], opening=opened[1], side="after", end=claim.cue.last)
    if claim.side == "before":
        paused = prose.tokens[claim.begin - 1].text in PAUSES | {"?", "!", "…"} if claim.begin else True
        return claim if paused or not prose.is_quoted(claim.begin - 1) or _quote_leads(prose, sentence, claim) else None
    if claim.opening.by != "clause" or claim.opening.start >= claim.cue.last:
        opened = opened_by(prose, words, claim.cue, sentence.last)
        if opened is None:
            return None
        claim = replace(claim, cue=opened[0], opening=opened[1])
    if claim.subject and prose.tokens[claim.subject[0]].lower in HAVE:
        # "n’a pour l’heure pas dit son refus": a participle far from its auxiliary.
        return None
    return _named(prose, words, sentence, claim, made)


def _after_marks(prose: Prose, index: int) -> bool:
    """Whether a quotation ends right before, but for a comma."""
    while index and prose.tokens[index - 1].text in PAUSES:
        index -= 1
    return index > 0 and prose.is_quoted(index - 1)


def _leads_in(prose: Prose, words: Words, claim: Claim) -> bool:
    """ "Comme le maire l’a dit"."""
    return prose.tokens[claim.begin].lower in words.language.words("as")


def _quote_leads(prose: Prose, sentence: Sentence, claim: Claim) -> bool:
    """Whether all that stands before the verb is one quotation: a headline does without the comma."""
    quotation = prose.quotation_of(claim.begin - 1)
    return quotation is not None and quotation.start == sentence.start


def _named(prose: Prose, words: Words, sentence: Sentence, claim: Claim, made: Sequence[Claim]) -> Claim:
    """ "le maire, qui dit", "un accord que le maire dit": the subject is whom "qui" takes up or what follows "que"."""
    if claim.subject is None:
        return claim
    first, last = claim.subject
    if last - first == 1 and prose.tokens[first].lower == "qui":
        end = first - 1 if first and prose.tokens[first - 1].text == "," else first
        near = next((one.subject for one in reversed(made) if one.subject and one.subject[1] == end), None)
        named = near or antecedent(prose, words, sentence.first, end)
        return replace(claim, subject=named, begin=first, shared=True) if named else claim
    which = [i for i in range(first + 1, last) if prose.tokens[i].lower in WHICH | {"dont", "où"}]
    if which and not any(words.is_verb(prose.tokens[i]) for i in range(which[-1] + 1, last)):
        return replace(claim, subject=(which[-1] + 1, last), begin=which[-1], shared=True)
    return claim


def _without_relative(prose: Prose, words: Words, claim: Claim, cues: Sequence[Cue]) -> Claim:
    """ "a dit le maire, qui réclame une aide", "a dit le maire, se disant prêt": these are statements of their own."""
    if claim.subject is None or claim.side != "before":
        return claim
    first, last = claim.subject
    for comma in range(first + 1, last - 1):
        if prose.tokens[comma].text != ",":
            continue
        who = prose.tokens[comma + 1].lower == "qui"
        inner = [c for c in cues if comma < c.first < last and c.form.kind == ("finite" if who else "gerund")]
        if inner and (who or verb_group(prose, words, inner[0], comma)[0] == comma + 1):
            opened = Opening(comma, "nothing", claim.opening.addressee)
            return replace(claim, subject=(first, comma), opening=opened, end=min(claim.end, comma))
    return claim


def _behind_quote(prose: Prose, words: Words, sentence: Sentence, cue: Cue, known: Claim | None) -> Claim | None:
    """ "« … », a dit mardi devant le Sénat la ministre": circumstances stand before who says it."""
    if not (cue.takes("direct") or cue.takes("incise")):
        return None
    first, _ = verb_group(prose, words, cue, sentence.first)
    pause = first - 1
    while pause > sentence.first and prose.tokens[pause].text in PAUSES:
        pause -= 1
    if pause < sentence.first:
        return None
    if not prose.is_quoted(pause):
        return _behind_clause(prose, words, sentence, cue, first) if known is None else None
    quotation = prose.quotation_of(pause)
    paused = pause < first - 1 or prose.tokens[pause - 1].text in {"?", "!", "…", ","}
    if quotation is None or not (paused or quotation.start == sentence.start):
        return None
    start = past_adjuncts(prose, words, cue.last, sentence.last)
    subject = subject_after(prose, words, start, sentence.last) if start < sentence.last else None
    if subject is None or not _may_speak(prose, words, subject):
        return None
    if known is not None and known.side == "before" and known.subject and known.subject[0] == subject[0]:
        return known
    opened = Opening(subject[1], "nothing")
    return Claim(cue, first, subject, "before", opened, first, subject[1])


def _behind_clause(prose: Prose, words: Words, sentence: Sentence, cue: Cue, first: int) -> Claim | None:
    """ "Le pont est coupé, a précisé à la radio le préfet": circumstances stand before who says it, nothing behind."""
    head = prose.tokens[sentence.first : max(sentence.first, first - 1)]
    worded = any(words.is_verb(token) for token in head[1:]) and prose.tokens[first - 1].text == ","
    start = past_adjuncts(prose, words, cue.last, sentence.last)
    if not worded or not cue.takes("clause") or start == cue.last or start >= sentence.last:
        return None
    subject = subject_after(prose, words, start, sentence.last)
    if subject is None or not _may_speak(prose, words, subject) or after_own_aside(prose, words, sentence, first):
        return None
    if any(token.is_word for token in prose.tokens[subject[1] : sentence.last]):
        return None
    return Claim(cue, first, subject, "before", Opening(subject[1], "nothing"), first, subject[1])


def _may_speak(prose: Prose, words: Words, subject: Phrase) -> bool:
    token = prose.tokens[subject[0]]
    return token.is_capital or words.is_pronoun(token) or token.lower in words.determiners


def _of_which(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "une idée que rejette la mairie": what is said stands before, who says it behind."""
    first, _ = verb_group(prose, words, cue, sentence.first)
    which = next((i for i in range(first - 1, sentence.first, -1) if prose.tokens[i].lower in WHICH), None)
    if which is None or which < first - 1 or not (cue.takes("object") or cue.takes("measure") or cue.takes("that")):
        return None
    subject = subject_after(prose, words, past_adjuncts(prose, words, cue.last, sentence.last), sentence.last)
    end = which - 1 if prose.tokens[which - 1].text == "," else which
    thing = antecedent(prose, words, sentence.first, end)
    if subject is None or thing is None or not _may_speak(prose, words, subject):
        return None
    taking = replace(cue, form=replace(cue.form, takes=frozenset({"object"})))
    return Claim(taking, first, subject, "after", Opening(thing[0], "clause"), thing[0], subject[1], shared=True)


def _of_who(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "…, qui réclame une aide"."""
    first, helping = verb_group(prose, words, cue, sentence.first)
    who = first - 1
    if (
        who <= sentence.first
        or prose.tokens[who].lower != "qui"
        or cue.form.kind != "finite"
        or helping & words.infinitive
    ):
        return None
    return Claim(cue, first, (who, first), "after", Opening(cue.last, "nothing"), who, cue.last)


def _while_saying(prose: Prose, words: Words, sentence: Sentence, cue: Cue, made: Sequence[Claim]) -> Claim | None:
    """ "a conclu en appelant à l’unité": the subject is the sentence's."""
    if cue.form.kind != "gerund" or cue.first == sentence.first or prose.tokens[cue.first - 1].lower != "en":
        return None
    subject = _told_by(prose, words, sentence, cue.first - 1, made)
    return Claim(cue, cue.first - 1, subject, "after", Opening(cue.last, "nothing"), cue.first - 1, cue.last, True)


def _told_by(prose: Prose, words: Words, sentence: Sentence, before: int, made: Sequence[Claim]) -> Phrase | None:
    """Who the last claim's or else the sentence's own subject is."""
    last = made[-1].subject if made else None
    return last or main_subject(prose, words, sentence, sentence.first, before)


def _shared(prose: Prose, words: Words, sentence: Sentence, cue: Cue, made: Sequence[Claim]) -> Claim | None:
    """ "a promis de partir et annoncé que": a participle behind "et" whose "a" stands at the verb before."""
    first = cue.first
    while first > sentence.first and words.is_adverb(prose.tokens[first - 1]):
        first -= 1
    if first == sentence.first or prose.tokens[first - 1].lower not in words.joining | {"puis"}:
        return None
    have = next(
        (i for i in range(first - 1, sentence.first, -1) if prose.tokens[i].lower in HAVE and not prose.is_quoted(i)),
        None,
    )
    if have is None:
        return None
    near = next((one.subject for one in reversed(made) if one.first <= have < one.cue.last), None)
    subject = near or subject_before(prose, words, sentence.first, have)
    if subject is None:
        return None
    return Claim(cue, first, subject, "after", Opening(cue.last, "nothing"), first, cue.last, shared=True)


def _infinitive(prose: Prose, words: Words, sentence: Sentence, cue: Cue, made: Sequence[Claim]) -> Claim | None:
    """ "tient à rappeler que", "Et de conclure : « … »", "…, avant d’ajouter que"."""
    if (scene := _scene(prose, words, sentence, cue)) is not None:
        return scene
    for length in range(MAX_LEAD, 0, -1):
        start = cue.first - length
        if start < sentence.first or prose.is_quoted(start):
            continue
        lead = " ".join(token.lower for token in prose.tokens[start : cue.first])
        if lead in words.language.words("leading_infinitives"):
            before = prose.tokens[start - 1] if start > sentence.first else None
            if before is not None and before.text not in PAUSES and lead.startswith("et"):
                continue
            subject = _told_by(prose, words, sentence, start, made) if start > sentence.first else None
            return Claim(cue, start, subject, "after", Opening(cue.last, "nothing"), start, cue.last, shared=True)
        if lead in words.language.words("one_may"):
            return _read_in(prose, words, sentence, cue, start)
        affirms = lead in words.language.words("affirms_telling")
        if affirms or lead in words.language.words("telling"):
            first, _ = verb_group(prose, words, replace(cue, tokens=(start,)), sentence.first)
            subject = subject_before(prose, words, sentence.first, first)
            shared = subject is None
            if subject is None and first > sentence.first and prose.tokens[first - 1].lower in words.joining | {","}:
                subject = _told_by(prose, words, sentence, first, made)
            begin = first if shared or subject is None else subject[0]
            # "n’a pas manqué de souligner" says something.
            first = start if affirms else first
            opened = Opening(cue.last, "nothing")
            return Claim(cue, first, subject, "after", opened, begin, cue.last, shared) if subject else None
    return None


def _read_in(prose: Prose, words: Words, sentence: Sentence, cue: Cue, first: int) -> Claim | None:
    """ "« … », peut-on lire dans le communiqué": the paper says it."""
    if cue.last + 1 >= sentence.last or prose.tokens[cue.last].lower not in words.prepositions:
        return None
    paper = subject_after(prose, words, cue.last + 1, sentence.last)
    return Claim(cue, first, paper, "before", Opening(paper[1], "nothing"), first, paper[1]) if paper else None


def _scene(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "Et le maire d’ajouter que …": an infinitive with a subject of its own."""
    first, last = sentence.first + 1, cue.first - 1
    led = prose.tokens[sentence.first].lower == "et" and prose.tokens[last].lower in {"de", "d’"}
    if not led or not 0 < last - first <= MAX_SCENE or subject_after(prose, words, first, last) != (first, last):
        return None
    return Claim(cue, last, (first, last), "after", Opening(cue.last, "nothing"), first, cue.last)


def _heard(prose: Prose, words: Words, sentence: Sentence, claim: Claim) -> Claim:
    """ "a-t-on appris auprès de la police": who "on" has it from."""
    subject = claim.subject
    nobody = subject is not None and "n" in words.language.pronouns.get(prose.tokens[subject[0]].lower, ())
    length = phrase_at(prose, claim.cue.last, sentence.last, "heard_from") if nobody else 0
    source = subject_after(prose, words, claim.cue.last + length, sentence.last) if length else None
    return replace(claim, subject=source, end=source[1]) if source else claim
