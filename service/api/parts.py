"""What the HTTP side needs of the running service."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service.actors import Catalogue
from service.storage import Storage


@dataclass(frozen=True)
class Health:
    """``reasons`` says, for people, why the service is not ready, and what they should know when it is; ``stuck``, why
    only a restart will help."""

    ready: bool
    reasons: tuple[str, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)
    """Part → state."""
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Probed:
    """What every process answers with. ``token``: bearer token that every address but health asks for; None on
    loopback. ``hosts``: names the service answers to on loopback, against pages elsewhere that rebind their own name.
    """

    health: Callable[[], Health]
    token: str | None = None
    hosts: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Parts(Probed):
    """What the page and the API need too. ``stopping``: streams end."""

    storage: Storage
    catalogue: Catalogue
    stopping: Callable[[], bool]
    now: Callable[[], datetime]
