"""How the service ends: drained, forced, while it is still starting, and when closing hangs."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import httpx

from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites, drip


def test_a_second_signal_ends_at_once_and_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    program = Program(tmp_path, shutdown__grace="60s")
    program.environment["TMPDIR"] = str(tmp_path)
    program.start("demo", "--listen", "127.0.0.1:0")
    assert program.service is not None
    assert list(tmp_path.glob("wirewatch-demo-*"))
    for number in (signal.SIGTERM, signal.SIGINT):
        program.service.send_signal(number)
    assert program.service.wait(120) == 130
    program.stop()
    assert list(tmp_path.glob("wirewatch-demo-*")) == []
    assert "stopped by force" in (tmp_path / "service.log").read_text()


def test_while_it_drains_it_lives_but_is_not_ready(tmp_path: Path) -> None:
    with RawSites().open() as sites:
        base = sites.serve({"/feed": drip(b"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\n\r\n")})
        program = Program(tmp_path, shutdown__grace="90s", http__timeout="120s")
        assert program.command("sources", "add", f"{base}/feed").returncode == 0
        program.start("run", "--only", "source_to_entry,alert_to_delivery")
        try:
            until(lambda: sites.asked(f"{base}/feed"))
            assert program.service is not None
            program.service.send_signal(signal.SIGTERM)
            answer = until(lambda: not_ready(program.address), 15)
            assert answer.json()["reasons"][0] == "stopping"
            assert httpx.get(f"{program.address}/healthz", timeout=10).status_code == 200
            assert program.command("health", "--url", program.address).returncode == 1
            live = program.command("health", "--live", "--url", program.address)
            assert (live.returncode, live.stdout) == (0, "live\n")
        finally:
            assert program.stop(60) == 130  # it has been asked before


def not_ready(address: str) -> httpx.Response | None:
    answer = httpx.get(f"{address}/readyz", timeout=10)
    return answer if answer.status_code == 503 else None


def test_a_signal_while_it_is_starting_ends_it_well(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli.main", "run"],
        env=os.environ | {"WIREWATCH_DATA": str(tmp_path / "data"), "WIREWATCH_LISTEN": "127.0.0.1:0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # The reading processes are started first of all, and take seconds.
    until(lambda: Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split(), 60)
    process.terminate()
    out, err = process.communicate(timeout=200)
    assert process.returncode == 0, err
    assert "ready" not in out
    assert "Traceback" not in err


HANGS = """
    import asyncio, signal, os
    from service import course

    async def main():
        stopped = course.Course(0.1, last=lambda: print("last", flush=True))
        course.CLOSING = 0.1
        stopped.watch()
        os.kill(os.getpid(), signal.SIGTERM)
        await stopped.asked.wait()
        while True:
            pass  # a close that never comes back, and holds the event loop

    asyncio.run(main())
"""


def test_a_close_that_hangs_is_ended_and_says_so() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(HANGS)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert ended.stdout.endswith("last\n")
    assert "closing takes too long" in ended.stdout
