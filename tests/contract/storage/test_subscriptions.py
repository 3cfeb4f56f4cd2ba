from datetime import UTC, datetime, timedelta

import pytest

from service.contracts import Channels, Rule, Subscription, Webhook
from service.errors import Invalid, NotFound
from service.rules import new_subscription
from service.storage import Storage

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def subscription(name: str, at: datetime = NOW) -> Subscription:
    rule = Rule(any=(Rule(actor="Q232"), Rule(pair=("Q1", "Q2"), within="sentence")), none=(Rule(source="a.b"),))
    return new_subscription(name, rule, Channels(webhook=Webhook(url="https://x.example/", secret_file="/s")), at)


async def test_a_subscription_comes_back_as_it_was_added(storage: Storage) -> None:
    await storage.subscriptions.add(subscription("ШОС"))
    assert await storage.subscriptions.get("ШОС") == subscription("ШОС")
    assert await storage.subscriptions.get(subscription("ШОС").id) == subscription("ШОС")
    assert list(await storage.subscriptions.all()) == [subscription("ШОС")]


async def test_a_name_is_taken_once(storage: Storage) -> None:
    await storage.subscriptions.add(subscription("a"))
    with pytest.raises(Invalid, match='"a" exists already'):
        await storage.subscriptions.add(subscription("a", NOW + timedelta(days=1)))


async def test_changes_show_in_another_process(storage: Storage, other: Storage) -> None:
    versions = [await storage.changes.version("subscriptions")]
    await other.subscriptions.add(subscription("a"))
    versions.append(await storage.changes.version("subscriptions"))
    await other.subscriptions.remove("a")
    versions.append(await storage.changes.version("subscriptions"))
    assert versions[0] < versions[1] < versions[2]
    assert list(await storage.subscriptions.all()) == []
    with pytest.raises(NotFound, match='no subscription "a"'):
        await storage.subscriptions.remove("a")


async def test_subscriptions_are_listed_in_the_order_in_which_they_came(storage: Storage) -> None:
    for number in range(5):
        await storage.subscriptions.add(subscription(f"s{9 - number}", NOW + timedelta(seconds=number)))
    first = await storage.subscriptions.list(limit=2)
    second = await storage.subscriptions.list(limit=9, cursor=first.next)
    assert [one.name for one in (*first.items, *second.items)] == ["s9", "s8", "s7", "s6", "s5"]


async def test_a_position_goes_only_forward(storage: Storage) -> None:
    async def move(first: int, following: int) -> bool:
        async with storage.write() as transaction:
            return await storage.positions.move(transaction, "reader", "topic", 0, first, following)

    assert await storage.positions.get("reader", "topic", 0) is None
    assert await move(0, 5)
    assert not await move(0, 5)
    assert not await move(4, 9)
    assert await move(7, 9)
    assert await storage.positions.get("reader", "topic", 0) == 9
    await storage.positions.reset("reader", "topic", 0, 2)
    assert await storage.positions.get("reader", "topic", 0) == 2
    assert await storage.positions.get("reader", "topic", 1) is None
