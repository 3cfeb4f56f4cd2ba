from datetime import UTC, datetime

import pytest

from service.contracts import Channels, Rule, Webhook
from service.errors import ConfigError
from service.rules import new_subscription, rule_version

AT = datetime(2026, 5, 20, tzinfo=UTC)


def test_the_version_follows_the_rule_alone() -> None:
    first = new_subscription("a", Rule(actor="Q1"), Channels(), AT)
    assert first.rule_version == rule_version(Rule(actor="Q1"))
    assert first.rule_version == new_subscription("b", Rule(actor="Q1"), Channels(console=True), AT).rule_version
    assert first.rule_version != new_subscription("a", Rule(actor="Q1", role="speaker"), Channels(), AT).rule_version


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201, "\x07"])
def test_a_name_is_one_printable_line(name: str) -> None:
    with pytest.raises(ConfigError, match="name"):
        new_subscription(name, Rule(actor="Q1"), Channels(), AT)


@pytest.mark.parametrize(
    "url", ["", "example.org/x", "ftp://example.org", "https://", "http://[::1", "http://h:99999/"]
)
def test_a_webhook_is_an_http_address(url: str) -> None:
    with pytest.raises(ConfigError, match="webhook"):
        new_subscription("a", Rule(actor="Q1"), Channels(webhook=Webhook(url=url)), AT)
