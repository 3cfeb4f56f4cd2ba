"""From settings to a connection: what goes together, and one line for what does not."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme

from service.errors import ConfigError
from service.log.kafka.connection import connection
from service.settings import LogSettings


def made(url: str = "kafka://one:9092", **more: Any) -> Any:
    return connection(LogSettings.model_validate({"url": url, **more}))


def test_brokers_and_prefix_are_read_from_the_url() -> None:
    found = made("kafka://one:9092,two.example.org:9093,[::1]:9094/news")
    assert found.servers == ("one:9092", "two.example.org:9093", "[::1]:9094")
    assert found.prefix == "news."
    assert made("kafka://one:9092").prefix == made("kafka://one:9092/").prefix == ""


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("kafka://", '"" is no broker'),
        ("kafka:one:9092", '"kafka:one:9092" is no broker'),
        ("kafka://one", '"one" is no broker'),
        ("kafka://one:0", '"one:0" is no broker'),
        ("kafka://one:99999", '"one:99999" is no broker'),
        ("kafka://one:9092,,two:9092", '"" is no broker'),
        ("kafka://one:9092/a/b", '"a/b" is no prefix'),
        ("kafka://one:9092/ä", '"ä" is no prefix'),
    ],
)
def test_a_url_that_is_none_says_which_part(url: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        made(url)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError, match=r"log\.password_file") as caught:
        made("kafka://user:geheim@one:9092")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ca_file": "ca.pem"}, r"log\.ca_file: .*ssl or sasl_ssl"),
        ({"security": "sasl_plaintext", "username": "u", "password_file": "p", "cert_file": "c"}, r"log\.cert_file: "),
        ({"username": "u"}, r"log\.username: .*sasl_plaintext or sasl_ssl"),
        ({"security": "ssl", "password_file": "p"}, r"log\.password_file: "),
        ({"security": "sasl_ssl"}, r"log\.username: needed"),
        ({"security": "sasl_plaintext", "username": "u"}, r"log\.password_file: needed"),
        ({"security": "sasl_plaintext", "username": "u", "password_file": "gone"}, r"gone.*cannot be read"),
        ({"security": "ssl", "ca_file": "gone"}, r"log\.ca_file = .*gone.*cannot be used"),
        ({"security": "ssl", "cert_file": "c"}, r"log\.key_file: a client certificate needs both"),
        ({"security": "ssl", "key_file": "k"}, r"log\.cert_file: a client certificate needs both"),
        ({"replication": 2, "min_insync": 3}, r"log\.min_insync = 3: more than log\.replication = 2"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    more: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=said) as caught:
        made(**more)
    assert "\n" not in str(caught.value)


def test_the_password_comes_from_its_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("geheim\n")
    found = made(security="sasl_plaintext", username="wirewatch", password_file=str(file), mechanism="PLAIN")
    options = found.client("name")
    assert (options["sasl_plain_username"], options["sasl_plain_password"]) == ("wirewatch", "geheim")
    assert (options["security_protocol"], options["sasl_mechanism"]) == ("SASL_PLAINTEXT", "PLAIN")
    assert "geheim" not in repr(found) + str(found)
    file.write_text("\n")
    with pytest.raises(ConfigError, match="is empty"):
        made(security="sasl_plaintext", username="wirewatch", password_file=str(file))


def test_certificates_are_loaded_and_the_brokers_name_is_checked(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    own = authority.issue_cert("wirewatch.example.org")
    own.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    own.private_key_pem.write_to_path(tmp_path / "key.pem")
    files = {"ca_file": tmp_path / "ca.pem", "cert_file": tmp_path / "cert.pem", "key_file": tmp_path / "key.pem"}
    found = made(security="ssl", **files)
    assert found.ssl_context.check_hostname
    assert found.client("name")["security_protocol"] == "SSL"
    with pytest.raises(ConfigError, match=r"log\.cert_file"):
        made(security="ssl", **{**files, "key_file": tmp_path / "ca.pem"})


def test_who_does_not_use_kafka_does_not_load_its_client() -> None:
    code = "import sys, service.log, service.startup; sys.exit('aiokafka' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
