"""``run --only``: a process for each part opens, imports and starts what that part needs, and nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

READING = {"spacy", "thinc", "numpy", "ahocorasick_rs"}
STAGES_MODULES = {
    "source_to_entry": "producers.source_to_entry",
    "entry_to_article": "consumers.entry_to_article",
    "article_to_extraction": "consumers.article_to_extraction",
    "extraction_to_alert": "consumers.extraction_to_alert",
    "alert_to_delivery": "consumers.alert_to_delivery",
}


@dataclass
class Part:
    process: "subprocess.Popen[str]"
    address: str

    def children(self) -> list[str]:
        return [" ".join(child.cmdline()) for child in psutil.Process(self.process.pid).children(recursive=True)]

    def status(self, path: str) -> int:
        return httpx.get(self.address + path, timeout=30).status_code


@contextmanager
def running(folder: Path, only: str, **environment: str) -> Iterator[Part]:
    """The part as its own process; drained at the end."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("WIREWATCH_")}
    known |= {"WIREWATCH_DATA": str(folder / "data"), "WIREWATCH_LISTEN": "127.0.0.1:0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.deploy.part", "run", "--only", only],
        env=known | {"MODULES_FILE": str(folder / "modules")} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert "http://" in line, process.stderr and process.stderr.read()
        yield Part(process, line.split()[-1].rstrip("/"))
        process.terminate()
        assert process.wait(200) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("part", ["web", "alert_to_delivery", "source_to_entry", "extraction_to_alert"])
def test_a_part_without_reading_imports_no_reader_and_starts_no_process(part: str, tmp_path: Path) -> None:
    with running(tmp_path, part) as one:
        assert one.children() == []
        assert one.status("/readyz") == 200
    imported = set((tmp_path / "modules").read_text().split())
    assert not READING & imported
    others = {module for stage, module in STAGES_MODULES.items() if stage != part}
    assert not others & imported
    assert STAGES_MODULES.get(part, "service.web.pages") in imported


def test_page_and_api_are_where_web_is_chosen_and_health_is_everywhere(tmp_path: Path) -> None:
    with running(tmp_path, "web") as web:
        assert [web.status(path) for path in ("/healthz", "/metrics", "/", "/api/v1/alerts")] == [200, 200, 200, 200]
        # Looking needs no lock: beside the pages others may work on the same data folder.
        with running(tmp_path, "alert_to_delivery") as deliverer:
            paths = ("/healthz", "/metrics", "/", "/api/v1/alerts")
            assert [deliverer.status(path) for path in paths] == [200, 200, 404, 404]


def test_stages_that_need_no_database_make_none(tmp_path: Path) -> None:
    with running(tmp_path, "entry_to_article"):
        assert not list((tmp_path / "data").glob("wirewatch.db*"))


def test_a_second_process_on_the_embedded_log_is_told_what_splitting_needs(tmp_path: Path) -> None:
    with running(tmp_path, "source_to_entry"):
        for part in ("extraction_to_alert", "alert_to_delivery"):
            second = subprocess.run(
                [sys.executable, "-m", "service.cli.main", "--data", str(tmp_path / "data"), "run", "--only", part],
                env=os.environ | {"WIREWATCH_LISTEN": "127.0.0.1:0"},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert second.returncode == 2
            (line,) = second.stderr.splitlines()
            assert "already runs on this folder" in line
            assert "log.url = kafka://… and storage.url = postgresql://…" in line
