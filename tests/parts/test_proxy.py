"""What the proxy is said to do to a connection, it does: seen from both ends of real sockets."""

import socket
import threading
import time

import pytest

from tests.parts.proxy import Proxy, proxied

PATIENCE = 20.0
"""Seconds in which anything happens, however loaded the machine is."""


@pytest.fixture
def proxy(echo: tuple[str, int]):
    with proxied(echo) as made:
        yield made


@pytest.fixture
def client(proxy: Proxy):
    with connect(proxy) as made:
        yield made


def connect(proxy: Proxy) -> socket.socket:
    return socket.create_connection((proxy.host, proxy.port), timeout=PATIENCE)


def said(client: socket.socket, data: bytes) -> bytes:
    """What comes back for ``data``, all of it."""
    client.sendall(data)
    return received(client, len(data))


def received(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = client.recv(65536)
        assert piece, "ended early"
        data += piece
    return data


def silent(client: socket.socket, seconds: float = 0.3) -> bool:
    client.settimeout(seconds)
    try:
        client.recv(1)
    except TimeoutError:
        return True
    finally:
        client.settimeout(PATIENCE)
    return False


def test_bytes_pass_unchanged_and_are_counted(proxy: Proxy, client: socket.socket) -> None:
    data = bytes(range(256)) * 2000
    threading.Thread(target=client.sendall, args=(data,), daemon=True).start()
    assert received(client, len(data)) == data
    assert proxy.passed("up") == proxy.passed("down") == len(data)


def test_a_connection_that_ends_ends_on_the_other_side(client: socket.socket) -> None:
    assert said(client, b"last") == b"last"
    client.shutdown(socket.SHUT_WR)
    assert client.recv(1) == b""


def test_latency_is_added_each_way(proxy: Proxy, client: socket.socket) -> None:
    proxy.slow(0.2)
    before = time.monotonic()
    assert said(client, b"x") == b"x"
    assert time.monotonic() - before >= 0.4
    proxy.slow(0)


def test_pieces_keep_their_order_under_jitter(proxy: Proxy, client: socket.socket) -> None:
    proxy.slow(0.01, jitter=0.05)
    for number in range(30):
        client.sendall(bytes([number]))
        time.sleep(0.005)
    assert received(client, 30) == bytes(range(30))


def test_a_narrow_path_takes_its_time(proxy: Proxy, client: socket.socket) -> None:
    proxy.narrow(100_000)
    before = time.monotonic()
    said(client, b"x" * 50_000)
    assert time.monotonic() - before >= 0.5


@pytest.mark.parametrize("ways", [(), ("up",), ("down",)])
def test_nothing_gets_through_a_cut_and_all_of_it_afterwards(proxy: Proxy, client: socket.socket, ways) -> None:
    said(client, b"before")
    proxy.cut(*ways)
    client.sendall(b"meanwhile")
    assert silent(client)
    proxy.mend()
    assert received(client, 9) == b"meanwhile"


def test_a_cut_one_way_lets_the_request_through_and_not_the_answer(proxy: Proxy, client: socket.socket) -> None:
    said(client, b"before")
    up, down = proxy.passed("up"), proxy.passed("down")
    proxy.cut("down")
    client.sendall(b"request")
    assert silent(client)
    assert (proxy.passed("up") - up, proxy.passed("down") - down) == (7, 0)


def test_a_new_connection_through_a_cut_opens_and_stays_silent(proxy: Proxy) -> None:
    proxy.cut()
    with connect(proxy) as client:
        client.sendall(b"hello")
        assert silent(client)
        proxy.mend()
        assert received(client, 5) == b"hello"


def test_a_reset_is_a_reset_and_the_next_connection_is_well(proxy: Proxy, client: socket.socket) -> None:
    said(client, b"before")
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        client.recv(1)
    with connect(proxy) as again:
        assert said(again, b"after") == b"after"


def test_a_connection_is_reset_after_so_many_bytes(proxy: Proxy) -> None:
    proxy.reset_every(1000)
    with connect(proxy) as client:
        assert said(client, b"x" * 100) == b"x" * 100
        with pytest.raises(ConnectionError):  # noqa: PT012 - which of the calls notices is the kernel's choice
            for _ in range(50):
                client.sendall(b"x" * 100)
                assert client.recv(65536)
            raise AssertionError("still open")


def test_who_is_refused_is_refused_and_may_come_again(proxy: Proxy, client: socket.socket) -> None:
    said(client, b"before")
    proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        connect(proxy)
    proxy.accept()
    with connect(proxy) as again:
        assert said(again, b"after") == b"after"


def test_the_address_is_known_before_the_server_is_there(echo: tuple[str, int]) -> None:
    with proxied() as proxy:
        # Whether connecting already meets the reset, or the first read, is a matter of microseconds.
        with pytest.raises(ConnectionResetError), connect(proxy) as early:
            early.recv(1)
        proxy.upstream = echo
        with connect(proxy) as client:
            assert said(client, b"now") == b"now"
