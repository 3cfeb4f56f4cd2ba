"""CLDR's names of countries in every language, made into a file of the catalogue.

``python -m service.actors.cldr`` writes ``data/cldr.json``; a test holds that the pinned babel gives the same bytes.
The running service reads only the file, so its start does not wait for eleven hundred locales.

Source: Unicode CLDR (Unicode License v3) as packaged by babel, elements ``localeDisplayNames/territories``.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

FILE = Path(__file__).parent / "data" / "cldr.json"

NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""What CLDR lists beside countries: organisations (EU, UN), currencies' areas, parts of states, placeholders."""

NAMED_BY_HAND = frozenset({"CD", "CG", "HK", "MO", "PS"})
"""Countries whose CLDR names nobody writes in a sentence ("Hong Kong SAR China", "Congo - Kinshasa")."""
HAND_LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "kk", "ru", "uk", "vi", "zh"})
"""Where ``countries.yaml`` names those itself."""

INVENTED_SCRIPTS = frozenset({"Dsrt", "Dupl", "Shaw"})
"""Deseret, Duployan and Shavian: nobody prints news in them."""

_ASIDE = re.compile(r"\s*[(\uff08][^)\uff09]*[)\uff09]\s*")

Names = dict[str, dict[str, tuple[str, ...]]]
"""ISO 3166 code → language (primary subtag) → names, the first of them the label."""


def in_prose(name: str, language: str = "en") -> str:
    """The name as a text would write it: NFC, "and" spelt out, no brackets ("Myanmar (Burma)" → "Myanmar")."""
    plain = _ASIDE.sub(" ", name).strip()
    if language == "en":
        plain = plain.replace(" & ", " and ")
    return " ".join(unicodedata.normalize("NFC", plain or name).split())


def is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES


def collect(named: Iterable[tuple[str, Mapping[str, str]]]) -> Names:
    """Names by country and language from (locale identifier, code → name), its own locale before regions.

    A name that two countries would share in one language once its brackets are gone ("Congo (DRC)", "Congo (Republic)")
    is nobody's: it is left out for both.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, territories in sorted(named, key=lambda pair: pair[0]):
        language = identifier.partition("_")[0]
        for code, name in territories.items():
            if not is_country(code) or (code in NAMED_BY_HAND and language in HAND_LANGUAGES):
                continue
            names = found[code][language]
            if (plain := in_prose(name, language)) not in names:
                names.append(plain)
    holders = Counter(
        (language, name) for languages in found.values() for language, names in languages.items() for name in names
    )
    return {
        code: {
            language: kept
            for language, names in sorted(languages.items())
            if (kept := tuple(name for name in names if holders[language, name] == 1))
        }
        for code, languages in sorted(found.items())
    }


def from_babel() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every locale babel knows. Takes a few seconds."""
    for identifier in locale_identifiers():
        if INVENTED_SCRIPTS.isdisjoint(identifier.split("_")):
            yield identifier, Locale.parse(identifier).territories


def render(names: Names) -> str:
    """JSON, one country a line, so that a change of CLDR reads as a diff; a single name stands without a list."""
    rows = (
        (code, {language: values[0] if len(values) == 1 else values for language, values in languages.items()})
        for code, languages in names.items()
    )
    lines = (f'"{code}": {json.dumps(row, ensure_ascii=False, separators=(",", ":"))}' for code, row in rows)
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(render(collect(from_babel())), encoding="utf-8")
