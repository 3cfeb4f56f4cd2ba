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
LISTS = ("own", "city", "part", "territory", "first", "last")
"""Bits of the first property: towns of Kazakhstan, other towns, words of such names, states, given names, surnames."""
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
    """Properties: lists, English cluster."""

    lexicon: Lexicon

    def features(self, word: str) -> list[Feature]:
        lower = word.lower()
        one, all_ = without_endings(lower, 1), without_endings(lower, MOST_ENDINGS)
        found = spelling(word, starts={2: 0, 3: 0, 4: 1, 5: 1, 6: 0}, ends={1: 0, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0})
        found += [("m" + one, 1), ("k" + all_, 2), ("x" + lower[len(all_) :], 1)]
        found += self._known(lower, one, all_)
        if "-" in word and len(word) > 2:
            head, _, tail = word.rpartition("-")
            found += [("ht" + tail.lower(), 0), ("hh" + head.lower(), 0)]
        return found

    def _known(self, *forms: str) -> list[Feature]:
        """What the lexicon knows of the word as it stands, and without endings."""
        found: list[Feature] = []
        for number, form in enumerate(forms):
            lists, english = self.lexicon.properties(form)
            found += [(f"g{number}{name}", 1) for bit, name in enumerate(LISTS) if lists >> bit & 1]
            if english and not number:
                found += [(f"e{english}", 1), (f"e8_{english & 255}", 1)]
        return found

    def is_surname(self, word: str) -> bool:
        """None is known for certain: a surname without its ending is often another word."""
        return False

    def group(self, word: str) -> str:
        return short_shape(word) + word[-2:].lower()
