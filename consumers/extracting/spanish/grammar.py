"""The rules of Spanish put together: the claims of a sentence, speech after a dash, and who a verb alone means."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue, cues_at
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.spanish.claims import spanish_claims
from consumers.extracting.spanish.uncued import behind_colon, find_opinion
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.rules import ClauseGrammar
from consumers.extracting.svo.subjects import main_subject, subject_after
from consumers.extracting.svo.words import Words, words_of

DASHES = frozenset("—–")
MAX_CARRY = 6
"""Sentences without a statement after which nobody is the last speaker any more."""
OWN = "possessives"


class SpanishGrammar(ClauseGrammar):
    """Clauses as in every language with subject, verb, object; verbs need no subject."""

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        spoken = _after_dash(prose, words_of(prose.language), sentence)
        if spoken is not None:
            return spoken
        found = [_past_source(prose, one) for one in super().find(prose, sentence, cues)]
        found = [part for one in found for part in behind_colon(prose, one)]
        told = [one for one in found if not _is_nobody(prose, one) and not _is_inner(prose, one)]
        return told if found else find_opinion(prose, words_of(prose.language), sentence)

    def claims(self, prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
        """The cues that are verbs of saying here."""
        return spanish_claims(prose, words, sentence, cues)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """A verb without a subject is the last speaker's, else whom the sentence before is about."""
        words = words_of(prose.language)
        settled: list[Found] = []
        last, last_at = None, -MAX_CARRY
        for statement in super().settle(prose, found):
            sentence = prose.sentence_at(statement.start)
            at = sentence.index if sentence else last_at
            if statement.speaker is None and statement.speaker_from == "carried":
                speaker = last if at - last_at <= MAX_CARRY else None
                if speaker is None and sentence is not None and sentence.index and statement.cue:
                    before = prose.sentences[sentence.index - 1]
                    phrase = _about(prose, words, before) if before.paragraph == sentence.paragraph else None
                    speaker = prose.span(*phrase) if phrase else None
                statement = replace(statement, speaker=speaker)  # noqa: PLW2901
            own = words.language.words(OWN) | words.relatives
            if statement.speaker and prose.text[slice(*statement.speaker)].lower() not in own:
                last, last_at = statement.speaker, at
            settled.append(statement)
        return settled


def _past_source(prose: Prose, found: Found) -> Found:
    """ "Según TASS, el ministro, Juan Ruiz, llegó": a name of one word has no article behind its comma."""
    if found.speaker is None or not found.cue or found.type == "direct" or len(found.quote) > 1:
        return found
    cue = prose.text[slice(*found.cue[0])].lower()
    first, last = prose.token_from(found.speaker[0]), prose.token_from(found.speaker[1])
    comma = next((index for index in range(first, last) if prose.tokens[index].text == ","), None)
    if cue not in prose.language.words("sources") or comma is None or found.cue[0][1] > found.speaker[0]:
        return found
    kinds = prose.language.words("organisation_kinds") | prose.language.words("determiners")
    named = [token for token in prose.tokens[first:comma] if token.lower not in kinds]
    if len(named) > 1 or prose.tokens[comma + 1].lower not in prose.language.words("determiners"):
        return found
    start = prose.tokens[comma + 1].start
    return replace(found, quote=((start, found.quote[0][1]),), speaker=prose.span(first, comma))


def _is_nobody(prose: Prose, found: Found) -> bool:
    """ "Nadie ha dicho que …"."""
    if found.speaker is None or (found.cue and found.cue[0][0] < found.speaker[0]):
        return False
    return prose.text[slice(*found.speaker)].split()[0].lower() in prose.language.words("nobody")


def _is_inner(prose: Prose, found: Found) -> bool:
    """ "los fallos que, a su juicio, retrasaron el rescate": only the relative clause is in somebody's opinion."""
    words = words_of(prose.language)
    if found.speaker is None or prose.text[slice(*found.speaker)].lower() not in prose.language.words(OWN):
        return False
    index = prose.token_from(found.cue[0][0]) - 1
    while index > 0 and not prose.tokens[index].is_word:
        index -= 1
    return prose.tokens[index].lower in words.relatives | words.conjunctions


def _about(prose: Prose, words: Words, sentence: Sentence) -> tuple[int, int] | None:
    """The subject that the sentence begins with, where a verb follows it."""
    phrase = main_subject(prose, words, sentence, sentence.first, sentence.last)
    if phrase is None or phrase[1] >= sentence.last:
        return None
    following = prose.tokens[phrase[1]]
    verb = prose.tokens[phrase[1] + 1] if following.text == "," and phrase[1] + 1 < sentence.last else following
    small = prose.language.words("clitics")
    return phrase if words.is_verb(verb) or verb.lower in small else None


def _after_dash(prose: Prose, words: Words, sentence: Sentence) -> list[Found] | None:
    """ "—La duda no cabe —explica Ana—. Aquí dudan todos.": None where no such speech is."""
    begin, stop = prose.paragraphs[sentence.paragraph]
    first, last = prose.token_from(begin), prose.token_from(stop)
    if prose.tokens[first].text not in DASHES:
        return None
    whole = Sentence(sentence.index, first, last, begin, stop, sentence.paragraph)
    for index in range(first + 2, last - 2):
        if prose.tokens[index].text not in DASHES or prose.tokens[index].end != prose.tokens[index + 1].start:
            continue
        cue = next((cue for cue in cues_at(prose, whole, index + 1) if cue.takes("direct")), None)
        subject = subject_after(prose, words, cue.last, last) if cue else None
        if cue is None or subject is None:
            continue
        if sentence.first != first:
            return []
        pieces = [trimmed(prose, first + 1, index), trimmed(prose, subject[1], last)]
        quote = tuple(prose.span(*piece) for piece in pieces if piece[0] < piece[1])
        return [Found(quote, "direct", cue.spans(prose), prose.span(*subject))]
    return None
