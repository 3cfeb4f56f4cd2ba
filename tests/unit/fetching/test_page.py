from datetime import UTC, datetime

import pytest

from consumers.fetching import article_from_html, looks_like_html
from consumers.fetching.address import canonical, clean
from consumers.fetching.metadata import short_title
from consumers.fetching.page import read_page
from service.errors import Invalid

NOW = datetime(2026, 9, 1, tzinfo=UTC)
URL = "https://news.example/politik/artikel?utm_source=rss&id=7"
PARAGRAPHS = [
    "Der Minister sprach am Montag in der Hauptstadt über die neue Bahnlinie, die beide Länder verbinden soll.",
    "„Wir bauen gemeinsam“, sagte er vor mehreren hundert Gästen, die aus der ganzen Region gekommen waren.",
    "Die Arbeiten sollen im Frühjahr beginnen und etwa vier Jahre dauern, wie das Ministerium mitteilte.",
]
CAPTION = "Der Minister am Montag vor der Baustelle im Osten des Landes"
SMALL = ["Anna Berg (Laut TASS)", "Quelle: https://first.example/1"]


def page(body: str, head: str = "") -> bytes:
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Bahn wird gebaut | Zeitung</title>
    {head}</head>
    <body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
    <main><article><h1>Bahn wird gebaut</h1>{body}</article></main>
    <aside><ul><li><a href="/x">Noch ein anderer Artikel</a></li></ul></aside>
    <footer>Impressum © 2019</footer></body></html>""".encode()


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


WHOLE = page(
    paragraphs(PARAGRAPHS[0])
    + f'<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    + paragraphs(*PARAGRAPHS[1:], *SMALL)
    + '<div class="share"><a href="#">Teilen</a></div><section class="comments"><h3>Kommentar (0)</h3></section>'
)


def test_text_captions_and_credits_are_kept_in_their_order_and_the_rest_is_not():
    article = article_from_html(WHOLE, URL, NOW)
    assert article.text.split("\n")[:4] == [PARAGRAPHS[0], CAPTION, *PARAGRAPHS[1:]]
    assert article.title == "Bahn wird gebaut"
    assert article.author == "Anna Berg"
    assert [one.actor for one in article.provenance.agencies] == ["Q223799"]
    assert article.provenance.original_url == "https://first.example/1"
    assert "Sport" not in article.text
    assert "Noch ein anderer" not in article.text
    marked = {article.text[region.start : region.end]: region.kind for region in article.regions}
    assert marked[CAPTION] == "caption"
    assert marked[SMALL[0]] == "credit"
    assert marked[SMALL[1]] == "source"


def test_what_only_counts_is_cut_or_marked():
    for counter in ("Kommentar (0)", "Comments (3)", "Bình luận (0)", "Комментарии (0)"):
        article = article_from_html(page(paragraphs(*PARAGRAPHS, counter)), URL, NOW)
        marked = [article.text[region.start : region.end] for region in article.regions if region.kind == "counter"]
        assert counter not in article.text or marked == [counter]


def test_the_same_page_twice_is_one_article_and_another_text_another():
    first = article_from_html(WHOLE, URL, NOW)
    again = article_from_html(WHOLE, URL.replace("utm_source=rss&", ""), datetime.now(UTC))
    other = article_from_html(WHOLE.replace(b"Montag", b"Dienstag"), URL, NOW)
    assert first.id == again.id
    assert first.id != other.id
    assert first.url == "https://news.example/politik/artikel?id=7"


def test_metadata_is_read_from_where_pages_have_it():
    head = """<meta property="og:site_name" content="Zeitung">
    <meta property="og:title" content="Bahn wird gebaut - Zeitung">
    <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Bahn wird gebaut - Zeitung",
      "author": [{"@type": "Person", "name": "Ann Smith"}, {"name": "Bob"}],
      "datePublished": "2026-08-31T20:00:00+02:00"}]}</script>
    <link rel="canonical" href="/politik/bahn">"""
    read = read_page(page(paragraphs(*PARAGRAPHS), head), None, URL)
    assert (read.title, read.author, read.site) == ("Bahn wird gebaut", "Ann Smith, Bob", "Zeitung")
    assert read.published_at == datetime(2026, 8, 31, 18, tzinfo=UTC)
    assert canonical(URL, read.canonical) == "https://news.example/politik/bahn"


def test_a_page_made_by_script_is_read_from_its_json():
    text = "\\n".join(PARAGRAPHS)
    head = f"""<script type="application/ld+json">
    {{"@type": "NewsArticle", "headline": "Bahn", "articleBody": "{text}"}}</script>"""
    assert [
        line.text for line in read_page(page("<p>Bitte JavaScript einschalten.</p>", head), None, URL).lines
    ] == PARAGRAPHS


def test_a_table_that_only_lays_out_the_page_comes_apart_again():
    cells = f"<table><tr><td><a href='/'>Start</a></td></tr><tr><td>{paragraphs(*PARAGRAPHS, *SMALL)}</td></tr></table>"
    lines = [line.text for line in read_page(f"<html><body>{cells}</body></html>".encode(), None, URL).lines]
    assert [line for line in lines if line != "Start"] == [*PARAGRAPHS, *SMALL]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Bahn wird gebaut | Zeitung", "Bahn wird gebaut"),
        ("Bahn wird gebaut - Zeitung", "Bahn wird gebaut"),
        ("Bahn wird gebaut – Người Đưa Tin", "Bahn wird gebaut"),
        ("Astana - Moskau: die neue Bahn", "Astana - Moskau: die neue Bahn"),
        ("Zeitung", "Zeitung"),
    ],
)
def test_titles_lose_the_name_of_the_site(title, short):
    assert short_title(title, [], "Zeitung", "www.nguoiduatin.vn") == short


def test_no_date_is_guessed_from_the_small_print():
    assert article_from_html(WHOLE, URL, NOW).published_at is None


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("https://www.news.example/b#x", "https://www.news.example/b"),
        ("https://evil.example/b", "https://news.example/politik/artikel?id=7"),
        ("https://news.example/", "https://news.example/politik/artikel?id=7"),
        ("javascript:1", "https://news.example/politik/artikel?id=7"),
        (None, "https://news.example/politik/artikel?id=7"),
    ],
)
def test_a_page_names_its_own_address_within_its_domain_only(named, address):
    assert canonical(URL, named) == address


def test_addresses_lose_what_only_tracks():
    assert clean("https://u:p@x.example/a?fbclid=1&q=%C3%A4&utm_campaign=z#top") == "https://x.example/a?q=%C3%A4"
    assert clean("https://x.example/a?b=1+2&c=%7E") == "https://x.example/a?b=1+2&c=%7E"


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", None),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=windows-1252"),
        ("utf-16", None),
    ],
)
def test_character_sets_of_pages(encoding, content_type):
    body = page(paragraphs(*PARAGRAPHS)).decode().replace('<meta charset="utf-8">', "").encode(encoding)
    assert read_page(body, content_type, URL).lines[1].text == PARAGRAPHS[1]


def test_a_charset_in_a_meta_element_or_nowhere():
    russian = "Президент встретился с министром иностранных дел в столице и обсудил с ним новую железную дорогу. "
    body = (
        page(paragraphs(*(f"{russian * 2}{n}." for n in range(3))))
        .decode()
        .replace("Bahn wird gebaut", "Дорога")
        .replace("©", "")
    )
    for charset, body_charset in (("windows-1251", "cp1251"), ("", "cp1251")):
        meta = f'<meta charset="{charset}">' if charset else ""
        encoded = body.replace('<meta charset="utf-8">', meta).encode(body_charset)
        assert read_page(encoded, None, URL).lines[0].text.startswith("Президент встретился")


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x00\x01\x02", "<p>😀</p>".encode(), b"<script>1</script>"])
def test_a_page_without_text_says_so(body):
    with pytest.raises(Invalid, match="the page"):
        read_page(body, None, URL)


def test_deep_and_broken_html_is_survived():
    body = b"<div>" * 20_000 + paragraphs(*PARAGRAPHS).encode() + b"</b></table><p>" * 1000
    try:
        lines = read_page(body, None, URL).lines
    except Invalid:
        return
    assert any(PARAGRAPHS[0] in line.text for line in lines)


def test_html_is_told_from_text():
    assert looks_like_html(b"\xef\xbb\xbf \n<!DOCTYPE html><html>")
    assert looks_like_html(b"<?xml version='1.0'?><html xmlns='x'>")
    assert not looks_like_html("Ein Text über <html>.".encode())
