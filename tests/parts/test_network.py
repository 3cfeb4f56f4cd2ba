"""The firewall does what it says to real connections, to nobody else's, and leaves nothing behind."""

import os
import socket
import subprocess
import sys
import threading

import pytest

from tests.parts.missing import needed
from tests.parts.network import CHAIN, Firewall, firewall

pytestmark = pytest.mark.timeout(120)
GROUP = 64017
"""A group id that nobody has."""
ECHO = "import socket, sys; c = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20)\n"


@pytest.fixture
def wall():
    with needed(), firewall() as made:
        yield made


@pytest.fixture
def port(echo):
    return echo[1]


def connect(port: int, timeout: float = 20) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout)


def answered(client: socket.socket, seconds: float) -> bytes:
    client.settimeout(seconds)
    try:
        return client.recv(100)
    except TimeoutError:
        return b""


@pytest.mark.parametrize("way", [None, "to", "from"])
def test_what_is_dropped_comes_when_the_rule_goes(wall: Firewall, port: int, way) -> None:
    with connect(port) as client:
        client.sendall(b"one")
        assert answered(client, 20) == b"one"
        wall.drop(port, way)
        client.sendall(b"two")
        assert answered(client, 0.5) == b""
        with pytest.raises(TimeoutError):
            connect(port, 0.3)
        wall.mend()
        assert wall.dropped > 0
        assert answered(client, 60) == b"two", "TCP sends it again"


def test_who_is_rejected_hears_it(wall: Firewall, port: int) -> None:
    wall.reject(port)
    with pytest.raises(ConnectionRefusedError):
        connect(port)


def test_lost_packets_cost_time_and_no_bytes(wall: Firewall, port: int) -> None:
    wall.lose(port, 0.05)
    data = os.urandom(300_000)
    with connect(port) as client:
        sender = threading.Thread(target=client.sendall, args=(data,), daemon=True)
        sender.start()
        client.settimeout(60)
        back = b""
        while len(back) < len(data):
            back += client.recv(65536)
        sender.join()
    assert back == data


def test_one_process_is_cut_off_while_others_are_not(wall: Firewall, port: int) -> None:
    wall.mark(GROUP)
    code = ECHO + "c.sendall(b'a'); print(c.recv(9), flush=True); input(); c.settimeout(0.5); c.sendall(b'b')\n"
    code += "try:\n    print(c.recv(9), flush=True)\nexcept TimeoutError:\n    print('silent', flush=True)\n"
    with (
        subprocess.Popen(
            [sys.executable, "-c", code, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            group=GROUP,
            extra_groups=[0],
        ) as child,
        connect(port) as client,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "b'a'\n"
        wall.cut_off(GROUP, port)
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "silent\n"
        client.sendall(b"mine")
        assert answered(client, 20) == b"mine"


def test_other_ports_are_not_touched(wall: Firewall, port: int) -> None:
    wall.drop(port + 1 if port < 65535 else port - 1)
    with connect(port) as client:
        client.sendall(b"x")
        assert answered(client, 20) == b"x"


def rules() -> str:
    return subprocess.run(["iptables", "-w", "10", "-S"], capture_output=True, text=True, check=True).stdout


def test_nothing_stays_even_when_a_test_fails() -> None:
    with needed(), pytest.raises(ZeroDivisionError), firewall() as wall:  # noqa: PT012
        wall.drop(9)
        assert f"{CHAIN}{os.getpid()}" in rules()
        raise ZeroDivisionError
    assert f"{CHAIN}{os.getpid()}" not in rules()


def test_what_a_killed_run_left_is_taken_away_by_the_next() -> None:
    code = "import os\nfrom tests.parts.network import firewall\nwith firewall() as w:\n    w.drop(9)\n    os._exit(9)"
    with needed(), firewall():
        pass
    child = subprocess.Popen([sys.executable, "-c", code])
    child.wait(30)
    assert f"{CHAIN}{child.pid}" in rules()
    with firewall():
        assert f"{CHAIN}{child.pid} " not in rules()
    assert f"{CHAIN}{child.pid}" not in rules()
