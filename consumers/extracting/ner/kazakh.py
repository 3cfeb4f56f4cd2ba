"""Features of Kazakh words: an agglutinative language, so stems and chains of endings beside the letters."""

from dataclasses import dataclass

from consumers.extracting.ner.lexicon import Lexicon
from consumers.extracting.ner.spelling import Feature, short_shape, spelling

_ENDINGS = (
    "ның нің дың дің тың тің на не ға ге қа ке а е ны ні ды ді ты ті н да де та те нда нде нан нен дан ден тан тен "
    "мен бен пен лар лер дар дер тар тер ы і сы сі ым ім ымыз іміз ың ің дағы дегі тағы тегі ндағы ндегі лық лік дық "
    "дік тық тік лы лі шы ші ша ше"
)
ENDINGS = sorted(_ENDINGS.split(), key=lambda ending: (-len(ending), ending))
"""Of case, number, possession and commonest derivation."""
SHORTEST_STEM = 3
MOST_ENDINGS = 3


def without_endings(word: str, most: int) -> str:
    """``word`` less up to ``most`` endings, the longest first: Қазақстанның → қазақстан."""
    for _ in range(most):
        ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Kazakh:
    """Properties: lists of given names, surnames, towns, states and organisations' words, as bits."""

    lexicon: Lexicon

    def features(self, word: str) -> list[Feature]:
        lower = word.lower()
        one, all_ = without_endings(lower, 1), without_endings(lower, MOST_ENDINGS)
        found = spelling(word, starts={2: 0, 3: 0, 4: 1, 5: 1, 6: 0}, ends={1: 0, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0})
        found += [("m" + one, 1), ("k" + all_, 2), ("x" + lower[len(all_) :], 1)]
        if "-" in word and len(word) > 2:
            head, _, tail = word.rpartition("-")
            found += [("ht" + tail.lower(), 0), ("hh" + head.lower(), 0)]
        return found

    def group(self, word: str) -> str:
        return short_shape(word) + word[-2:].lower()
