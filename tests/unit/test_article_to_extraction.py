from datetime import UTC, datetime

from consumers.article_to_extraction import MAX_CHARACTERS, ArticleToExtraction
from service.contracts import Article, Extraction
from service.errors import Invalid
from service.stage import Batch, Done, Failed


def article(key: str, text: str) -> Article:
    return Article(id=key, first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language="de")


async def test_one_outcome_an_article_in_order() -> None:
    articles = (
        article("a", "„Wir gehen jetzt nach Hause“, sagte Wladimir Putin."),
        article("b", "x" * (MAX_CHARACTERS + 1)),
        article("c", ""),
    )
    async with ArticleToExtraction(processes=1) as stage:
        first, second, third = await stage.handle(Batch("articles", 0, 0, 3, articles))
    assert isinstance(first, Done)
    assert isinstance(third, Done)
    extraction = first.outputs[0]
    assert isinstance(extraction, Extraction)
    assert extraction.article.id == "a"
    assert extraction.statements[0].speaker is not None
    assert extraction.statements[0].speaker.actor == "Q7747"
    assert isinstance(second, Failed)
    assert isinstance(second.error, Invalid)
