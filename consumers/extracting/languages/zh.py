"""Chinese: no spaces, no forms; both scripts, and verbs of saying with 说, 道 or 称 behind them."""

from consumers.extracting.chinese.grammar import ChineseGrammar
from consumers.extracting.chinese.script import traditional

GRAMMAR = ChineseGrammar()

_TAILS = ("", "_说", "_道", "_称")


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: simplified, ``_`` between its characters; ``forms``: "spoken" adds 说, 道 and 称."""
    made = [lemma + tail for tail in (_TAILS if forms == "spoken" else ("",))]
    both = dict.fromkeys(form for word in made for form in (word, traditional(word)))
    return [(form.replace("_", " "), "finite") for form in both]
