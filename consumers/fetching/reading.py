"""Articles from what ``wirewatch extract`` is given: a file's text, HTML, an address. And from a feed's entry."""

from datetime import datetime

from consumers.fetching.address import canonical, clean
from consumers.fetching.agencies import Agencies
from consumers.fetching.assemble import About, assemble, join
from consumers.fetching.page import Page, read_page
from consumers.fetching.site import PageReader
from service.composed import nfc
from service.contracts import Article
from service.http import HttpClient


def article_from_text(
    text: str, now: datetime, language: str | None = None, agencies: Agencies | None = None
) -> Article:
    """A plain text as it is: offsets are into the text itself in NFC; nothing is cut, what is no prose is marked."""
    return assemble(nfc(text), (), About(declared=language), now, agencies)


def article_from_html(
    body: bytes, url: str | None, now: datetime, language: str | None = None, agencies: Agencies | None = None
) -> Article:
    """The article of a page that is at hand. ``Invalid`` when there is none. Not for the event loop."""
    return article_from_page(read_page(body, None, url), url, now, language, agencies)


async def fetch_article(
    http: HttpClient, url: str, now: datetime, language: str | None = None, agencies: Agencies | None = None
) -> Article:
    """The article at an address. ``Invalid`` or ``Transient`` when it cannot be had."""
    async with PageReader() as reader:
        page, at = await reader.fetch(http, url)
    return article_from_page(page, at, now, language, agencies)


def article_from_page(
    page: Page, url: str | None, now: datetime, language: str | None = None, agencies: Agencies | None = None
) -> Article:
    """A page that was read. Without an address of its own it has the one it names, or none."""
    text, captions = join(page.lines)
    about = About(
        url=canonical(url, page.canonical) if url else (clean(page.canonical) if page.canonical else None),
        title=page.title,
        declared=language or page.language,
        author=page.author,
        site=page.site,
        published_at=page.published_at,
        text_from="page" if url else "file",
    )
    return assemble(text, captions, about, now, agencies)
