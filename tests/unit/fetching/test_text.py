import unicodedata
from datetime import UTC, datetime

import pytest

from consumers.fetching import article_from_text
from consumers.fetching.assemble import LONGEST
from consumers.fetching.feed_text import is_whole, lines_of_entry
from service.contracts import FeedEntry, SourceRef

NOW = datetime(2026, 9, 1, tzinfo=UTC)
LONG = "".join(
    f"<p>Das ist der {n}. Absatz eines langen Textes, der alles enthält, was die Seite auch hat.</p>" for n in range(15)
)


def entry(**fields) -> FeedEntry:
    source = SourceRef(id="s", url="https://x.example/feed", name="X")
    return FeedEntry(id="e", first_seen_at=NOW, source=source, key="k", content_hash="h", **fields)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "😀😀😀",
        "Ein Satz.\n\n  Noch einer. \n",
        "שלום עולם. مرحبا",
        "„“»«" * 5000,
        "„unbalanced",
        "a\u0300 b",
        "\ud7ff x",
    ],
)
def test_a_plain_text_is_kept_as_it_is(text):
    article = article_from_text(text, NOW)
    assert article.text == unicodedata.normalize("NFC", text)
    assert article.provenance.text_from == "file"
    assert all(0 <= region.start < region.end <= len(article.text) for region in article.regions)


def test_a_text_beyond_the_limit_is_cut_with_a_note():
    article = article_from_text("Wort " * 300_000, NOW)
    assert len(article.text) == LONGEST
    assert "the first 1000000 are kept" in (article.provenance.note or "")


def test_the_feeds_text_is_the_whole_text_when_it_is_long_and_does_not_go_on():
    whole = entry(content=LONG)
    assert is_whole(whole, lines_of_entry(whole))
    for ending in (
        "…",
        "[...]",
        "<p><a href='x'>Weiterlesen</a></p>",
        "<p>Read more</p>",
        "<p>Читать далее</p>",
        "<p>Xem thêm</p>",
    ):
        teaser = entry(
            content=LONG
            + f"<p>Und dann geschah es{'' if '<' in ending else ending}</p>"
            + (ending if "<" in ending else "")
        )
        assert not is_whole(teaser, lines_of_entry(teaser))
    short = entry(content="<p>Kurz.</p>")
    assert not is_whole(short, lines_of_entry(short))
    summary = entry(summary=LONG[:2400])
    assert not is_whole(summary, lines_of_entry(summary))
    in_summary = entry(summary=LONG * 3)
    assert is_whole(in_summary, lines_of_entry(in_summary))


def test_a_text_that_ends_in_a_quotation_does_not_go_on_but_one_that_ends_in_an_arrow_does():
    quoted = entry(content=LONG + "<p>Он сказал: «Мы договорились»</p>")
    assert is_whole(quoted, lines_of_entry(quoted))
    arrow = entry(content=LONG + "<p>Подробнее »</p>")
    assert not is_whole(arrow, lines_of_entry(arrow))


def test_a_short_report_is_whole_where_the_entry_has_a_shorter_summary_beside_it():
    report = "<p>" + "Die Bahn fährt wieder nach Plan. " * 10 + "</p>"
    both = entry(content=report, summary="<p>Die Bahn fährt wieder.</p>")
    assert is_whole(both, lines_of_entry(both))
    twice = entry(content=report, summary=report)
    assert not is_whole(twice, lines_of_entry(twice))


def test_a_summary_made_of_the_content_is_not_taken_for_more() -> None:
    content = "<p>Der Zug fährt heute nicht mehr nach Pawlodar.</p><script>var x = 1;</script><p>Ende.</p>"
    made = "Der Zug fährt heute nicht mehr nach Pawlodar. " + "var x = 1; " * 20 + "Ende."
    lines = lines_of_entry(entry(content=content, summary=made))
    assert [line.text for line in lines] == ["Der Zug fährt heute nicht mehr nach Pawlodar.", "Ende."]


def test_lines_of_an_entry_leave_out_the_repeated_title_and_the_blogs_own_line():
    one = entry(
        title="Der Titel",
        content="<h2>Der Titel</h2><p>Erster<br>Zweiter</p><figure><figcaption>Ein Bild</figcaption></figure>"
        "<p>The post <a href='x'>Der Titel</a> appeared first on <a href='y'>X</a>.</p>",
        summary="kurz",
    )
    lines = lines_of_entry(one)
    assert [line.text for line in lines] == ["Erster", "Zweiter", "Ein Bild"]
    assert [line.is_caption for line in lines] == [False, False, True]
