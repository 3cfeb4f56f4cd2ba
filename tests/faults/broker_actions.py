"""What can be done to the brokers, as steps of a scenario."""

from collections.abc import Sequence
from contextlib import suppress

from tests.faults.scenario import Action, Running
from tests.parts.kafka import Cluster
from tests.parts.kafka_metadata import brokers_known, leaders
from tests.parts.kafka_node import Node


def _cluster(running: Running) -> Cluster:
    assert running.cluster is not None
    return running.cluster


def _kill(running: Running, node: Node, down: float) -> None:
    running.system.history.note("killed", who=f"broker {node.id}")
    node.kill()

    def back(running: Running) -> None:
        node.restart(wait=False)
        running.system.history.note("back", who=f"broker {node.id}")

    running.later(down, back)


def kill_broker(down: float = 1.0) -> Action:
    """SIGKILL to one broker, which comes back after ``down`` seconds."""

    def act(running: Running) -> None:
        _kill(running, running.chance.choice(_cluster(running).nodes), down)

    return act


def kill_leader(topic: str, down: float = 5.0) -> Action:
    """SIGKILL to the broker that leads partition 0 of a topic, as soon as one of them can say which that is."""

    def act(running: Running) -> None:
        nodes = _cluster(running).nodes
        prefix = running.system.log_url.rpartition("/")[2]
        for asked in nodes:
            with suppress(OSError):  # it is just coming back
                leader = leaders(asked.port, f"{prefix}.{topic}").get(0)
                for node in nodes:
                    if node.id == leader:
                        _kill(running, node, down)
                        return
        running.later(0.5, act)

    return act


def kill_all_brokers(down: float) -> Action:
    def act(running: Running) -> None:
        for node in _cluster(running).nodes:
            _kill(running, node, down)

    return act


def restart_brokers(between: float) -> Action:
    """One after the other is stopped as its operator would, and started again when the others are all there."""

    def act(running: Running) -> None:
        nodes = _cluster(running).nodes
        left = list(nodes)

        def restart(running: Running) -> None:
            if not _all_there(nodes):
                running.later(0.5, restart)
                return
            node = left.pop(0)
            running.system.history.note("broke", who=f"broker {node.id} is restarted")
            node.restart(wait=False)
            if left:
                running.later(between, restart)

        restart(running)

    return act


def _all_there(nodes: Sequence[Node]) -> bool:
    try:
        return all(len(brokers_known(node.port)) == len(nodes) for node in nodes)
    except OSError:
        return False


def freeze_broker(seconds: float) -> Action:
    """SIGSTOP to one broker, and SIGCONT after ``seconds``."""

    def act(running: Running) -> None:
        node = running.chance.choice(_cluster(running).nodes)
        running.system.history.note("froze", who=f"broker {node.id}")
        node.freeze()

        def thaw(running: Running) -> None:
            running.system.history.note("thawed", who=f"broker {node.id}")
            node.thaw()

        running.later(seconds, thaw)

    return act
