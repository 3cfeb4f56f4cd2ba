"""Why the words that name a speaker are taken for whom they are, or for nobody."""

from pydantic import Field

from service.contracts.evidence import Evidence
from service.contracts.message import Model


class Resolution(Model):
    """``code`` is stable and for programs, ``words`` are for people, in English, with names as the text has them."""

    code: str
    """What kind of reason it is; ``docs/receiving.md`` lists them. Readers meet new ones in later versions."""
    words: str
    evidence: Evidence | None = Field(default=None, exclude_if=lambda value: value is None)
    """What decided, where it stands in the text: the full name before a surname, whom a pronoun takes up."""
