"""What every message has: an id made from its content, a schema version, when it was first seen, a trace.

A message that is made again from the same input has the same id, so a repeat can be dropped wherever it turns up.
"""

import hashlib
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

SCHEMA = 1
"""Version written into every message. Readers accept unknown fields, so only a change of meaning raises it."""


class Model(BaseModel):
    """Frozen; unknown fields are ignored on read, so an older reader takes a newer message."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Message(Model):
    """The envelope that all topics share."""

    schema_: Annotated[int, Field(alias="schema", ge=1)] = SCHEMA
    id: str
    first_seen_at: AwareDatetime
    traceparent: str | None = None
    """W3C Trace Context header, carried along unread."""

    def to_json(self) -> bytes:
        """UTF-8 JSON with the outside's field names."""
        # model_dump_json would make text of these bytes first.
        return self.__pydantic_serializer__.to_json(self, by_alias=True)


def content_id(kind: str, *parts: str | None) -> str:
    """Stable id of ``parts``: 32 hex digits of SHA-256, told apart by ``kind``. Parts may hold any text."""
    digest = hashlib.sha256(kind.encode())
    for part in parts:
        # A length before each part keeps ("ab", "c") and ("a", "bc") apart; None is not the empty string.
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"\x00%d:" % (-1 if part is None else len(data)))
        digest.update(data)
    return digest.hexdigest()[:32]
