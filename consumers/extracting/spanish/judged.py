"""What somebody calls something: "tachó el plan de «fraude»", "describió la cita como «útil»", "lo llamó «traidor»".
Pure.

The verbs are those that take ``judged``; list read: ``judging_of``, those with "de".
"""

from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim, verb_group
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.subjects import main_subject, subject_before
from consumers.extracting.svo.words import Words

MAX_OBJECT = 14
"""Tokens of what is judged."""
MAX_TIME = 6
"""Tokens of "hace muchos años de"."""
AS = frozenset({"de", "como"})
OBJECTS = frozenset({"lo", "la", "los", "las", "le", "les"})


def judged(prose: Prose, words: Words, sentence: Sentence, cue: Cue, known: Claim | None) -> Claim | None:
    """The claim whose content is what is judged and how, None where the verb does something else."""
    if not cue.takes("judged") or cue.last >= sentence.last:
        return None
    first, helping = verb_group(prose, words, cue, sentence.first)
    if helping & words.language.words("passive"):
        return None
    given = first > sentence.first and prose.tokens[first - 1].lower in OBJECTS
    pronoun = given or any(prose.tokens[i].lower in OBJECTS for i in range(first, cue.first))
    start = _start(prose, words, sentence, cue, pronoun=pronoun)
    if start is None:
        return None
    if given:
        first -= 1
    shared = known.shared if known else False
    subject = known.subject if known and known.side == "after" and not given else None
    if subject is None:
        subject = subject_before(prose, words, sentence.first, first)
    if subject is None:
        subject, shared = main_subject(prose, words, sentence, sentence.first, first), True
    said = replace(cue, form=replace(cue.form, takes=frozenset({"object"})))
    opened = Opening(start, "object")
    return Claim(said, first, subject, "after", opened, first, cue.last, shared=shared or subject is None)


def _start(prose: Prose, words: Words, sentence: Sentence, cue: Cue, *, pronoun: bool) -> int | None:
    """Where the content begins: behind the verb, or behind "de" and "como" where a pronoun is what is judged."""
    at = cue.last
    if prose.tokens[at].lower in AS:
        known = pronoun or cue.form.lemma in prose.language.words("judging_of")
        return at + 1 if known and at + 1 < sentence.last else None
    if pronoun:
        # "la tildó hace tiempo de «copia»"
        near = range(at, min(sentence.last, at + MAX_TIME))
        return next((i for i in near if prose.is_quoted(i) and (i == at or prose.tokens[i - 1].lower in AS)), None)
    for index in range(at, min(sentence.last, at + MAX_OBJECT)):
        token = prose.tokens[index]
        if prose.is_quoted(index):
            return at if _is_judgement(prose, index) or prose.tokens[index - 1].lower in AS else None
        if not token.is_word or words.is_verb(token) or token.lower in words.conjunctions - AS:
            return None
        if token.lower == "como" or (token.lower == "de" and _takes_of(prose, words, cue, index)):
            return at if index + 1 < sentence.last else None
    return None


def _takes_of(prose: Prose, words: Words, cue: Cue, index: int) -> bool:
    """ "tachó el plan de «fraude»", "tachó el plan de inútil y caro": before marks or an adjective, not in a phrase."""
    if cue.form.lemma not in prose.language.words("judging_of") or index + 2 >= len(prose.tokens):
        return False
    word, after = prose.tokens[index + 1 : index + 3]
    adjective = word.is_small and word.lower not in words.determiners
    return prose.is_quoted(index + 1) or (adjective and (not after.is_word or after.lower in words.joining))


def _is_judgement(prose: Prose, index: int) -> bool:
    """Whether the marks that open at ``index`` hold what somebody is called rather than a name: "Luna" is one."""
    inner = prose.tokens[index + 1] if index + 1 < len(prose.tokens) else prose.tokens[index]
    return inner.is_small
