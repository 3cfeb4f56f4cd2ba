"""How strong a saying is: claimed, confirmed or denied, by its cue; anything else is said.

A language's file lists verbs by their lemma, and source phrases ("по версии"), under ``claimed``, ``confirmed`` and
``denied``. A denied statement's words are what somebody says is not so.
"""

from collections.abc import Iterable, Iterator, Sequence

from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span, Token
from service.contracts import Strength

STRENGTHS: tuple[Strength, ...] = ("denied", "confirmed", "claimed")


def strength_of(prose: Prose, cue: Iterable[Span]) -> Strength:
    """The strength of a saying whose cue stands at ``cue`` (characters). Pure."""
    tokens = [t for start, end in cue for t in prose.tokens[prose.token_from(start) : prose.token_from(end)]]
    said = {" ".join(token.lower for token in tokens), *_lemmas(prose, tokens)}
    negated = any(token.lower in prose.language.words("negations") for token in tokens)
    for strength in STRENGTHS:
        if said & prose.language.words(strength):
            # "не отрицал": what is not denied is as good as said.
            return "said" if negated else strength
    return "said"


def _lemmas(prose: Prose, tokens: Sequence[Token]) -> Iterator[str]:
    for number, token in enumerate(tokens):
        following = tokens[number + 1].lower if number + 1 < len(tokens) else ""
        words = tuple(t.lower for t in tokens[number:])
        for form in prose.language.cues_from(token.lower, following):
            if words[: len(form.head)] == form.head:
                yield form.lemma.replace("_", " ").lower()
