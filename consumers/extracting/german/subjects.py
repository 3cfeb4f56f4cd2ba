"""Subject and addressee of a German cue by place: what stands before the verb, else what follows in the nominative."""

from consumers.extracting.cues import Cue
from consumers.extracting.german.agents import agent_of
from consumers.extracting.german.mood import is_finite
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.titles import is_name
from consumers.extracting.german.turned import is_object
from consumers.extracting.grammar import Phrase
from consumers.extracting.marks import Quotation
from consumers.extracting.tokens import Span, Token

STOPS = frozenset(":;–—,!?")
ADVERBIAL = ("lich", "weise", "ig", "isch", "bar", "sam", "los", "end", "maßen", "haft")
"""Endings of a word at the head of a sentence that is rather an adverb than a name."""
RELATIVES = frozenset(
    ["der", "die", "das", "den", "dem", "dessen", "deren", "denen", "welcher", "welche", "welches", "welchen", "wo"]
)
WITH_SEIN = frozenset(["ausgehen", "hervorgehen", "übereinkommen"])
"""Cues whose perfect is made with sein."""
MAX_BACK = 60
"""Tokens before the verb that may still belong to its clause."""


def verb_of(phrases: Phrases, cue: Cue) -> int:
    """The finite verb: the auxiliary of a participle, else the cue itself."""
    if cue.form.kind == "participle":
        return next(
            (i for i in cue.tokens if phrases.lower(i) in phrases.prose.language.words("auxiliaries")), cue.first
        )
    return cue.first


def is_passive(phrases: Phrases, cue: Cue) -> bool:
    """ "wurde mitgeteilt": nobody or "von X" is the speaker."""
    words = phrases.prose.language.words
    if cue.form.kind != "participle" or cue.form.lemma in WITH_SEIN:
        return False
    verb = phrases.lower(verb_of(phrases, cue))
    return verb in words("passive") and verb not in words("perfect")


def find_subject(phrases: Phrases, first: int, cue: Cue) -> Phrase | None:
    """The cue's subject; ``first`` is where the sentence's own words begin."""
    verb = verb_of(phrases, cue)
    if cue.form.lemma == "verlauten":
        return out_of(phrases, first, verb)
    if cue.form.lemma == "zitieren":
        return _cited(phrases, first, cue, verb)
    if is_passive(phrases, cue):
        return agent_of(phrases, first, cue.tokens, verb)
    return subject_of(phrases, first, verb, phrases.last)


def out_of(phrases: Phrases, first: int, verb: int) -> Phrase | None:
    """ "Aus dem Ministerium verlautete", "…, verlautete aus Kreisen der Partei"."""
    start = _clause_start(phrases, first, verb)
    around = (*range(start if start is not None else verb, verb), *range(verb + 1, min(verb + 4, phrases.last)))
    at = next((i for i in around if phrases.lower(i) in {"aus", "von"}), None)
    end = phrases.read(at + 1, attach=True) if at is not None else None
    return (at + 1, min(end, verb) if at < verb else end) if at is not None and end is not None else None


def _cited(phrases: Phrases, first: int, cue: Cue, verb: int) -> Phrase | None:
    """ "Der Sender zitierte Meier mit den Worten": Meier speaks, not the sender."""
    subject = subject_of(phrases, first, verb, phrases.last)
    if subject is None:
        return None
    if is_passive(phrases, cue):
        # "Meier wird von der Agentur zitiert"
        by = next((i for i in range(*subject) if phrases.lower(i) in {"von", "vom", "durch"}), subject[1])
        return subject[0], by
    start = subject[1] if subject[0] > verb else verb + 1
    end = phrases.read(start)
    return (
        (start, end)
        if end is not None and phrases.lower(start) not in phrases.prose.language.words("objects")
        else subject
    )


def subject_of(phrases: Phrases, first: int, verb: int, limit: int) -> Phrase | None:
    """The subject of any finite verb; what follows it is looked at up to ``limit``."""
    opener = _subordinator(phrases, first, verb)
    if opener is not None:
        return _after(phrases, opener + 1, verb + 1)
    if (pronoun := _relative_subject(phrases, first, verb)) is not None:
        return pronoun
    front = _front(phrases, first, verb)
    behind = _after(phrases, verb + 1, limit)
    if front is not None:
        return behind if behind is not None and is_object(phrases, front, verb, behind) else front
    if behind is not None and phrases.lower(verb - 1) not in {"und", "aber"}:
        return behind
    return _shared(phrases, first, verb) or behind


def _relative_subject(phrases: Phrases, first: int, verb: int) -> Phrase | None:
    """ "ein Mann, der behauptete": the pronoun, where nothing but adverbs and objects stands before the last verb."""
    following = phrases.prose.tokens[verb + 1] if verb + 1 < phrases.last else None
    if following is not None and following.is_word:
        return None
    words = phrases.prose.language.words
    index = verb - 1
    while index > first and phrases.lower(index) in words("adverbs") | words("objects"):
        index -= 1
    nominative = phrases.lower(index) in {"der", "die", "das", "welcher", "welche", "welches"}
    return (index, index + 1) if nominative and phrases.lower(index - 1) == "," else None


def _shared(phrases: Phrases, first: int, verb: int) -> Phrase | None:
    """ "X kam nach Ulm und sagte": the verb takes the subject of the clause before it in its sentence."""
    joint = next(
        (i for i in range(verb - 1, max(first, verb - 3), -1) if phrases.lower(i) in {"und", "aber", "doch", ","}), None
    )
    if joint is None:
        return None
    other = next((i for i in range(first, joint) if is_finite(phrases, i) and not phrases.prose.is_quoted(i)), None)
    if other is None or (phrases.prose.is_quoted(joint - 1) and _is_whole(phrases, other, joint)):
        return None
    return _front(phrases, first, other) or _after(phrases, other + 1, joint)


def _is_whole(phrases: Phrases, verb: int, joint: int) -> bool:
    """Whether the words in marks before ``joint`` are a sentence, no part of the verb's ("will „nicht antasten“")."""
    quotation = phrases.prose.quotation_of(joint - 1)
    start = phrases.prose.token_from(quotation.start) if quotation else joint
    return phrases.lower(start - 1) in STOPS or any(is_finite(phrases, i) for i in range(start, joint)) or start < verb


def _subordinator(phrases: Phrases, first: int, verb: int) -> int | None:
    """The word that opens the clause in which the verb stands last ("wie … mitteilte", "der … sagte")."""
    following = phrases.lower(verb + 1)
    if verb + 1 < phrases.last and (
        phrases.prose.tokens[verb + 1].is_word and following not in {"und", "hat", "habe", "haben"}
    ):
        return None
    words = phrases.prose.language.words
    for index in range(verb - 1, max(first, verb - MAX_BACK) - 1, -1):
        if phrases.prose.is_quoted(index):
            continue
        lower = phrases.lower(index)
        opens = index == first or phrases.lower(index - 1) in {",", "–", ";", "(", "und"}
        if opens and lower in words("subordinators"):
            return index
        if lower in STOPS:
            return None
    return None


def _front(phrases: Phrases, first: int, verb: int) -> Phrase | None:
    """The constituent in front of a verb in second place, when it can be the subject."""
    start = _clause_start(phrases, first, verb)
    if start is None or start >= verb:
        return None
    words = phrases.prose.language.words
    while start < verb and (phrases.lower(start) in {"und", "aber", "doch", "denn", "auch", "sogar", "selbst"}):
        start += 1
    if phrases.lower(start) in {"diese", "dieser", "jene", "jener"} and start + 1 == verb:
        return (start, verb)
    end = phrases.read(start, attach=True)
    quotation = phrases.prose.quotation_of(start)
    if quotation is not None and phrases.lower(phrases.prose.token_from(quotation.end)) == ",":
        return None
    if end is None or not phrases.is_nominative((start, end)) or phrases.lower(end) in {"zufolge", "nach"}:
        return None
    end = min(end, verb)
    if end - start == 1 and phrases.lower(start).endswith(ADVERBIAL) and _after(phrases, verb + 1, phrases.last):
        return None
    end = min(phrases.apposition(start, end), verb)
    if phrases.lower(end) == "," and phrases.read(end + 1, attach=True) == verb:
        end = verb
    # What stands between the phrase and the verb may only be adverbs, a relative clause or an insertion in commas.
    rest = range(end, verb)
    if any(is_finite(phrases, index) for index in rest) and phrases.lower(end) != ",":
        return None
    if phrases.lower(end) == "," and not is_relative(phrases, end + 1) and phrases.lower(verb - 1) != ",":
        return None
    if (
        phrases.lower(verb - 1) == ","
        and end == verb - 1
        and phrases.lower(end) == ","
        and not _was_apposition(phrases, start, end)
    ):
        return None
    if phrases.lower(start) in words("prepositions") or all(phrases.lower(i).isdigit() for i in range(start, end)):
        return None
    return (start, end)


def _was_apposition(phrases: Phrases, start: int, end: int) -> bool:
    return any(phrases.lower(index) == "," for index in range(start, end))


def is_relative(phrases: Phrases, index: int) -> bool:
    """ ", der …" or ", in dem …" opens a relative clause."""
    words = phrases.prose.language.words
    if phrases.lower(index) in words("prepositions"):
        index += 1
    return phrases.lower(index) in RELATIVES


def _clause_start(phrases: Phrases, first: int, verb: int) -> int | None:
    """Where the main clause of the verb begins; None when its front was used up by a quotation or another clause."""
    tokens = phrases.prose.tokens
    index = verb - 1
    if index < first:
        return None
    quotation = phrases.prose.quotation_of(index)
    if quotation is not None and not _is_part_of_name(phrases, first, quotation):
        return None
    low = max(first, verb - MAX_BACK)
    while index >= low:
        lower = phrases.lower(index)
        if phrases.prose.is_quoted(index):
            quotation = phrases.prose.quotation_of(index)
            start = phrases.prose.token_from(quotation.start) if quotation else index
            if index - start > 8:
                return index + 1
            index = start - 1
            continue
        if lower in {":", ";", "–", "—"}:
            return index + 1
        if lower in {"und", "oder", "aber", "sondern"} and any(is_finite(phrases, i) for i in range(low, index)):
            ahead = phrases.read(index + 1)
            if index + 1 == verb or (ahead is not None and ahead <= verb and not _lists(phrases, low, index)):
                return index + 1
        if (
            lower == ","
            and any(is_finite(phrases, i) for i in range(low, index))
            and not _encloses(phrases, index, verb)
        ):
            return index + 1
        index -= 1
    return low if tokens[low].start >= tokens[first].start else first


def _is_part_of_name(phrases: Phrases, first: int, quotation: Quotation) -> bool:
    """ "Die Gruppe „Ärzte ohne Sorgen“ sagte": few words in marks behind a noun or an article."""
    start = phrases.prose.token_from(quotation.start)
    if is_name(phrases.prose, quotation):
        return True
    led = start > first and (
        phrases.is_noun(start - 1) or phrases.lower(start - 1) in phrases.prose.language.words("determiners")
    )
    return led and phrases.read(start) is not None


def _lists(phrases: Phrases, low: int, joint: int) -> bool:
    """Whether "und" joins two phrases in front of the verb rather than two clauses."""
    return not any(is_finite(phrases, index) for index in range(low, joint))


def _encloses(phrases: Phrases, comma: int, verb: int) -> bool:
    """The comma before the verb closes a relative clause: "Der Mann, der gestern kam, sagte"."""
    if comma != verb - 1:
        return is_relative(phrases, comma + 1)
    index = comma - 1
    while index > 0 and phrases.lower(index) != ",":
        if phrases.lower(index) in {":", ";"}:
            return False
        index -= 1
    return index > 0 and is_relative(phrases, index + 1) and phrases.is_noun(index - 1)


def _after(phrases: Phrases, start: int, limit: int) -> Phrase | None:
    """The first phrase in the nominative after the verb (or after the word that opens the clause)."""
    words = phrases.prose.language.words
    index = start
    while index < min(limit, start + MAX_BACK):
        lower = phrases.lower(index)
        if lower in STOPS or (phrases.prose.is_quoted(index) and index > start and not phrases.is_noun(index - 1)):
            return None
        if lower in words("prepositions") and lower not in {"laut"}:
            end = phrases.read(index + 1)
            index = end if end else index + 1
            continue
        if lower in words("objects"):
            index += 1
            continue
        leads = phrases.is_adjective(index + 1) or phrases.is_noun(index + 1)
        if lower in phrases.prose.language.pronouns and not (leads and lower in words("determiners")):
            return (index, index + 1)
        if lower in words("adverbs") or lower in words("times") or not phrases.prose.tokens[index].is_word:
            index += 1
            continue
        end = phrases.read(index)
        if end is None:
            index += 1
            continue
        if phrases.is_nominative((index, end)) and not _is_time(phrases, index, end):
            return (index, phrases.apposition(index, end))
        index = end
    return None


def _is_time(phrases: Phrases, start: int, end: int) -> bool:
    tokens = phrases.prose.tokens[start:end]
    times = phrases.prose.language.words("times")
    return all(not _is_named(t) or t.lower in times for t in tokens)


def _is_named(token: Token) -> bool:
    """A noun: "Jährige" makes one of "71-Jährige"."""
    return token.is_capital or token.text.rpartition("-")[2][:1].isupper()


def _is_meeting(phrases: Phrases, start: int, index: int) -> bool:
    """ "während eines Treffens mit …": the word before "mit" is a meeting."""
    return any(
        phrases.lower(i) in phrases.prose.language.words("meetings") for i in range(max(start, index - 2), index)
    )


ACCUSATIVE = frozenset(
    ["auffordern", "bitten", "beschuldigen", "warnen", "informieren", "ermahnen", "ersuchen", "bezichtigen", "drängen"]
)
"""Cues whose addressee stands in the accusative."""
DATIVE = frozenset(
    ["dem", "der", "den", "ihm", "ihr", "ihnen", "uns", "mir", "einem", "einer", "seinem", "seiner", "ihrem", "ihrer"]
)


def find_addressee(phrases: Phrases, cue: Cue, speaker: Span | None) -> Phrase | None:
    """ "sagte der Zeitung", "gegenüber dem Sender", "warf ihm vor", "forderte Russland auf"."""
    words = phrases.prose.language.words
    start = verb_of(phrases, cue) + 1
    tokens = phrases.prose.tokens
    index = start
    while index < min(phrases.last, start + MAX_BACK) and phrases.lower(index) not in STOPS:
        lower = phrases.lower(index)
        if phrases.prose.is_quoted(index):
            return None
        if speaker and speaker[0] <= tokens[index].start < speaker[1]:
            index = phrases.prose.token_from(speaker[1])
            continue
        if lower == "gegenüber":
            end = phrases.read(index + 1)
            return (index + 1, end) if end else None
        if lower == "mit" and _is_meeting(phrases, start, index):
            end = phrases.read(index + 1)
            return (index + 1, end) if end else None
        if lower in words("prepositions"):
            end = phrases.read(index + 1)
            index = end or index + 1
            continue
        end = phrases.read(index)
        if lower in {"ihm", "ihr", "ihnen", "uns", "mir"} and not phrases.is_noun(index + 1):
            return (index, index + 1)
        if end is not None and not _is_time(phrases, index, end):
            if lower in DATIVE and cue.form.lemma not in ACCUSATIVE:
                return (index, end)
            if cue.form.lemma in ACCUSATIVE and lower not in phrases.prose.language.pronouns:
                return (index, end)
        index = end or index + 1
    return None
