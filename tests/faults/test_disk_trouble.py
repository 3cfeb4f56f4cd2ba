"""A disk that is full, fails or becomes read-only under a running service: nothing is acknowledged that is not kept,
the service says what is wrong and is not ready, and goes on by itself when the disk is well again."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.faults.one_process import OneProcess, one_process
from tests.parts.disk import SmallDisk, failing_calls, small_disk
from tests.parts.missing import needed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
MEGABYTES = 24
SYNCS, WRITES = "fsync,fdatasync", "pwrite64,ftruncate"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with needed(), small_disk(tmp_path_factory.mktemp("disk") / "small", MEGABYTES) as made:
        yield made


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, disk: SmallDisk) -> Iterator[OneProcess]:
    """One that has everything on the small disk and has already told something."""
    with one_process(disk.path, history=tmp_path_factory.mktemp("history") / "history.jsonl") as one:
        one.warm_up()
        yield one


def stops_and_goes_on(one: OneProcess, fault: AbstractContextManager[object], *words: str) -> None:
    """Under the fault the service says so and tells nothing; after it everything is told, once."""
    with fault:
        one.publish(3)
        one.until_unready(*words)
        assert one.untold()
    one.until_ready()
    one.publish(1)
    one.all_told()
    one.holds()


@contextmanager
def full(disk: SmallDisk) -> Iterator[None]:
    disk.fill()
    try:
        yield
    finally:
        disk.empty()


def test_a_full_disk_stops_the_service_until_there_is_room(service: OneProcess, disk: SmallDisk) -> None:
    stops_and_goes_on(service, full(disk), "full")


@pytest.mark.parametrize("file", ["log.db-wal", "wirewatch.db-wal"])
@pytest.mark.parametrize(("calls", "error"), [(SYNCS, "EIO"), (WRITES, "EROFS")])
def test_a_disk_that_fails_stops_the_service_until_it_is_well(
    service: OneProcess, file: str, calls: str, error: str
) -> None:
    with needed():
        stops_and_goes_on(
            service, failing_calls(service.worker.pid, calls, error, file=service.system.data / file), "disk"
        )


def test_what_was_acknowledged_on_a_failing_disk_is_there_after_a_kill(service: OneProcess) -> None:
    with needed(), failing_calls(service.worker.pid, SYNCS, "EIO", when="3+4"):
        service.publish(4)
        service.all_told()
        service.kill()
    service.start()
    service.publish(1)
    service.all_told()
    service.holds()


def test_a_read_only_folder_is_told_in_one_line(service: OneProcess, disk: SmallDisk) -> None:
    assert service.stop() == 0
    disk.read_only()
    done = service.command("run")
    disk.writable()
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert str(disk.path) in done.stderr
    service.start()
    service.publish(1)
    service.all_told()
    service.holds()


APART = {
    "the log": ("{disk}/data", "sqlite:///{folder}/elsewhere.db"),
    "the storage": ("{folder}/data", "sqlite:///{disk}/small.db"),
}


@pytest.mark.long
@pytest.mark.parametrize("what", APART)
def test_a_full_disk_under_one_of_the_two_stops_both(tmp_path: Path, disk: SmallDisk, what: str) -> None:
    data, storage = (text.format(disk=disk.path / what.split()[1], folder=tmp_path) for text in APART[what])
    with one_process(tmp_path, data=data, storage__url=storage) as one:
        one.warm_up()
        stops_and_goes_on(one, full(disk), "full")
