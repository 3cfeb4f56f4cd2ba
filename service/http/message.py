"""What comes back: header fields as they were sent, byte for byte, and the answer read whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Headers:
    """Header fields in the order they came, repeats kept. Names are lower case, values latin-1 text (one character a
    byte), so a value that is sent back is the same bytes."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields = tuple((name.lower(), value) for name, value in fields)

    @classmethod
    def of_raw(cls, raw: Iterable[tuple[bytes, bytes]]) -> "Headers":
        """From the wire."""
        return cls((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The first value of ``name``."""
        return next((value for field, value in self._fields if field == name.lower()), default)

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of ``name``, in order."""
        return tuple(value for field, value in self._fields if field == name.lower())

    def joined(self, name: str) -> str:
        """The values of a list-like field, joined by commas (RFC 9110, 5.3); empty where there is none."""
        return ", ".join(self.get_all(name))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._fields == other._fields

    def __hash__(self) -> int:
        return hash(self._fields)

    def __repr__(self) -> str:
        return f"Headers({list(self._fields)!r})"


class Redirect(NamedTuple):
    """One hop: the status that asked for it and the absolute address it led to, without credentials."""

    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. ``url``: where it came from after redirects, without credentials; ``body``: decompressed;
    ``wire_bytes``: what of the body crossed the network; ``truncated``: the body was cut at the limit."""

    status: int
    headers: Headers
    body: bytes
    url: str
    redirects: tuple[Redirect, ...] = ()
    wire_bytes: int = 0
    truncated: bool = False

    @property
    def ok(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300
