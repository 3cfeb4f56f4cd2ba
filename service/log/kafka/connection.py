"""Where the brokers are and how they are talked to: from settings to a checked, frozen ``Connection``."""

import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.errors import ConfigError
from service.settings import LogSettings

_SERVER = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})")
_PREFIX = re.compile(r"[A-Za-z0-9._-]{1,100}")
LONGEST_REBALANCE = 15.0
"""Seconds; a group stands still for so long where a member does not answer."""
SHAPE = 'write "kafka://host:9092,host:9092/prefix"'


@dataclass(frozen=True)
class Connection:
    """Durations are seconds. ``prefix``: "" or with its dot · ``instance``: "" or this process's lasting name."""

    servers: tuple[str, ...]
    prefix: str = ""
    security: str = "PLAINTEXT"
    ssl_context: ssl.SSLContext | None = None
    mechanism: str = "PLAIN"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    session_timeout: float = 30.0
    request_timeout: float = 30.0
    instance: str = ""
    replication: int = 0
    min_insync: int = 0
    create_topics: bool = True

    @property
    def network_timeout(self) -> float:
        """Of one request on the wire: a call has time for another try at another broker."""
        return max(1.0, self.request_timeout / 3)

    @property
    def rebalance_timeout(self) -> float:
        """What brokers grant a member for letting go of its partitions; half of it is for finishing what is in work."""
        return min(self.session_timeout, LONGEST_REBALANCE)

    def client(self, name: str) -> dict[str, Any]:
        """Arguments that every aiokafka client takes. ``name`` is what brokers log of it."""
        return {
            "bootstrap_servers": list(self.servers),
            "client_id": name,
            "request_timeout_ms": int(self.network_timeout * 1000),
            "retry_backoff_ms": 100,
            "metadata_max_age_ms": 60_000,
            "security_protocol": self.security,
            "ssl_context": self.ssl_context,
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }

    def __str__(self) -> str:
        return f"kafka://{','.join(self.servers)}"


def connection(settings: LogSettings) -> Connection:
    """ConfigError, one line, for a URL that is none, options that do not go together, files that cannot be used."""
    servers, prefix = _address(settings.url)
    encrypted, named = settings.security.endswith("ssl"), settings.security.startswith("sasl")
    for key, needs in (
        ("ca_file", "ssl or sasl_ssl"),
        ("cert_file", "ssl or sasl_ssl"),
        ("key_file", "ssl or sasl_ssl"),
    ):
        if getattr(settings, key) is not None and not encrypted:
            raise ConfigError(f'log.{key}: log.security is "{settings.security}"; it goes with {needs}')
    if (settings.username or settings.password_file) and not named:
        key = "username" if settings.username else "password_file"
        raise ConfigError(f'log.{key}: log.security is "{settings.security}"; it goes with sasl_plaintext or sasl_ssl')
    if named and not (settings.username and settings.password_file):
        missing = "password_file" if settings.username else "username"
        raise ConfigError(f'log.{missing}: needed, since log.security is "{settings.security}"')
    if settings.replication and settings.min_insync > settings.replication:
        raise ConfigError(f"log.min_insync = {settings.min_insync}: more than log.replication = {settings.replication}")
    return Connection(
        servers=servers,
        prefix=prefix,
        security=settings.security.upper(),
        ssl_context=_tls(settings) if encrypted else None,
        mechanism=settings.mechanism if named else "PLAIN",
        username=settings.username or None,
        password=_password(settings.password_file) if named and settings.password_file else None,
        session_timeout=settings.session_timeout,
        request_timeout=settings.request_timeout,
        instance=settings.instance,
        replication=settings.replication,
        min_insync=settings.min_insync,
        create_topics=settings.create_topics,
    )


def _address(url: str) -> tuple[tuple[str, ...], str]:
    hosts, slash, prefix = url.removeprefix("kafka://").partition("/")
    prefix = prefix.rstrip("/")
    if "@" in hosts:
        raise ConfigError("log.url: users and passwords do not stand in it; set log.username and log.password_file")
    servers = tuple(server.strip() for server in hosts.split(","))
    for server in servers:
        found = _SERVER.fullmatch(server)
        if not url.startswith("kafka://") or not found or not 0 < int(found[2]) < 65536:
            raise ConfigError(f'log.url = "{url}": "{server}" is no broker\'s address; {SHAPE}')
    if slash and prefix and not _PREFIX.fullmatch(prefix):
        raise ConfigError(f'log.url = "{url}": "{prefix}" is no prefix: letters, digits, ".", "_", "-"; {SHAPE}')
    return servers, f"{prefix}." if prefix else ""


def _tls(settings: LogSettings) -> ssl.SSLContext:
    """Brokers' names and certificates are always checked."""
    if (settings.cert_file is None) != (settings.key_file is None):
        missing = "key_file" if settings.key_file is None else "cert_file"
        raise ConfigError(f"log.{missing}: a client certificate needs both log.cert_file and log.key_file")
    key = "ca_file"
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
        key = "cert_file"
        if settings.cert_file is not None:
            context.load_cert_chain(settings.cert_file, settings.key_file)
    except (OSError, ssl.SSLError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f'log.{key} = "{getattr(settings, key)}": cannot be used: {why}') from None
    return context


def _password(file: Path) -> str:
    try:
        password = file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f'log.password_file = "{file}": cannot be read: {why}') from None
    if not password:
        raise ConfigError(f'log.password_file = "{file}": is empty')
    return password
