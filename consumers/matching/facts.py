"""What an article says, asked atom by atom; every answer comes with the words that show it, found once."""

from collections import defaultdict
from functools import cached_property

from consumers.matching.folding import FoldedText, fold, words
from consumers.matching.keys import Key, source_key, source_values
from consumers.matching.nearest import Place, nearest
from consumers.matching.passages import Passages
from consumers.matching.statement_spans import StatementSpans
from service.contracts import Evidence, Extraction, Mention, Reason, Rule, Statement
from service.contracts.rule import Pair, Within

STRENGTH = {"name": 0, "inflected": 0, "alias": 0, "title": 1, "demonym": 2, "pronoun": 3}
"""Which way of naming shows best who is meant; the least is taken as evidence."""

Found = tuple[Reason, ...]
"""Reasons without path; empty when the atom does not hold."""


class Facts:
    """One article. Reasons are cached by atom, so a thousand rules on one actor look once."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.article = extraction.article
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self._known: set[tuple[str, int, int]] = set()
        self._roles: dict[Key, Mention] = {}
        for mention in extraction.mentions:
            self._add_mention(mention)
        for statement in extraction.statements:
            self._add_statement(statement)
        for actor, mentions in self._mentions.items():
            mentions.sort(key=lambda mention: (mention.evidence.start, mention.evidence.end))
            named = [mention for mention in mentions if mention.how != "demonym"]
            if named:
                self._roles["mention", actor] = min(named, key=lambda mention: STRENGTH[mention.how])
        self._cache: dict[Rule, Found] = {}

    @cached_property
    def keys(self) -> frozenset[Key]:
        """All keys the document has, for the index."""
        found: set[Key] = set(self._roles) | set(self._about)
        found |= {("named", actor) for actor in self._mentions}
        found |= {("word", word) for word in words(self._text.folded)}
        found |= {("word", word) for word in words(fold(self.article.title or ""))}
        found |= {("source", value) for value in self._sources}
        found.add(("language", self.extraction.language))
        return frozenset(found)

    def holds(self, atom: Rule) -> Found:
        """Reasons why ``atom`` (not a group) holds; the caller adds the path."""
        found = self._cache.get(atom)
        if found is None:
            found = self._cache[atom] = self._look(atom)
        return found

    def _look(self, atom: Rule) -> Found:
        if atom.pair is not None:
            return self._pair(atom.pair, atom.within or "article")
        if atom.actor is not None:
            return self._actor(atom.role or "mention", atom.actor)
        if atom.phrase is not None:
            return self._phrase(atom.phrase)
        if atom.language is not None:
            holds = atom.language == self.extraction.language
            return (Reason(rule="", note=f"language {atom.language}"),) if holds else ()
        holds = source_key(atom.source or "") in self._sources
        return (Reason(rule="", note=f"source {atom.source}"),) if holds else ()

    def _actor(self, role: str, actor: str) -> Found:
        mention = self._roles.get((role, actor))
        if mention is not None:
            return (Reason(rule="", actor=actor, evidence=mention.evidence, how=mention.how),)
        evidence = self._about.get((role, actor))
        return (Reason(rule="", actor=actor, evidence=evidence),) if evidence else ()

    def _pair(self, pair: Pair, within: Within) -> Found:
        first, second = (self._places(actor, within) for actor in pair)
        found = nearest(first, second, within)
        if found is None:
            return ()
        mentions = (self._mentions[pair[0]][found[0]], self._mentions[pair[1]][found[1]])
        return tuple(
            Reason(rule="", actor=actor, evidence=mention.evidence, how=mention.how)
            for actor, mention in zip(pair, mentions, strict=True)
        )

    def _phrase(self, phrase: str) -> Found:
        folded = fold(phrase)
        span = self._text.find(folded)
        if span:
            return (Reason(rule="", evidence=Evidence.of(self.article.text, *span)),)
        if self.article.title and FoldedText(self.article.title).find(folded):
            return (Reason(rule="", note=f"in the title: {self.article.title}"),)
        return ()

    def _places(self, actor: str, within: Within) -> list[Place]:
        return [
            Place(
                start=mention.evidence.start,
                end=mention.evidence.end,
                sentence=self._passages.sentence(mention.evidence.start),
                paragraph=self._passages.paragraph(mention.evidence.start),
                statements=self._spans.around(mention.evidence) if within == "statement" else frozenset(),
                weakness=STRENGTH[mention.how],
            )
            for mention in self._mentions.get(actor, ())
        ]

    @cached_property
    def _spans(self) -> StatementSpans:
        return StatementSpans(self.extraction.statements)

    @cached_property
    def _about(self) -> dict[Key, Evidence]:
        """("about", actor) → the first place in a statement that names the actor, else the statement itself."""
        found: dict[Key, Evidence] = {}
        for statement in self.extraction.statements:
            for actor in statement.about:
                if statement.quote and ("about", actor) not in found:
                    inside = (
                        mention.evidence
                        for mention in self._mentions.get(actor, ())
                        if any(_within(mention.evidence, piece) for piece in statement.quote)
                    )
                    found["about", actor] = next(inside, statement.quote[0])
        return found

    @cached_property
    def _sources(self) -> set[str]:
        source = self.article.source
        return source_values(
            source_id=source.id if source else None,
            url=source.url if source else None,
            name=source.name if source else None,
            article_url=self.article.url,
        )

    @cached_property
    def _text(self) -> FoldedText:
        return FoldedText(self.article.text)

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self.article.text)

    def _add_mention(self, mention: Mention) -> None:
        if mention.actor is not None:
            place = (mention.actor, mention.evidence.start, mention.evidence.end)
            if place not in self._known:
                self._known.add(place)
                self._mentions[mention.actor].append(mention)

    def _add_statement(self, statement: Statement) -> None:
        """Who speaks and who is spoken to counts as mentioned, however called: "der kasachische Staatschef"."""
        for role, mention in (("speaker", statement.speaker), ("addressee", statement.addressee)):
            if mention is not None and mention.actor is not None:
                known = self._roles.get((role, mention.actor))
                if known is None or STRENGTH[mention.how] < STRENGTH[known.how]:
                    self._roles[role, mention.actor] = mention
                self._add_mention(mention)


def _within(inner: Evidence, outer: Evidence) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
