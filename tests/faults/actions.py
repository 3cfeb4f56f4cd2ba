"""What can be done to a running system, as steps of a scenario."""

import time
from collections.abc import Sequence

from tests.faults.scenario import Action, Running, Step
from tests.faults.worker import Worker


def kill(stage: str, down: float = 0.5) -> Action:
    """SIGKILL to one of the processes that run a stage."""

    def act(running: Running) -> None:
        running.chance.choice(running.system.running(stage)).kill(down)

    return act


def kill_any(down: float = 0.5) -> Action:
    """SIGKILL to any of the processes."""

    def act(running: Running) -> None:
        running.chance.choice([one for one in running.system.workers.values() if one.wanted]).kill(down)

    return act


def kill_a_reading_process() -> Action:
    def act(running: Running) -> None:
        workers = running.system.running("article_to_extraction")
        running.chance.choice(workers).kill_child(running.chance.randrange(8))

    return act


def die_at(stage: str, place: str, times: int = 1) -> Action:
    """The stage's process is killed and comes back with a death appointed at ``place`` (see ``dying``)."""

    def act(running: Running) -> None:
        worker = running.chance.choice(running.system.running(stage))
        worker.deaths.insert(0, (place, times, "KILL"))
        worker.kill()

    return act


def freeze(stage: str, seconds: float) -> Action:
    """SIGSTOP, and SIGCONT after ``seconds``."""

    def act(running: Running) -> None:
        worker: Worker = running.chance.choice(running.system.running(stage))
        worker.freeze()
        running.later(seconds, lambda _: worker.thaw())

    return act


COMES_BY = 120.0
"""Seconds for a process to start and to have work in hand."""
ZOMBIES = "wirewatch_zombie_batches_total"


def freeze_at(stage: str, place: str, seconds: float, then: Sequence[Step] = ()) -> Action:
    """While all of its stage are ready, a process comes back and freezes at ``place`` with work in hand, for
    ``seconds``; afterwards it is written down as a gauge how many batches it has had to drop, and ``then`` begins."""

    def act(running: Running) -> None:
        others = running.system.running(stage)
        if not all(one.address and not one.stopped for one in others):
            running.later(0.3, act)
            return
        worker = running.chance.choice(others)
        worker.deaths.insert(0, (place, 1, "STOP"))
        worker.kill()
        latest = time.monotonic() + COMES_BY

        def look(running: Running) -> None:
            if not worker.stopped:
                assert time.monotonic() < latest, f"{worker.name} never came by {place!r}\n{worker.told()}"
                running.later(0.1, look)
                return
            running.system.history.note("froze", who=f"{worker.name} at {place}")
            worker.deaths.pop(0)
            running.later(seconds, lambda _: worker.thaw())
            running.later(seconds + 1, lambda running: count(running, 20))

        def count(running: Running, left: int) -> None:
            dropped = worker.metric(ZOMBIES)
            if dropped or not left or not worker.alive:
                running.system.history.note("gauge", name=f"{ZOMBIES} {stage}", value=dropped)
                if worker.deaths:
                    worker.kill()  # those that are still before it begin with its next life
                for step in then:
                    running.later(step.at, step.act)
            else:
                running.later(0.3, lambda running: count(running, left - 1))

        look(running)

    return act


def join(stage: str, seconds: float) -> Action:
    """One more process for a stage, which is told to stop after ``seconds``."""

    def act(running: Running) -> None:
        system = running.system
        worker = system.add(f"{stage}-more{len(system.workers)}", stage)
        worker.start()

        def leave(_: Running) -> None:
            worker.stop()

        running.later(seconds, leave)

    return act


def burst(factor: float, seconds: float) -> Action:
    """So many times the load."""

    def act(running: Running) -> None:
        usual = running.wire.rate
        running.wire.rate = usual * factor

        def over(running: Running) -> None:
            running.wire.rate = usual

        running.later(seconds, over)

    return act


def kill_the_deliverer_when_it_is_answered(times: int) -> Action:
    """The receiver kills who has sent, right after its 2xx went out; so many times."""

    def act(running: Running) -> None:
        left = times

        def answered() -> None:
            nonlocal left
            if left > 0:
                left -= 1
                running.chance.choice(running.system.running("alert_to_delivery")).kill(0.2)

        running.receiver.answered = answered

    return act


SECOND = "exit code of a second process"


def second_process() -> Action:
    """Somebody starts the program once more over the same files; how that ends is written down as a gauge."""

    def act(running: Running) -> None:
        worker = running.system.add("second")
        worker.start()
        worker.wanted = False

        def look(running: Running) -> None:
            if worker.alive:
                running.later(0.2, look)
                return
            running.system.history.note("gauge", name=SECOND, value=worker.stop())

        look(running)

    return act
