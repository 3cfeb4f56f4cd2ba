"""Who a speaker is: from the words that name one to an actor of the catalogue, or to nobody. None rather than wrong.

A name or a title counts when it is the phrase's head: "Präsident Karl Meier" is Meier, "ein Sprecher von Präsident Karl
Meier" is somebody else. A pronoun is the last speaker it fits, unless the text has brought up another person since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span, Token
from service.contracts import Evidence, How, Kind, Mention

Gender = Literal["m", "f"]
MAX_SENTENCES = 4
"""Sentences back that a pronoun or a bare title may reach."""
PRONOUN_CONFIDENCE, BARE_TITLE_CONFIDENCE, CARRIED_CONFIDENCE = 0.75, 0.8, 0.9
_RANK = {"person": 0, "organisation": 1, "place": 2, "other": 3}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be meant by a pronoun or a bare title later on."""

    at: Span
    actor: str | None
    gender: Gender | None
    words: frozenset[str]


class Speakers:
    """Reads the speakers of one text in order; remembers who spoke. ``gender_of``: an actor's gender by its id."""

    def __init__(self, prose: Prose, mentions: Sequence[Mention], gender_of: Callable[[str], Gender | None]) -> None:
        self.prose = prose
        self.mentions = [mention for mention in mentions if mention.actor is not None]
        self.gender_of = gender_of
        self.spoken: list[Person] = []
        self._known: dict[Span, Mention] = {}

    def mention(self, span: Span) -> Mention:
        """The speaker at ``span`` as a mention; asked again for the same words it gives the same answer."""
        if span not in self._known:
            self._known[span] = self._read(span)
        return self._known[span]

    def _read(self, span: Span) -> Mention:
        tokens = self._tokens(span)
        pronoun = self._pronoun(tokens)
        if pronoun is not None:
            person = self._last(span, pronoun)
            self._remember(span, person.actor if person else None, pronoun, person.words if person else frozenset())
            return self._made(span, "person", person.actor if person else None, "pronoun", PRONOUN_CONFIDENCE)
        head = self._head(span, tokens)
        words = frozenset(token.lower for token in tokens if token.is_word and len(token.text) > 3)
        if head is not None:
            if head.kind == "person":
                self._remember(span, head.actor, self.gender_of(head.actor) if head.actor else None, words)
            return self._made(span, head.kind, head.actor, head.how, head.confidence)
        bare = self._bare_title(span, tokens)
        if bare is not None:
            self._remember(span, bare.actor, bare.gender, bare.words | words)
            return self._made(span, "person", bare.actor, "title", BARE_TITLE_CONFIDENCE)
        self._remember(span, None, None, words)
        return self._made(span, self._kind(tokens), None, "name", 0.5)

    def _tokens(self, span: Span) -> tuple[Token, ...]:
        return self.prose.tokens[self.prose.token_from(span[0]) : self.prose.token_from(span[1])]

    def _made(self, span: Span, kind: Kind, actor: str | None, how: How, confidence: float) -> Mention:
        evidence = Evidence.of(self.prose.text, *span)
        return Mention(evidence=evidence, kind=kind, actor=actor, how=how, confidence=confidence if actor else 0.5)

    def _remember(self, span: Span, actor: str | None, gender: Gender | None, words: frozenset[str]) -> None:
        self.spoken.append(Person(span, actor, gender, words))

    def _pronoun(self, tokens: Sequence[Token]) -> Gender | None:
        """Gender of a third-person pronoun that stands alone, None when the words are none or may be plural."""
        if len(tokens) != 1:
            return None
        features = self.prose.language.pronouns.get(tokens[0].lower, frozenset())
        return "m" if "m" in features else "f" if "f" in features else None

    def _head(self, span: Span, tokens: Sequence[Token]) -> Mention | None:
        """The mention that the phrase is about; of several the person, then the organisation."""
        named = [mention for mention in self.mentions if mention.how != "demonym"]
        inside = [m for m in named if span[0] <= m.evidence.start and m.evidence.end <= span[1]]
        heads = [mention for mention in inside if self._is_head(mention, span, tokens)]
        people = {mention.actor for mention in heads if mention.kind == "person"}
        if len(people) > 1 or self._is_joined(tokens):
            return None
        return min(heads, key=lambda mention: (_RANK[mention.kind], -len(mention.evidence.exact)), default=None)

    def _is_head(self, mention: Mention, span: Span, tokens: Sequence[Token]) -> bool:
        words = self.prose.language.words
        before = [token for token in tokens if token.end <= mention.evidence.start]
        # An apposition begins anew: "der Leiter des Amts, Karl Meier".
        cut = max((n for n, token in enumerate(before) if token.text == ","), default=-1)
        lead = before[cut + 1 :]
        small = words("prepositions") | words("of")
        if any(token.lower in small for token in lead) or any(token.lower in words("genitive") for token in lead[1:]):
            return False
        after = self.prose.text[mention.evidence.end : span[1]]
        if mention.kind == "person":
            return not after.startswith("-")
        # A country or an organisation speaks itself only when nothing but an article or its kind stands before it.
        rest = after.strip()
        ends = not rest or rest.startswith(("(", ",", "„", "“"))
        kinds = all(t.lower in words("determiners") or t.is_capital or t.is_small for t in lead)
        people = any(t.lower in words("person_titles") for t in lead)
        return ends and kinds and not people and (mention.kind == "organisation" or not any(t.is_capital for t in lead))

    def _is_joined(self, tokens: Sequence[Token]) -> bool:
        return any(token.lower in {"und", "and", "et", "и", "та", "і", "және", "và", "sowie"} for token in tokens)

    def _last(self, span: Span, gender: Gender) -> Person | None:
        """The last speaker of that gender who is near enough, if nobody else has come between."""
        here = self._sentence(span[0])
        for person in reversed(self.spoken):
            if here - self._sentence(person.at[0]) > MAX_SENTENCES:
                return None
            if person.gender is not None and person.gender != gender:
                continue
            if person.gender is None and person.actor is None and not person.words:
                continue
            return None if self._another(person, span, gender) else person
        return self._only_person(span, gender)

    def _another(self, person: Person, span: Span, gender: Gender) -> bool:
        """Whether a sentence since then begins with somebody else of that gender."""
        for mention in self.mentions:
            if (
                mention.kind != "person"
                or mention.actor == person.actor
                or not person.at[1] <= mention.evidence.start < span[0]
            ):
                continue
            sentence = self.prose.sentence_at(mention.evidence.start)
            if sentence is None or self.prose.is_quoted(self.prose.token_from(mention.evidence.start)):
                continue
            leads = mention.evidence.start - sentence.start < 40 and sentence.index != self._sentence(person.at[0])
            if leads and mention.actor and self.gender_of(mention.actor) in {gender, None}:
                return True
        return False

    def _only_person(self, span: Span, gender: Gender) -> Person | None:
        """The one person of that gender in the sentence before, when nobody has spoken yet."""
        here = self._sentence(span[0])
        near = [m for m in self.mentions if m.kind == "person" and 0 < here - self._sentence(m.evidence.start) <= 1]
        fitting = {m.actor for m in near if m.actor and self.gender_of(m.actor) == gender}
        if len(fitting) != 1 or len({m.actor for m in near}) != 1:
            return None
        at = (near[-1].evidence.start, near[-1].evidence.end)
        return Person(at, next(iter(fitting)), gender, frozenset())

    def _bare_title(self, span: Span, tokens: Sequence[Token]) -> Person | None:
        """ "der Präsident" after "Präsident Karl Meier": the last speaker who was called by the same word."""
        nouns = {
            token.lower
            for token in tokens
            if token.is_word and token.lower not in self.prose.language.words("determiners")
        }
        definite = bool(tokens) and tokens[0].lower in self.prose.language.words("definite")
        if len(nouns) != 1 or not definite:
            return None
        here = self._sentence(span[0])
        for person in reversed(self.spoken):
            if here - self._sentence(person.at[0]) > 2 * MAX_SENTENCES:
                return None
            if nouns <= person.words:
                return person if person.actor else None
        return None

    def _kind(self, tokens: Sequence[Token]) -> Kind:
        titles = self.prose.language.words("person_titles")
        if any(token.lower in titles for token in tokens):
            return "person"
        capitals = [token for token in tokens if token.is_word]
        return "person" if len(capitals) in {2, 3} and all(token.is_capital for token in capitals) else "other"

    def _sentence(self, offset: int) -> int:
        sentence = self.prose.sentence_at(offset)
        return sentence.index if sentence else -100
