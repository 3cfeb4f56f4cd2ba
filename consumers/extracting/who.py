"""Who a speaker is: from the words that name one to an actor of the catalogue, or to nobody. None rather than wrong.

A name or a title counts when it is the phrase's head: "Präsident Karl Meier" is Meier, "ein Sprecher von Präsident Karl
Meier" is somebody else. A pronoun is the last speaker it fits, unless the text has brought up another person since.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from consumers.extracting.again import Again
from consumers.extracting.called import Called
from consumers.extracting.offices import Offices
from consumers.extracting.phrase_kinds import article_gender, is_neuter, kind_of
from consumers.extracting.pronouns import Gender, Person, Pronouns
from consumers.extracting.prose import Prose
from consumers.extracting.ranks import ranked
from consumers.extracting.tokens import Span, Token
from consumers.extracting.within import Mentions
from service.contracts import Evidence, How, Kind, Mention, Resolution

MAX_PAPER = 3
"""Words up to the one for a paper: "a joint statement of"."""
PRONOUN_CONFIDENCE, BARE_TITLE_CONFIDENCE = 0.75, 0.8
_RANK = {"person": 0, "organisation": 1, "place": 2, "other": 3}


class Speakers:
    """Reads the speakers of one text in order; remembers who spoke. ``gender_of``: an actor's gender by its id;
    ``offices``: who holds which office on the article's day; ``ground_of``: why a name or title is whose it is."""

    def __init__(
        self,
        prose: Prose,
        mentions: Mentions,
        gender_of: Callable[[str], Gender | None],
        offices: Offices | None = None,
        ground_of: Callable[[Mention], Resolution] | None = None,
    ) -> None:
        self.offices = offices
        self.ground_of = ground_of
        self.pronouns = Pronouns(prose, mentions, gender_of)
        self.prose = prose
        self.mentions = mentions
        self.gender_of = gender_of
        self.spoken: list[Person] = []
        self._known: dict[Span, Mention] = {}
        # Only where a title may be taken up again without an article or an ending.
        self._called = Called(prose, mentions, offices) if offices and prose.language.words("bare_titles") else None
        self.again = Again(prose, mentions, gender_of, offices, self.pronouns, self._called)

    def mention(self, span: Span, *, speaks: bool = True) -> Mention:
        """Who is named at ``span``; asked again for the same words it gives the same answer.

        Not ``speaks``: spoken to, so a pronoun behind it still means the speaker.
        """
        if span not in self._known:
            spoken = len(self.spoken)
            self._known[span] = self._read(span)
            if not speaks:
                del self.spoken[spoken:]
        return self._known[span]

    def _read(self, span: Span) -> Mention:
        tokens = self._tokens(span)
        latter = self._latter(tokens)
        pronoun = latter or self._pronoun(tokens) or self._owner(tokens)
        if pronoun is not None:
            last = self.pronouns.last_named(span, pronoun) if latter else None
            last = last or ranked(self.pronouns, tokens, self.spoken)
            person, reason = last or self.pronouns.taken_up(span, pronoun, self.spoken)
            self._remember(span, person.actor if person else None, pronoun, person.words if person else frozenset())
            return self._made(span, "person", person.actor if person else None, "pronoun", PRONOUN_CONFIDENCE, reason)
        head = self._head(span, tokens)
        if self._called and (head is None or head.how == "title"):
            head = self._called.of(span) or head
        shortest = 3 if self.prose.language.words("definite_prefix") else 4
        words = frozenset(token.lower for token in tokens if token.is_word and len(token.text) >= shortest)
        if len(tokens) > 2 and all(len(token.text) == 1 for token in tokens):
            # A script without spaces: the phrase is the word.
            words = frozenset(["".join(token.lower for token in tokens)])
        if head is not None:
            if head.kind == "person":
                self._remember(span, head.actor, self.gender_of(head.actor) if head.actor else None, words)
            ground = self.ground_of(head) if self.ground_of else None
            return self._made(span, head.kind, head.actor, head.how, head.confidence, ground)
        again = None if self._is_institution(tokens) else self.again.titled(span, tokens, self.spoken)
        if again is not None and again[0] is not None:
            bare = again[0]
            self._remember(span, bare.actor, bare.gender, bare.words | words)
            return self._made(span, "person", bare.actor, "title", BARE_TITLE_CONFIDENCE, again[1])
        body = self.again.body(span, tokens)
        if body is not None:
            return self._made(span, "organisation", body[0], "title", BARE_TITLE_CONFIDENCE, body[1])
        other = self.again.epithet(span, tokens, self.spoken)
        if other is not None and other[0] is not None:
            named = other[0]
            self._remember(span, named.actor, named.gender, named.words | words)
            return self._made(span, "person", named.actor, "pronoun", PRONOUN_CONFIDENCE, other[1])
        if not is_neuter(self.prose.language, tokens):
            self._remember(span, None, article_gender(self.prose.language, tokens), words)
        return self._made(span, kind_of(self.prose.language, tokens), None, "name", 0.5, self._unknown(span, tokens))

    def _is_institution(self, tokens: Sequence[Token]) -> bool:
        """ "El Gobierno" is not who was called "el presidente del Gobierno"."""
        words = self.prose.language.words
        nouns = [t.lower for t in tokens if t.is_word and t.lower not in words("determiners")]
        return bool(nouns) and all(noun in words("institutions") for noun in nouns)

    def _unknown(self, span: Span, tokens: Sequence[Token]) -> Resolution:
        """Why a phrase is nobody the catalogue knows."""
        inside = [mention for mention in self.mentions.inside(span) if mention.how != "demonym"]
        named = list(dict.fromkeys(f"“{mention.evidence.exact}”" for mention in inside))
        if self._is_joined(span, tokens) or len({m.actor for m in inside if self._is_head(m, span, tokens)}) > 1:
            return Resolution(code="several_speakers", words="none: several speak together")
        if named:
            words = (
                f"none: {' and '.join(named)} {'are' if len(named) > 1 else 'is'} named here, but somebody else speaks"
            )
            return Resolution(code="beside", words=words)
        return Resolution(code="unknown", words="none: no name, title or office of the catalogue in these words")

    def _tokens(self, span: Span) -> tuple[Token, ...]:
        return self.prose.tokens[self.prose.token_from(span[0]) : self.prose.token_from(span[1])]

    def _made(
        self, span: Span, kind: Kind, actor: str | None, how: How, confidence: float, reason: Resolution | None
    ) -> Mention:
        evidence = Evidence.of(self.prose.text, *span)
        sure = confidence if actor else 0.5
        return Mention(evidence=evidence, kind=kind, actor=actor, how=how, confidence=sure, reason=reason)

    def _remember(self, span: Span, actor: str | None, gender: Gender | None, words: frozenset[str]) -> None:
        self.spoken.append(Person(span, actor, gender, words))

    def _latter(self, tokens: Sequence[Token]) -> Gender | None:
        """Gender of the one who is named last before, where the words mean such a one."""
        said = " ".join(token.lower for token in tokens)
        if said in self.prose.language.words("latter"):
            return "m"
        return "f" if said in self.prose.language.words("latter_feminine") else None

    def _pronoun(self, tokens: Sequence[Token]) -> Gender | None:
        """Gender of a third-person pronoun that stands alone, None when the words are none or may be plural."""
        if len(tokens) != 1:
            return None
        features = self.prose.language.pronouns.get(tokens[0].lower, frozenset())
        if tokens[0].lower in self.prose.language.words("masculine_oblique"):
            return "m"
        if tokens[0].lower in self.prose.language.words("feminine_oblique"):
            return "f"
        return "m" if "m" in features else "f" if "f" in features else None

    def _owner(self, tokens: Sequence[Token]) -> Gender | None:
        """ "A su juicio": a possessive without a gender is whoever spoke last."""
        words = self.prose.language.words("possessives")
        if len(tokens) != 1 or tokens[0].lower not in words or tokens[0].lower in self.prose.language.pronouns:
            return None
        return self.spoken[-1].gender if self.spoken else None

    def _head(self, span: Span, tokens: Sequence[Token]) -> Mention | None:
        """The mention that the phrase is about; of several the person, then the organisation."""
        inside = [mention for mention in self.mentions.inside(span) if mention.how != "demonym"]
        heads = [mention for mention in inside if self._is_head(mention, span, tokens)]
        people = {mention.actor for mention in heads if mention.kind == "person"}
        if len(people) > 1 and self.prose.language.words("definite_prefix"):
            # A verb, who and whom: "شكر زيلينسكي ترامب".
            first, second = sorted((m.evidence.start, m.evidence.end) for m in heads if m.kind == "person")[:2]
            if first[0] == span[0] and self.prose.text[first[1] : second[0]] == " ":
                return next(m for m in heads if m.evidence.start == first[0] and m.evidence.end == first[1])
        if len(people) > 1 or self._is_joined(span, tokens) or self._is_listed(heads):
            return None
        return min(heads, key=lambda mention: (_RANK[mention.kind], -len(mention.evidence.exact)), default=None)

    def _is_head(self, mention: Mention, span: Span, tokens: Sequence[Token]) -> bool:
        words = self.prose.language.words
        before = [token for token in tokens if token.end <= mention.evidence.start]
        # An apposition begins anew: "der Leiter des Amts, Karl Meier".
        cut = max((n for n, token in enumerate(before) if token.text == ","), default=-1)
        attributes = words("attributes")
        cut = max((n for n, token in enumerate(before) if n > cut and token.lower in attributes), default=cut)
        lead = self._past_paper(mention, self._past_office(mention, before[cut + 1 :]))
        small = words("prepositions") | words("of")
        if any(token.lower in small for token in lead) or any(token.lower in words("genitive") for token in lead[1:]):
            return False
        after = self.prose.text[mention.evidence.end : span[1]]
        if mention.how == "inflected" and not lead and not self._is_governed(span):
            return False
        if mention.kind == "person":
            if self._is_aide(lead or before[cut + 1 :], after):
                return False
            # "Karl Meiers Sprecher", "der Sprecher Karl Meiers", "die Meier-Partei": about him, not he.
            owned = mention.how == "inflected" and any(token.is_capital for token in lead[1:])
            if mention.how == "inflected" and words("nominative_speaks"):
                # "Пресс-секретарь Жапарова" is another; "по словам президента Жапарова" he himself.
                owned = bool(lead) and not self._is_title(span, lead)
            if after.strip() and mention.evidence.exact.endswith(tuple(words("genitive_endings"))):
                owned = owned or mention.how in {"inflected", "title"}
            owned = owned or after.startswith(("'s ", "’s "))
            if mention.how != "title" and before and before[-1].lower in words("owned"):
                # "صهر ترامب جاريد كوشنر", "إدارة ترامب"
                return False
            if mention.how == "title" and self._is_borne_by_another(mention, span, after):
                return False
            return not owned and not after.startswith("-") and not after.strip()[:1].isupper()
        # A country or an organisation speaks itself only when nothing but an article or its kind stands before it.
        kind = words("organisation_kinds")
        rest = after.strip().lstrip('»”"').strip()
        ends = not rest or rest.lower() in kind | words("kinds_behind") or rest.startswith(("(", "（", ",", "„", "“"))
        # "ДДҰ есебінде": what stands in an organisation's paper it says.
        ends = ends or (mention.kind == "organisation" and rest.lower() in words("papers"))
        known = words("determiners") | kind
        # Without articles a sentence may begin with a common noun ("Миссия МВФ"): its capital says nothing then.
        head = self.prose.token_from(span[0]) if words("nominative_speaks") and self._opens_sentence(span) else -1
        named = [t for t in lead if t.is_capital and t.index != head]
        kinds = all(t.lower in known or t in named or (t.is_small and not kind) or not t.is_word for t in lead)
        people = any(t.lower in words("person_titles") for t in lead)
        titled = [t for t in lead if t.lower not in words("determiners")]
        return (
            ends and kinds and not people and (mention.kind == "organisation" or not any(t.is_capital for t in titled))
        )

    def _opens_sentence(self, span: Span) -> bool:
        sentence = self.prose.sentence_at(span[0])
        return sentence is not None and sentence.start == span[0]

    def _is_borne_by_another(self, mention: Mention, span: Span, after: str) -> bool:
        """ "الرئيس الفرنسي فرنسوا هولاند": where no capital tells a name, what goes on behind a title may be one."""
        words = self.prose.language.words
        rest = after.split()
        if not words("definite_prefix") or not rest or not rest[0][0].isalnum() or not after.startswith(" "):
            return False
        if rest[0] in words("relatives") | words("own"):
            return False
        return not any(m.actor == mention.actor and m.how != "title" for m in self.mentions.inside(span))

    def _past_office(self, mention: Mention, lead: Sequence[Token]) -> Sequence[Token]:
        """ "the President of Kazakhstan Karl Meier": without the office he holds."""
        if mention.kind != "person" or not mention.actor or self.offices is None or not lead:
            return lead
        near = [m for m in self.mentions.between(lead[0].start, lead[-1].end) if m.evidence.end == lead[-1].end]
        own = next((m for m in near if m.how == "title" and m.actor == mention.actor), None)
        if own is not None:
            # "US Secretary of State Marco Rubio"
            return [token for token in lead if token.end <= own.evidence.start]
        if self.offices.has_as_title(mention.actor, self.prose.text[lead[0].start : lead[-1].end]):
            return ()
        titled = any(token.lower in self.prose.language.words("person_titles") for token in lead[:3])
        titled = titled or any(self.offices.named_by(token.text) for token in lead[:2])
        if self.prose.language.words("nominative_speaks"):
            # Without articles the title comes first; "помощника президента" is another's.
            titled = bool(self.offices.named_by(lead[0].text))
        of = [m.actor for m in near]
        return () if titled and any(self.offices.holds_of(mention.actor, actor) for actor in of if actor) else lead

    def _is_aide(self, lead: Sequence[Token], after: str) -> bool:
        """ "Trợ lý Tổng thống Putin", "مستشار أردوغان", "普京发言人": somebody who serves the one that is named."""
        words = self.prose.language.words
        said = " ".join(token.lower for token in lead if token.is_word)
        aides = words("aides")
        known = words("titles_after")
        rest = "".join(after.split())
        return any(f" {aide} " in f" {said} " for aide in aides) or bool(
            known and rest[:1].isalnum() and rest not in known
        )

    def _is_title(self, span: Span, lead: Sequence[Token]) -> bool:
        """Whether the words before a name in another case are its title in that case."""
        title = " ".join(token.text for token in lead)
        return self._is_governed(span) and self.offices is not None and bool(self.offices.named_by(title))

    def _is_governed(self, span: Span) -> bool:
        """Whether what stands before a name calls for its case: "по словам X", "в X", "за даними X". Where names are
        declined and nothing does, "Китаю обещали" is told to China and not by it."""
        if not self.prose.language.words("nominative_speaks"):
            return True
        first = self.prose.token_from(span[0])
        before = self.prose.tokens[first - 1].lower if first else ""
        phrases = self.prose.language.words("sources") | self.prose.language.words("speech_fields")
        return before in self.prose.language.words("prepositions") or any(p.split()[-1] == before for p in phrases)

    def _past_paper(self, mention: Mention, lead: Sequence[Token]) -> Sequence[Token]:
        """ "a statement from the Bank", "einer Mitteilung der Bank": what an organisation's paper says it says."""
        papers = self.prose.language.words("papers")
        at = next((n for n, token in enumerate(lead[:MAX_PAPER]) if token.lower in papers), None)
        if mention.kind != "organisation" or at is None:
            return lead
        rest = [token.lower for token in lead[at + 1 :]]
        little = self.prose.language.words("determiners") | self.prose.language.words("of") | {"by", "von", "vom"}
        return () if all(word in little for word in rest) else lead

    def _is_joined(self, span: Span, tokens: Sequence[Token]) -> bool:
        """Two or more: a word for "and" that belongs to nobody's name."""
        joining = [token for token in tokens if token.lower in self.prose.language.words("joining")]
        if not joining:
            return False
        people = [mention.evidence for mention in self.mentions.inside(span) if mention.kind == "person"]
        return not all(any(one.start <= token.start < one.end for one in people) for token in joining)

    def _is_listed(self, heads: Sequence[Mention]) -> bool:
        """ "Chad, Niger vow …": places or organisations with nothing but a comma between them."""
        apart = [mention.evidence for mention in heads if mention.kind != "person"]
        return any(self.prose.text[a.end : b.start] == ", " for a, b in pairwise(apart))
