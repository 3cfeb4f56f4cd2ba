"""Asking a broker who is there: the smallest real question of Kafka's protocol, without a client."""

import socket
import struct

METADATA, VERSION = 3, 1


def brokers_known(port: int, timeout: float = 2.0) -> frozenset[int]:
    """Ids of the brokers that the broker on this loopback port knows. OSError while it does not answer."""
    client = b"wirewatch-tests"
    body = struct.pack(">hhih", METADATA, VERSION, 1, len(client)) + client + struct.pack(">i", 0)
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        connection.sendall(struct.pack(">i", len(body)) + body)
        size = struct.unpack(">i", _exactly(connection, 4))[0]
        answer = _exactly(connection, size)
    count, at, found = struct.unpack_from(">i", answer, 4)[0], 8, set()
    for _ in range(count):
        found.add(struct.unpack_from(">i", answer, at)[0])
        at += 4
        at += 2 + struct.unpack_from(">h", answer, at)[0] + 4
        at += 2 + max(0, struct.unpack_from(">h", answer, at)[0])
    return frozenset(found)


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            raise ConnectionError("the broker hung up")
        parts += part
    return parts
