"""News laid out in fields: source, direct speech, details."""

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements
from consumers.prose.regions import find_regions


def told(text: str) -> list[tuple[str, str | None]]:
    """Words and speaker of each statement."""
    found = find_statements(read_prose(text, load_language("uk"), find_regions(text, "uk")))
    return [("".join(text[s:e] for s, e in f.quote), text[slice(*f.speaker)] if f.speaker else None) for f in found]


def test_the_source_says_the_paragraph_above_and_the_words_without_a_name() -> None:
    text = (
        "Міст закрили\n\nМіст через річку закрили до весни.\n\nДжерело: мер Олег Коваль у Telegram\n\n"
        "Дослівно: «Бетон не витримає зими»\n\nДеталі: Міст збудували торік."
    )
    assert told(text) == [
        ("Міст через річку закрили до весни", "мер Олег Коваль"),
        ("«Бетон не витримає зими»", "мер Олег Коваль"),
    ]


def test_direct_speech_is_said_by_whom_its_label_names() -> None:
    text = (
        "Міст закрили\n\nМіст через річку закрили до весни.\n\nДжерело: мерія міста\n\n"
        "Пряма мова Коваля: «Бетон не витримає зими»"
    )
    assert told(text)[-1] == ("«Бетон не витримає зими»", "Коваля")


def test_a_source_alone_is_a_credit() -> None:
    assert told("Міст закрили\n\nМіст через річку закрили до весни.\n\nДжерело: Укргідрометцентр") == []
