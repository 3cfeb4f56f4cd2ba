"""Kafka's jars from Maven Central, fetched once for each version into a cache folder."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.parts.missing import MissingPart

POM = Path(__file__).with_name("kafka-pom.xml")
OLDEST_JAVA = 17


def cache_folder() -> Path:
    """``WIREWATCH_TEST_CACHE``, else ~/.cache/wirewatch-tests."""
    return Path(os.environ.get("WIREWATCH_TEST_CACHE") or Path.home() / ".cache" / "wirewatch-tests")


@cache
def java() -> str:
    """The command; MissingPart without Java 17."""
    command = shutil.which("java")
    if command is None:
        raise MissingPart("a Kafka broker needs Java 17 or newer: apt-get install openjdk-17-jre-headless")
    told = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise MissingPart(f"a Kafka broker needs Java 17 or newer; {command} is {told.splitlines()[:1]}")
    return command


def kafka_jars(version: str) -> Path:
    """The folder with the jars of this version. Others that ask at the same time wait for the one that fetches."""
    pom = hashlib.sha256(POM.read_bytes()).hexdigest()[:8]
    home = cache_folder()
    folder = home / f"kafka-{version}-{pom}"
    if folder.is_dir():
        return folder
    home.mkdir(parents=True, exist_ok=True)
    with (home / "fetching.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(version, folder)
    return folder


def _fetch(version: str, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingPart("Kafka's jars are fetched by Maven, which is not installed: apt-get install maven")
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        # Maven writes beside the pom.
        pom, jars = Path(scratch, "pom.xml"), Path(scratch, "jars")
        pom.write_bytes(POM.read_bytes())
        done = subprocess.run(
            [
                maven, "-q", "-B", "-f", str(pom), f"-Dkafka.version={version}", "-DincludeScope=runtime",
                f"-DoutputDirectory={jars}", "dependency:copy-dependencies",
            ],
            capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        if done.returncode:
            raise MissingPart(f"Maven did not bring Kafka {version}: {(done.stdout + done.stderr)[-1500:]}")
        jars.rename(folder)
