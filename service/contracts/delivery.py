"""What was sent where, how often it was tried and what came back."""

from typing import Literal

from pydantic import AwareDatetime

from service.contracts.alert import Alert
from service.contracts.message import Model

DeliveryState = Literal["pending", "delivered", "failed", "disabled"]
"""pending: due or waiting · delivered: 2xx · failed: the schedule is used up · disabled: the endpoint said 410."""


class DeliveryTry(Model):
    """One attempt: when, what came back (status or error), how long it took in seconds."""

    at: AwareDatetime
    status: int | None = None
    error: str | None = None
    seconds: float


class Delivery(Model):
    """One alert revision for one endpoint. ``id`` is the ``webhook-id``, the same on every try."""

    id: str
    alert_id: str
    subscription: str
    """Its name."""
    channel: Literal["console", "webhook"]
    endpoint: str
    """The webhook's URL, or "console"."""
    state: DeliveryState
    created_at: AwareDatetime
    next_try_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    tries: tuple[DeliveryTry, ...] = ()


class WebhookBody(Model):
    """Body of a webhook (Standard Webhooks 1.0)."""

    type: Literal["alert.raised", "alert.revised"]
    timestamp: AwareDatetime
    data: Alert
