from datetime import UTC, datetime, timedelta

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Channels, Rule
from service.errors import NotFound
from service.rules import new_subscription
from service.stage import Batch
from service.storage import Storage
from tests.unit.matching.article_maker import AT, written


async def test_old_articles_go_but_not_those_that_raised_an_alert(storage: Storage) -> None:
    rule = Rule(pair=("Q232", "Q159"))
    await storage.subscriptions.add(new_subscription("pair", rule, Channels(), AT))
    alerted = written("[K|Q232] und [R|Q159]. „Es geht heute los“.", statements=[("Es geht heute los", None, None)])
    silent = written("Regen im Norden, sagte er: „Es wird nass“.", statements=[("Es wird nass", None, None)])
    await ExtractionToAlert(storage).handle(Batch("extractions", 0, 0, 2, (alerted, silent)))
    assert len((await storage.statements.list()).items) == 2
    assert await storage.prune(AT - timedelta(days=1)) > 0, "shingles of a time long past"
    assert len((await storage.articles.list()).items) == 2
    assert await storage.prune(datetime.now(UTC) + timedelta(days=9999)) == 2, "an article and its story"
    assert [one.id for one in (await storage.articles.list()).items] == [alerted.article.id]
    assert [one.article_id for one in (await storage.statements.list()).items] == [alerted.article.id]
    with pytest.raises(NotFound):
        await storage.articles.get(silent.article.id)
    assert len((await storage.stories.list()).items) == 1
    assert await storage.prune(datetime.now(UTC) + timedelta(days=9999)) == 0
