"""Ports for servers that cannot choose one themselves."""

import random
import socket

# Below what systems hand out to outgoing connections, so that a port stays ours while its server is down.
LOWEST, HIGHEST = 15000, 32000


def free_port(taken: frozenset[int] = frozenset()) -> int:
    """A loopback port that nobody has just now. Somebody may have it a moment later: bind it and be ready to retry."""
    choice = random.SystemRandom()
    for _ in range(1000):
        port = choice.randrange(LOWEST, HIGHEST)
        if port in taken:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port between {LOWEST} and {HIGHEST}")


def free_ports(count: int) -> list[int]:
    """Different ones."""
    found: list[int] = []
    for _ in range(count):
        found.append(free_port(frozenset(found)))
    return found
