"""The saying is named, its words are not: "Die Ministerin forderte eine rasche Entscheidung"."""

from collections.abc import Iterable

from consumers.extracting.cues import Cue
from consumers.extracting.deeds import deed_end
from consumers.extracting.found import Found
from consumers.extracting.german.indirect import WITHHELD
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import body_of
from consumers.extracting.german.subjects import find_addressee, find_subject, is_passive
from consumers.extracting.grammar import Phrase
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence

NEEDS = {
    "bezeichnen": frozenset(["als"]),
    "sprechen": frozenset(["von", "vom"]),
    "aussprechen": frozenset(["für", "gegen"]),
    "warnen": frozenset(["vor"]),
    "drohen": frozenset(["mit"]),
    "berichten": frozenset(["von", "über"]),
    "appellieren": frozenset(["an"]),
    "aufrufen": frozenset(["zu", "zum", "zur"]),
    "plädieren": frozenset(["für", "gegen"]),
    "mahnen": frozenset(["zu", "zur"]),
    "nennen": frozenset(["als"]),
}
"""Words without which the verb names no statement."""

SILENT = {
    "verteidigen": ("titel", "platz", "führung", "rekord", "vorsprung"),
    "bestreiten": ("spiel", "spiele", "auftritt", "rennen", "show", "partie", "finale", "kampf", "unterhalt"),
    "fordern": ("opfer", "leben", "tote", "toten", "verletzte", "verletzten"),
    "versprechen": ("sich",),
    "verurteilen": ("zu", "jahre", "jahren", "haft", "freiheitsstrafe", "geldstrafe"),
    "ablehnen": ("stellungnahme", "kommentar", "auskunft", "interview", "äußern", "anfrage"),
    "zurückweisen": ("anfrage",),
}
"""Endings of words with which the verb says nothing: "den Titel verteidigen", "eine Stellungnahme ablehnen"."""


def find_reported(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """The whole sentence as a reported statement, and quoted words in it as direct parts of it."""
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    for cue in cues:
        if not cue.takes("report") or is_passive(phrases, cue):
            continue
        if cue.form.lemma in WITHHELD and phrases.lower(last - 1) == "nicht":
            continue
        needs = NEEDS.get(cue.form.lemma)
        following = {phrases.lower(index) for index in range(cue.first + 1, last)}
        if (needs and not needs & following) or _is_silent(phrases, cue, first):
            continue
        subject = find_subject(phrases, first, cue)
        if subject is None:
            continue
        if _is_done(phrases, cue, subject):
            continue
        speaker = prose.span(*subject)
        addressee = find_addressee(phrases, cue, speaker)
        if _has_words(prose, sentence, cue):
            return []
        span = (prose.tokens[first].start, sentence.end)
        return [
            Found(
                (span,),
                "reported",
                cue.spans(prose),
                speaker,
                "here",
                prose.span(*addressee) if addressee else None,
            )
        ]
    return []


def _is_done(phrases: Phrases, cue: Cue, subject: Phrase) -> bool:
    """ "begrüßte seine Gäste": a deed, and nothing said."""
    start = subject[1] if subject[0] > cue.first else cue.first + 1
    return deed_end(phrases.prose, cue.form.lemma, start, phrases.last) is not None


def _is_silent(phrases: Phrases, cue: Cue, first: int) -> bool:
    endings = SILENT.get(cue.form.lemma)
    if endings is None:
        return False
    inside = range(first, phrases.last)
    if cue.form.lemma == "ablehnen" and phrases.lower(phrases.last - 1) in phrases.prose.language.words("unspoken"):
        return True
    stop = next((i for i in inside if i > cue.first and phrases.lower(i) in {",", ";"}), phrases.last)
    start = next((i + 1 for i in reversed(inside) if i < cue.first and phrases.lower(i) in {",", ";"}), first)
    return any(phrases.lower(i).endswith(endings) for i in range(start, stop) if not phrases.prose.is_quoted(i))


def _has_words(prose: Prose, sentence: Sentence, cue: Cue) -> bool:
    """Quotations that are sentences of their own say it in words; fragments are part of the naming."""
    for quotation in prose.quotations_in(sentence):
        first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
        before = prose.tokens[first - 1].text if first > sentence.first else ""
        after = prose.tokens[last].text if last < sentence.last else ""
        if first == sentence.first or before == ":" or (after == "," and last == cue.first - 1):
            return True
    return False
