"""One try of a webhook."""

import asyncio
from datetime import datetime
from pathlib import Path

from consumers.delivering.answer import Answer
from consumers.delivering.signing import read_secrets, sign
from service.contracts import Alert, WebhookBody
from service.errors import Invalid, Transient
from service.http import HttpClient, asked_wait
from service.storage.outbox import Claim

MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read; only its status matters."""


def webhook_body(alert: Alert) -> bytes:
    """The same bytes at every try: its time is the alert's, not the try's."""
    kind = "alert.revised" if alert.revision else "alert.raised"
    return WebhookBody(type=kind, timestamp=alert.raised_at, data=alert).model_dump_json(by_alias=True).encode()


async def send(http: HttpClient, claim: Claim, now: datetime, seconds: float) -> Answer:
    """POST the alert; ``seconds`` is the deadline. Whatever goes wrong is in the answer."""
    body = webhook_body(claim.alert)
    timestamp = int(now.timestamp())
    headers = {
        "content-type": "application/json",
        "webhook-id": claim.id,
        "webhook-timestamp": str(timestamp),
    }
    try:
        if claim.secret_file is not None:
            secrets = await asyncio.to_thread(read_secrets, Path(claim.secret_file))
            headers["webhook-signature"] = sign(secrets, claim.id, timestamp, body)
        response = await http.send(
            "POST",
            claim.endpoint,
            headers=headers,
            body=body,
            follow=False,
            max_body=MAX_ANSWER,
            timeout=seconds,
            cut=True,
        )
    except Transient as error:
        return Answer(error=str(error), retry_after=error.retry_after)
    except Invalid as error:
        return Answer(error=str(error))
    if response.ok:
        return Answer(response.status)
    return Answer(
        response.status,
        f"answered {response.status}{_hint(response.status)}",
        asked_wait(response.status, response.headers, now),
    )


def _hint(status: int) -> str:
    if 300 <= status < 400:
        return ": redirects are not followed; give the address it leads to"
    if status == 410:
        return " Gone: nothing more is sent there"
    if status in (401, 403):
        return ": does it have the same secret?"
    return ""
