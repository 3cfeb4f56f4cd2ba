"""From bytes to a message, or why not."""

from typing import TypeVar

from pydantic import ValidationError

from service.contracts import Message
from service.errors import Invalid
from service.log import StoredRecord

M = TypeVar("M", bound=Message)

SHOWN = 3
"""Faults named in an error; the rest is counted."""


def decode(record: StoredRecord, message: type[M]) -> M:
    """The message in a record. Invalid with the first faults and where they are, without quoting the content."""
    try:
        return message.model_validate_json(record.value)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        named = [f"{'.'.join(map(str, fault['loc'])) or 'message'}: {fault['msg']}" for fault in faults[:SHOWN]]
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise Invalid(f"not a {message.__name__}: {'; '.join(named)}{more}") from error
