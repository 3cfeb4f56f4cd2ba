"""Whom a phrase takes up that was named before by its name: "the president", "the Kazakh leader", "the alliance",
"der Argentinier". Near enough, and nobody rather than the wrong one.
"""

from collections.abc import Callable, Sequence
from itertools import takewhile

from consumers.extracting.called import Called
from consumers.extracting.epithets import epithet
from consumers.extracting.offices import Offices
from consumers.extracting.phrase_kinds import MAX_TITLE, article_gender, is_word_of, title_nouns
from consumers.extracting.pronouns import MAX_SENTENCES, Gender, Person, Pronouns, Taken
from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at
from consumers.extracting.tokens import Span, Token
from consumers.extracting.within import Mentions
from service.contracts import Evidence, Resolution

LEADING = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
"""Roles of one who is called a country's leader."""
MAX_LEAD = 40
"""Characters of a sentence in which the organisation stands that it is about."""


class Again:
    """Reads such phrases of one text. ``spoken``: those who have spoken before, in text order."""

    def __init__(
        self,
        prose: Prose,
        mentions: Mentions,
        gender_of: Callable[[str], Gender | None],
        offices: Offices | None,
        pronouns: Pronouns,
        called: Called | None,
    ) -> None:
        self.prose, self.mentions, self.gender_of, self.offices = prose, mentions, gender_of, offices
        self.pronouns = pronouns
        self._called = called

    def titled(self, span: Span, tokens: Sequence[Token], spoken: Sequence[Person]) -> Taken | None:
        """Whom a title without a name takes up: who was called so before, else who holds such an office."""
        return self._bare_title(span, tokens, spoken) or self._holder(span, tokens, spoken)

    def _bare_title(self, span: Span, tokens: Sequence[Token], spoken: Sequence[Person]) -> Taken | None:
        """ "der Präsident" after "Präsident Karl Meier": the last speaker who was called by the same word."""
        whole = self.offices is not None and bool(self.offices.named_by(self.prose.text[slice(*span)]))
        nouns = title_nouns(self.prose.language, tokens, whole=whole)
        if not nouns:
            return None
        here = self._sentence(span[0])
        for person in reversed(spoken):
            if here - self._sentence(person.at[0]) > 2 * MAX_SENTENCES:
                return None
            if all(is_word_of(self.prose.language, noun, person.words) for noun in nouns):
                return self._as("title_again", span, "called so before", person) if person.actor else None
        return None

    def _holder(self, span: Span, tokens: Sequence[Token], spoken: Sequence[Person]) -> Taken | None:
        """ "the head of state" after "President Karl Meier": the one person near before who holds such an office."""
        words = self.prose.language.words
        definite = words("definite")
        if self.offices is None or not tokens or (definite and tokens[0].lower not in definite):
            return None
        lead = 1 if len(tokens) > 1 and tokens[0].lower in words("determiners") else 0
        lead += phrase_at(self.prose, tokens[lead].index, tokens[-1].index, "title_frills")
        nouns = [token for token in tokens[lead:] if token.is_word]
        roles = self.offices.named_by(self.prose.text[tokens[lead].start : span[1]])
        title = " ".join(token.lower for token in nouns)
        if not nouns or not (roles or (self._called and self._called.is_title(title))):
            return self._leading(span, nouns)
        called = self._called.so(title) if self._called else frozenset()
        earliest = self._sentence(span[0]) - 2 * MAX_SENTENCES
        start = self.prose.sentences[max(0, earliest)].start if self.prose.sentences else 0
        recent = takewhile(lambda person: person.at[0] >= start, reversed(spoken))
        gender = article_gender(self.prose.language, tokens)
        people = [p for p in recent if p.actor and self._may_hold(p.actor, called, roles, gender)][::-1]
        if not people:
            near = self.mentions.between(start, span[0])
            near = [m for m in near if m.kind == "person"]
            named = [m for m in near if m.actor and self._may_hold(m.actor, called, roles, gender)]
            if len({m.actor for m in named}) != 1 and words("nominative_speaks"):
                # "Зеленський говорив зі Стуббом": in the nominative stands whom the text is about.
                named = [m for m in named if m.how in {"name", "alias"}]
            if len({m.actor for m in named}) != 1:
                return None
            at = (named[-1].evidence.start, named[-1].evidence.end)
            people = [Person(at, named[-1].actor, self._gender(named[-1].actor), frozenset())]
        person = people[-1]
        # Another bearer of the title since then, unknown to the catalogue, may be meant ("the club's president").
        between = self.prose.tokens[self.prose.token_from(person.at[1]) : self.prose.token_from(span[0])]
        outside = [token.lower for token in between if not self.prose.is_quoted(token.index)]
        heads = {nouns[0].lower, nouns[-1].lower}
        if self._called:
            meant = not self._called.another(title, person.at[1], span[0], person.actor)
        elif len(nouns) > 2:
            # "at the head of a delegation" is no "head of state".
            meant = title not in " ".join(outside)
        else:
            meant = not heads & set(outside)
        return (
            self._as("office_holder", span, "the one near before who holds such an office", person) if meant else None
        )

    def _leading(self, span: Span, nouns: Sequence[Token]) -> Taken | None:
        """ "the Kazakh leader" after "President Karl Meier": the one person near before who governs that country."""
        named = [m for m in self.mentions.inside(span) if m.how == "demonym" or m.kind == "place"]
        if self.offices is None or len(named) != 1:
            return None
        start, end, country = named[0].evidence.start, named[0].evidence.end, named[0].actor or ""
        title = " ".join(t.lower for t in nouns if (t.end <= start or t.start >= end))
        if title not in self.prose.language.words("leaders"):
            return None
        first = max(0, self._sentence(span[0]) - 2 * MAX_SENTENCES)
        near = self.mentions.between(self.prose.sentences[first].start, span[0])
        people = [
            m for m in near if m.actor and m.kind == "person" and self.offices.holds_of(m.actor, country, LEADING)
        ]
        if len({m.actor for m in people}) != 1:
            return None
        at = (people[-1].evidence.start, people[-1].evidence.end)
        person = Person(at, people[-1].actor, self._gender(people[-1].actor), frozenset())
        return self._as("leader", span, "the one near before who governs the country", person)

    def _may_hold(self, actor: str, called: frozenset[str], roles: frozenset[str], gender: Gender | None) -> bool:
        """Whether the actor holds such an office or is called so; a feminine title ("la presidenta") is no man's."""
        apart = gender == "f" and self._gender(actor) == "m"
        held = actor in called or (self.offices is not None and self.offices.holds(actor, roles))
        return held and not apart

    def body(self, span: Span, tokens: Sequence[Token]) -> tuple[str, Resolution] | None:
        """ "The alliance", "el organismo": the one organisation named in the sentences before, where it leads one."""
        words = self.prose.language.words
        definite = bool(tokens) and tokens[0].lower in words("definite")
        if not definite or not 1 < len(tokens) <= MAX_TITLE + 1 or tokens[1].lower not in words("bodies_again"):
            return None
        first = max(0, self._sentence(span[0]) - MAX_SENTENCES)
        near = self.mentions.between(self.prose.sentences[first].start, span[0])
        bodies = [mention for mention in near if mention.kind == "organisation"]
        if len({mention.actor for mention in bodies}) != 1 or not bodies[-1].actor:
            return None
        at = (bodies[-1].evidence.start, bodies[-1].evidence.end)
        sentence = self.prose.sentence_at(at[0])
        if sentence is None or at[0] - sentence.start > MAX_LEAD:
            return None
        said = f"“{self.prose.text[span[0] : span[1]]}” → the one organisation near before: {self.pronouns.quoted(at)}"
        return bodies[-1].actor, Resolution(code="body_again", words=said, evidence=Evidence.of(self.prose.text, *at))

    def epithet(self, span: Span, tokens: Sequence[Token], spoken: Sequence[Person]) -> Taken | None:
        """ "der Argentinier": the man before, if he may be one."""
        found = epithet(self.prose.language, tokens, self.mentions)
        if found is None or self.offices is None:
            return None
        country = found.country or ""
        start = self.prose.sentences[max(0, self._sentence(span[0]) - MAX_SENTENCES)].start
        near = [m for m in self.mentions.between(start, span[0]) if m.kind == "person" and m.actor]
        theirs = [m for m in near if self.offices.held_of(m.actor or "", country)]
        if len({m.actor for m in theirs}) == 1 and self._gender(theirs[-1].actor) == found.gender:
            at = (theirs[-1].evidence.start, theirs[-1].evidence.end)
            return self._as(
                "epithet", span, "the one near before", Person(at, theirs[-1].actor, found.gender, frozenset())
            )
        person, _ = self.pronouns.taken_up(span, found.gender, spoken)
        if person is None or person.actor is None or theirs:
            return None
        elsewhere = bool(country) and self.offices.governs(person.actor)
        return None if elsewhere else self._as("epithet", span, "who was named before", person)

    def _as(self, code: str, span: Span, how: str, person: Person) -> Taken:
        """``person``, for a title that takes somebody up."""
        words = f"“{self.prose.text[span[0] : span[1]]}” → {how}: {self.pronouns.quoted(person.at)}"
        return person, Resolution(code=code, words=words, evidence=Evidence.of(self.prose.text, *person.at))

    def _gender(self, actor: str | None) -> Gender | None:
        return self.gender_of(actor) if actor else None

    def _sentence(self, offset: int) -> int:
        sentence = self.prose.sentence_at(offset)
        return sentence.index if sentence else -100
