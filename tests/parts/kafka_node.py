"""One broker of a cluster: a Java process over its own folder, which outlives kills."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.parts import reaper
from tests.parts.jars import java
from tests.parts.kafka_metadata import brokers_known

LOG4J = Path(__file__).with_name("log4j2.properties")
START = 180.0
"""Seconds; a cold machine with other work on it."""


class PortTaken(Exception):
    """Somebody was faster."""


class Node:
    """``port``: where clients come · ``id``: the broker's number, from 1."""

    def __init__(
        self, node_id: int, folder: Path, jars: Path, heap: int, port: int, properties: Mapping[str, str]
    ) -> None:
        self.id, self.port, self.folder = node_id, port, folder
        self._heap = heap
        self._classes = f"{jars}/*"
        self._process: subprocess.Popen[bytes] | None = None
        self.log = folder / "node.log"
        folder.mkdir()
        self._properties = folder / "server.properties"
        self._properties.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def format(self, cluster_id: str, *more: str) -> None:
        """``more``: arguments of Kafka's own tool, users for example."""
        subprocess.run(
            [
                java(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", self._classes, "kafka.tools.StorageTool",
                "format", "-t", cluster_id, "-c", str(self._properties), *more,
            ],
            check=True, capture_output=True, timeout=START,
        )  # fmt: skip

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    java(), "-Xms64m", f"-Xmx{self._heap}m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError", f"-Dlog4j2.configurationFile={LOG4J.as_uri()}",
                    "-cp", self._classes, "kafka.Kafka", str(self._properties),
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        reaper.started(self._process)

    def wait_ready(self, brokers: int = 1) -> None:
        """Until it answers, and knows that many brokers."""
        deadline = time.monotonic() + START
        while True:
            if not self.running:
                told = self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""
                self._forget()
                if "Address already in use" in told or "BindException" in told:
                    raise PortTaken
                raise RuntimeError(f"broker {self.id} ended: {told}")
            try:
                if len(brokers_known(self.port)) >= brokers:
                    return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise RuntimeError(f"broker {self.id} is not ready: {self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """As when its machine dies."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._forget()

    def stop(self, within: float = 60.0) -> None:
        """As an operator stops it; killed when it takes longer."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._forget()

    def restart(self, *, wait: bool = True) -> None:
        """Stopped first if it runs; with its data, on its port."""
        self.stop()
        self.start()
        if wait:
            self.wait_ready()

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def _forget(self) -> None:
        if self._process is not None:
            reaper.ended(self._process)
            self._process = None
