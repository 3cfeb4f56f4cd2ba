"""Where in a text something stands, in a form that can be proved later (W3C Web Annotation text selectors)."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from service.contracts.message import Model

CONTEXT = 32
"""Characters of prefix and suffix kept round ``exact``."""


class Evidence(Model):
    """TextPositionSelector + TextQuoteSelector: characters; ``end`` exclusive; ``exact == text[start:end]``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    exact: str
    prefix: str = ""
    suffix: str = ""

    @model_validator(mode="after")
    def _span_fits(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError(f"evidence of {len(self.exact)} characters over a span {self.start}:{self.end}")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Evidence":
        """The span ``start:end`` of ``text`` with its surroundings."""
        return cls(
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )

    @classmethod
    def all_of(cls, text: str, spans: Iterable[tuple[int, int]]) -> "tuple[Evidence, ...]":
        """One evidence a span, in the order given."""
        return tuple(cls.of(text, start, end) for start, end in spans)

    def holds(self, text: str) -> bool:
        """Whether ``text`` still says so at this place."""
        return text[self.start : self.end] == self.exact
