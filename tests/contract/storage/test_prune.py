from datetime import UTC, datetime, timedelta

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Alert, Channels, DeliveryTry, Extraction, Rule, Webhook
from service.errors import NotFound
from service.rules import new_subscription
from service.stage import Batch
from service.storage import Storage
from service.storage import prune as pruning
from service.storage.stories import Growth
from tests.contract.storage.test_deliveries import NOW, claim, put, subscriber, tried
from tests.unit.matching.article_maker import AT, written

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
LATER = datetime.now(UTC) + timedelta(days=9999)


async def alerted(storage: Storage) -> Extraction:
    """An article that has raised an alert with a delivery to come."""
    channels = Channels(webhook=Webhook(url="https://hook.example/"))
    await storage.subscriptions.add(new_subscription("pair", Rule(pair=("Q232", "Q159")), channels, AT))
    article = written("[K|Q232] und [R|Q159]. „Es geht heute los“.", statements=[("Es geht heute los", None, None)])
    await ExtractionToAlert(storage, clock=lambda: NOW).handle(Batch("extractions", 0, 0, 1, (article,)))
    return article


async def settle(storage: Storage, at: datetime = NOW) -> None:
    """All that is due is taken by its receiver."""
    for one in await claim(storage, at, per_endpoint=99):
        assert await storage.outbox.settle(one, DeliveryTry(at=at, status=204, seconds=0.1), "delivered")


async def alerts(storage: Storage) -> tuple[Alert, ...]:
    return (await storage.alerts.list(limit=1000)).items


async def test_old_articles_go_but_not_those_that_raised_an_alert(storage: Storage) -> None:
    kept = await alerted(storage)
    silent = written("Regen im Norden, sagte er: „Es wird nass“.", statements=[("Es wird nass", None, None)])
    await ExtractionToAlert(storage).handle(Batch("extractions", 0, 1, 2, (silent,)))
    assert len((await storage.statements.list()).items) == 2
    assert await storage.prune(AT - timedelta(days=1), NEVER) > 0, "shingles of a time long past"
    assert len((await storage.articles.list()).items) == 2
    assert await storage.prune(LATER, NEVER) == 2, "an article and its story"
    assert [one.id for one in (await storage.articles.list()).items] == [kept.article.id]
    assert [one.article_id for one in (await storage.statements.list()).items] == [kept.article.id]
    with pytest.raises(NotFound):
        await storage.articles.get(silent.article.id)
    assert len((await storage.stories.list()).items) == 1
    assert await storage.prune(LATER, NEVER) == 0


async def test_old_alerts_go_with_their_deliveries_and_what_only_they_kept(storage: Storage) -> None:
    await alerted(storage)
    await settle(storage)
    await storage.prune(LATER, NOW - timedelta(days=1))
    assert len(await alerts(storage)) == 1
    await storage.prune(LATER, NOW + timedelta(days=1))
    assert await alerts(storage) == ()
    for left in (storage.deliveries, storage.articles, storage.statements, storage.stories):
        assert (await left.list()).items == ()
    assert await storage.prune(LATER, LATER) == 0


async def test_articles_may_outlast_their_alert(storage: Storage) -> None:
    article = await alerted(storage)
    await settle(storage)
    await storage.prune(NEVER, NOW + timedelta(days=1))
    assert await alerts(storage) == ()
    assert (await storage.articles.get(article.article.id)).extraction == article
    assert len((await storage.stories.list()).items) == 1


async def test_what_waits_to_be_delivered_is_never_dropped(storage: Storage) -> None:
    article = await alerted(storage)
    (waiting,) = await claim(storage)
    await storage.outbox.settle(waiting, tried(500), "pending", NOW + timedelta(hours=1))
    await storage.prune(LATER, LATER)
    (delivery,) = (await storage.deliveries.list()).items
    assert (delivery.state, len(delivery.tries)) == ("pending", 1)
    assert [one.id for one in await alerts(storage)] == [delivery.alert_id]
    assert (await storage.articles.get(article.article.id)).extraction == article
    assert [one.id for one in await claim(storage, NOW + timedelta(hours=2))] == [waiting.id]


async def test_a_delivery_that_was_sent_again_lately_keeps_its_receipt(storage: Storage) -> None:
    alert = await put(storage, subscriber())
    await settle(storage)
    (delivery,) = (await storage.deliveries.list()).items
    again = NOW + timedelta(days=400)
    await storage.deliveries.replay(delivery.id, again)
    await settle(storage, again)
    await storage.prune(LATER, again - timedelta(days=1))
    assert [len(one.tries) for one in (await storage.deliveries.list()).items] == [2]
    assert await alerts(storage) == (alert,)
    await storage.prune(LATER, again + timedelta(days=1))
    assert (await storage.deliveries.list()).items == ()
    assert await alerts(storage) == ()


async def test_a_story_that_goes_on_remembers_who_has_been_told(storage: Storage) -> None:
    alert = await put(storage, subscriber())
    await settle(storage)
    await storage.prune(NEVER, NOW - timedelta(days=1))
    async with storage.write() as transaction:
        await storage.stories.grow(transaction, [Growth(alert.story.id, 1, NOW + timedelta(days=300), None)])
    await storage.prune(LATER, NOW + timedelta(days=200))
    assert await alerts(storage) == (alert,)
    async with storage.write() as transaction:
        assert set((await storage.alerts.revisions(transaction, [alert.story.id])).values()) == {0}
    assert (await storage.deliveries.list()).items == ()


async def test_many_old_alerts_go_a_few_in_a_transaction(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "CHUNK", 2)
    who = subscriber(console=True)
    for number in range(5):
        await put(storage, who, number)
    await settle(storage)
    assert await storage.prune(NEVER, LATER) == 10 + 5, "deliveries, then alerts"
    assert await alerts(storage) == ()
    assert len((await storage.stories.list()).items) == 5
