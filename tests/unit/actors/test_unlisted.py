"""Names outside the catalogue that were read lately."""

from datetime import UTC, datetime, timedelta

from service.actors.unlisted import Tally, Unlisted, named
from service.contracts import Article, Evidence, Extraction, Kind, Mention, content_id

MONDAY = datetime(2026, 5, 18, tzinfo=UTC)


def read(
    text: str,
    *names: tuple[str, Kind],
    at: datetime = MONDAY,
    language: str = "de",
    actor: str | None = None,
) -> Extraction:
    """A text in which each of ``names`` is mentioned where it stands first behind the one before."""
    mentions, behind = [], 0
    for name, kind in names:
        start = text.index(name, behind)
        behind = start + len(name)
        mentions.append(Mention(evidence=Evidence.of(text, start, behind), kind=kind, actor=actor))
    article = Article(id=content_id("article", text, str(at)), first_seen_at=at, text=text, language=language)
    return Extraction(
        id=content_id("extraction", article.id),
        first_seen_at=at,
        language=language,
        article=article,
        mentions=tuple(mentions),
    )


def rows(*told: tuple[str, Extraction], least: int = 1) -> list[Unlisted]:
    tally = Tally(MONDAY)
    for story, extraction in told:
        tally.add(extraction, story)
    return tally.rows(least)


def test_a_name_counts_once_a_story_and_shows_where_it_was_read_first() -> None:
    early = read("In Jülich baut die Firma Kornblum ein Werk.", ("Kornblum", "organisation"))
    copy = read("Die Firma Kornblum baut.", ("Kornblum", "organisation"), at=MONDAY + timedelta(hours=1))
    other = read("Kornblum stellt ein.", ("Kornblum", "organisation"), at=MONDAY + timedelta(hours=2), language="en")
    (row,) = rows(("b", other), ("a", copy), ("a", early))
    assert (row.name, row.kind, row.languages) == ("Kornblum", "organisation", ("de", "en"))
    assert (row.stories, row.articles, row.before) == (2, 3, 0)
    assert (row.first_seen_at, row.article) == (MONDAY, early.article.id)
    assert row.around == "In Jülich baut die Firma Kornblum ein Werk."


def test_what_was_read_before_as_often_comes_behind_what_is_new_and_what_is_gone_is_left_out() -> None:
    before = MONDAY - timedelta(days=1)
    names: tuple[tuple[str, Kind], ...] = (("Alt", "person"), ("Fort", "place"))
    told = [
        ("a", read("Alt sieht Fort.", *names, at=before)),
        ("b", read("Alt sieht Neu.", ("Alt", "person"), ("Neu", "person"))),
    ]
    assert [(row.name, row.stories, row.before) for row in rows(*told)] == [("Neu", 1, 0), ("Alt", 1, 1)]
    assert rows(*told, least=2) == []


def test_a_surname_alone_is_the_person_named_in_full_in_the_same_article() -> None:
    both = read("Mira Kolbe kam. Kolbe sprach.", ("Mira Kolbe", "person"), ("Kolbe", "person"))
    alone = read("Kolbe sprach.", ("Kolbe", "person"))
    assert list(named(both)) == ["Mira Kolbe"]
    assert list(named(alone)) == ["Kolbe"]


def test_a_german_genitive_is_the_name_where_that_was_read_too() -> None:
    told = [
        ("a", read("Mira Hansen kam.", ("Mira Hansen", "person"))),
        ("b", read("Mira Hansens Rede.", ("Mira Hansens", "person"))),
        ("c", read("Tomas Peters Rede.", ("Tomas Peters", "person"))),
        ("d", read("Jo Tan spoke, then Jo Tans.", ("Jo Tan", "person"), ("Jo Tans", "person"), language="en")),
    ]
    counted = {row.name: row.stories for row in rows(*told)}
    assert counted == {"Mira Hansen": 2, "Tomas Peters": 1, "Jo Tan": 1, "Jo Tans": 1}


def test_actors_of_the_catalogue_are_not_listed() -> None:
    assert rows(("a", read("Tokajew sprach.", ("Tokajew", "person"), actor="Q1273421"))) == []
