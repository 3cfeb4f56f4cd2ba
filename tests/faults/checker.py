"""The invariants, checked afterwards against what was observed. Pure: a history in, what is wrong with it out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from tests.faults.observed import Fault, Observed, Standing

FLOW = {"entries": "articles", "articles": "extractions"}
"""Topic in → topic out, of the stages that have one."""
GROUPS = {
    "entries": "entry_to_article",
    "articles": "article_to_extraction",
    "extractions": "extraction_to_alert",
}

LATE = 30.0
"""Seconds in which brokers that come after a dead one, or come back, find out how far their partitions are durable."""


@dataclass(frozen=True)
class Limits:
    """What a scenario allows. ``recovery``: seconds from a fault until all that was served before is told, None where
    nothing is promised · ``gauges``: start of a gauge's name → its highest value · ``endings``: start of the names of
    processes that may end by themselves · ``skew``: seconds by which clocks may differ · ``unwell``: starts of the
    endpoints that need not take what they are sent."""

    recovery: float | None = None
    gauges: Mapping[str, float] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    skew: float = 0.0
    unwell: tuple[str, ...] = ()


@dataclass(frozen=True)
class Violation:
    """``invariant``: I1 … I8 of docs/reliability.md, or "running" for a process that ended by itself."""

    invariant: str
    what: str


def check(seen: Observed, limits: Limits) -> list[Violation]:
    """All that is wrong; empty when every invariant holds."""
    rules: dict[str, Callable[[Observed, Limits], Iterable[str]]] = {
        "I1": lost,
        "I2": doubled,
        "I3": out_of_order,
        "I4": positions,
        "I5": unbounded,
        "I6": slow,
        "I7": wrongly_dead,
        "I8": lagging,
        "running": ended,
    }
    return [Violation(name, what) for name, rule in rules.items() for what in rule(seen, limits)]


def lost(seen: Observed, limits: Limits) -> Iterable[str]:
    """I1: what was served has come to an article or a dead letter, and everybody was told."""
    told = {(one.subscription, one.item) for one in seen.received if one.revision == 0}
    kept = {one.item for one in seen.articles}
    dead = {one.item for one in seen.dead}
    groups: dict[int, set[int]] = defaultdict(set)
    tells: dict[int, set[str]] = defaultdict(set)
    for one in seen.served:
        if one.item not in kept and one.item not in dead | seen.removed:
            yield f"item {one.item} of {one.feed} was served and is neither an article nor a dead letter"
        if one.item in kept:
            groups[one.group].add(one.item)
            tells[one.group] |= one.tells
    for group, items in groups.items():
        for subscription in sorted(tells[group]):
            if not any((subscription, item) in told for item in items):
                yield f"{subscription} was never told of item {group}"


def doubled(seen: Observed, limits: Limits) -> Iterable[str]:
    """I2: one alert per (subscription, story, revision), one story per text, one delivery id per receiver and alert."""
    group_of = {one.item: one.group for one in seen.served}
    rows = {one.id: (one.subscription, one.story, one.revision) for one in seen.alerts}
    yield from _same("alert rows", [(key, name) for name, key in rows.items()])
    yield from _same("alerts received", [((a.subscription, a.story, a.revision), a.alert) for a in seen.received])
    firsts = [(a.subscription, group_of.get(a.item, a.item), a.alert) for a in seen.received if a.revision == 0]
    yield from _same("first alerts of a text", [((name, group), alert) for name, group, alert in firsts])
    yield from _same("first alert rows of a text", [
        ((a.subscription, group_of.get(a.item, a.item)), a.id) for a in seen.alerts if a.revision == 0
    ])  # fmt: skip
    yield from _same("delivery ids", [((a.receiver, a.alert), a.delivery) for a in seen.received])
    yield from _same("bodies of one delivery", [(a.delivery, a.digest) for a in seen.received])
    items = [one.item for one in seen.articles]
    for item in sorted({item for item in items if items.count(item) > 1}) if len(items) != len(set(items)) else ():
        yield f"item {item} is {items.count(item)} articles"
    for alert in sorted({one.alert for one in seen.received} - rows.keys()) if seen.alerts else ():
        yield f"alert {alert} was told and is not in the database"


def _same(what: str, pairs: Iterable[tuple[object, str]]) -> Iterable[str]:
    """Each key has one value, and no two keys the same."""
    found: dict[object, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    for key, values in found.items():
        if len(values) > 1:
            yield f"{what}: {key} has {len(values)}: {sorted(values)}"


def out_of_order(seen: Observed, limits: Limits) -> Iterable[str]:
    """I3: items of one feed come in the order in which it had them; a repeat does not count, nor what was put aside and
    may have been replayed. In a topic that was divided a key's records are in several partitions: their times count."""
    aside = {one.item for one in seen.dead}
    rows = sorted((one.feed, one.number, one.item) for one in seen.articles if one.item not in aside)
    yield from _backwards("articles", [(feed, item) for feed, _, item in rows])
    divided = {one.topic for one in seen.changes if one.what == "divided"}
    written = sorted(
        (one.topic, one.key, one.written if one.topic in divided else 0.0, one.partition, one.offset, one.item)
        for one in seen.records
        if one.item not in aside
    )
    for (topic, key), records in groupby(written, lambda record: record[:2]):
        yield from _backwards(f"topic {topic}", [(key, item) for *_, item in records])


def _backwards(where: str, pairs: Iterable[tuple[str, int]]) -> Iterable[str]:
    highest: dict[str, int] = {}
    known: set[tuple[str, int]] = set()
    for key, item in pairs:
        if (key, item) in known:
            continue
        known.add((key, item))
        if item < highest.get(key, item):
            yield f"{where}: item {item} of {key} comes after item {highest[key]}"
        highest[key] = max(item, highest.get(key, item))


def _told_late(seen: Observed, before: Standing, now: Standing) -> bool:
    """Whether a broker has just been killed or come back. Who leads then learns only after a moment how far all have
    written what (the others' word, or its own note from some seconds before), and until then tells an older position.
    It has lost nothing, and soon says so."""
    hit = [one.at for one in seen.faults if one.what == "killed" and one.who.startswith("broker")]
    hit += [one.at for one in seen.backs if one.who.startswith("broker")]
    return now.keeper == "log" and any(before.at - LATE < at < now.at < at + LATE for at in hit)


def positions(seen: Observed, limits: Limits) -> Iterable[str]:
    """I4: a position never goes back, is never beyond the end, and what lies before it is done. A topic that is deleted
    or trimmed takes with it what could be said of the time before."""
    changes = [(one.topic, one.at, one.what == "deleted") for one in seen.changes if one.what != "divided"]
    written: dict[tuple[str, int], float] = {}
    for record in seen.records:
        place = (record.topic, record.item)
        written[place] = min(record.written, written.get(place, record.written))
    for letter in seen.dead:
        out = (FLOW.get(letter.topic, ""), letter.item)
        written[out] = min(letter.written, written.get(out, letter.written))
    by_offset = {(one.topic, one.partition, one.offset): one.item for one in seen.records}
    last: dict[tuple[str, str, str, int], Standing] = {}
    for now in seen.standings:
        place_of = (now.keeper, now.group, now.topic, now.partition)
        before = last.get(place_of)
        last[place_of] = now
        where = f"{now.group} at {now.topic}/{now.partition} ({now.keeper})"
        if before and any(anew and topic == now.topic and before.at < at < now.at for topic, at, anew in changes):
            before = None
        gone = {topic for topic, at, _ in changes if now.at < at}
        if before and now.next < before.next:
            if _told_late(seen, before, now):
                last[place_of] = replace(now, next=before.next)
                continue
            yield f"{where} went back from {before.next} to {now.next}"
        end = seen.ends.get((now.topic, now.partition))
        if end is not None and now.next > end and now.topic not in gone:
            yield f"{where} is at {now.next}, beyond the end {end}"
        if now.topic not in FLOW or {now.topic, FLOW[now.topic]} & gone:
            continue
        for offset in range(before.next if before else 0, now.next):
            item = by_offset.get((now.topic, now.partition, offset))
            if item is None or item in seen.removed:
                continue
            done = written.get((FLOW[now.topic], item))
            if done is None or done > now.at + limits.skew:
                yield f"{where} was at {now.next} when item {item} at {offset} had no output"


def unbounded(seen: Observed, limits: Limits) -> Iterable[str]:
    """I5: memory, queues, write-ahead files stay below what the scenario allows."""
    highest: dict[str, float] = {}
    for one in seen.gauges:
        highest[one.name] = max(one.value, highest.get(one.name, one.value))
    for prefix, most in limits.gauges.items():
        names = [name for name in highest if name.startswith(prefix)]
        if not names:
            yield f"nobody has measured {prefix}"
        for name in names:
            if highest[name] > most:
                yield f"{name} was {highest[name]:g}, more than {most:g}"


def recoveries(seen: Observed, *, when_back: bool = False) -> list[float]:
    """For each fault: seconds until all that was served before it has been told (to the last subscription).
    ``when_back``: from the moment at which who was hit has started again, if there is one, until all that was served
    before that moment has been told."""
    first: dict[tuple[str, int], float] = {}
    for one in seen.received:
        first.setdefault((one.subscription, one.item), one.at)
    told = [
        (one.at, max(first[name, one.item] for name in one.tells))
        for one in seen.served
        if one.tells and all((name, one.item) in first for name in one.tells)
    ]
    found = []
    for fault in seen.faults:
        moment = _back(seen, fault) if when_back else fault.at
        late = [done - moment for at, done in told if at < moment]
        found.append(max([0.0, *late]))
    return found


def _back(seen: Observed, fault: Fault) -> float:
    """When who was hit was there again; when it was hit, if it never came back or never was away."""
    who = fault.who.partition(" at ")[0]
    return next((one.at for one in seen.backs if one.who == who and one.at > fault.at), fault.at)


def slow(seen: Observed, limits: Limits) -> Iterable[str]:
    """I6: recovery takes no longer than the scenario allows; starts are not counted."""
    if limits.recovery is None:
        return
    for fault, seconds in zip(seen.faults, recoveries(seen, when_back=True), strict=True):
        if seconds > limits.recovery:
            yield f"after {fault.who} {fault.what}: {seconds:.1f} s, more than {limits.recovery:g} s"


def wrongly_dead(seen: Observed, limits: Limits) -> Iterable[str]:
    """I7: nothing is dead-lettered without being poison, and poison is."""
    poison = {one.item for one in seen.served if one.poison}
    for letter in seen.dead:
        if letter.item not in poison:
            yield f"item {letter.item} in {letter.topic} was put aside: {letter.error}"
    for item in sorted(poison - {letter.item for letter in seen.dead}):
        yield f"item {item} is poison and was not put aside"


def lagging(seen: Observed, limits: Limits) -> Iterable[str]:
    """I8: at the end nothing waits: every group is at the end of its topic, every delivery delivered."""
    last = {(one.keeper, one.topic, one.partition): one.next for one in seen.standings}
    for (topic, partition), end in seen.ends.items():
        if topic in GROUPS and end and (at := last.get(("log", topic, partition), 0)) != end:
            yield f"{GROUPS[topic]} is at {at} of {end} in {topic}/{partition}"
    for one in seen.deliveries:
        if one.state != "delivered" and not (limits.unwell and one.endpoint.startswith(limits.unwell)):
            yield f"delivery {one.id} is {one.state}"


def ended(seen: Observed, limits: Limits) -> Iterable[str]:
    """A process ends only when it is told to."""
    for one in seen.endings:
        if not one.who.startswith(limits.endings or ("\0",)):
            yield f"{one.who} ended by itself: {one.what}"
