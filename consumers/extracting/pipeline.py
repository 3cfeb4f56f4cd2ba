"""One spaCy ``Language`` per language, made of our components: ``names`` → ``entities`` → ``statements`` →
``speakers``; ``entities`` where something recognises names of the language.

The components declare what they require and assign, so ``nlp.analyze_pipes()`` tells the order, and a model's own
components (a recogniser, a tagger) can be put between them. Tokens are ours, the same for every language.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import cast

from spacy.language import Language as Nlp
from spacy.tokens import Doc
from spacy.vocab import Vocab

from consumers.extracting.compose import compose
from consumers.extracting.language import Language, load_language
from consumers.extracting.names import read_names
from consumers.extracting.names.grounds import Grounds
from consumers.extracting.names.trace import Trace, trace
from consumers.extracting.ner import is_read
from consumers.extracting.ner.component import FACTORY, VERSION
from consumers.extracting.ner.mentions import with_kinds
from consumers.extracting.offices import Offices
from consumers.extracting.pronouns import Gender
from consumers.extracting.prose import Prose, read_prose
from consumers.extracting.statements import find_statements
from consumers.extracting.who import Speakers
from consumers.extracting.within import Mentions
from consumers.prose import find_regions
from service.actors import Catalogue
from service.contracts import Article, Extraction, content_id
from service.contracts.article import Region

VERSIONS = {"names": "3", FACTORY: VERSION, "statements": "2", "speakers": "3"}
"""Raised when a component's results change, so proofs and ids tell old readings from new ones."""
MAX_CHARACTERS = 5_000_000
UNREAD = frozenset(["counter", "address"])
"""Regions in which not even names are read."""

for _name in ("catalogue", "day", "prose", "names", "mentions", "found", "statements"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class ProseTokenizer:
    """Makes a ``Doc`` of our tokens; white space that spaCy would not restore becomes tokens of its own."""

    def __init__(self, vocab: Vocab, language: Language) -> None:
        self.vocab = vocab
        self.language = language

    def __call__(self, text: str, regions: tuple[Region, ...] = ()) -> Doc:
        prose = read_prose(text, self.language, regions)
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for token in prose.tokens:
            gap = text[at : token.start]
            if gap.startswith(" ") and words:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
            words.append(token.text)
            spaces.append(False)
            at = token.end
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc._.prose = prose
        return doc


@Nlp.factory("names", assigns=["doc._.mentions", "doc._.names"], requires=["doc._.prose", "doc._.catalogue"])
def make_names(nlp: Nlp, name: str) -> Callable[[Doc], Doc]:
    """Mentions of the catalogue's actors."""

    def names(doc: Doc) -> Doc:
        prose: Prose = doc._.prose
        skip = [(region.start, region.end) for region in doc.user_data.get("regions", ()) if region.kind in UNREAD]
        doc._.names = read_names(prose.text, prose.language.code, doc._.catalogue, at=doc._.day, skip=skip)
        doc._.mentions = doc._.names.mentions
        return doc

    return names


@Nlp.factory("statements", assigns=["doc._.found"], requires=["doc._.prose"])
def make_statements(nlp: Nlp, name: str) -> Callable[[Doc], Doc]:
    """Statements as printed, with the words that name their speakers."""

    def statements(doc: Doc) -> Doc:
        doc._.found = find_statements(doc._.prose)
        return doc

    return statements


@Nlp.factory("speakers", assigns=["doc._.statements"], requires=["doc._.found", "doc._.mentions", "doc._.catalogue"])
def make_speakers(nlp: Nlp, name: str) -> Callable[[Doc], Doc]:
    """Statements as told, with actors."""

    def speakers(doc: Doc) -> Doc:
        catalogue: Catalogue = doc._.catalogue

        def gender_of(actor_id: str) -> Gender | None:
            gender = catalogue.get(actor_id).gender
            return "m" if gender == "m" else "f" if gender == "f" else None

        agencies = frozenset(m.actor for m in doc._.mentions if m.actor and catalogue.get(m.actor).type == "agency")
        mentions = Mentions(doc._.mentions)
        offices = Offices(catalogue, doc._.prose.language.code, doc._.day)
        grounds = Grounds(doc._.prose, doc._.names)
        who = Speakers(doc._.prose, mentions, gender_of, offices, grounds.of)
        doc._.statements = with_kinds(compose(doc._.prose, doc._.found, mentions, who, agencies), doc._.mentions)
        return doc

    return speakers


def make_pipeline(code: str) -> Nlp:
    """The pipeline of a language, known to spaCy or not.

    spaCy's own class would bring tokenizer rules that are replaced at once (French ones take two seconds to compile).
    """
    own: type[Nlp] = type(f"Reading_{code}", (Nlp,), {"lang": code})
    nlp = own(max_length=MAX_CHARACTERS)
    nlp.tokenizer = ProseTokenizer(nlp.vocab, load_language(code))
    for component in ("names", "statements", "speakers"):
        nlp.add_pipe(component)
    if is_read(code):
        nlp.add_pipe(FACTORY, after="names", config={"language": code})
    return nlp


class Reader:
    """Reads articles with one catalogue; pipelines are made when their language first turns up."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._pipelines: dict[str, Nlp] = {}

    @cached_property
    def versions(self) -> dict[str, str]:
        """Component → version, as an extraction carries it."""
        return dict(VERSIONS)

    @property
    def languages(self) -> int:
        """How many have turned up."""
        return len(self._pipelines)

    def extract(self, article: Article) -> Extraction:
        """Mentions and statements of ``article``; the same article gives the same extraction."""
        doc = self._read(article)
        return Extraction(
            id=content_id(
                "extraction", article.id, article.language, *(f"{k}={v}" for k, v in sorted(self.versions.items()))
            ),
            first_seen_at=article.first_seen_at,
            traceparent=article.traceparent,
            language=article.language,
            language_confidence=article.language_confidence,
            article=article,
            mentions=doc._.mentions,
            statements=doc._.statements,
            extractors=self.versions,
        )

    def trace(self, article: Article) -> tuple[Prose, list[Trace]]:
        """Every name that stands in ``article`` and what became of it, with the text laid out as it was read."""
        doc = self._read(article)
        return doc._.prose, trace(doc._.prose, doc._.names, doc._.mentions)

    def _read(self, article: Article) -> Doc:
        regions = article.regions or find_regions(article.text, article.language)
        nlp = self._pipeline(article.language)
        doc = cast(ProseTokenizer, nlp.tokenizer)(article.text, regions)
        doc._.catalogue, doc._.day = self.catalogue, _day(article)
        doc.user_data["regions"] = regions
        for _, component in nlp.pipeline:
            doc = component(doc)
        return doc

    def _pipeline(self, code: str) -> Nlp:
        # Languages come from a detector: a hostile feed cannot make us load more than there are codes.
        key = code if code.isalpha() and len(code) <= 3 else "und"
        if key not in self._pipelines:
            self._pipelines[key] = make_pipeline(key)
        return self._pipelines[key]


def extract(article: Article, catalogue: Catalogue) -> Extraction:
    """One article read on its own: pure given the catalogue."""
    return Reader(catalogue).extract(article)


def _day(article: Article) -> date:
    return (article.published_at or article.first_seen_at).date()
