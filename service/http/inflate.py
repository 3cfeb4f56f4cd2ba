"""Decompression that cannot be made to burst: output comes in small pieces and is counted as it comes."""

import zlib
from collections.abc import Iterator
from typing import Protocol

from service.errors import Invalid, Transient

PIECE = 65536
"""Bytes that one step may produce, however small its input."""
DEEPEST = 2
"""Encodings on top of each other that are undone; real servers use one, bombs use many."""


class Decoder(Protocol):
    """Undoes one content encoding."""

    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


class Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        return None


class Inflate:
    """gzip (all members) or deflate (zlib-wrapped, or raw as some servers send it)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._gzip = name == "gzip"
        self._stream: zlib._Decompress = zlib.decompressobj(31 if self._gzip else 15)
        self._fresh = True
        self._done = False
        self._empty = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The pieces of output that ``data`` gives, none above ``PIECE`` bytes."""
        while data and not self._done:
            self._empty = False
            try:
                piece = self._stream.decompress(data, PIECE)
            except zlib.error as error:
                if self._fresh and not self._gzip:
                    self._stream, self._fresh = zlib.decompressobj(-15), False
                    continue
                raise Invalid(f"the body says it is {self._name} but is not ({error})") from None
            self._fresh = False
            data = self._stream.unconsumed_tail
            if piece:
                yield piece
            if self._stream.eof:
                rest = self._stream.unused_data
                if self._gzip and rest[:2] == b"\x1f\x8b":
                    self._stream, data = zlib.decompressobj(31), rest
                else:
                    self._done = True  # padding after the last member is common and harmless

    def finish(self) -> None:
        """``Transient`` when the data stopped before its end."""
        if not self._done and not self._empty and not self._stream.eof:
            raise Transient(f"the {self._name} body was cut short")


class Chain:
    """Several decoders, the last applied encoding undone first; at most ``DEEPEST``, else ``Invalid``."""

    def __init__(self, encodings: str) -> None:
        names = [name.strip().lower().removeprefix("x-") for name in encodings.split(",")]
        names = [name for name in names if name not in ("", "identity", "none", "utf-8")]
        if len(names) > DEEPEST:
            raise Invalid(f"the body is encoded {len(names)} times over (at most {DEEPEST})")
        for name in names:
            if name not in ("gzip", "deflate"):
                raise Invalid(f"the body is encoded as {name[:40]!r}, which nobody asked for")
        self._decoders: list[Decoder] = [Inflate(name) for name in reversed(names)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Pieces of the plain body. Lazy: whoever stops taking stops the work."""
        return self._through(data, self._decoders)

    def _through(self, data: bytes, decoders: list[Decoder]) -> Iterator[bytes]:
        if not decoders:
            yield data
            return
        for piece in decoders[0].feed(data):
            yield from self._through(piece, decoders[1:])

    def finish(self) -> None:
        """``Transient`` when an encoding's end is missing."""
        for decoder in self._decoders:
            decoder.finish()
