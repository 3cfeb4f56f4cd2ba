"""What can be done to the network between the system and its brokers, as steps of a scenario."""

import os
import signal

from tests.faults.scenario import Action, Running
from tests.parts.network import Firewall
from tests.parts.network import Way as WallWay
from tests.parts.proxy import Proxy, Way


def cut(proxy: Proxy, seconds: float, *ways: Way) -> Action:
    """Nothing gets through, both ways or those named; nobody is told."""

    def act(running: Running) -> None:
        _note(running, f"cut {' and '.join(ways or ('both ways',))}")
        proxy.cut(*ways)
        running.later(seconds, lambda _: proxy.mend())

    return act


def slow(proxy: Proxy, seconds: float, latency: float, jitter: float = 0.0) -> Action:
    def act(running: Running) -> None:
        _note(running, f"{latency:g} s later each way")
        proxy.slow(latency, jitter)
        running.later(seconds, lambda _: proxy.slow(0.0))

    return act


def narrow(proxy: Proxy, seconds: float, bytes_per_second: float) -> Action:
    def act(running: Running) -> None:
        _note(running, f"{bytes_per_second:g} bytes a second")
        proxy.narrow(bytes_per_second)
        running.later(seconds, lambda _: proxy.narrow(0.0))

    return act


def reset_every(proxy: Proxy, seconds: float, count: int) -> Action:
    """Connections are reset after so many bytes, again and again."""

    def act(running: Running) -> None:
        _note(running, f"reset after {count} bytes")
        proxy.reset_every(count)
        running.later(seconds, lambda _: proxy.reset_every(0))

    return act


def refuse(proxy: Proxy, seconds: float) -> Action:
    """Nobody listens there."""

    def act(running: Running) -> None:
        _note(running, "refused")
        proxy.refuse()
        running.later(seconds, lambda _: proxy.accept())

    return act


def lose(wall: Firewall, port: int, seconds: float, share: float) -> Action:
    """That share of the packets is lost, both ways."""

    def act(running: Running) -> None:
        _note(running, f"{share:.0%} of the packets lost")
        wall.lose(port, share)
        running.later(seconds, lambda _: wall.mend())

    return act


def cut_off(wall: Firewall, port: int, stage: str, seconds: float, way: WallWay | None = None) -> Action:
    """One of the processes that run a stage is cut off from a port that everybody else reaches.

    ``way``: "to" the port or "from" it; both when none is named. The process is one that has a group of its own.
    """

    def act(running: Running) -> None:
        worker = next(one for one in running.system.running(stage) if one.group is not None)
        assert worker.group is not None
        running.system.history.note("broke", who=f"{worker.name} is cut off ({way or 'both ways'})")
        wall.cut_off(worker.group, port, way)
        running.later(seconds, lambda _: wall.mend())

    return act


def hold_up(name: str) -> Action:
    """The event loop of a process that was started by ``blocking`` stands still for a while."""

    def act(running: Running) -> None:
        worker = running.system.workers[name]
        running.system.history.note("broke", who=f"{name} is held up")
        os.kill(worker.pid, signal.SIGUSR2)

    return act


def _note(running: Running, what: str) -> None:
    running.system.history.note("broke", who=f"the network: {what}")
