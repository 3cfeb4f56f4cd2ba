"""Commands in a folder as their root: mount namespaces and chroot, with this machine's system mounted read-only.

What a container engine does with an image, as far as the tests need it: another user, a read-only root, a network of
its own with loopback only.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SYSTEM = ("usr", "bin", "sbin", "lib", "lib64")
KEPT = ("passwd", "group", "shadow", "gshadow", "login.defs", "hosts", "nsswitch.conf", "resolv.conf", "ld.so.cache")
OWN = ("etc", "opt", "proc", "dev", "tmp", "run/secrets", "var/lib", "root")
PASSED = ("PIP_", "UV_", "SSL_", "HTTP", "http", "NO_PROXY", "no_proxy", "REQUESTS_")
NEEDED = ("unshare", "nsenter", "chroot", "mount", "ip")


def why_not() -> str | None:
    """What is missing for a jail here; None when nothing is."""
    if os.geteuid() != 0:
        return "root is needed to make a root folder"
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        return f"{missing[0]} is missing"
    tried = subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "this machine allows no namespaces"


@dataclass(frozen=True)
class Contained:
    """A process in its jail. ``mine``: the pid of the command itself, seen from here."""

    process: "subprocess.Popen[str]"
    root: Path

    @property
    def mine(self) -> int:
        return self.process.pid

    def signalled(self, number: signal.Signals) -> None:
        os.kill(self.mine, number)


class Jail:
    """``python``: what stands in for the base image's ``/usr/local``."""

    def __init__(self, cache: Path) -> None:
        self._python, self._cache = Path(sys.base_prefix), cache

    def furnish(self, root: Path) -> None:
        """An empty root: folders, and the files of /etc that a program may ask for."""
        for name in (*SYSTEM, *OWN):
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / "tmp").chmod(0o1777)
        for name in KEPT:
            if Path("/etc", name).exists():
                shutil.copy2(Path("/etc", name), root / "etc" / name)
        shutil.copytree("/etc/ssl", root / "etc/ssl", symlinks=True)

    def run(self, root: Path, command: str, environment: Mapping[str, str], workdir: str, cache: str | None) -> None:
        """A ``RUN``: a shell's command as root, with the network; fails as the build would."""
        passed = {key: value for key, value in os.environ.items() if key.startswith(PASSED)}
        passed.pop("PIP_FIND_LINKS", None)
        lines = self._mounts(root)
        if cache is not None:
            lines += _bind(self._cache, root / cache.lstrip("/"))
        lines.append(_chroot(root, ["/bin/sh", "-c", f"cd {workdir} && {command}"], passed | environment, "0:0"))
        done = subprocess.run(
            ["unshare", "--mount", "bash", "-ec", "\n".join(lines)],
            capture_output=True,
            text=True,
            timeout=540,
            check=False,
        )
        assert done.returncode == 0, f"RUN {command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"

    def start(self, root: Path, words: list[str], environment: Mapping[str, str], user: str, data: Path) -> Contained:
        """A container: read-only but for the data folder and /tmp, loopback only, no other user than ``user``."""
        lines = self._mounts(root)
        lines += _bind(data, root / "var/lib/wirewatch")
        lines += [f"mount -t tmpfs tmpfs {root}/tmp", f"mount -o remount,ro,bind {root} {root}", "ip link set lo up"]
        lines.append("exec " + _chroot(root, words, environment, user))
        process = subprocess.Popen(
            ["unshare", "--mount", "--net", "bash", "-ec", "\n".join(lines)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return Contained(process, root)

    def beside(
        self, contained: Contained, words: list[str], environment: Mapping[str, str], user: str
    ) -> "subprocess.CompletedProcess[str]":
        """A command inside a running container, as a health check is run."""
        inside = _chroot(contained.root, words, environment, user)
        return subprocess.run(
            ["nsenter", "--target", str(contained.mine), "--mount", "--net", "bash", "-ec", inside],
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def _mounts(self, root: Path) -> list[str]:
        lines = ["mount --make-rprivate /", *_bind(root, root)]
        for name in SYSTEM:
            lines += _bind(Path("/", name), root / name, read_only=True)
        # Its library is looked for where it was built, its modules beside its program.
        own = root / str(self._python).lstrip("/")
        own.mkdir(parents=True, exist_ok=True)
        if self._python != Path("/usr"):
            lines += [*_bind(self._python, root / "usr/local", True), *_bind(self._python, own, True)]
        return [*lines, f"mount -t proc proc {root}/proc", f"mount --rbind /dev {root}/dev"]


def _bind(source: Path, target: Path, read_only: bool = False) -> list[str]:
    lines = [f"mkdir -p {shlex.quote(str(target))}", f"mount --rbind {source} {target}"]
    return [*lines, f"mount -o remount,ro,bind {target}"] if read_only else lines


def _chroot(root: Path, words: list[str], environment: Mapping[str, str], user: str) -> str:
    settings = [f"{name}={value}" for name, value in environment.items()]
    return shlex.join(["chroot", f"--userspec={user}", str(root), "/usr/bin/env", "-i", *settings, *words])
