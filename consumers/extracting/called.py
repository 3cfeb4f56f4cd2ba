"""Whom the text itself calls by a title: "Bộ trưởng Trần Sao tới Huế. Bộ trưởng nói …".

For languages that write no article before a title that is taken up again. Lists read: ``bare_titles``, titles that are
no office of the catalogue or a part of one; ``possessive_endings`` of a title behind what it is of. What the text says
counts on any day: it may be older or younger than what the catalogue knows of an office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consumers.extracting.names.rules import rules
from consumers.extracting.offices import Offices
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span, Token
from consumers.extracting.within import Mentions
from service.contracts import Mention

MAX_LEAD = 12
"""Tokens before a name in which its title and what it is of stand."""
MAX_TITLE = 6
"""Words of the longest title."""
REACH = 60
"""Characters before a title in which what it is of may begin."""
MIN_STEM = 5
"""Letters of a title without its ending."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name with the title before it; ``of``: the country or organisation that stands with them."""

    mention: Mention
    title: str
    of: str | None


class Called:
    """The titles before the names of one text."""

    def __init__(self, prose: Prose, mentions: Mentions, offices: Offices) -> None:
        self.prose, self.mentions, self.offices = prose, mentions, offices
        self._called_so: dict[str, tuple[Bearer, ...]] = {}

    def is_title(self, phrase: str) -> bool:
        """Whether the words are a title at all, so that they may take somebody up."""
        return phrase in self.prose.language.words("bare_titles") or bool(self.offices.named_by(phrase))

    def so(self, phrase: str) -> frozenset[str]:
        """Actors whom the text calls by the title, or by another title of the same office."""
        return frozenset(bearer.mention.actor or "" for bearer in self._bearers_of(phrase))

    def of(self, span: Span) -> Mention | None:
        """Whom the text calls by a title of the same country or organisation: "Tổng thống Mỹ" after "Tổng thống Mỹ Joe
        Biden", on whatever day; nobody where that may be two."""
        inside = [mention for mention in self.mentions.inside(span) if mention.kind in {"place", "organisation"}]
        tokens = self.prose.tokens[self.prose.token_from(span[0]) : self.prose.token_from(span[1])]
        over = [(mention.evidence.start, mention.evidence.end) for mention in inside]
        rest = [t.lower for t in tokens if t.is_word and not any(a <= t.start < b for a, b in over)]
        phrase = " ".join(rest)
        if not rest or len({mention.actor for mention in inside}) != 1 or not self.is_title(phrase):
            return None
        own = [bearer for bearer in self._bearers_of(phrase) if bearer.of == inside[0].actor]
        return own[0].mention if len({bearer.mention.actor for bearer in own}) == 1 else None

    def _bearers_of(self, phrase: str) -> tuple[Bearer, ...]:
        """Those whom the text calls so, each name once; a text asks for few titles, and for them again and again."""
        if phrase not in self._called_so:
            named = {(b.mention.actor, b.of): b for b in reversed(self._bearers) if self._same(phrase, b.title)}
            self._called_so[phrase] = tuple(reversed(named.values()))
        return self._called_so[phrase]

    def _same(self, phrase: str, title: str) -> bool:
        roles = self.offices.named_by(phrase)
        return self._is_short_for(self._plain(phrase), title) or bool(roles & self._roles(title))

    def _is_short_for(self, plain: str, title: str) -> bool:
        """ "Bộ trưởng" for "Bộ trưởng Ngoại giao"; where the head stands last "министр" for "сыртқы істер министрі"."""
        last = bool(self.prose.language.words("possessive_endings"))
        whole = self._plain(title)
        return whole == plain or whole.startswith((plain + " ", plain + "-")) or (last and whole.endswith(" " + plain))

    def _plain(self, phrase: str) -> str:
        """Without the ending by which a head belongs to what stands before it: "министр" of "министрі"."""
        endings = sorted(self.prose.language.words("possessive_endings"), key=len, reverse=True)
        stem = next((phrase.removesuffix(end) for end in endings if phrase.endswith(end)), phrase)
        return stem if len(stem) >= MIN_STEM else phrase

    def another(self, phrase: str, start: int, end: int, actor: str | None) -> bool:
        """Whether somebody else bears the title in between: it stands there before another name."""
        words = phrase.split()
        tokens = self.prose.tokens[self.prose.token_from(start) : self.prose.token_from(end)]
        for at in range(len(tokens) - len(words)):
            behind = tokens[at + len(words)]
            same = self._plain(" ".join(token.lower for token in tokens[at : at + len(words)])) == self._plain(phrase)
            if not same or not behind.is_capital:
                continue
            sentence = self.prose.sentence_at(behind.start)
            near = self.mentions.between(behind.start, sentence.end if sentence else behind.end)
            person = next((mention for mention in near if mention.kind == "person"), None)
            if person is None or person.actor != actor:
                return True
        return False

    def _roles(self, title: str) -> frozenset[str]:
        return self.offices.named_by(title) if title not in self.prose.language.words("bare_titles") else frozenset()

    @cached_property
    def _bearers(self) -> list[Bearer]:
        named = self.mentions.between(0, len(self.prose.text))
        people = (mention for mention in named if mention.kind == "person" and mention.how != "title")
        return [bearer for mention in people if (bearer := self._bearer(mention)) is not None]

    def _bearer(self, mention: Mention) -> Bearer | None:
        """The longest title that ends right before a name, or before the country between them; none of one who was."""
        last = self.prose.token_from(mention.evidence.start)
        sentence = self.prose.sentence_at(mention.evidence.start)
        first = max(sentence.first if sentence else 0, last - MAX_LEAD)
        lead = self._without_place(self.prose.tokens[first:last])
        for length in range(min(MAX_TITLE, len(lead)), 0, -1):
            phrase = " ".join(token.lower for token in lead[-length:])
            if all(token.is_word for token in lead[-length:]) and self.is_title(phrase):
                before = lead[-length - 1] if length < len(lead) else None
                if before is not None and before.lower in rules(self.prose.language.code).former:
                    return None
                begin = before.start if before is not None else lead[-length].start
                near = self.mentions.between(begin - REACH, mention.evidence.start)
                of = [m.actor for m in near if m.kind != "person" and m.evidence.end > begin]
                return Bearer(mention, phrase, of[-1] if of else None)
        return None

    def _without_place(self, lead: Sequence[Token]) -> Sequence[Token]:
        """Without the country or organisation at its end, and its acronym in brackets."""
        if not lead:
            return lead
        end = len(lead)
        if lead[-1].text == ")":
            end = next((n for n in range(end - 1, -1, -1) if lead[n].text == "("), end)
        near = self.mentions.between(lead[0].start, lead[-1].end)
        while end:
            over = next((m for m in near if m.kind != "person" and m.evidence.end == lead[end - 1].end), None)
            if over is None:
                return lead[:end]
            end = next((n for n, token in enumerate(lead) if token.start >= over.evidence.start), end - 1)
        return ()
