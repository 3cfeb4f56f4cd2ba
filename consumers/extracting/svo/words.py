"""Word classes of a language, as its file lists them, and what a token is by them.

Lists read (``words`` of a language file): ``determiners``, ``prepositions``, ``of`` (prepositions that stay within a
noun phrase), ``joining`` (and, or), ``conjunctions`` (open a clause), ``relatives`` (who, which), ``auxiliaries``,
``verbs`` (finite forms that are no cues), ``verb_endings``, ``not_verbs`` (words that only look so), ``adverbs``,
``adverb_endings``, ``not_adverbs`` (nouns that end so), ``leading`` (open a sentence without being part of a phrase),
``times`` (Monday, yesterday), ``occasions`` (a statement, an interview: what "in …" may be skipped over), ``objects``
(me, them), ``that``, ``infinitive`` (to, de), ``infinitive_endings``, ``not_infinitives`` and ``noun_endings`` (words
that only look so), ``appositions`` (open one: a, the, then).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consumers.extracting.cues import Cue
from consumers.extracting.language import Language
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Token

MAX_NAME = 4
"""Words of a name in quotation marks."""

CLAUSE_SIGNS = frozenset(",;:()[]–—/…،；：，、") | {"--"}
"""Signs that part clauses and appositions."""


@dataclass(frozen=True)
class Words:
    """The classes of one language, made once."""

    language: Language
    determiners: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]
    joining: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    auxiliaries: frozenset[str]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    not_verbs: frozenset[str]
    adverbs: frozenset[str]
    adverb_endings: tuple[str, ...]
    leading: frozenset[str]
    times: frozenset[str]
    occasions: frozenset[str]
    objects: frozenset[str]
    that: frozenset[str]
    infinitive: frozenset[str]
    infinitive_endings: tuple[str, ...]
    not_infinitives: frozenset[str]
    noun_endings: tuple[str, ...]
    appositions: frozenset[str]
    finite: frozenset[str]
    """Single-word finite cue forms."""
    syllables: frozenset[str]
    """Pairs of words that are one word and no verb, though each of them may be one."""

    def is_verb(self, token: Token) -> bool:
        """A finite verb as far as its looks say."""
        word = token.lower
        finite = word in self.finite and not token.is_capital and word not in self.not_verbs
        if word in self.auxiliaries or word in self.verbs or finite:
            return True
        return bool(
            self.verb_endings
            and token.is_small
            and len(word) > 4
            and word.endswith(self.verb_endings)
            and word not in self.not_verbs
        )

    def is_adverb(self, token: Token) -> bool:
        word = token.lower
        if word in self.adverbs:
            return True
        if word in self.language.words("not_adverbs"):
            return False
        return bool(self.adverb_endings and len(word) > 4 and token.is_small and word.endswith(self.adverb_endings))

    def is_time(self, token: Token) -> bool:
        return token.lower in self.times

    def is_infinitive(self, token: Token) -> bool:
        """The word that opens an infinitive ("to", "de"), or an infinitive by its ending."""
        if token.lower in self.infinitive:
            return True
        word, endings = token.lower, self.infinitive_endings
        return bool(
            endings
            and len(word) > 3
            and not token.is_capital
            and word.endswith(endings)
            and word not in self.not_infinitives
            and not word.endswith(self.noun_endings)
        )

    def is_pronoun(self, token: Token) -> bool:
        return token.lower in self.language.pronouns

    def opens_phrase(self, token: Token) -> bool:
        """May be the first word of a noun phrase."""
        return token.is_word and not (
            token.lower in self.prepositions or token.lower in self.conjunctions or token.lower in self.joining
        )


@lru_cache(maxsize=32)
def words_of(language: Language) -> Words:
    """The word classes of ``language``."""
    finite = {
        form.head[0]
        for forms in language.cues.values()
        for form in forms
        if form.kind == "finite" and len(form.head) == 1 and form.tail is None
    }
    plain = {
        name: language.words(name)
        for name in (
            "determiners", "prepositions", "of", "joining", "conjunctions", "relatives", "auxiliaries", "verbs",
            "not_verbs", "adverbs", "leading", "times", "occasions", "objects", "that", "infinitive", "appositions",
            "not_infinitives",
        )
    }  # fmt: skip
    return Words(
        language,
        verb_endings=tuple(sorted(language.words("verb_endings"))),
        adverb_endings=tuple(sorted(language.words("adverb_endings"))),
        infinitive_endings=tuple(sorted(language.words("infinitive_endings"))),
        noun_endings=tuple(sorted(language.words("noun_endings"))),
        finite=frozenset(finite),
        syllables=frozenset(" ".join(pair) for pair in _nouns(language)) | language.words("not_verbs"),
        **plain,
    )


def _nouns(language: Language) -> Iterator[tuple[str, str]]:
    """Neighbouring words of the nouns that are listed because they hold a verb of saying."""
    for forms in language.cues.values():
        for form in forms:
            if form.takes == frozenset({"noun"}):
                yield from zip(form.head, form.head[1:], strict=False)


def opens_infinitive(prose: Prose, words: Words, index: int) -> bool:
    """Whether an infinitive begins here. Where its word means other things too ("de"), a verb has to follow."""
    endings = tuple(words.language.words("infinitive_after"))
    if not words.is_infinitive(prose.tokens[index]):
        return False
    clitics = words.language.words("clitics")
    ahead = [token for token in prose.tokens[index : index + 4] if token.lower not in clitics][:2]
    return not endings or any(len(t.text) > 3 and t.lower.endswith(endings) and t.is_small for t in ahead)


def is_name(prose: Prose, index: int) -> bool:
    """Whether the quoted token stands in a name that its language sets in marks: газета «Известия»."""
    quotation = prose.quotation_of(index)
    if quotation is None or not prose.language.words("quoted_names"):
        return False
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    words = [token for token in prose.tokens[first:last] if token.is_word]
    before = prose.tokens[first - 1] if first else None
    return (
        0 < len(words) <= MAX_NAME
        and not words[0].is_small
        and before is not None
        and before.is_word
        and prose.tokens[last - 2].is_word
    )


def is_sign(prose: Prose, index: int) -> bool:
    """Whether the token parts clauses; a hyphen between words does not."""
    token = prose.tokens[index]
    if token.text == "-":
        if index + 1 < len(prose.tokens):
            pair = f"{prose.tokens[index - 1].lower} {prose.tokens[index + 1].lower}"
            if pair in prose.language.words("hyphenated"):
                return False
        return prose.tokens[index - 1].end != token.start
    if token.text == "/" and index + 1 < len(prose.tokens):
        # 30/03, RFE/RL
        before, after = prose.tokens[index - 1], prose.tokens[index + 1]
        joined = before.end == token.start and token.end == after.start
        return not (joined and ((before.text.isdigit() and after.text.isdigit()) or before.text.isupper()))
    return token.text in CLAUSE_SIGNS


def is_said_by_them(prose: Prose, cue: Cue) -> bool:
    """Whether the verb is a plural of nobody ("сообщили") or impersonal ("говорится"): where says who. Lists read:
    ``they_say``, forms; ``they_endings``, how plural forms end."""
    lists = prose.language.words
    if prose.tokens[cue.last - 1].lower in lists("they_say"):
        return True
    endings = tuple(lists("they_endings"))
    return bool(endings) and any(prose.tokens[index].lower.endswith(endings) for index in cue.tokens)


def first_infinitive(prose: Prose, words: Words, first: int, last: int) -> int | None:
    """Where "to …" begins within "the city to move the office"."""
    return next((index for index in range(first, last) if opens_infinitive(prose, words, index)), None)
