"""Column types that mean the same in SQLite and PostgreSQL: instants, messages, packed messages."""

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel
from sqlalchemy import BigInteger, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MAX_UNPACKED = 256 * 1024 * 1024

M = TypeVar("M", bound=BaseModel)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 UTC: sorts and compares alike in every database."""

    impl = BigInteger
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MICROSECOND


class Words(TypeDecorator[str]):
    """Other people's text. PostgreSQL keeps no NUL character, so none is kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value.replace("\x00", "") if value and "\x00" in value else value


class Document(TypeDecorator[M], Generic[M]):
    """A message as the JSON text it travels in. Text, not a JSON type: an alert is proved from its stored bytes."""

    impl = Text
    cache_ok = True

    def __init__(self, model: type[M]) -> None:
        super().__init__()
        self.model = model

    def process_bind_param(self, value: M | None, dialect: Dialect) -> str | None:
        return None if value is None else value.model_dump_json(by_alias=True)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> M | None:
        return None if value is None else self.model.model_validate_json(value)


class Deflated(bytes):
    """Bytes that are packed already: packing takes milliseconds, best spent off the event loop."""

    @classmethod
    def of(cls, value: bytes) -> Self:
        return cls(zlib.compress(value, 6))


class Packed(TypeDecorator[bytes]):
    """Bytes kept deflated: an extraction shrinks to about a fifth."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return value if value is None or isinstance(value, Deflated) else Deflated.of(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bytes | None:
        return None if value is None else unpack(value)


def unpack(value: bytes) -> bytes:
    """What ``Packed`` has packed."""
    return zlib.decompressobj().decompress(value, MAX_UNPACKED)
