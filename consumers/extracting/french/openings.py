"""What a French verb of saying governs: a clause, an infinitive, a thing that is named, words partly in marks. Pure.

Lists read: ``governed`` (appeler~à: what a verb names stands behind this preposition), ``contracted`` (à~aux),
``measures`` (decisions and the like: what "proposer" has to govern to be a saying), ``questions``, ``clitics``,
``negations``, ``not_infinitives`` (guerre: nouns that end like them). A cue may take ``measure``, ``state`` (se dire +
adjective), ``part`` (words in marks within what it governs), ``governed`` (nothing but by its preposition),
``question`` and ``incise`` (behind its words alone) beside what all languages know.
"""

from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.french.phrases import adjunct_ends
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.words import Words

MAX_HEARER = 14
"""Tokens of "aux habitants de la région"."""
MAX_CLITICS = 4
"""Small words before an infinitive: "ne pas y"."""
MAX_HEAD = 4
"""Tokens in which the noun of "une nouvelle aide" stands."""
MAX_OBJECT = 40
WORDED = frozenset({"direct", "clause", "that", "object", "measure", "part", "hearer"})

Opened = tuple[Cue, Opening]


def opened_by(prose: Prose, words: Words, cue: Cue, limit: int) -> Opened | None:
    """How what the cue governs begins, and the cue with what it takes here; None where it governs nothing said."""
    found = _at(prose, words, cue, cue.last, limit)
    if found is not None:
        return found
    for start in adjunct_ends(prose, words, cue.last, limit):
        hearer = (cue.last, start) if prose.tokens[cue.last].lower in _family(words, "à") else None
        found = _at(prose, words, cue, start, limit, hearer)
        if found is not None:
            return found
    return _past_hearer(prose, words, cue, limit)


def _at(
    prose: Prose, words: Words, cue: Cue, start: int, limit: int, hearer: tuple[int, int] | None = None
) -> Opened | None:
    """What begins at ``start``, right behind the cue or behind adjuncts."""
    if start >= limit or prose.tokens[start].text in ENDS:
        return None
    token = prose.tokens[start]
    if token.text == ":":
        return (_taking(cue, "direct"), Opening(start + 1, "colon", hearer)) if prose.is_quoted(start + 1) else None
    if prose.is_quoted(start):
        return _quoted(prose, words, cue, start, limit, hearer)
    if phrase_at(prose, start, limit, "that") and (cue.takes("that") or cue.takes("clause") or cue.takes("question")):
        return _taking(cue, "that"), Opening(start, "that", hearer)
    if cue.takes("question") and phrase_at(prose, start, limit, "questions"):
        return _taking(cue, "that"), Opening(start, "that", hearer)
    if cue.takes("infinitive") and opens_clause(prose, words, start, limit):
        return cue, Opening(start, "infinitive", hearer)
    if cue.takes("state") and token.is_small and not _is_small_word(words, start, prose):
        return cue, Opening(start, "infinitive")
    if cue.takes("part") and token.lower in {"de", "d’", "d", "à"} and _part_follows(prose, start, limit):
        return cue, Opening(start, "infinitive", hearer)
    if is_governed(words, cue, token.lower):
        return _taking(cue, "object"), Opening(start, "clause", hearer)
    return _object(prose, words, cue, start, limit, hearer)


def _taking(cue: Cue, what: str) -> Cue:
    """The cue where it takes nothing but this."""
    return replace(cue, form=replace(cue.form, takes=frozenset({what})))


def _family(words: Words, preposition: str) -> frozenset[str]:
    """A preposition with its contractions: à, au, aux."""
    short = (pair.split("~") for pair in words.language.words("contracted"))
    return frozenset({preposition}) | {form for whole, form in short if whole == preposition}


def is_governed(words: Words, cue: Cue, word: str) -> bool:
    """Whether what the verb names stands behind this preposition: "appeler à", "plaider pour"."""
    lemma = cue.form.lemma.replace("_", " ")
    pairs = (pair.split("~") for pair in words.language.words("governed"))
    return any(verb == lemma and word in _family(words, preposition) for verb, preposition in pairs)


def _is_small_word(words: Words, index: int, prose: Prose) -> bool:
    token = prose.tokens[index]
    return token.lower in words.prepositions | words.determiners | words.conjunctions | words.joining or words.is_time(
        token
    )


def opens_clause(prose: Prose, words: Words, start: int, limit: int) -> bool:
    """Whether an infinitive begins here: "de partir", "à ne pas partir", "n’y rien voir", "vouloir partir"."""
    governed = prose.tokens[start].lower in {"à", "de", "d’"}
    index = start + governed
    small = words.language.words("clitics") | words.language.words("negations")
    stop = min(limit, index + MAX_CLITICS)
    while index < stop and prose.tokens[index].lower in small:
        index += 1
    if index >= limit:
        return False
    token, before = prose.tokens[index], prose.tokens[index - 1]
    endings = tuple(words.language.words("infinitive_after"))
    if before.lower in words.determiners:
        # "raconte l’histoire", "de la victoire": what stands behind an article is a noun, unless it is clearly a verb.
        whole = governed and index == start + 2 and token.lower.endswith("er") and not token.lower.endswith("ier")
        if not whole:
            return False
    known = words.prepositions | words.conjunctions | words.determiners | words.language.words("time_nouns")
    if token.lower in words.language.words("not_infinitives"):
        return False
    verb = len(token.text) > 3 and token.is_small and token.lower.endswith(endings)
    return verb and token.lower not in known and not words.is_adverb(token) and not words.is_time(token)


def _quoted(
    prose: Prose, words: Words, cue: Cue, start: int, limit: int, hearer: tuple[int, int] | None
) -> Opened | None:
    """Words in marks right behind the verb; of a verb that does not take them, partly quoted things."""
    quotation = prose.quotation_of(start)
    end = prose.token_from(quotation.end) if quotation else start
    if cue.takes("hearer") and end < limit and _told_at(prose, words, cue, end, limit):
        return None
    if _is_title(prose, start):
        return None
    if cue.takes("direct") or cue.takes("object"):
        return cue, Opening(start, "quote", hearer)
    return (cue, Opening(start, "infinitive", hearer)) if _is_part(prose, start) else None


def _is_title(prose: Prose, start: int) -> bool:
    """ "a écrit « La Mer »": a few words in marks, the first and another with a capital."""
    quotation = prose.quotation_of(start)
    if quotation is None:
        return False
    inside = prose.tokens[prose.token_from(quotation.inner[0]) : prose.token_from(quotation.inner[1])]
    named = len(inside) <= MAX_HEAD and all(token.is_word for token in inside)
    return named and len(inside) > 1 and inside[0].is_capital and any(token.is_capital for token in inside[1:])


def _is_part(prose: Prose, start: int) -> bool:
    """Whether marks hold a part of what somebody said rather than a title: their first word is small."""
    quotation = prose.quotation_of(start)
    first = prose.token_from(quotation.inner[0]) if quotation else start
    return prose.tokens[first].is_small


def _part_follows(prose: Prose, start: int, limit: int) -> bool:
    """Whether partly quoted words follow the preposition: "refuse de « céder »", "d’« inacceptable »"."""
    ahead = start + 1 + (start + 1 < limit and prose.tokens[start + 1].text in {"'", "’"})
    return ahead < limit and prose.is_quoted(ahead) and _is_part(prose, ahead)


def _object(
    prose: Prose, words: Words, cue: Cue, start: int, limit: int, hearer: tuple[int, int] | None
) -> Opened | None:
    """A thing that is demanded, announced, condemned: "la libération des otages", "un accord « injuste »"."""
    token = prose.tokens[start]
    if not (token.lower in words.determiners | {"du", "jusqu’"} or token.text[0].isdigit()):
        return None
    if not cue.form.takes & WORDED:
        return None
    for index in range(start + 1, min(limit, start + MAX_OBJECT)):
        if prose.is_quoted(index) and _is_part(prose, index):
            return cue, Opening(start, "infinitive", hearer)
        if prose.tokens[index].text in {",", ";", ":", *ENDS} or prose.is_quoted(index) or _verb(prose, words, index):
            break
    if _is_sentence(prose, start, limit):
        return None
    measured = cue.takes("measure") and any(
        other.lower in words.language.words("measures") for other in prose.tokens[start : start + MAX_HEAD]
    )
    return (_taking(cue, "object"), Opening(start, "clause", hearer)) if measured or cue.takes("object") else None


def _is_sentence(prose: Prose, start: int, limit: int) -> bool:
    """ "a condamné le gérant à dix ans de prison": what a court does is no condemnation in words."""
    near = prose.tokens[start : min(limit, start + MAX_HEARER)]
    terms = prose.language.words("sentences")
    return any(
        token.lower == "à" and any(other.lower in terms for other in prose.tokens[token.index + 1 : token.index + 4])
        for token in near
    )


def _verb(prose: Prose, words: Words, index: int) -> bool:
    """A finite verb or the conjunction before it; past them it is no longer the same phrase."""
    token = prose.tokens[index]
    return token.lower in words.auxiliaries - words.language.words("clitics") or token.lower in words.conjunctions


def _past_hearer(prose: Prose, words: Words, cue: Cue, limit: int) -> Opened | None:
    """ "accuse Kiev de mentir", "a demandé aux préfets de « tenir »", "a prévenu l’Iran que": behind who is told."""
    to = _family(words, "à")
    first = prose.tokens[cue.last].lower if cue.last < limit else ""
    if not (cue.takes("hearer") or first in to or first == "auprès"):
        return None
    named: int | None = None
    for index in range(cue.last + 1, min(limit, cue.last + MAX_HEARER)):
        token = prose.tokens[index]
        if prose.is_quoted(index):
            continue
        if not token.is_word and token.text != "-":
            break
        if phrase_at(prose, index, limit, "that") and cue.form.takes & {"that", "clause"}:
            return _taking(cue, "that"), Opening(index, "that", (cue.last, index))
        if _told_at(prose, words, cue, index, limit):
            return cue, Opening(index, "infinitive", (cue.last, index))
        if words.is_verb(token) and token.lower not in words.infinitive:
            break
        bare = token.lower in {"de", "d’"} and index + 1 < limit and prose.tokens[index + 1].is_small
        if named is None and bare and is_governed(words, cue, token.lower):
            # "accuse l’armée de crimes": a bare noun, where no infinitive follows.
            named = index
    if named is None or not cue.takes("hearer") or prose.tokens[named + 1].lower in words.determiners:
        return None
    return cue, Opening(named, "infinitive", (cue.last, named))


def _told_at(prose: Prose, words: Words, cue: Cue, index: int, limit: int) -> bool:
    """Whether what is said begins here behind the hearer: "de mentir", "à « tenir »", "contre une escalade"."""
    token, before = prose.tokens[index], prose.tokens[index - 1]
    if token.lower in {"de", "d’", "d", "à"}:
        told = opens_clause(prose, words, index, limit) and (cue.takes("infinitive") or cue.takes("hearer"))
        if told or _part_follows(prose, index, limit):
            return True
    if not cue.takes("hearer") or not is_governed(words, cue, token.lower):
        return False
    # "accuse Kiev de génocide", but "accuse le maire de Lyon de …".
    return token.lower not in _family(words, "de") or before.is_capital
