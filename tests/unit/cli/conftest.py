"""Commands run in this process, as the shell would run them."""

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service.cli.commands import run_command


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """What a command printed with --json; fails on anything that is no object on a line of its own."""
        found = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(item, dict) for item in found)
        return found

    @property
    def complaint(self) -> str:
        """The one line of a wrong use."""
        assert self.code == 2, self
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("wirewatch: ")
        assert "Traceback" not in self.err
        return self.err


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("sources", "list", stdin=b"…")`` over a data folder of its own, in an empty working folder."""
    for name in os.environ:
        if name.startswith("WIREWATCH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("WIREWATCH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    # Logging belongs to the process, which here is pytest's.
    monkeypatch.setattr("service.cli.invocation.configure", lambda _: None)

    def command(*words: str, stdin: bytes = b"", json_lines: bool = False) -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = run_command([*words, "--json"] if json_lines else list(words))
        shown = capsys.readouterr()
        return Ended(code, shown.out, shown.err)

    return command
