"""What the rules find in a sentence, in a form that tests can read."""

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements

Said = tuple[str, str, str | None]
"""Type, quote (pieces joined by " // "), speaker."""


def said(language: str, text: str) -> list[Said]:
    """The statements of a text that are no parts of others; quotes and speakers without signs at their rims."""
    prose = read_prose(text, load_language(language))
    return [
        (
            found.type,
            " // ".join(_bare(text[start:end]) for start, end in found.quote),
            _bare(text[slice(*found.speaker)]) if found.speaker else None,
        )
        for found in find_statements(prose)
        if found.part_of is None
    ]


def _bare(words: str) -> str:
    return words.strip(' \u00a0,.“”"«»„—–-')
