"""Words and signs with offsets, the same for every script: what separates words is listed, not what makes them."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

Span = tuple[int, int]
"""Character offsets, end exclusive."""

VOWEL_SIGNS = dict.fromkeys((*range(0x064B, 0x0653), 0x0670, 0x0640))
"""Arabic vowel signs and the stretching line, which few texts write and no look-up needs."""
_VOWEL_SIGN = re.compile("[\u064b-\u0652\u0670\u0640]")

# White space, ASCII and Latin-1 signs, general punctuation (not joiners), CJK, full-width, Arabic and Indic signs.
_SEPARATORS = (
    r"\s!-/:-@\[-\^`{-~¡-©«¬®°±´¶-¸»¿×÷\u2000-\u200b\u200e\u200f\u2012-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65،؛؟۔।॥՝׀־"
)
_LETTER = rf"[^{_SEPARATORS}]"
_SOLIDS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SOLID = rf"[{_SOLIDS}]"
"""Scripts written without spaces: one character, one token."""
_SPACED = rf"[^{_SEPARATORS}{_SOLIDS}]"
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)\S+[^\s.,;:!?)\]»“”"']
    | {_SOLID}
    | (?:[^\W\d_]\.){{2,}}
    | {_SPACED}+(?:(?:(?<=\d)[.,:](?=\d)
        |(?<=[^\W\d_])[.](?=[^\W\d_A-ZÄÖÜА-Я](?:[^\W\d_A-Z]))
        |:(?=innen\b|in\b)
        |[-'’](?={_LETTER})){_SPACED}*)*
    | \.\.\.+
    | \S
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a single sign. ``lower`` is for look-ups, offsets are into the text as it is."""

    index: int
    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Begins with a capital (false in scripts without case)."""
        return self.text[0].isupper()

    @property
    def is_small(self) -> bool:
        return self.text[0].islower()


_BEGINNING = re.compile(r"(?:\A|[\n.!?…:»”])[ \u00a0]?\Z")
NO_WORDS: Mapping[str, str] = MappingProxyType({})


def tokenize(
    text: str,
    elisions: Iterable[str] = (),
    enclitics: Iterable[str] = (),
    acronyms: AbstractSet[str] = frozenset(),
    unaccented: Mapping[str, str] = NO_WORDS,
    respelled: Mapping[str, str] = NO_WORDS,
) -> tuple[Token, ...]:
    """Tokens of ``text`` in order. ``elisions``: words that lean on the next with an apostrophe ("l"), split off.

    ``enclitics``: pronouns that lean on their verb with a hyphen ("-t-il"), split off too. ``acronyms``, given in small
    letters: what is written like them in capitals is looked up so, since it is another word ("US", "WHO").
    ``unaccented``: words that lose their accent as capitals where a sentence begins, in small letters without it and
    with it. ``respelled``: words in another spelling, and in the one they are looked up by.
    """
    short = frozenset(elisions)
    leaning = sorted(enclitics, key=len, reverse=True)
    vowels = bool(_VOWEL_SIGN.search(text))  # looked for once, not in each word
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, word = match.start(), match.group()
        if short:
            head, sign, tail = word.replace("'", "’").partition("’")
            if sign and tail and head.lower() in short:
                cut = start + len(head) + 1
                tokens.append(Token(len(tokens), start, cut, text[start:cut], head.lower() + "’"))
                start, word = cut, text[cut : match.end()]
        ending = (
            next((e for e in leaning if word.lower().endswith(e) and len(word) > len(e)), None)
            if leaning and "-" in word
            else None
        )
        if ending is not None:
            verb, pronoun = match.end() - len(ending), start + word.rindex("-") + 1
            tokens.append(Token(len(tokens), start, verb, text[start:verb], text[start:verb].lower()))
            tokens.append(Token(len(tokens), verb, pronoun, text[verb:pronoun], text[verb:pronoun].lower()))
            start, word = pronoun, text[pronoun : match.end()]
        lower = word.lower()
        if word.isupper():
            if lower in acronyms:
                lower = word
            elif lower in unaccented and _BEGINNING.search(text, max(0, start - 3), start):
                lower = unaccented[lower]
        if respelled:
            lower = respelled.get(lower, lower)
        tokens.append(Token(len(tokens), start, match.end(), word, lower.translate(VOWEL_SIGNS) if vowels else lower))
    return tuple(tokens)
