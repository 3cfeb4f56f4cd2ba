"""The kernel's own way to lose packets: iptables rules in a chain of our own, taken away again whatever happens.

Needs root. Rules name a port, or a group id that a process was started with (``Popen(group=…)``): so one worker can be
cut off from a broker that everybody else still reaches.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from tests.parts.missing import MissingPart

Way = Literal["to", "from"]
CHAIN = "WWTEST"


class Firewall:
    """``with firewall() as wall``. Rules hold until ``mend`` or the end of the block."""

    def __init__(self, chain: str) -> None:
        self._chain = chain
        self.dropped = 0
        """Packets that rules have taken away, of those that ``mend`` has ended."""

    def drop(self, port: int, way: Way | None = None) -> None:
        """Packets to (or from) a port on loopback vanish; both when no way is named."""
        for match in _matches(port, way):
            self._add(*match, "-j", "DROP")

    def reject(self, port: int) -> None:
        """What goes to a port is answered with a TCP reset."""
        self._add("-p", "tcp", "--dport", str(port), "-j", "REJECT", "--reject-with", "tcp-reset")

    def lose(self, port: int, share: float) -> None:
        """That share of the packets, both ways, at random."""
        for match in _matches(port, None):
            self._add(*match, "-m", "statistic", "--mode", "random", "--probability", str(share), "-j", "DROP")

    def cut_off(self, group: int, port: int, way: Way | None = None) -> None:
        """As ``drop``, for the processes of a group alone. Call it before they connect: ``mark`` does so."""
        for match in _matches(port, way):
            self._add(*match, "-m", "connmark", "--mark", str(group), "-j", "DROP")

    def mark(self, group: int) -> None:
        """Know the connections of a group's processes from now on."""
        self._add("-m", "owner", "--gid-owner", str(group), "-j", "CONNMARK", "--set-mark", str(group), out=True)

    def mend(self) -> None:
        """Everything gets through again."""
        counted = _iptables("-L", self._chain, "-v", "-x", "-n")
        self.dropped += sum(int(line.split()[0]) for line in counted.splitlines() if " DROP " in line)
        _iptables("-F", self._chain)

    def _add(self, *rule: str, out: bool = False) -> None:
        _iptables("-A", self._chain + ("-OUT" if out else ""), *rule)


def _matches(port: int, way: Way | None) -> list[tuple[str, ...]]:
    to, back = ("-p", "tcp", "--dport", str(port)), ("-p", "tcp", "--sport", str(port))
    return {"to": [to], "from": [back], None: [to, back]}[way]


def _iptables(*words: str) -> str:
    done = subprocess.run(["iptables", "-w", "10", *words], capture_output=True, text=True, timeout=30, check=False)
    if done.returncode:
        raise RuntimeError(f"iptables {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


def _check() -> None:
    if not shutil.which("iptables"):
        raise MissingPart("iptables is not installed: apt-get install iptables")
    if os.geteuid() != 0:
        raise MissingPart("iptables needs root")
    try:
        _iptables("-S")
    except RuntimeError as error:
        raise MissingPart(f"iptables does not work here: {error}") from error


@contextmanager
def firewall() -> Iterator[Firewall]:
    """MissingPart where there is no iptables or no right to use it."""
    _check()
    _sweep()
    chain = f"{CHAIN}{os.getpid()}"
    hooks = (("INPUT", chain), ("OUTPUT", f"{chain}-OUT"))
    try:
        for hook, name in hooks:
            _iptables("-N", name)
            _iptables("-I", hook, "-i" if hook == "INPUT" else "-o", "lo", "-j", name)
        yield Firewall(chain)
    finally:
        for hook, name in hooks:
            _remove(hook, name)


def _sweep() -> None:
    """Take away what a killed test run has left."""
    for name in re.findall(rf"^-N ({CHAIN}(\d+)\S*)", _iptables("-S"), re.MULTILINE):
        chain, process = name
        if not os.path.exists(f"/proc/{process}") or int(process) == os.getpid():  # noqa: PTH110
            _remove("OUTPUT" if chain.endswith("-OUT") else "INPUT", chain)


def _remove(hook: str, chain: str) -> None:
    way = "-i" if hook == "INPUT" else "-o"
    for words in (("-D", hook, way, "lo", "-j", chain), ("-F", chain), ("-X", chain)):
        subprocess.run(["iptables", "-w", "10", *words], capture_output=True, timeout=30, check=False)
