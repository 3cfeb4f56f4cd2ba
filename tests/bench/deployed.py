"""wirewatch as it is deployed: one process with everything, or each stage by itself over Kafka and PostgreSQL."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from service.topology import PARTS, WEB
from tests.bench.processes import cpu_by_process
from tests.e2e.program import Program
from tests.parts.kafka import kafka
from tests.parts.postgres import postgres

EMBEDDED, KAFKA = "embedded", "kafka"
ENGINES = (EMBEDDED, KAFKA)
SESSION = 10.0
"""Seconds of a group's session under measurement; what is set by default is 45."""


@dataclass
class Deployed:
    """``programs`` by what they run; ``web`` answers for the API."""

    folder: Path
    settings: dict[str, str]
    programs: dict[str, Program] = field(default_factory=dict)
    web: str = ""

    def start(self, name: str, *words: str) -> Program:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        program = self.programs[name] = Program(folder, **self.settings)
        program.start("run", *words)
        return program

    def start_all(self, runs: Mapping[str, str]) -> None:
        """Name → the part that it runs, all at the same time."""
        with ThreadPoolExecutor(len(runs)) as threads:
            list(threads.map(lambda name: self.start(name, "--only", runs[name]), runs))

    def stop(self) -> None:
        with ThreadPoolExecutor(max(1, len(self.programs))) as threads:
            list(threads.map(lambda program: program.stop(60), self.programs.values()))
        self.programs.clear()

    def kill(self, name: str) -> None:
        """As when its machine dies."""
        self.programs.pop(name).kill()

    @property
    def api(self) -> str:
        return self.programs[self.web].address

    @property
    def addresses(self) -> list[str]:
        return [program.address for program in self.programs.values()]

    @property
    def pids(self) -> dict[str, int]:
        return {name: program.service.pid for name, program in self.programs.items() if program.service is not None}

    def cpu(self) -> dict[int, float]:
        """Seconds of CPU of every process, children included, by process id."""
        return {pid: used for root in self.pids.values() for pid, used in cpu_by_process(root).items()}


@contextmanager
def deployed(engine: str, folder: Path, settings: dict[str, str], readers: int = 1) -> Iterator[Deployed]:
    """Running. ``readers``: copies of article_to_extraction, for Kafka."""
    with ExitStack() as stack:
        whole = Deployed(folder, dict(settings))
        if engine == EMBEDDED:
            stack.callback(whole.stop)
            whole.start("all")
            whole.web = "all"
        else:
            cluster, server = stack.enter_context(kafka()), stack.enter_context(postgres())
            whole.settings |= {
                "log__url": cluster.fresh_url(),
                "log__session_timeout": f"{SESSION:g}s",
                "storage__url": server.database(),
            }
            done = Program(folder, **whole.settings).command("db", "upgrade")
            assert done.returncode == 0, done.stderr
            stack.callback(whole.stop)
            copies = {f"article_to_extraction-{number}": "article_to_extraction" for number in range(readers)}
            whole.start_all({name: name for name in PARTS if name != "article_to_extraction"} | copies)
            whole.web = WEB
        yield whole
