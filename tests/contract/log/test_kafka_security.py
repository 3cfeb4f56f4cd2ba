"""Brokers that ask who we are: passwords and certificates over TLS, and what is said when they do not accept us."""

import base64
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from service.log import LogUnavailable, Record, TopicPartition, open_log
from service.settings import LogSettings
from tests.parts.jars import java, kafka_jars
from tests.parts.kafka import NEWEST
from tests.parts.kafka_node import Node
from tests.parts.missing import needed
from tests.parts.ports import free_ports

PASSWORD = "geheim-4711"
LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"


@dataclass(frozen=True)
class Guarded:
    """``passwords``: where SASL over TLS is asked for · ``certificates``: where clients need one."""

    passwords: str
    certificates: str
    folder: Path
    authority: trustme.CA

    def settings(self, **more: Any) -> LogSettings:
        (self.folder / "password").write_text(f"{PASSWORD}\n")
        return LogSettings.model_validate(
            {"security": "ssl", "ca_file": self.folder / "ca.pem", "request_timeout": 20.0, **more}
        )

    def named(self, **more: Any) -> LogSettings:
        who = {"username": "wirewatch", "password_file": self.folder / "password", "mechanism": "PLAIN"}
        return self.settings(security="sasl_ssl", **{**who, **more})


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    own = authority.issue_cert("localhost")
    (folder / "broker.pem").write_bytes(_pkcs8(own.private_key_pem.bytes()) + own.cert_chain_pems[0].bytes())
    with needed():
        java()
        plain, passwords, certificates, controller = free_ports(4)
        users = f'required username="wirewatch" password="{PASSWORD}" user_wirewatch="{PASSWORD}";'
        listeners = {"CLIENT": plain, "PASSWORDS": passwords, "CERTIFICATES": certificates}
        node = Node(
            1,
            folder / "node",
            kafka_jars(NEWEST),
            384,
            plain,
            {
                "process.roles": "broker,controller",
                "node.id": "1",
                "controller.quorum.voters": f"1@127.0.0.1:{controller}",
                "controller.listener.names": "CONTROLLER",
                "inter.broker.listener.name": "CLIENT",
                "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,"
                "PASSWORDS:SASL_SSL,CERTIFICATES:SSL",
                "listeners": ",".join(f"{name}://127.0.0.1:{port}" for name, port in listeners.items())
                + f",CONTROLLER://127.0.0.1:{controller}",
                "advertised.listeners": ",".join(f"{name}://localhost:{port}" for name, port in listeners.items()),
                "log.dirs": str(folder / "node" / "data"),
                "ssl.keystore.type": "PEM",
                "ssl.keystore.location": str(folder / "broker.pem"),
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": str(folder / "ca.pem"),
                "listener.name.certificates.ssl.client.auth": "required",
                "listener.name.passwords.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
                "listener.name.passwords.plain.sasl.jaas.config": f"{LOGIN} {users}",
                "listener.name.passwords.scram-sha-512.sasl.jaas.config": f"{SCRAM} required;",
                "auto.create.topics.enable": "false",
                "offsets.topic.replication.factor": "1",
                "offsets.topic.num.partitions": "1",
                "share.coordinator.state.topic.replication.factor": "1",
                "share.coordinator.state.topic.min.isr": "1",
                "transaction.state.log.replication.factor": "1",
                "transaction.state.log.min.isr": "1",
                "group.initial.rebalance.delay.ms": "0",
                "log.cleaner.dedupe.buffer.size": "4194304",
            },
        )
        user = f"SCRAM-SHA-512=[name=wirewatch,password={PASSWORD}]"
        node.format(base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("="), "--add-scram", user)
        node.start()
        try:
            node.wait_ready()
            yield Guarded(f"kafka://localhost:{passwords}", f"kafka://localhost:{certificates}", folder, authority)
        finally:
            node.kill()


def _pkcs8(key: bytes) -> bytes:
    """The only form of a key that brokers read."""
    return load_pem_private_key(key, None).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


async def goes_through(url: str, settings: LogSettings, folder: Path) -> None:
    async with open_log(f"{url}/t{uuid.uuid4().hex[:8]}", folder, partitions=1, settings=settings) as log:
        await log.append("a", [Record("k", b"1")])
        async with log.reader("g", ["a"]) as reader:
            while not (found := await reader.poll(wait=1.0)):
                pass
            await reader.commit({found[0].source: 1})
        assert await log.committed("g", "a") == {TopicPartition("a", 0): 1}


async def refused(url: str, settings: LogSettings, folder: Path) -> str:
    async with open_log(url, folder, settings=settings) as log:
        with pytest.raises(LogUnavailable) as caught:
            await log.append("a", [Record("k", b"1")])
        assert PASSWORD not in str(caught.value)
        return str(caught.value)


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-512"])
async def test_a_user_with_a_password_comes_in_over_tls(guarded: Guarded, mechanism: str, tmp_path: Path) -> None:
    await goes_through(guarded.passwords, guarded.named(mechanism=mechanism), tmp_path)


async def test_a_client_with_a_certificate_comes_in(guarded: Guarded, tmp_path: Path) -> None:
    own = guarded.authority.issue_cert("wirewatch.example.org")
    own.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    own.private_key_pem.write_to_path(tmp_path / "key.pem")
    files = {"cert_file": tmp_path / "cert.pem", "key_file": tmp_path / "key.pem"}
    await goes_through(guarded.certificates, guarded.settings(**files), tmp_path)


@pytest.mark.parametrize(
    ("mechanism", "words"), [("PLAIN", "Invalid username or password"), ("SCRAM-SHA-512", "Authentication failed")]
)
async def test_a_wrong_password_is_said_to_be_one(guarded: Guarded, mechanism: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("something else")
    wrong = guarded.named(password_file=tmp_path / "wrong", mechanism=mechanism)
    assert words in await refused(guarded.passwords, wrong, tmp_path)


async def test_a_mechanism_that_the_brokers_do_not_have_is_named(guarded: Guarded, tmp_path: Path) -> None:
    assert "SCRAM-SHA-256" in await refused(guarded.passwords, guarded.named(mechanism="SCRAM-SHA-256"), tmp_path)


async def test_brokers_that_nobody_we_trust_has_signed_for_are_not_talked_to(guarded: Guarded, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    said = await refused(guarded.passwords, guarded.named(ca_file=tmp_path / "other.pem"), tmp_path)
    assert "certificate verify failed" in said


async def test_plain_text_to_a_tls_port_ends_in_time(guarded: Guarded, tmp_path: Path) -> None:
    assert "no broker can be reached" in await refused(guarded.passwords, LogSettings(request_timeout=10.0), tmp_path)
