"""Reading beside marks: what is counted, and that a change for the worse shows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from consumers.marked.gold import rows
from consumers.marked.marks import Marked, load, places, read_mark
from consumers.marked.measure import Counts, measure
from service.actors import load_catalogue

DAY = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = "Министр Иван Петров заявил, что мост закрыт. Россия молчит."
MARKS = [
    "language | ru",
    "mention | russia | Россия",
    "indirect | что мост закрыт | Министр Иван Петров | - | заявил",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_catalogue())


def marked(*lines: str) -> Marked:
    article = Marked("x", TEXT, actors={"russia": "Q159"})
    forms: list[tuple[str, str]] = []
    for line in lines:
        key, *rest = (part.strip() for part in line.split("|"))
        read_mark(article, forms, key, rest)
    article.mentions = [(TEXT.index(form), TEXT.index(form) + len(form), actor) for form, actor in forms]
    return article


def counted(reader: Reader, *lines: str) -> Counts:
    return measure(marked(*lines), reader.extract(article_from_text(TEXT, DAY, "ru")))


def test_what_is_marked_and_read_counts_on_both_sides(reader: Reader) -> None:
    total = counted(reader, *MARKS)
    assert (total.names_recall, total.names_precision, total.f1, total.who) == (100, 100, 100, 100)


def test_what_is_read_and_not_marked_costs_precision(reader: Reader) -> None:
    total = counted(reader, MARKS[0])
    assert (total.names_precision, total.precision) == (0, 0)
    assert (total.names_recall, total.recall) == (100, 100)


def test_another_mouth_is_not_who_was_marked(reader: Reader) -> None:
    assert counted(reader, MARKS[0], "indirect | что мост закрыт | Россия | russia | заявил").who == 0


def test_an_actor_marked_without_a_phrase_is_enough(reader: Reader) -> None:
    text = "Россия заявила, что мост закрыт."
    extraction = reader.extract(article_from_text(text, DAY, "ru"))
    for actor, right in (("russia", 100), ("china", 0)):
        article = Marked("x", text, actors={"russia": "Q159", "china": "Q148"})
        read_mark(article, [], "indirect", ["что мост закрыт", "", actor, ""])
        assert measure(article, extraction).who == right


def test_words_in_a_silent_stretch_are_counted(reader: Reader) -> None:
    assert counted(reader, MARKS[0], "silent | что мост закрыт").silent_broken == 1


def test_counts_of_articles_add_up() -> None:
    one = Counts(texts=1, statements_marked=2, statements_read=1, statements_both=1)
    assert (one + one).texts == 2
    assert (one + one).f1 == one.f1 == 66.7


def test_a_row_for_each_language_and_half(tmp_path: Path, reader: Reader) -> None:
    place = tmp_path / "ru" / "read"
    place.mkdir(parents=True)
    (tmp_path / "actors.txt").write_text("russia Q159\n", encoding="utf-8")
    (place / "1-most.txt").write_text(TEXT, encoding="utf-8")
    (place / "1-most.marks").write_text("\n".join(MARKS), encoding="utf-8")
    found = list(rows(tmp_path, article_from_text, reader.extract))
    assert [(row["language"], row["half"], row["texts"], row["f1"]) for row in found] == [("ru", "read", 1, 100.0)]


def test_marks_without_a_list_of_actors_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "x.marks").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no actors\.txt"):
        load(tmp_path, "x")


def test_where_no_spaces_stand_every_character_is_a_word(reader: Reader) -> None:
    text = "部长周三在北京举行的记者会上表示，大桥已经关闭。"
    article = Marked("x", text, actors={})
    read_mark(article, [], "indirect", ["大桥已经关闭", "部长", "-", "表示"])
    longer = Marked("x", text, actors={})
    read_mark(longer, [], "indirect", ["部长 ... 关闭", "", "-", ""])
    extraction = reader.extract(article_from_text(text, DAY, "zh"))
    assert measure(article, extraction).f1 == 100
    assert measure(longer, extraction).f1 == 0


def test_a_name_without_spaces_round_it_is_found() -> None:
    article = Marked("x", "他在中国说了中国话。", actors={"china": "Q148"})
    assert places(article.text, [("中国", "Q148")]) == [(2, 4, "Q148"), (6, 8, "Q148")]
