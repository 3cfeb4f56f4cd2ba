"""Cyrillic names of people as papers print them in Latin letters: German after Duden, English, French.

Rules: Duden, Die deutsche Rechtschreibung (Transkription kyrillischer Schrift); BGN/PCGN 1947 and the Ukrainian table
of 2010 as English papers soften them; the usual French transcription. Where papers differ every spelling is made. Other
languages in Latin letters print the English one.
"""

import itertools
import re
from collections.abc import Iterator, Mapping

Alternatives = tuple[str, ...]
SOURCES = ("ru", "uk", "kk")
TARGETS = ("de", "en", "fr")
NOT_LATIN = frozenset(
    (
        "am",
        "ar",
        "be",
        "bg",
        "bn",
        "el",
        "fa",
        "gu",
        "he",
        "hi",
        "hy",
        "ja",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "ky",
        "lo",
        "mk",
        "ml",
        "mn",
        "mr",
        "my",
        "ne",
        "ps",
        "ru",
        "sr",
        "ta",
        "te",
        "tg",
        "th",
        "uk",
        "ur",
        "yi",
        "zh",
    )
)
"""Languages in whose texts people's names stand in other letters."""
MAX_SPELLINGS = 16
VOWELS = frozenset("аеёиоуыэюяєії")
HARD = frozenset("жчшщ")
SLAVIC = re.compile(
    r"(ов|ев|ёв|єв|їв|ин|ын|ін|їн|ский|цкий|ський|цький|ой|ий|ко|ук|юк|ик|ич|ова|ева|єва|ина|іна|ская|цкая|ська|цька|ая|"
    r"ян|янц|дзе|швили|улы|ұлы|оглу|бек|бай|ман|лев|рев)$"
)
"""Ends of surnames that Latin letters get by these rules; Chinese or English names come back by others."""
KAZAKH = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
"""Kazakh letters as the Russian ones that transcriptions start from."""

_SAME = dict(zip("абдклмнопртф", "abdklmnoprtf", strict=True))
_OTHERS = "вгжзисухцчшщыэюяйъь"


def _table(spelled: str) -> dict[str, str]:
    return _SAME | dict(zip(_OTHERS, spelled.split(), strict=True))


_DE = _table("w g sch s i s u ch z tsch sch schtsch y e ju ja i|j _ _")
_EN = _table("v g zh z i s u kh ts ch sh shch y e yu ya y|i _ _")
_FR = _table("v g j z i s ou kh ts tch ch chtch y e iou ia ï|i _ _")
_UK = {"г": "h", "ґ": "g", "и": "y", "і": "i", "'": "_", "’": "_"}
TABLES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("ru", "de"): _DE,
    ("ru", "en"): _EN,
    ("ru", "fr"): _FR,
    ("uk", "de"): _DE | _UK | {"ї": "ji", "й": "j", "є": "je"},
    ("uk", "en"): _EN | _UK | {"ї": "yi|i", "й": "y|i", "є": "ye"},
    ("uk", "fr"): _FR | _UK | {"ї": "ï", "й": "ï|y", "є": "ie"},
}
"""Letter → Latin letters, alternatives parted by ``|``, ``_`` for nothing."""
SOFT_E = {"de": ("je",), "en": ("ye", "e"), "fr": ("ïe", "ie")}
"""Russian е at the head of a word, after a vowel or a sign."""
YO = {"de": ("jo",), "en": ("yo", "e"), "fr": ("io",)}
NOTHING: Alternatives = ("",)
AFTER_I: Mapping[str, Alternatives] = {"ё": ("o",), "ю": ("ou",), "я": ("a",)}
"""French writes one i."""
ENDS: Mapping[tuple[str, str], Mapping[str, Alternatives]] = {
    ("ru", "de"): {"ий": ("i", "ij"), "ый": ("y",)},
    ("ru", "en"): {"ий": ("y", "iy", "i"), "ый": ("y",), "ия": ("ia", "iya")},
    ("ru", "fr"): {"ий": ("i", "ï"), "ый": ("y",), "ин": ("ine",), "ын": ("yne",)},
    ("uk", "de"): {"ий": ("yj",)},
    ("uk", "en"): {"ий": ("yi", "yy", "y"), "ій": ("iy", "ii", "i"), "ія": ("iia", "iya", "ia")},
    ("uk", "fr"): {"ий": ("y", "yï"), "ін": ("ine",)},
}


def transcriptions(name: str, source: str, target: str) -> Iterator[str]:
    """Spellings of ``name``, likelier ones first. ``source``: ru, uk or kk; ``target``: de, en or fr."""
    if source == "kk":
        name, source = name.translate(KAZAKH), "ru"
    parts = [part for part in re.split(r"([ \-])", name) if part]
    spellings = [list(_word(part, source, target)) if part not in " -" else [part] for part in parts]
    made = ("".join(row) for row in itertools.product(*spellings))
    yield from dict.fromkeys(itertools.islice(made, MAX_SPELLINGS))


def is_transcribed(surname: str) -> bool:
    """Whether a Cyrillic surname is of those that these rules are for."""
    return SLAVIC.search(surname.lower()) is not None


def _word(word: str, source: str, target: str) -> Iterator[str]:
    lower = word.lower()
    end, last = "", NOTHING
    for ending, letters in ENDS[source, target].items():
        if lower.endswith(ending) and len(lower) > len(ending) + 1:
            end, last = ending, letters
    stem = lower.removesuffix(end) if end else lower
    choices = [_letter(stem + end, at, source, target) for at in range(len(stem))]
    for row in itertools.islice(itertools.product(*choices, last), MAX_SPELLINGS):
        spelled = "".join(row)
        kept = (spelled.replace("ks", "x"),) if target == "de" else (spelled, spelled.replace("ks", "x"))
        for one in dict.fromkeys(kept):
            yield one[:1].upper() + one[1:] if word[:1].isupper() else one


def _letter(word: str, at: int, source: str, target: str) -> Alternatives:
    char = word[at]
    before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    open_ = not before or before in VOWELS or before in "ьъ'’"
    if char == "е":
        if source == "ru" and open_:
            return ("ie", "e") if target == "fr" and not before else SOFT_E[target]
        return ("ue",) if target == "fr" and before == "г" and source == "ru" else ("e",)
    if target == "fr" and before in ("и", "і") and char in AFTER_I:
        return AFTER_I[char]
    if char == "ё":
        return ("o", "e") if before in HARD else YO[target]
    if char == "с" and target in ("de", "fr") and before in VOWELS and after in VOWELS and before and after:
        return ("ss",)
    if char == "г" and target == "fr" and source == "ru" and after in ("и", "ы"):
        return ("gu",)
    if char == "ь" and after in ("о", "ё"):
        return {"de": ("j",), "en": ("y",), "fr": ("i",)}[target]
    return tuple(part.replace("_", "") for part in TABLES[source, target].get(char, char).split("|"))
