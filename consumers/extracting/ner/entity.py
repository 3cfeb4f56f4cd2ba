"""What recognisers find."""

from dataclasses import dataclass

from service.contracts import Kind

KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
"""Label → what a mention of it is called in an extraction."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Words ``first:last`` (end exclusive) of all the words that were read, and what they name."""

    first: int
    last: int
    label: str
    """PER, LOC or ORG."""
