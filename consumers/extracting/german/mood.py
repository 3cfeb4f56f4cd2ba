"""Which words are finite verbs, and which of them stand in reporting mood (Konjunktiv)."""

from functools import lru_cache
from typing import Literal

from consumers.extracting.german.phrases import Phrases, function_words
from consumers.extracting.language import Language


def is_reporting(phrases: Phrases, index: int) -> bool:
    """Konjunktiv I at ``index`` (not after "ich", "wir" and not an adjective)."""
    token = phrases.prose.tokens[index]
    lower = token.lower
    words = phrases.prose.language.words
    listed = lower in words("reporting")
    if not (listed or lower.endswith("e")) or phrases.prose.is_quoted(index) or not token.is_word:
        return False
    if listed:
        neighbours = {phrases.lower(index - 1) if index else "", phrases.lower(index + 1)}
        return "ich" not in neighbours and not (lower == "halte" and not token.is_small)
    if not token.is_small or lower.endswith(("te", "ie", "ee", "weise")) or len(lower) < 4 or not lower.isalpha():
        return False
    if lower in words("not_reporting") or phrases.is_function_word(index):
        return False
    if phrases.is_adjective(index) and (phrases.is_led_to(index) or not phrases.lower(index + 1)[:1].isdigit()):
        # "der Wert messe 100 Meter" looks like "knappe 100 Meter".
        return False
    before = phrases.lower(index - 1) if index else ""
    if before in phrases.prose.language.words("determiners") or before == "ich" or phrases.lower(index + 1) == "ich":
        return False
    if lower.endswith("ende") and phrases.lower(index + 1) == ",":
        # "eine aus Rom stammende, mit Gold verzierte Krone"
        return False
    # "… der alte, kranke Mann": a small word with -e that a comma or "und" ties to another adjective.
    return not (phrases.lower(index + 1) in {",", "und"} and phrases.is_adjective(index + 2))


def is_conditional(phrases: Phrases, index: int) -> bool:
    """Konjunktiv II at ``index``."""
    return phrases.lower(index) in phrases.prose.language.words("conditional") and not phrases.prose.is_quoted(index)


def is_finite(phrases: Phrases, index: int) -> bool:
    """Whether the word is a finite verb, by list and by ending; participles and adjectives before nouns are none."""
    if index >= phrases.last:
        return False
    prose = phrases.prose
    token, language = prose.tokens[index], prose.language
    lower = token.lower
    looks = _looks(language, lower)
    if looks == "never" or prose.is_quoted(index) or (index and phrases.lower(index - 1) == "zu"):
        return False
    if looks == "always":
        return True
    if not token.is_small:
        return False
    # "der Kontinent brauche lange Wege" looks like "eine brache lange Strecke".
    if lower in language.words("reporting") and not phrases.is_led_to(index):
        return is_reporting(phrases, index)
    # "sagte Franz Jung" looks like "eine gesagte Sache".
    if phrases.is_adjective(index) and not (looks == "cue" and not phrases.is_led_to(index)):
        return False
    return looks in {"cue", "ending"} or is_reporting(phrases, index)


@lru_cache(maxsize=50_000)
def _looks(language: Language, lower: str) -> Literal["always", "never", "cue", "ending", "mood"]:
    """What the word by itself says: it is listed; it is none; a form of a cue; ends like a finite verb; nothing, but it
    may stand in reporting mood."""
    words = language.words
    if lower in words("auxiliaries") or lower in words("strong_past") or lower in words("conditional"):
        return "always"
    if lower in function_words(language):
        return "never"
    if any(form.kind == "finite" and lower != form.lemma for form in language.cues.get(lower, ())):
        return "cue"
    if _ends_finite(language, lower):
        return "ending"
    return "mood" if lower.endswith("e") or lower in words("reporting") else "never"


def _ends_finite(language: Language, lower: str) -> bool:
    if is_joined_infinitive(lower):
        return False
    if lower.endswith(("te", "ten", "tet")) and len(lower) > 4:
        return not (lower.startswith("ge") and lower.endswith("ten"))
    return (
        lower.endswith("t") and len(lower) > 3 and not _participle(lower) and lower not in language.words("not_finite")
    )


def _participle(lower: str) -> bool:
    return (lower.startswith("ge") and len(lower) > 4) or ("ge" in lower[2:6] and lower.endswith("t"))


def is_joined_infinitive(lower: str) -> bool:
    """ "einzuführen": a separable verb with its zu."""
    middle = lower.find("zu", 2)
    return 2 <= middle <= 9 and lower.endswith("n") and len(lower) > middle + 4
