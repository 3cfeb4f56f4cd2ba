"""Tools that check what is in deploy/: found, or had from a package registry and kept for the next run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("WIREWATCH_TEST_CACHE", Path.home() / ".cache" / "wirewatch-tests"))
ROOT = Path(__file__).parent.parent.parent


def absent(what: str) -> None:
    """Skip for a missing part; where everything has to be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def tool(name: str) -> str:
    """A program of this machine."""
    found = shutil.which(name)
    if found is None:
        absent(f"{name} is not installed")
    return str(found)


def go_tool(module: str, program: str) -> str:
    """A program built from a Go module, ``…/cmd/x@v1.2.3``."""
    kept = CACHE / "go" / module.rpartition("@")[2] / program
    if not kept.exists():
        compiler = tool("go")
        done = subprocess.run(
            [compiler, "install", module],
            env=os.environ | {"GOBIN": str(kept.parent), "GOFLAGS": "-mod=mod"},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        if done.returncode:
            absent(f"{module} cannot be built: {done.stderr[-300:]}")
        made = kept.parent / module.partition("@")[0].rpartition("/")[2]
        if made != kept:
            made.rename(kept)
    return str(kept)


def said(*words: str, cwd: Path = ROOT) -> str:
    """Standard output of a checking tool; fails with what it said when it is not content."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=250, check=False, cwd=cwd)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout
