"""Cues read as verbs: each with its auxiliaries, its subject, and on which side its words stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.contents import Opening, opening
from consumers.extracting.svo.phrases import is_adverbial, is_phrase, segment_before, strip_lead
from consumers.extracting.svo.relative import absolute_subject, cited_subject, which_subject
from consumers.extracting.svo.relays import teller_start
from consumers.extracting.svo.subjects import PARTICLES, main_subject, subject_after, subject_before
from consumers.extracting.svo.turned import object_first
from consumers.extracting.svo.verbs import is_verb_here
from consumers.extracting.svo.words import Words, is_name, is_said_by_them

Phrase = tuple[int, int]
Side = Literal["after", "before"]
NOUN = frozenset({"noun"})
"""What a word takes that only looks like a verb of saying."""
ONLY_THAT = frozenset({"that", "passive", "hearer"})
"""What verbs take that say nothing without a conjunction: "guards found a key"."""
PAUSES = frozenset({",", "—", "–", ";", "،", "，", "-"})


@dataclass(frozen=True, slots=True)
class Claim:
    """``first``: where the cue with its auxiliaries begins; ``begin``/``end``: the claim without what is said."""

    cue: Cue
    first: int
    subject: Phrase | None
    side: Side
    opening: Opening
    begin: int
    end: int
    shared: bool = False
    """The subject is another claim's or the sentence's: "…, adding that", "and said"."""
    object: Phrase | None = None
    """What is named, where it stands before the verb."""


def find_claims(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
    """The sentence's cues that are verbs of saying here, in order."""
    claims: list[Claim] = []
    subject: Phrase | None = None
    floor = sentence.first
    for cue, following in zip_longest(cues, cues[1:]):
        if cue.first < floor or cue.form.takes == NOUN:
            continue
        if following is not None and _cites_with(prose, words, cue, following):
            continue
        claim = _read(prose, words, sentence, cue, floor, subject)
        if claim is None or (claim.opening.by != "that" and cue.form.takes <= ONLY_THAT):
            continue
        relative = claim.subject and prose.tokens[claim.subject[-1] - 1].lower in words.relatives
        if claim.subject and not relative:
            subject = claim.subject
        floor = max(cue.head_end, claim.end)
        claims.append(claim)
    for number, claim in enumerate(claims[:-1]):
        # "Calling it a mistake, Smith said …": the subject comes later.
        if claim.subject is None and claim.first == sentence.first:
            claims[number] = replace(claim, subject=claims[number + 1].subject)
    alone = words.language.words("drops_pronoun")
    return [claim for claim in claims if _may_say(prose, words, claim) and (claim.subject is not None or alone)]


def _cites_with(prose: Prose, words: Words, cue: Cue, following: Cue) -> bool:
    """ "Reuters cited a source as saying that": the saying is the cue, and the citing no other one."""
    before = f"{prose.tokens[following.first - 1].lower} {prose.tokens[following.first].lower}"
    between = prose.tokens[cue.last : following.first]
    return before in words.language.words("cites") and all(token.is_word for token in between)


def _may_say(prose: Prose, words: Words, claim: Claim) -> bool:
    """Not "Дітям обіцяють …": one word in the dative is whom they tell, where nouns are declined, and "Компанию считают
    лидером" in the accusative whom they judge. Nor a question that is asked ("на вопрос, сколько стран просили")."""
    lists = words.language.words
    if claim.subject and prose.tokens[claim.subject[0]].lower in lists("questions") - words.relatives:
        return False
    judged = lists("object_endings") if claim.cue.takes("judged") else frozenset()
    endings = tuple(lists("hearer_endings") | judged)
    if not endings or claim.subject is None or claim.subject[1] - claim.subject[0] != 1 or claim.side == "before":
        return True
    token = prose.tokens[claim.subject[0]]
    return not token.lower.endswith(endings) or len(token.text) < 5


def verb_group(prose: Prose, words: Words, cue: Cue, floor: int) -> tuple[int, set[str]]:
    """Where auxiliaries, adverbs and negations before the cue begin, and which auxiliaries they are."""
    first = cue.first
    helping: set[str] = set()
    while first > floor and not prose.is_quoted(first - 1):
        token = prose.tokens[first - 1]
        if token.lower in words.auxiliaries or token.lower in words.infinitive:
            helping.add(token.lower)
        elif length := _manner_before(prose, words, first, floor):
            first -= length - 1
        elif not _is_adverb(prose, words, first - 1, floor) and token.lower not in words.language.words("clitics"):
            break
        first -= 1
    while first < cue.first and words.is_adverb(prose.tokens[first]) and not helping and first == floor:
        first += 1
    return first, helping


def _is_adverb(prose: Prose, words: Words, index: int, floor: int) -> bool:
    """By its list, or by its ending unless what leads in nouns stands before: "l’Agence du médicament appelle"."""
    token = prose.tokens[index]
    governed = index > floor and prose.tokens[index - 1].lower in words.language.words("before_nouns")
    return words.is_adverb(token) and (token.lower in words.adverbs or not governed)


def _manner_before(prose: Prose, words: Words, end: int, floor: int) -> int:
    """Length of an adverb of two words before ``end``: "hào hứng" of "hào hứng chia sẻ"."""
    pair = " ".join(token.lower for token in prose.tokens[max(floor, end - 2) : end])
    return 2 if end - floor > 2 and pair in words.language.words("manner") else 0


def _read(prose: Prose, words: Words, sentence: Sentence, cue: Cue, floor: int, known: Phrase | None) -> Claim | None:
    if cue.form.kind == "inverted":
        return _inverted_pronoun(prose, words, sentence, cue)
    first, helping = verb_group(prose, words, cue, floor)
    before = prose.tokens[first - 1] if first > sentence.first else None
    if not is_verb_here(prose, words, cue, first, helping):
        return None
    if before is not None and before.lower in words.language.words("as"):
        # "As X reported, …", "…, как сообщил X", "Tal y como dijo X": the little words belong to the cue.
        first -= next(
            n for n in (3, 2, 1) if first - n >= sentence.first and phrase_at(prose, first - n, first, "as") == n
        )
        before = prose.tokens[first - 1] if first > sentence.first else None
    opened = opening(prose, words, cue, cue.last, sentence.last)
    after_quote = first > sentence.first and after_content(prose, first)
    paused = before is None or after_quote or before.text in PAUSES
    gerund = cue.form.kind == "gerund" and not helping
    if paused and not gerund and cue.takes("direct") and opened.by in {"clause", "nothing", "quote"}:
        inverted = _inverted(prose, words, sentence, cue, first, after_quote)
        if inverted is not None:
            return inverted
        if after_quote and opened.by == "nothing" and words.language.words("drops_pronoun"):
            # "«…», bromeó.": the verb alone says that it is still the same speaker.
            return Claim(cue, first, None, "before", opened, first, cue.last, shared=True)
    if gerund and opened.by != "nothing":
        absolute = absolute_subject(prose, words, sentence, first)
        if absolute is not None:
            return Claim(cue, first, absolute, "after", opened, absolute[0], cue.last)
    joined = before is not None and before.lower in words.joining | (words.conjunctions if gerund else frozenset())
    if gerund and (paused or joined):
        subject = known or main_subject(prose, words, sentence, sentence.first, first)
        return Claim(cue, first, subject, "after", opened, first, cue.last, shared=True)
    cited = gerund and prose.tokens[first].lower in words.language.words("as")
    if gerund and opened.by not in {"that", "quote", "colon"} and not cited:
        return None
    if cited and (who := cited_subject(prose, words, floor, first)) is not None:
        return Claim(cue, first, who, "after", opened, who[0], cue.last)
    # "Officials, who had asked for it, said": the other cue stands in the apposition.
    subject = _institution_before(prose, words, cue, floor, first)
    subject = (
        subject
        or subject_before(prose, words, floor, first)
        or (subject_before(prose, words, sentence.first, first) if before is not None and before.text == "," else None)
    )
    if subject is None:
        segment = segment_before(prose, sentence.first, first)
        led = (known or words.language.words("drops_pronoun")) and strip_lead(prose, words, segment, first) >= first
        if before is None or not (joined or led or before.text == ","):
            return None
        subject = which_subject(prose, words, sentence, first) if joined else None
        subject = subject or known or main_subject(prose, words, sentence, sentence.first, first)
        return Claim(cue, first, subject, "after", opened, first, cue.last, shared=True)
    start = strip_lead(prose, words, segment_before(prose, floor, first), first)
    if (turned := object_first(prose, words, cue, opened, subject, min(start, subject[0]))) is not None:
        who, what = turned
        return Claim(cue, first, who, "after", opened, min(who[0], what[0]), cue.last, object=what)
    begin = teller_start(prose, sentence, subject)
    side = _side(prose, words, sentence, cue, (begin, subject[1]), opened)
    told = opened.addressee[1] if opened.addressee else cue.last
    end = opened.start if opened.by != "nothing" else told
    return Claim(cue, first, subject, side, opened, begin, end if side == "before" else cue.last)


def _inverted_pronoun(prose: Prose, words: Words, sentence: Sentence, cue: Cue) -> Claim | None:
    """ "…, a-t-il dit": the pronoun stands within the cue."""
    who = next((index for index in cue.tokens if words.is_pronoun(prose.tokens[index])), None)
    if who is None or cue.first == sentence.first:
        return None
    opened = opening(prose, words, cue, cue.last, sentence.last)
    by = "quote" if opened.by == "quote" else "nothing"
    return Claim(cue, cue.first, (who, who + 1), "before", replace(opened, by=by), cue.first, cue.last)


def _institution_before(prose: Prose, words: Words, cue: Cue, floor: int, end: int) -> Phrase | None:
    """“В министерстве сообщили”: the institution stands with a preposition, and the verb is in the plural of nobody."""
    if not is_said_by_them(prose, cue):
        return None
    start = segment_before(prose, floor, end)
    while start < end and (words.is_time(prose.tokens[start]) or prose.tokens[start].lower in words.leading):
        start += 1
    if end - start < 2 or prose.tokens[start].lower not in words.language.words("at"):
        return None
    return start + 1, end


def after_content(prose: Prose, first: int) -> bool:
    """Whether a quotation, perhaps with a comma, ends right before ``first``."""
    index = first - 1
    while index and prose.tokens[index].text in PAUSES:
        index -= 1
    return prose.is_quoted(index) and not is_name(prose, index)


def _inverted(prose: Prose, words: Words, sentence: Sentence, cue: Cue, first: int, after_quote: bool) -> Claim | None:
    """ "…," said X: the subject follows the cue, and nothing that could be said follows the subject."""
    if words.language.words("upright") or (not after_quote and _after_aside(prose, sentence, first)):
        return None
    start = _past_circumstances(prose, words, cue.last, sentence.last)
    leads = bool(phrase_at(prose, first, cue.first, "as"))
    if first == sentence.first and not leads and not _previous_quotation(prose, sentence):
        return None
    phrase = _after_plural_of_nobody(prose, words, cue, start, sentence.last)
    if phrase is None and start < sentence.last and not prose.tokens[start].is_word:
        # "«…», — говорится в заявлении, опубликованном вчера": nobody but the statement itself.
        phrase = _after_plural_of_nobody(prose, words, cue, cue.last, sentence.last)
    if phrase is None:
        phrase = subject_after(prose, words, start, sentence.last, leads=leads and first == sentence.first)
    if phrase is None or prose.tokens[phrase[0]].lower in words.language.words("negations"):
        return None
    end = phrase[1]
    alone = words.is_pronoun(prose.tokens[phrase[0]]) and not prose.tokens[min(end, sentence.last - 1)].is_word
    if not (after_quote or leads or alone or first == sentence.first):
        # "Smith, the mayor, said it was over" is no inversion; "It is over, said Smith" is.
        if not words.language.words("inverts") and subject_before(prose, words, sentence.first, first) is not None:
            return None
        head = prose.tokens[sentence.first : first - 1]
        worded = any(words.is_verb(token) for token in head[1:])
        known = worded or bool(words.language.words("inverts"))
        if prose.tokens[first - 1].text != "," or not known or (not worded and _is_aside(prose, sentence, cue, first)):
            return None
        if after_own_aside(prose, words, sentence, first):
            return None
    rest = opening(prose, words, cue, end, sentence.last)
    if not after_quote and rest.by not in {"nothing", "quote"}:
        return None
    if rest.by in {"that", "colon", "infinitive"}:
        return None
    return Claim(
        cue, first, phrase, "before", replace(rest, by="quote" if rest.by == "quote" else "nothing"), first, end
    )


def _is_aside(prose: Prose, sentence: Sentence, cue: Cue, first: int) -> bool:
    """ "Le président du Tadjikistan, Emomali Rahmon, a soutenu l’initiative": two capitals between the commas; or a
    verb that takes such an object ("Le maire, très ému, a salué le courage …")."""
    start = segment_before(prose, sentence.first, first - 1)
    name = prose.tokens[start : first - 1]
    named = len(name) > 1 and all(token.is_capital or token.lower in PARTICLES for token in name)
    return start > sentence.first and prose.tokens[start - 1].text == "," and (named or cue.takes("object"))


def after_own_aside(prose: Prose, words: Words, sentence: Sentence, first: int) -> bool:
    """ "Le ministre, en visite à Rome, a demandé une aide": no verb before the aside, so its noun is the subject."""
    start = segment_before(prose, sentence.first, first - 1)
    if start <= sentence.first + 1 or prose.tokens[start - 1].text != ",":
        return False
    head = segment_before(prose, sentence.first, start - 1)
    opens = words.relatives | words.prepositions | words.language.words("aside_openers")
    if prose.tokens[start].lower not in opens or is_adverbial(prose, words, head, start - 1):
        return False
    verb = any(words.is_verb(token) for token in prose.tokens[head + 1 : start - 1])
    return not verb and is_phrase(prose, words, head, start - 1)


def _after_aside(prose: Prose, sentence: Sentence, first: int) -> bool:
    """ "La Hongrie, elle, demande": what takes the subject up again stands between commas before the verb."""
    if prose.tokens[first - 1].text != "," or first - 1 <= sentence.first:
        return False
    start = segment_before(prose, sentence.first, first - 1)
    length = phrase_at(prose, start, first - 1, "asides_of_subject") if start > sentence.first else 0
    return 0 < length == first - 1 - start


def _after_plural_of_nobody(prose: Prose, words: Words, cue: Cue, start: int, limit: int) -> Phrase | None:
    """ "сообщили в министерстве": the institution stands with a preposition after the verb."""
    if start + 1 >= limit or not is_said_by_them(prose, cue):
        return None
    if prose.tokens[start].lower not in words.language.words("at"):
        return None
    return subject_after(prose, words, start + 1, limit)


def _past_circumstances(prose: Prose, words: Words, start: int, limit: int) -> int:
    """Past what may stand between verb and subject: "-t-", "reporters", "on Monday", "на брифинге"."""
    index = start
    while index < limit and not prose.is_quoted(index):
        token = prose.tokens[index]
        if (
            token.text in words.language.words("connectors")
            or words.is_time(token)
            or words.is_adverb(token)
            or (token.lower in words.objects and not words.is_pronoun(token))
        ):
            index += 1
        elif token.lower in words.determiners and index + 1 < limit and words.is_time(prose.tokens[index + 1]):
            index += 2
        elif token.lower in words.prepositions - words.language.words("asked_of"):
            ahead = prose.tokens[index + 1 : min(limit, index + 5)]
            known = next((t.index for t in ahead if t.lower in words.occasions or words.is_time(t)), None)
            if known is None:
                break
            index = known + 1
        elif token.lower in words.language.words("asked_of") and index + 2 < limit and prose.tokens[index + 1].is_small:
            index += 2
        else:
            break
    return index if index < limit else start


def _previous_quotation(prose: Prose, sentence: Sentence) -> bool:
    """Whether the sentence before, in the same paragraph, ends with a quotation: “Really?” Smith said."""
    if not sentence.index:
        return False
    before = prose.sentences[sentence.index - 1]
    return before.paragraph == sentence.paragraph and prose.is_quoted(before.last - 1)


def _side(prose: Prose, words: Words, sentence: Sentence, cue: Cue, subject: Phrase, opened: Opening) -> Side:
    """Whether the words said stand before the subject or after the cue."""
    if opened.by in {"that", "colon", "infinitive"}:
        return "after"
    if subject[0] == sentence.first:
        nothing = opened.by == "nothing" and cue.takes("direct")
        return "before" if nothing and _previous_quotation(prose, sentence) else "after"
    before = prose.tokens[subject[0] - 1]
    if after_content(prose, subject[0]):
        if _told_to_end(prose, words, sentence, cue, opened):
            return "before"
        if opened.by == "quote":
            return "before" if prose.tokens[opened.start - 1].text == "," else "after"
        follows = prose.tokens[cue.last] if cue.last < sentence.last else None
        small = words.conjunctions | words.prepositions | words.joining
        tail = follows is None or follows.lower in small or words.is_adverb(follows)
        return "before" if cue.takes("direct") and (opened.by == "nothing" or tail) else "after"
    if before.text == "," and opened.by == "quote" and cue.takes("direct") and cue.takes("clause"):
        # "It would open, the minister said, “before the rain does”": his words go on in marks.
        word = prose.tokens[min(opened.start + 1, sentence.last - 1)]
        told = any(words.is_verb(token) for token in prose.tokens[sentence.first + 1 : subject[0]])
        if word.is_small and told and prose.tokens[opened.start - 1].text == ",":
            return "before"
    silent = opened.by == "nothing" or _told_to_end(prose, words, sentence, cue, opened)
    if before.text in PAUSES and silent and cue.takes("direct") and cue.takes("clause"):
        return "before"
    return "after"


def _told_to_end(prose: Prose, words: Words, sentence: Sentence, cue: Cue, opened: Opening) -> bool:
    """ "…, the minister informed the Assembly here to-day.": what follows only says to whom."""
    rest = prose.tokens[opened.start : sentence.last]
    return cue.takes("hearer") and opened.by == "clause" and not any(words.is_verb(token) for token in rest)
