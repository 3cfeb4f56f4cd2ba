"""Every bench runs, however small, and prints its figures beside its peer's; how fast anything is, is not asserted."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts.jars import java
from tests.parts.missing import needed

ROOT = Path(__file__).parent.parent.parent
SCALES = {
    "bench_alerts": ["6", "3", "2"],
    "bench_flow": ["4", "1", "embedded"],
    "bench_log": ["0.05", "200"],
    "bench_memory": ["--minutes", "0.1", "embedded"],
    "bench_names": ["100", "0.02"],
    "bench_polls": ["0.2"],
    "bench_recovery": ["1", "embedded"],
    "bench_reading": ["0.01", "en"],
    "bench_transport": ["200", "1"],
}
"""Bench → its arguments for a run of a few seconds."""
PEERS = {
    "bench_alerts": "SQLite",
    "bench_flow": "peer: one process that only reads",
    "bench_log": "bare",
    "bench_memory": "MiB/h",
    "bench_names": "peer: pyahocorasick",
    "bench_polls": "peer: httpx",
    "bench_recovery": "peer: longest delay without a kill",
    "bench_reading": "spaCy blank",
    "bench_transport": "of raw aiokafka",
}


def test_every_bench_has_a_scale_for_this_test() -> None:
    assert {path.stem for path in (ROOT / "tests" / "bench").glob("bench_*.py")} == set(SCALES) == set(PEERS)


@pytest.mark.parametrize("name", SCALES)
def test_a_bench_runs_and_names_its_peer(name: str) -> None:
    if name == "bench_transport":
        with needed():
            java()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}", *SCALES[name]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert PEERS[name] in done.stdout
