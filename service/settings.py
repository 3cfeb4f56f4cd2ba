"""One frozen tree of settings, read once (``settings_sources`` says from where). Unknown keys are refused.

Durations are seconds or "300s", "5m", "2h", "1d"; sizes are bytes or "15MiB". Rooms are given the branch they need,
never the tree.
"""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from platformdirs import user_data_path
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
SIZES = {"": 1, "b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}
MIB = 1024 * 1024


def duration(value: Any) -> float:
    """Seconds of ``300``, "300", "300s", "5m", "1.5h", "1d"; ValueError says how to write it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = float(value)
    else:
        found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*", str(value))
        if not found:
            raise ValueError('not a duration; write "5m", "2h", "1d" or seconds')
        seconds = float(found[1]) * UNITS[found[2] or "s"]
    if not 0 <= seconds < 10 * 365 * 86400:
        raise ValueError("a duration between 0 and ten years is expected")
    return seconds


def size(value: Any) -> int:
    """Bytes of ``15728640``, "15MiB", "20 MB"; ValueError says how to write it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = re.fullmatch(r"\s*(\d+)\s*([a-z]*)\s*", str(value).lower())
    if not found or found[2] not in SIZES:
        raise ValueError('not a size; write "15MiB" or bytes')
    return int(found[1]) * SIZES[found[2]]


def place(value: Any) -> Any:
    """A path as people write it: ``~`` is the home folder; ValueError for an empty one, which would mean "here"."""
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("a path is expected, not an empty text")
        return Path(value).expanduser()
    return value


def _written(kind: str, least: int, pattern: str) -> WithJsonSchema:
    """What a file may say: a number, or text with a unit."""
    number = {"type": kind, "minimum": least}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": pattern}]}, mode="validation")


Seconds = Annotated[float, BeforeValidator(duration), _written("number", 0, r"^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)?\s*$")]
Bytes = Annotated[
    int, BeforeValidator(size), Field(gt=0), _written("integer", 1, r"^\s*\d+\s*([KkMmGg]?[Ii]?[Bb])?\s*$")
]
Place = Annotated[Path, BeforeValidator(place)]


class Branch(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LogSettings(Branch):
    """The durable log between the stages."""

    url: str = "embedded:"
    """``embedded:`` (a file in ``data``), ``kafka://host:port,host:port/prefix`` or ``memory:`` (gone at the end)."""
    retention: Seconds = 7 * 86400.0
    """How long read messages are kept."""
    max_size: Bytes = 2048 * MIB
    """Beyond this size the oldest messages go first."""
    partitions: int = Field(default=4, ge=1, le=256)
    """Partitions of each topic."""
    create_topics: bool = True
    """Kafka: make missing topics when they are first used, as ``wirewatch topics apply`` does."""
    replication: int = Field(default=0, ge=0, le=9)
    """Kafka: copies of a topic; 0: three, or as many as there are brokers where these are fewer."""
    min_insync: int = Field(default=0, ge=0, le=9)
    """Kafka: copies that must have a message before it is acknowledged; 0: two of three or more, else one."""
    session_timeout: Seconds = Field(default=30.0, ge=1.0, le=1800.0)
    """Kafka: a process that has not been heard of for so long loses its partitions."""
    request_timeout: Seconds = Field(default=30.0, ge=1.0, le=600.0)
    """Kafka: deadline of one call; beyond it the call has failed and is tried again."""
    instance: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,100}$")
    """Kafka: this process's own lasting name, so that its restart moves no partitions; empty: none."""
    security: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = "plaintext"
    """Kafka: how brokers are talked to."""
    ca_file: Place | None = None
    """Kafka: certificates that the brokers' are checked with; none: the system's."""
    cert_file: Place | None = None
    """Kafka: this client's certificate …"""
    key_file: Place | None = None
    """… and its key."""
    mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """Kafka: how the password is proved."""
    username: str = ""
    password_file: Place | None = None
    """Kafka: file with the password of ``username``."""


class StorageSettings(Branch):
    """Stories, alerts, sources, subscriptions, deliveries."""

    url: str = ""
    """Empty: SQLite in ``data``; or ``postgresql://user@host/database?sslmode=verify-full``."""
    password_file: Place | None = None
    """File with the PostgreSQL password; without it PGPASSWORD or ~/.pgpass is used."""
    connections: int = Field(default=10, ge=2, le=200)
    """Most connections that a process opens to PostgreSQL."""
    connect_timeout: Seconds = 10.0
    """Deadline for a connection to PostgreSQL."""
    statement_timeout: Seconds = 30.0
    """Deadline for one statement on PostgreSQL, waiting for locks included."""
    retention: Seconds = 90 * 86400.0
    """How long articles without an alert are kept."""
    retention_alerts: Seconds = 365 * 86400.0
    """How long alerts are kept, with their articles, statements, deliveries and tries."""


class HttpSettings(Branch):
    """Every outbound request."""

    allow: tuple[str, ...] = ()
    """Address ranges (CIDR), otherwise refused, that requests may reach."""
    timeout: Seconds = 30.0
    """Total deadline of a request, redirects included."""
    max_body: Bytes = 15 * MIB
    """Limit of a body after decompression."""
    max_redirects: int = Field(default=5, ge=0, le=20)
    """Redirects followed, each checked."""
    user_agent: str = "wirewatch/0.1 (feed monitor)"
    """Name a contact address here when you run it in public."""

    @field_validator("allow")
    @classmethod
    def _ranges(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            try:
                ip_network(text, strict=False)
            except ValueError:
                raise ValueError(f'"{text}" is not an address range; write "127.0.0.0/8"') from None
        return value


class PollSettings(Branch):
    """How often feeds are asked."""

    min_interval: Seconds = 300.0
    """The poller adapts between this …"""
    max_interval: Seconds = 86400.0
    """… and this."""
    host_spacing: Seconds = 2.0
    """Between requests to one registrable domain."""
    redirect_patience: Seconds = 86400.0
    """How long a permanent redirect must have led to the same place before that becomes a feed's address."""
    concurrency: int = Field(default=50, ge=1, le=1000)
    """Feeds asked at the same time."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_interval > self.max_interval:
            raise ValueError("min_interval is above max_interval")
        return self


class ExtractSettings(Branch):
    """Reading: names, statements, speakers."""

    processes: int = Field(default=2, ge=1, le=64)
    """Processes that read articles."""
    batch: int = Field(default=16, ge=1, le=256)
    """Articles in work at once for each process."""
    timeout: Seconds = 60.0
    """Deadline for an article; one that breaks it is dead-lettered."""


class DeliverySettings(Branch):
    """Webhooks."""

    schedule: tuple[Seconds, ...] = (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
    """Seconds between tries; the first try comes after the first of them (Standard Webhooks' schedule)."""
    timeout: Seconds = 20.0
    """Deadline of one try."""
    concurrency: int = Field(default=20, ge=1, le=1000)
    """Tries under way at the same time, over all endpoints."""

    @field_validator("schedule")
    @classmethod
    def _some(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if not value:
            raise ValueError("at least one try is needed")
        return value


class ApiSettings(Branch):
    """The page and the API."""

    token_file: Place | None = None
    """File with the bearer token; needed when ``listen`` is not a loopback address."""


class ShutdownSettings(Branch):
    grace: Seconds = 20.0
    """Deadline of the drain after SIGTERM."""


class LogsSettings(Branch):
    """wirewatch's own log lines, on standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"
    """auto: readable on a terminal, JSON elsewhere."""


class SourceSettings(Branch):
    """A feed that the configuration brings along (``[[sources]]``)."""

    url: str
    title: str | None = None
    language: str | None = None


class SubscriptionSettings(Branch):
    """A subscription that the configuration brings along (``[[subscriptions]]``)."""

    name: str
    rule: dict[str, Any]
    console: bool = False
    webhook: str | None = None
    secret_file: Place | None = None


class DemoSettings(Branch):
    """The demo wire: bundled sample feeds."""

    enabled: bool = False
    """Serve the demo wire on loopback and watch it; ``wirewatch demo`` does so by itself."""
    port: int = Field(default=8079, ge=0, le=65535)
    """Its port on 127.0.0.1; 0 takes a free one."""


class Settings(Branch):
    data: Place = Field(default_factory=lambda: user_data_path("wirewatch", appauthor=False))
    """Where the embedded engine keeps everything."""
    listen: str = "127.0.0.1:8080"
    """Page, API and metrics; another address than loopback needs ``api.token_file``."""
    log: LogSettings = LogSettings()
    storage: StorageSettings = StorageSettings()
    http: HttpSettings = HttpSettings()
    poll: PollSettings = PollSettings()
    extract: ExtractSettings = ExtractSettings()
    delivery: DeliverySettings = DeliverySettings()
    api: ApiSettings = ApiSettings()
    shutdown: ShutdownSettings = ShutdownSettings()
    logs: LogsSettings = LogsSettings()
    demo: DemoSettings = DemoSettings()
    sources: tuple[SourceSettings, ...] = ()
    """Feeds watched from the start; ``wirewatch sources add`` adds more."""
    subscriptions: tuple[SubscriptionSettings, ...] = ()
    """Subscriptions there from the start; ``wirewatch subscriptions add`` adds more."""
