"""A history in the shape that is checked: who saw what, by kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tests.faults.history import Event


@dataclass(frozen=True)
class Served:
    """An item of a feed, when it first went out. ``group``: the item it is a copy of, itself when it is none ·
    ``tells``: names of the subscriptions that have to be told of it · ``poison``: it cannot be read."""

    at: float
    item: int
    feed: str
    group: int
    tells: frozenset[str]
    poison: bool = False


@dataclass(frozen=True)
class Received:
    """One request at a webhook receiver; ``digest`` of its body."""

    at: float
    receiver: str
    delivery: str
    digest: str
    alert: str
    subscription: str
    story: str
    revision: int
    item: int


@dataclass(frozen=True)
class Article:
    """A row at the end. ``number``: order of arrival."""

    item: int
    number: int
    feed: str
    story: str
    part: str


@dataclass(frozen=True)
class Alert:
    id: str
    subscription: str
    story: str
    revision: int
    item: int


@dataclass(frozen=True)
class Delivery:
    id: str
    alert: str
    endpoint: str
    state: str


@dataclass(frozen=True)
class Logged:
    """A record of a topic at the end; ``written`` is the record's own time."""

    topic: str
    partition: int
    offset: int
    item: int
    key: str
    written: float


@dataclass(frozen=True)
class Dead:
    topic: str
    item: int
    error: str
    written: float


@dataclass(frozen=True)
class Standing:
    """Where a group was seen to stand. ``keeper``: log or database."""

    at: float
    keeper: str
    group: str
    topic: str
    partition: int
    next: int


@dataclass(frozen=True)
class Gauge:
    at: float
    name: str
    value: float


@dataclass(frozen=True)
class Fault:
    """Something that was done to ``who``: killed, froze, broke …"""

    at: float
    what: str
    who: str


@dataclass(frozen=True)
class Change:
    """A topic was deleted, divided into more partitions, or trimmed of its oldest records, on purpose."""

    at: float
    what: str
    topic: str


FAULTS = frozenset({"killed", "froze", "broke"})
BACK = frozenset({"back", "thawed"})
CHANGES = frozenset({"deleted", "divided", "trimmed"})
AT_REST = ("article", "alert", "delivery", "record", "dead")
T = TypeVar("T")


@dataclass(frozen=True)
class Observed:
    """Each in the order in which it happened. ``ends``: next offset of every partition at the end. ``endings``:
    processes that ended without being told to, with their exit codes · ``backs``: who was hit is ready again ·
    ``removed``: items whose records were taken away unread, on purpose. Of several looks at rest, the last."""

    served: tuple[Served, ...] = ()
    received: tuple[Received, ...] = ()
    articles: tuple[Article, ...] = ()
    alerts: tuple[Alert, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    records: tuple[Logged, ...] = ()
    dead: tuple[Dead, ...] = ()
    standings: tuple[Standing, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    faults: tuple[Fault, ...] = ()
    endings: tuple[Fault, ...] = ()
    backs: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    removed: frozenset[int] = frozenset()
    ends: Mapping[tuple[str, int], int] = field(default_factory=dict)


class _Made(Generic[T]):
    """Events of one kind → objects of one class."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self.all: list[T] = []

    def add(self, event: Mapping[str, Any]) -> None:
        names = self._kind.__dataclass_fields__  # type: ignore[attr-defined]
        self.all.append(self._kind(**{name: event[name] for name in names if name in event}))


def observed(events: Iterable[Event]) -> Observed:
    """The history as one object. KeyError and TypeError for an event that lacks something."""
    kinds: dict[str, _Made[Any]] = {
        "served": _Made(Served),
        "received": _Made(Received),
        "article": _Made(Article),
        "alert": _Made(Alert),
        "delivery": _Made(Delivery),
        "record": _Made(Logged),
        "dead": _Made(Dead),
        "position": _Made(Standing),
        "gauge": _Made(Gauge),
    }
    happened: dict[str, list[Fault]] = defaultdict(list)
    changes: list[Change] = []
    removed: set[int] = set()
    ends: dict[tuple[str, int], int] = {}
    for event in events:
        op = event["op"]
        if op in kinds:
            kinds[op].add({**event, "tells": frozenset(event.get("tells", ()))})
        elif op == "looked":
            ends.clear()
            for name in AT_REST:
                kinds[name].all.clear()
        elif op == "removed":
            removed.add(event["item"])
        elif op in CHANGES:
            changes.append(Change(event["at"], op, event["topic"]))
        elif op in BACK:
            happened["backs"].append(Fault(event["at"], op, event["who"]))
        elif op == "end":
            ends[event["topic"], event["partition"]] = event["next"]
        elif op in FAULTS:
            happened["faults"].append(Fault(event["at"], op, event["who"]))
        elif op == "ended":
            happened["endings"].append(Fault(event["at"], f"exit code {event['code']}", event["who"]))
    return Observed(
        served=tuple(kinds["served"].all),
        received=tuple(kinds["received"].all),
        articles=tuple(kinds["article"].all),
        alerts=tuple(kinds["alert"].all),
        deliveries=tuple(kinds["delivery"].all),
        records=tuple(kinds["record"].all),
        dead=tuple(kinds["dead"].all),
        standings=tuple(kinds["position"].all),
        gauges=tuple(kinds["gauge"].all),
        faults=tuple(happened["faults"]),
        endings=tuple(happened["endings"]),
        backs=tuple(happened["backs"]),
        changes=tuple(changes),
        removed=frozenset(removed),
        ends=ends,
    )
