"""A subscription from what a person gave: name, rule, channels."""

import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

from service.contracts import Channels, Rule, Subscription, content_id
from service.errors import ConfigError

MAX_NAME = 200


def rule_version(rule: Rule) -> str:
    """Hash of the rule; stored with each alert, so that it can be proved which rule raised it."""
    return content_id("rule", rule.model_dump_json(exclude_none=True))


def new_subscription(name: str, rule: Rule, channels: Channels, created_at: datetime) -> Subscription:
    """Raises ConfigError for a name or an address that can't be."""
    clean = unicodedata.normalize("NFC", name.strip())
    if not clean or len(clean) > MAX_NAME or not clean.isprintable():
        raise ConfigError(f"subscription name: expected 1 to {MAX_NAME} printable characters in one line")
    if channels.webhook:
        _check_url(channels.webhook.url)
    return Subscription(
        id=content_id("subscription", clean, created_at.isoformat()),
        name=clean,
        rule=rule,
        rule_version=rule_version(rule),
        channels=channels,
        created_at=created_at,
    )


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        right = False
    if not right or not url.isprintable() or " " in url:
        raise ConfigError(f'webhook: "{url}" is not an address; write https://host/path')
