"""Asking a broker who is there and who leads what: the smallest real question of Kafka's protocol, without a client."""

import socket
import struct
from collections.abc import Sequence

METADATA, VERSION = 3, 1


class _Answer:
    """Big-endian fields, read one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, kind: str = "i") -> int:
        found: int = struct.unpack_from(f">{kind}", self._data, self._at)[0]
        self._at += struct.calcsize(f">{kind}")
        return found

    def text(self) -> str:
        size = max(0, self.number("h"))
        self._at += size
        return self._data[self._at - size : self._at].decode()


def _ask(port: int, topics: Sequence[str], timeout: float) -> _Answer:
    """Positioned after the correlation id."""
    client = b"wirewatch-tests"
    body = struct.pack(">hhih", METADATA, VERSION, 1, len(client)) + client + struct.pack(">i", len(topics))
    for topic in topics:
        body += struct.pack(">h", len(topic)) + topic.encode()
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        connection.sendall(struct.pack(">i", len(body)) + body)
        size = struct.unpack(">i", _exactly(connection, 4))[0]
        answer = _Answer(_exactly(connection, size))
    answer.number()
    return answer


def _brokers(answer: _Answer) -> frozenset[int]:
    found = set()
    for _ in range(answer.number()):
        found.add(answer.number())
        answer.text()
        answer.number()
        answer.text()
    return frozenset(found)


def brokers_known(port: int, timeout: float = 2.0) -> frozenset[int]:
    """Ids of the brokers that the broker on this loopback port knows. OSError while it does not answer."""
    return _brokers(_ask(port, (), timeout))


def leaders(port: int, topic: str, timeout: float = 10.0) -> dict[int, int]:
    """Partition → id of its leader. OSError while the broker does not answer; empty for an unknown topic."""
    answer = _ask(port, (topic,), timeout)
    _brokers(answer)
    answer.number()
    found: dict[int, int] = {}
    for _ in range(answer.number()):
        answer.number("h")
        answer.text()
        answer.number("b")
        for _ in range(answer.number()):
            answer.number("h")
            partition = answer.number()
            found[partition] = answer.number()
            for _ in range(2):
                for _ in range(answer.number()):
                    answer.number()
    return found


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            raise ConnectionError("the broker hung up")
        parts += part
    return parts
