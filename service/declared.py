"""Sources and subscriptions as people declare them (command line, API, configuration), checked in one way.

In: their words. Out: frozen contracts, ready to be stored; ids come from content. Raises ConfigError, one line.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from service.contracts import Channels, Source, Subscription, Webhook, content_id
from service.errors import ConfigError, Invalid
from service.http import parse_url
from service.rules import Resolve, new_subscription, parse_rule, parse_tree

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def declared_source(url: str, title: str | None, language: str | None, now: datetime) -> Source:
    """A feed to be watched; its id comes from its address."""
    try:
        address = str(parse_url(url.strip()))
    except Invalid as error:
        raise ConfigError(str(error)) from None
    return Source(
        id=content_id("source", address),
        url=address,
        title=(title or "").strip() or None,
        language=None if language is None else declared_language(language),
        added_at=now,
    )


def declared_language(code: str) -> str:
    """A language tag as BCP 47 writes it (de, zh-Hant), in lower case; ConfigError for anything else."""
    if not LANGUAGE.fullmatch(code.strip()):
        raise ConfigError(f'language "{code}": write its code, e.g. de, ru or zh')
    return code.strip().lower()


def declared_subscription(
    name: str,
    rule: str | Mapping[str, Any],
    resolve: Resolve,
    now: datetime,
    *,
    console: bool = False,
    webhook: str | None = None,
    secret_file: Path | None = None,
) -> Subscription:
    """A subscription from a rule's text (YAML or JSON) or its tree; ``secret_file`` must be readable now."""
    if secret_file is not None and webhook is None:
        raise ConfigError(f"{name}: a secret file goes with a webhook")
    parsed = parse_rule(rule, resolve) if isinstance(rule, str) else parse_tree(dict(rule), resolve)
    endpoint = Webhook(url=webhook.strip(), secret_file=_readable(secret_file)) if webhook else None
    return new_subscription(name, parsed, Channels(console=console, webhook=endpoint), now)


def _readable(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: the secret cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not secret:
        raise ConfigError(f"{file}: is empty; a secret (whsec_…) is expected")
    return str(file.resolve())
