"""A scenario is data: what runs, under which load, what is done to it and when, and what has to hold."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from tests.faults.checker import Limits
from tests.faults.observed import Observed
from tests.faults.receiver import Receiver
from tests.faults.system import System
from tests.faults.wire import Wire
from tests.parts.kafka import Cluster

Engine = Literal["embedded", "kafka"]


class Running(Protocol):
    """What an action may touch. ``cluster`` is None on the embedded engine."""

    system: System
    wire: Wire
    receiver: Receiver
    cluster: Cluster | None
    chance: random.Random

    def later(self, seconds: float, act: "Action") -> None:
        """Do it in so many seconds."""

    def told(self) -> int:
        """Distinct deliveries received so far."""


Action = Callable[[Running], None]


@dataclass(frozen=True)
class Step:
    """``at``: seconds after the load began."""

    at: float
    act: Action


SPREAD = 12
"""Feeds, so that each of two copies has some: a feed's messages are all in one partition. With three of them a copy had
nothing to do in one of four runs, and never came by the place where it was to die."""


@dataclass(frozen=True)
class Scenario:
    """``seconds`` of load at ``rate`` items a second, ``steps`` meanwhile; then all has to come to rest. ``deaths``:
    process → the places where it kills itself, one after the other, from its start.

    ``settings``: more of them, for every process · ``groups``: process → group id that it is started with ·
    ``programs``: process → module that it is started by, and first words ·
    ``copies``: stage → processes, where it is not one · ``brokers``: of its own cluster, 0: the shared one ·
    ``ahead``: items that may be published and not told yet; then the wire falls silent, since what leaves a feed
    unseen is none of the system's business · ``expects``: more that has to be seen; what it yields is wrong.
    """

    name: str
    engine: Engine
    seconds: float
    steps: tuple[Step, ...]
    rate: float = 3.0
    feeds: int = 3
    copies: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    programs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    brokers: int = 0
    ahead: int = 150
    deaths: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    expects: Callable[[Observed], list[str]] = lambda _: []
    settle: float = 300.0


@dataclass(frozen=True)
class Outcome:
    """``wrong``: every violation, one a line; empty when all held."""

    scenario: str
    engine: str
    wrong: tuple[str, ...]
    kills: int
    articles: int
    lost: int
    doubled: int
    repeats: int
    worst_recovery: float
