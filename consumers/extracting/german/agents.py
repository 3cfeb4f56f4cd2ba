"""Who says what is told in the passive: "von der Polizei wurde mitgeteilt", "in einem Bericht wird gefordert"."""

from consumers.extracting.german.phrases import Phrases
from consumers.extracting.grammar import Phrase


def agent_of(phrases: Phrases, first: int, cue: tuple[int, ...], verb: int) -> Phrase | None:
    """Who it is said by; ``cue``: its tokens, ``verb``: the auxiliary among them. None where nobody is named."""
    for index in range(verb, cue[-1]):
        if phrases.lower(index) in {"von", "vom", "durch"} and not phrases.prose.is_quoted(index):
            end = phrases.read(index + 1)
            return (index + 1, end) if end else None
    return _agent_in_front(phrases, first, verb)


def _agent_in_front(phrases: Phrases, first: int, verb: int) -> Phrase | None:
    """ "Von der Polizei wurde mitgeteilt", "In einem Bericht des Amts wird gefordert"."""
    words = phrases.prose.language.words
    while phrases.lower(first) in words("adverbs"):
        first += 1
    if phrases.lower(first) not in {"von", "vom", "in", "im", "seitens"}:
        return None
    end = phrases.read(first + 1, attach=True)
    told = phrases.lower(first) not in {"in", "im"} or any(
        phrases.lower(i).endswith(tuple(words("papers"))) for i in range(first + 1, min(first + 4, verb))
    )
    return (first + 1, end) if end == verb and told else None
