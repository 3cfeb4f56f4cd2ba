"""Small disks fill, calls fail when they are to and not after, and nothing stays mounted or traced."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts.disk import MIB, SmallDisk, failing_calls, small_disk
from tests.parts.missing import needed

SYNCING = """
import os, sys
file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
while sys.stdin.readline():
    try:
        os.write(file, b"x")
        os.fsync(file)
        print("well", flush=True)
    except OSError as error:
        print(error.errno, flush=True)
"""


@pytest.fixture
def disk(tmp_path: Path):
    with needed(), small_disk(tmp_path / "disk", 4) as made:
        yield made


def test_a_full_disk_takes_nothing_until_there_is_room(disk: SmallDisk) -> None:
    disk.fill()
    with pytest.raises(OSError, match="No space left"):
        (disk.path / "one").write_bytes(b"x" * 100_000)
    disk.empty()
    (disk.path / "one").write_bytes(b"x" * 100_000)


def test_some_room_can_be_left(disk: SmallDisk) -> None:
    disk.fill(leave=MIB)
    assert 0 < disk.free <= MIB + 8192


def test_a_disk_grows(disk: SmallDisk) -> None:
    disk.resize(8)
    assert disk.free > 7 * MIB


def test_a_read_only_disk_is_read_and_not_written(disk: SmallDisk) -> None:
    (disk.path / "one").write_text("kept")
    disk.read_only()
    assert (disk.path / "one").read_text() == "kept"
    with pytest.raises(OSError, match="Read-only"):
        (disk.path / "two").write_text("x")
    disk.writable()
    (disk.path / "two").write_text("x")


def test_nothing_stays_mounted(tmp_path: Path) -> None:
    with needed(), small_disk(tmp_path / "disk", 1) as disk:
        disk.read_only()
        assert os.path.ismount(disk.path)
    assert not os.path.ismount(tmp_path / "disk")


@pytest.fixture
def syncing(tmp_path: Path):
    """A process that writes and syncs when told to, and says how that went."""
    command = [sys.executable, "-c", SYNCING, str(tmp_path / "file")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        yield child
        child.kill()


def synced(child: "subprocess.Popen[str]") -> str:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("\n")
    child.stdin.flush()
    return child.stdout.readline().strip()


def test_calls_fail_within_the_block_only(syncing: "subprocess.Popen[str]") -> None:
    assert synced(syncing) == "well"
    with needed(), failing_calls(syncing.pid, "fsync", "EIO"):
        assert [synced(syncing) for _ in range(3)] == ["5"] * 3
    assert synced(syncing) == "well"


def test_one_call_of_many_fails(syncing: "subprocess.Popen[str]") -> None:
    assert synced(syncing) == "well"
    with needed(), failing_calls(syncing.pid, "fsync", "ENOSPC", when="2"):
        assert [synced(syncing) for _ in range(3)] == ["well", "28", "well"]


def test_only_calls_on_one_file_fail(syncing: "subprocess.Popen[str]", tmp_path: Path) -> None:
    assert synced(syncing) == "well"
    with needed(), failing_calls(syncing.pid, "fsync", "EIO", file=tmp_path / "other"):
        assert synced(syncing) == "well"
    with needed(), failing_calls(syncing.pid, "fsync", "EIO", file=tmp_path / "file"):
        assert synced(syncing) == "5"
