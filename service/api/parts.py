"""What the HTTP side needs of the running service."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service.actors import Catalogue
from service.storage import Storage


@dataclass(frozen=True)
class Health:
    """``reasons`` says, for people, why the service is not ready."""

    ready: bool
    reasons: tuple[str, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)
    """Stage → state."""


@dataclass(frozen=True)
class Parts:
    """``token``: bearer token that every address but health asks for; None on loopback. ``hosts``: names the service
    answers to on loopback, against pages elsewhere that rebind their own name to it. ``stopping``: streams end."""

    storage: Storage
    catalogue: Catalogue
    health: Callable[[], Health]
    stopping: Callable[[], bool]
    now: Callable[[], datetime]
    token: str | None = None
    hosts: frozenset[str] | None = None
