import pytest

from consumers.prose import find_regions


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Die Präsidentin bei der Ankunft in Bischkek, 3. Mai 2024. Foto: Amt der Präsidentin", "caption"),
        ("Президент на саммите. Фото: пресс-служба", "caption"),
        ("Thủ tướng tại Hà Nội. Ảnh: TTXVN", "caption"),
        ("Anna Berg (Laut Reuters, dpa)", "credit"),
        ("Von Anna Berg", "credit"),
        ("Theo AFP, Tân Hoa xã", "credit"),
        ("(Theo TTXVN)", "credit"),
        ("ats/afp", "credit"),
        ("By Anna Berg and Karl Meier", "credit"),
        ("Quelle: https://example.org/a-b.html", "source"),
        ("Source: The Example Times", "source"),
        ("Kommentar (0)", "counter"),
        ("12 Comments", "counter"),
        ("Bình luận (3)", "counter"),
        ("https://example.org/a", "address"),
        ("redaktion@example.org", "address"),
    ],
)
def test_a_line_is_told_by_its_form(line: str, kind: str) -> None:
    text = f"Erster Satz.\n  {line}\nLetzter Satz."
    (region,) = find_regions(text)
    assert (text[region.start : region.end], region.kind) == (line, kind)


@pytest.mark.parametrize(
    "line",
    [
        "Von Anna Berg war nichts zu hören.",
        "Sie sagte (laut Protokoll am Montag), dass es gut sei.",
        "Das Foto: Es zeigt, wie die Halle brannte, und ging um die Welt, ohne dass jemand wusste, woher es kam.",
        "Source of the river: nobody knows where the water comes from, and that is the end of it." + " So it is." * 30,
        "Selon Macron, la France attend",
        "Theo Bộ trưởng, thương mại đang tăng",
        "Kommentar des Ministers zur Lage",
        "Nach Angaben der Polizei (Stand Montag) kamen zwei Menschen an.",
        "",
    ],
)
def test_prose_is_no_region(line: str) -> None:
    assert find_regions(f"{line}\nEnde.") == ()
