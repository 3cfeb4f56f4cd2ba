"""Wrong use and wrong configuration: one line on stderr, nothing else, exit 2."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

HEAVY = {"sqlalchemy", "spacy", "numpy", "fastapi", "uvicorn", "trafilatura", "httpx", "alembic", "lxml", "feedparser"}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["souces", "list"], "Did you mean 'sources'?"),
        (["sources", "ad"], "No such command 'ad'"),
        (["sources", "add"], "Missing argument 'URL' (see `wirewatch sources add --help`)"),
        (["sources", "list", "--frob"], "No such option: --frob"),
        (["subscriptions", "add", "x"], "Missing option '--rule'"),
        (["--config"], "requires an argument"),
        (["--config", "/nowhere/wirewatch.toml", "config", "show"], "/nowhere/wirewatch.toml: no such file"),
        (["--config", ".", "config", "show"], "not a file"),
        (["--data", "", "sources", "list"], "flag --data"),
        (["--data", "/proc/nowhere", "sources", "list"], "/proc/nowhere: cannot be made"),
        (["run", "--only", "entry_to_artcle"], 'no stage "entry_to_artcle"; stages are source_to_entry'),
        (["run", "--only", ","], "no stage is named"),
        (["deliveries", "list", "--limit", "0"], "--limit"),
        (["health", "--url", "localhost"], "not a web address"),
        (["sources", "check", "ftp://example.org/"], "http:// or https://"),
        (["extract", "x.txt", "--language", "Deutsch!"], "write its code"),
        (["quality", "predict", "in.jsonl.gz", "out.jsonl"], "Missing option '--language'"),
    ],
)
def test_a_wrong_use_is_one_line(run: Run, words: list[str], part: str) -> None:
    assert part in run(*words).complaint


@pytest.mark.parametrize("words", [[], ["sources"], ["db"]])
def test_a_command_that_is_not_said_shows_help_on_stdout(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert "a command is expected" in ended.complaint
    assert ended.out.startswith("Usage: wirewatch")


@pytest.mark.parametrize(
    ("toml", "variables", "part"),
    [
        ("poll = ", {}, "not TOML"),
        ("[poll]\nmin_intervall = 1", {}, 'did you mean "min_interval"?'),
        ("", {"WIREWATCH_POLL__FOO": "1"}, 'WIREWATCH_POLL__FOO: unknown key "foo"'),
        ("", {"WIREWATCH_POLL": "5"}, "a table is expected"),
        ("", {"WIREWATCH_DELIVERY__SCHEDULE": "soon"}, "WIREWATCH_DELIVERY__SCHEDULE"),
        ('listen = "8080"', {}, 'write "127.0.0.1:8080"'),
        ('listen = "0.0.0.0:8080"', {}, "set api.token_file"),
        ('listen = "[::]:8080"', {}, "set api.token_file"),
        ('[log]\nurl = "redis:"', {}, "log.url"),
        ('[api]\ntoken_file = "missing"\n', {}, "api.token_file"),
        ('[api]\ntoken_file = ""', {}, "a path is expected"),
        ('[[subscriptions]]\nname = "x"\nrule = {actor = "Nobody"}', {}, 'subscriptions: "x": rule: actor'),
        ('[[sources]]\nurl = "ftp://example.org/"', {}, "not a web address"),
    ],
)
def test_a_wrong_configuration_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, toml: str, variables: dict[str, str], part: str
) -> None:
    Path("wirewatch.toml").write_text(toml)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert part in run("config", "check").complaint


@pytest.mark.parametrize("words", [["sources", "list"], ["run"], ["dlq", "list"], ["db", "upgrade"]])
def test_a_data_folder_that_is_a_file_is_one_line(run: Run, words: list[str]) -> None:
    Path("occupied").write_text("")
    assert "occupied: is not a folder" in run("--data", "occupied", *words).complaint


@pytest.mark.parametrize("words", [["sources", "list"], ["db", "status"], ["run"]])
def test_a_file_that_is_no_database_is_one_line(run: Run, words: list[str]) -> None:
    Path("data").mkdir()
    Path("data/wirewatch.db").write_bytes(b"no database at all" * 1000)
    ended = run(*words)
    assert ended.code == 1
    assert "file is not a database" in ended.err.splitlines()[-1]


def test_a_reader_that_has_gone_is_no_trouble() -> None:
    for words in (["actors", "expand", "Q232"], ["actors", "expand", "Q232", "--json"]):
        command = [sys.executable, "-m", "service.cli.main", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.readline()
            running.stdout.close()
            assert running.stderr.read() == b""
        assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "service.cli.main", "graph"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == b"wirewatch: No space left on device\n"


def test_json_is_utf_8_whatever_the_locale() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "service.cli.main", "graph"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "──▶" in ended.stdout.decode()


@pytest.mark.parametrize("words", ["--version", "graph", "config show", "sources --help"])
def test_light_commands_load_nothing_heavy(words: str) -> None:
    script = (
        "import sys\nfrom service.cli.commands import run_command\n"
        f"assert run_command({words.split()!r}) == 0\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(ended.stderr.split())


@pytest.mark.parametrize(
    ("content", "target", "part"),
    [
        (b"no gzip", "out.jsonl", "in.jsonl.gz"),
        (gzip.compress(b'{"doc": 1'), "out.jsonl", "in.jsonl.gz: not JSON lines"),
        (gzip.compress(b'{"doc": 1}\n'), "out.jsonl", "in.jsonl.gz"),
        (gzip.compress(b'{"doc": "1", "text": "x"}\n' * 99)[:-9], "out.jsonl", "in.jsonl.gz: not JSON lines"),
        (gzip.compress(b""), "nowhere/out.jsonl", "nowhere/out.jsonl: No such file"),
    ],
    ids=["no gzip", "no JSON", "no text", "cut off", "nowhere"],
)
def test_a_corpus_that_cannot_be_read_is_one_line(run: Run, content: bytes, target: str, part: str) -> None:
    Path("in.jsonl.gz").write_bytes(content)
    assert part in run("quality", "predict", "in.jsonl.gz", target, "--language", "de").complaint
