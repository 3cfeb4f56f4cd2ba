"""extraction_to_alert as a whole, on a real database: what is told to whom, and how often."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Alert, Channels, Extraction, Rule, SourceRef, Subscription, Webhook
from service.log import Fenced
from service.rules import new_subscription
from service.stage import Batch, Done
from service.storage import Storage, open_storage
from tests.unit.matching.article_maker import written

AT = datetime(2026, 5, 20, 12, tzinfo=UTC)
K, R = "Q232", "Q159"
FIRST, SECOND = (SourceRef(id=name, url=f"https://{name}.example/feed", name=name) for name in ("first", "second"))
QUOTE = "Der Handel mit den Nachbarn ist im vergangenen Jahr stärker gewachsen als geplant"
ADDED = "Wir hätten uns eine Antwort auf unsere Fragen nach den Kosten dieser Bahn gewünscht"
TEXT = (
    f"[Kasachstan|{K}] und [Russland|{R}] haben in Astana über den Ausbau der Bahn gesprochen, die beide Länder "
    f"verbindet. Die Arbeiten sollen im Herbst beginnen und mehrere Jahre dauern. „{QUOTE}“, sagte die Ministerin nach "
    "dem Treffen vor der Presse. Über die Kosten wollte sie sich nicht äußern, sie verwies auf die laufenden "
    "Verhandlungen der Fachleute."
)
BAHN = "https://first.example/1"


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage("", tmp_path) as opened:
        yield opened


def article(
    text: str = TEXT, *, source: SourceRef = FIRST, url: str = "https://first.example/1", **more: object
) -> Extraction:
    said = [(quote, None, None) for quote in (QUOTE, ADDED) if quote in text]
    return written(text, title=str(more.get("title", "Bahn")), url=url, source=source, statements=said)


def pair(name: str = "pair", channels: Channels | None = None) -> Subscription:
    return new_subscription(name, Rule(pair=(K, R)), channels or Channels(console=True), AT)


class Feeding:
    """Hands extractions to the stage, one batch after the other."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.offset, self.woken = storage, 0, 0
        self.stage = ExtractionToAlert(storage, self._wake, clock=lambda: AT)

    def _wake(self) -> None:
        self.woken += 1

    async def __call__(self, *extractions: Extraction) -> None:
        after = self.offset + len(extractions)
        outcomes = await self.stage.handle(Batch("extractions", 0, self.offset, after, extractions))
        assert outcomes == [Done()] * len(extractions)
        self.offset = after


async def alerts(storage: Storage) -> list[Alert]:
    return list((await storage.alerts.list(limit=100)).items)


async def test_a_match_raises_one_alert_with_its_proof_and_a_delivery(storage: Storage) -> None:
    await storage.subscriptions.add(pair(channels=Channels(console=True, webhook=Webhook(url="https://hook.example/"))))
    feed = Feeding(storage)
    await feed(article())
    (alert,) = await alerts(storage)
    assert [(reason.rule, reason.actor) for reason in alert.why] == [("pair", K), ("pair", R)]
    assert all(reason.evidence and reason.evidence.holds(article().article.text) for reason in alert.why)
    assert [statement.quote[0].exact for statement in alert.statements] == [QUOTE]
    assert (alert.revision, alert.source, alert.raised_at) == (0, "first", AT)
    assert {one.channel for one in (await storage.deliveries.list()).items} == {"console", "webhook"}
    assert feed.woken == 1


async def test_what_nobody_asked_for_is_kept_without_an_alert(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    await feed(written("Regen im Norden, Sonne im Süden."))
    assert await alerts(storage) == []
    assert len((await storage.articles.list()).items) == 1
    assert feed.woken == 0


async def test_a_copy_joins_as_also_reported_by_and_tells_nobody(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    half = TEXT[: TEXT.index("Über die Kosten")]
    await feed(article(), article(half, source=SECOND, url="https://second.example/9", title="Schienen!"))
    (alert,) = await alerts(storage)
    assert [(one.source, one.url, one.title) for one in alert.also_reported_by] == [
        ("second", "https://second.example/9", "Schienen!")
    ]
    assert len((await storage.deliveries.list()).items) == 1
    (story,) = (await storage.stories.list()).items
    assert story.articles == 2


async def test_a_new_statement_raises_a_revision_that_tells_only_it(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    longer = f"{TEXT} „{ADDED}“, entgegnete ein Abgeordneter."
    await feed(article())
    await feed(article(longer, source=SECOND, url="https://second.example/9"))
    await feed(article(longer, url="https://first.example/1"))
    revised, first = await alerts(storage)
    assert (first.revision, revised.revision) == (0, 1)
    assert [statement.quote[0].exact for statement in revised.statements] == [ADDED]
    assert first.also_reported_by == ()
    found = (await storage.statements.list(new=True)).items
    assert sorted(one.statement.quote[0].exact for one in found) == sorted([QUOTE, ADDED])


async def test_a_revision_is_sent_with_those_who_had_reported_by_then(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    half = TEXT[: TEXT.index("Über die Kosten")]
    await feed(article(), article(half, source=SECOND, url="https://second.example/9", title="Schienen!"))
    await feed(article(f"{TEXT} „{ADDED}“, entgegnete ein Abgeordneter.", url="https://third.example/3"))
    (_, first), (_, revised) = await storage.alerts.after(0)
    assert first.also_reported_by == ()
    assert [one.url for one in revised.also_reported_by] == ["https://second.example/9"]


async def test_an_edit_at_the_same_address_is_not_also_reported(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    await feed(article(), article(TEXT.replace("mehrere Jahre", "lange Zeit"), title="Bahn (neu)"))
    (alert,) = await alerts(storage)
    assert alert.also_reported_by == ()


async def test_another_language_is_another_story(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    await Feeding(storage)(article(), article(url="https://first.example/ru").model_copy(update={"language": "ru"}))
    assert len(await alerts(storage)) == 2


async def test_a_later_subscription_hears_of_an_old_story_with_its_next_article(storage: Storage) -> None:
    feed = Feeding(storage)
    await feed(article())
    await storage.subscriptions.add(pair())
    assert await alerts(storage) == []
    await feed(article(source=SECOND, url="https://second.example/9"))
    (alert,) = await alerts(storage)
    assert (alert.revision, alert.source, alert.also_reported_by) == (0, "second", ())


async def test_a_change_of_subscriptions_in_another_process_counts_at_once(storage: Storage, tmp_path: Path) -> None:
    feed = Feeding(storage)
    async with open_storage("", tmp_path) as other:
        await other.subscriptions.add(pair("one"))
        await feed(article())
        await other.subscriptions.remove("one")
        await other.subscriptions.add(pair("two"))
        await feed(article("Anders: [K|Q232] [R|Q159]", url="https://first.example/2"))
    assert [alert.subscription.name for alert in await alerts(storage)] == ["two", "one"]


async def test_a_batch_that_was_dealt_with_is_refused_whole(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    await feed(article())
    zombie = ExtractionToAlert(storage)
    other = article("Anderes: [K|Q232] [R|Q159]", url="https://first.example/2")
    with pytest.raises(Fenced):
        await zombie.handle(Batch("extractions", 0, 0, 2, (article(), other)))
    assert len(await alerts(storage)) == 1
    assert await zombie.position("extractions", 0) == 1
    assert await zombie.position("extractions", 1) is None


async def test_after_the_log_was_replaced_nothing_is_told_twice(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    feed = Feeding(storage)
    await feed(article())
    await feed.stage.reposition("extractions", 0, 0)
    feed.offset = 0
    await feed(article(), article("Neu: [K|Q232] [R|Q159]", url="https://first.example/3"))
    assert len(await alerts(storage)) == 2


async def test_the_same_article_twice_in_a_batch_is_kept_once(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    await Feeding(storage)(article(), article())
    assert len(await alerts(storage)) == 1
    assert len((await storage.articles.list()).items) == 1


async def test_a_batch_without_messages_moves_the_position(storage: Storage) -> None:
    stage = ExtractionToAlert(storage)
    assert await stage.handle(Batch("extractions", 3, 5, 9, ())) == []
    assert await stage.position("extractions", 3) == 9


async def test_entries_that_share_one_address_are_stories_of_their_own(storage: Storage) -> None:
    await storage.subscriptions.add(pair())
    other = "In [Russland|Q159] hat ein Fluss mehrere Dörfer überschwemmt, [Kasachstan|Q232] schickt Boote und Zelte."
    await Feeding(storage)(article(title="Bahn"), article(other, title="Hochwasser"))
    assert len((await storage.stories.list()).items) == 2
    assert len(await alerts(storage)) == 2
