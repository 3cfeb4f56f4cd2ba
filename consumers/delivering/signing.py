"""Signatures of Standard Webhooks 1.0: HMAC-SHA256 over ``id.timestamp.body``, base64, marked ``v1``."""

import base64
import hmac
from collections.abc import Sequence
from pathlib import Path

from service.errors import Invalid

PREFIX = "whsec_"
MAX_FILE = 4096


def read_secrets(file: Path) -> tuple[bytes, ...]:
    """Keys in ``file``: one a line, ``whsec_`` and base64; while one is replaced by another, both. Raises Invalid."""
    try:
        with file.open("rb") as opened:
            text = opened.read(MAX_FILE).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file}: the secret cannot be read: {getattr(error, 'strerror', None) or error}") from None
    secrets = tuple(_key(line, file) for line in text.split())
    if not secrets:
        raise Invalid(f"{file}: no secret in it; expected {PREFIX} and base64")
    return secrets


def _key(line: str, file: Path) -> bytes:
    try:
        key = base64.b64decode(line.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not key:
        raise Invalid(f"{file}: not a secret of Standard Webhooks; expected {PREFIX} and base64")
    return key


def sign(secrets: Sequence[bytes], delivery_id: str, timestamp: int, body: bytes) -> str:
    """Value of ``webhook-signature``: one signature a key, separated by spaces."""
    content = f"{delivery_id}.{timestamp}.".encode() + body
    return " ".join("v1," + base64.b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in secrets)
