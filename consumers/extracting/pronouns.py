"""Whom a pronoun takes up: the last speaker it fits, unless the text has brought up another person since.

None rather than wrong: each answer has its reason, the empty one too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.strangers import leading_stranger
from consumers.extracting.tokens import Span, Token
from consumers.extracting.within import Mentions
from service.contracts import Evidence, Mention, Resolution

Gender = Literal["m", "f"]
PEOPLE = {"m": "man", "f": "woman"}
SEMICOLONS = frozenset(";；؛")
MAX_SENTENCES = 4
"""Sentences back that a pronoun or a bare title may reach."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be meant by a pronoun or a bare title later on."""

    at: Span
    actor: str | None
    gender: Gender | None
    words: frozenset[str]


Taken = tuple[Person | None, Resolution]


def is_sign(token: Token) -> bool:
    """Whether the token is one character of a script without spaces, where no capital tells a title."""
    return (
        len(token.text) == 1
        and token.is_word
        and not token.text.isascii()
        and not token.is_capital
        and not token.is_small
    )


class Pronouns:
    """Reads the pronouns of one text. ``gender_of``: an actor's gender by its id."""

    def __init__(self, prose: Prose, mentions: Mentions, gender_of: Callable[[str], Gender | None]) -> None:
        self.prose = prose
        self.mentions = mentions
        self.gender_of = gender_of

    def taken_up(self, span: Span, gender: Gender, spoken: Sequence[Person]) -> Taken:
        """The last of those who have ``spoken``, in text order, of that gender who is near enough; nobody else may have
        come between."""
        here = self._sentence(span[0])
        for person in reversed(spoken):
            if here - self._sentence(person.at[0]) > MAX_SENTENCES:
                return self._own(span, gender) or self._nobody(
                    "nobody_near", f"no {PEOPLE[gender]} has spoken in the {MAX_SENTENCES} sentences before"
                )
            if person.gender is not None and person.gender != gender:
                continue
            if person.gender is None and person.actor is None and not person.words:
                continue
            another = self._another(person, span, gender)
            if another is not None:
                later = self._paragraph(person.at[0]) != self._paragraph(span[0])
                return (
                    self._leader(span, gender, anywhere=later)
                    or self._own(span, gender)
                    or self._nobody(
                        "two_candidates", f"two candidates, {self.quoted(person.at)} and {self.quoted(another)}"
                    )
                )
            if self._stranger(person.at[1], span[0], gender):
                return self._own(span, gender) or self._nobody(
                    "stranger", f"somebody outside the catalogue is named after {self.quoted(person.at)}"
                )
            return self.one("pronoun", span, f"nearest {PEOPLE[gender]} who spoke", person)
        own = self._own(span, gender)
        alone = own or self._only_person(span, gender)
        return alone if alone[0] else self._leader(span, gender) or alone

    def last_named(self, span: Span, gender: Gender) -> Taken:
        """ "ce dernier": who is named last before the words, in their sentence or the one before."""
        here = self._sentence(span[0])
        start = self.prose.sentences[max(0, here - 1)].start
        named = [m for m in self.mentions.between(start, span[0]) if m.how != "demonym" and m.kind != "place"]
        if not named or named[-1].kind != "person" or self._gender(named[-1]) != gender:
            return self._nobody("nobody_near", f"who is named last before is no {PEOPLE[gender]} of the catalogue")
        at = (named[-1].evidence.start, named[-1].evidence.end)
        if self._stranger(at[1], span[0], gender):
            return self._nobody("stranger", f"somebody outside the catalogue is named after {self.quoted(at)}")
        person = Person(at, named[-1].actor, gender, frozenset())
        return self.one("pronoun_latter", span, f"the {PEOPLE[gender]} named last", person)

    def quoted(self, span: Span) -> str:
        """ "“Wladimir Putin” in sentence 1"."""
        sentence = self.prose.sentence_at(span[0])
        words = f"“{self.prose.text[span[0] : span[1]]}”"
        return f"{words} in sentence {sentence.index + 1}" if sentence else words

    def one(self, code: str, span: Span, how: str, person: Person) -> Taken:
        pronoun = self.prose.text[span[0] : span[1]]
        known = "" if person.actor else ", who is not in the catalogue"
        words = f"pronoun “{pronoun}” → {how}, {self.quoted(person.at)}{known}"
        return person, Resolution(code=code, words=words, evidence=Evidence.of(self.prose.text, *person.at))

    @staticmethod
    def _nobody(code: str, words: str) -> Taken:
        return None, Resolution(code=code, words=f"none: {words}")

    def _another(self, person: Person, span: Span, gender: Gender) -> Span | None:
        """Somebody else of that gender with whom a sentence since then begins."""
        for mention in self.mentions.between(person.at[1], span[0]):
            if mention.kind != "person" or mention.actor == person.actor:
                continue
            sentence = self.prose.sentence_at(mention.evidence.start)
            if sentence is None or self.prose.is_quoted(self.prose.token_from(mention.evidence.start)):
                continue
            leads = mention.evidence.start - sentence.start < 40 and sentence.index != self._sentence(person.at[0])
            if leads and mention.actor and self.gender_of(mention.actor) in {gender, None}:
                return mention.evidence.start, mention.evidence.end
        return None

    def _leader(self, span: Span, gender: Gender, *, anywhere: bool = False) -> Taken | None:
        """Whom the sentence before begins with, for a pronoun that begins its own (or stands ``anywhere`` in it, where
        the last speaker is of another paragraph); nobody else may be named there."""
        here = self.prose.sentence_at(span[0])
        before = self.prose.sentences[here.index - 1] if here and here.index else None
        first = self.prose.token_from(span[0])
        if here is not None and first > here.first and self.prose.tokens[first - 1].text in SEMICOLONS:
            # "Merz came at eight; he said": the same sentence.
            return self._first(here, span, gender)
        if here is None or before is None or before.paragraph != here.paragraph:
            return None
        if not (anywhere or self._opens(here.first, span)):
            return None
        return self._first(before, span, gender)

    def _first(self, sentence: Sentence, span: Span, gender: Gender) -> Taken | None:
        """Whom ``sentence`` begins with, where nobody else is named between there and the words at ``span``."""
        people = [m for m in self.mentions.between(sentence.start, span[0]) if m.kind == "person"]
        lead = self.prose.tokens[sentence.first : self.prose.token_from(people[0].evidence.start)] if people else ()
        small = self.prose.language.words("determiners")
        apart = self.prose.language.words("prepositions")
        leads = all(t.is_capital or t.lower in small or (is_sign(t) and t.lower not in apart) for t in lead)
        same = {m.actor for m in people} == {people[0].actor} if people else False
        if not leads or not same or self._gender(people[0]) != gender:
            return None
        person = Person((people[0].evidence.start, people[0].evidence.end), people[0].actor, gender, frozenset())
        return self.one("pronoun_subject", span, "whom the sentence before begins with", person)

    def _own(self, span: Span, gender: Gender) -> Taken | None:
        """Whom the pronoun's own sentence begins with ("Karl Meier was calm when he told …"), if nobody else is named.

        A conjunction has to stand before the pronoun, where cases do not tell the subject: in "Karl Meier is wrong, he
        said" somebody else speaks.
        """
        here = self.prose.sentence_at(span[0])
        people = [m for m in self.mentions.between(here.start, span[0]) if m.kind == "person"] if here else []
        if here is None or not people or len({m.actor for m in people}) > 1 or self._gender(people[0]) != gender:
            return None
        first, last = self.prose.token_from(people[0].evidence.start), self.prose.token_from(span[0])
        small = self.prose.language.words("determiners")
        lead = self.prose.tokens[here.first : first]
        if not all(t.is_capital or t.lower in small for t in lead) or self.prose.is_quoted(last):
            return None
        words = self.prose.language.words
        joined = self.prose.tokens[last - 1].lower in words("conjunctions") | words("relatives")
        if not joined and not words("nominative_speaks"):
            return None
        end = self.prose.token_from(people[-1].evidence.end)
        owned = self.prose.tokens[end].text.lower().startswith(("'", "’")) or self.prose.tokens[end].is_capital
        if owned or self._names_others(end, last):
            return None
        person = Person((people[0].evidence.start, people[0].evidence.end), people[0].actor, gender, frozenset())
        return self.one("pronoun_own", span, "whom its own sentence begins with", person)

    def _names_others(self, first: int, last: int) -> bool:
        """Whether two capitalised words in a row, which no actor is called, stand in between."""
        unknown = [t.is_capital and not self.mentions.touching(t.start, t.end) for t in self.prose.tokens[first:last]]
        return any(one and other for one, other in pairwise(unknown))

    def _opens(self, first: int, span: Span) -> bool:
        """Whether nothing but "then", "but", "today", or where and when it was, stands before the words at ``span`` in
        their sentence."""
        words = self.prose.language.words
        lead = self.prose.tokens[first : self.prose.token_from(span[0])]
        if lead and lead[0].lower in words("prepositions") and all(token.is_word for token in lead):
            return True
        small = words("leading") | words("adverbs") | words("times") | words("joining")
        said = [token.lower for token in lead]
        return all(word in small for word in said) or " ".join(said) in words("sources")

    def _stranger(self, start: int, end: int, gender: Gender) -> bool:
        """Whether a sentence that begins in between is about somebody of that gender outside the catalogue."""
        first, last = self._sentence(start), self._sentence(end)
        return any(
            (stranger := leading_stranger(self.prose, self.prose.sentences[number], self.mentions)) is not None
            and stranger in {gender, "?"}
            for number in range(max(0, first + 1), last + 1)
            if self.prose.sentences[number].start < end
        )

    def _only_person(self, span: Span, gender: Gender) -> Taken:
        """The one person of that gender in the sentence before, when nobody has spoken yet."""
        here = self.prose.sentence_at(span[0])
        if here is None or here.index == 0:
            return self._nobody("nobody_near", "nobody is named before")
        before = self.prose.sentences[here.index - 1]
        near = [mention for mention in self.mentions.between(before.start, before.end) if mention.kind == "person"]
        fitting = {m.actor for m in near if m.actor and self.gender_of(m.actor) == gender}
        if not fitting:
            return self._nobody("nobody_near", f"no {PEOPLE[gender]} of the catalogue is named in the sentence before")
        if len(fitting) != 1 or len({m.actor for m in near}) != 1:
            several = dict.fromkeys(f"“{mention.evidence.exact}”" for mention in near)
            return self._nobody("two_candidates", f"{len(several)} candidates, {' and '.join(several)}")
        at = (near[-1].evidence.start, near[-1].evidence.end)
        if self._stranger(at[1], span[0], gender):
            return self._nobody("stranger", f"somebody outside the catalogue is named after {self.quoted(at)}")
        person = Person(at, next(iter(fitting)), gender, frozenset())
        return self.one("pronoun_only", span, f"the only {PEOPLE[gender]} named in the sentence before", person)

    def _gender(self, mention: Mention) -> Gender | None:
        return self.gender_of(mention.actor) if mention.actor else None

    def _paragraph(self, offset: int) -> int:
        sentence = self.prose.sentence_at(offset)
        return sentence.paragraph if sentence else -1

    def _sentence(self, offset: int) -> int:
        sentence = self.prose.sentence_at(offset)
        return sentence.index if sentence else -100
