"""Before anything starts: is the configuration one that can run, and what does it bring along?

In: settings. Out: the address to listen on, the token, the declared sources and subscriptions; else ConfigError.
"""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from consumers.delivering.signing import read_secrets
from service.actors import Catalogue
from service.contracts import Source, Subscription
from service.declared import declared_source, declared_subscription
from service.errors import ConfigError, Invalid, NotFound
from service.log import check_log
from service.log.embedded.lock import WriterLock
from service.needs import SPLIT, check_parts, database_lock, log_lock
from service.serving import bound
from service.settings import Settings, SourceSettings, SubscriptionSettings
from service.storage import Storage
from service.storage.location import locate
from service.topology import PARTS

MIN_TOKEN = 16


@dataclass(frozen=True)
class Address:
    """Where the page and the API are. ``token``: None on loopback without a token file."""

    host: str
    port: int
    loopback: bool
    token: str | None


@dataclass(frozen=True)
class Declared:
    sources: tuple[Source, ...]
    subscriptions: tuple[Subscription, ...]


def listen_address(settings: Settings) -> Address:
    """``listen`` read and found safe: another address than loopback needs a token."""
    host, _, port = settings.listen.rpartition(":")
    bare = host.strip("[]")
    if not bare or not port.isdecimal() or int(port) > 65535:
        raise ConfigError(f'listen = "{settings.listen}": not an address; write "127.0.0.1:8080"')
    token = _token(settings)
    loopback = _is_loopback(bare)
    if not loopback and token is None:
        raise ConfigError(
            f'listen = "{settings.listen}": others can reach this address; set api.token_file to a file with a token'
        )
    return Address(bare, int(port), loopback, token)


def check_free(settings: Settings, parts: Collection[str]) -> None:
    """Nobody else has the data folder or the address: told at once and in one line, before anything is started."""
    address = listen_address(settings)
    check_parts(settings, parts)
    for lock in (log_lock(settings, parts), database_lock(settings, parts)):
        if lock is not None:
            try:
                WriterLock(lock).release()
            except ConfigError as error:
                split = "" if len(parts) == len(PARTS) else f"; {SPLIT}"
                raise ConfigError(f"{error}{split}") from None
    bound(address.host, address.port).close()


def check_configuration(settings: Settings, catalogue: Catalogue, now: datetime) -> Declared:
    """Everything that can be told to be wrong without starting; gives what the file declares."""
    listen_address(settings)
    check_log(settings.log)
    locate(settings.storage, settings.data)
    return declared(settings, catalogue, now)


def check_secret(file: Path | None) -> None:
    """A webhook's secret must be one that signs; ConfigError says what is wrong with the file."""
    if file is None:
        return
    try:
        read_secrets(file)
    except Invalid as error:
        raise ConfigError(str(error)) from None


def _source(number: int, one: SourceSettings, now: datetime) -> Source:
    try:
        return declared_source(one.url, one.title, one.language, now)
    except ConfigError as error:
        raise ConfigError(f"sources: {number}: {error}") from None


def declared(settings: Settings, catalogue: Catalogue, now: datetime) -> Declared:
    """The ``[[sources]]`` and ``[[subscriptions]]`` of the configuration, checked."""
    names = [one.name for one in settings.subscriptions]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f'subscriptions: "{name}" stands {names.count(name)} times; choose another name')
    return Declared(
        sources=tuple(_source(number, one, now) for number, one in enumerate(settings.sources)),
        subscriptions=tuple(_subscription(one, catalogue, now) for one in settings.subscriptions),
    )


def _subscription(one: SubscriptionSettings, catalogue: Catalogue, now: datetime) -> Subscription:
    try:
        check_secret(one.secret_file)
        return declared_subscription(
            one.name,
            one.rule,
            lambda actor: catalogue.resolve(actor).id,
            now,
            console=one.console,
            webhook=one.webhook,
            secret_file=one.secret_file,
        )
    except ConfigError as error:
        raise ConfigError(f'subscriptions: "{one.name}": {error}') from None


async def store(storage: Storage, brought: Declared) -> None:
    """Keep what the configuration brings; a subscription that says something else under its name is replaced.

    Several processes with one configuration may start at once: who comes second finds it done.
    """
    await storage.sources.add(*brought.sources)
    known = {subscription.name: subscription for subscription in await storage.subscriptions.all()}
    for wanted in brought.subscriptions:
        old = known.get(wanted.name)
        if old is not None and (old.rule_version, old.channels) == (wanted.rule_version, wanted.channels):
            continue
        if old is not None:
            with contextlib.suppress(NotFound):
                await storage.subscriptions.remove(old.id)
        with contextlib.suppress(Invalid):  # the name is taken by now
            await storage.subscriptions.add(wanted)


def _token(settings: Settings) -> str | None:
    file = settings.api.token_file
    if file is None:
        return None
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f'api.token_file = "{file}": cannot be read: {error}') from None
    if len(token) < MIN_TOKEN:
        raise ConfigError(f'api.token_file = "{file}": the token has fewer than {MIN_TOKEN} characters')
    return token


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
