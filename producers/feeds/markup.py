"""What stands inside an entry's elements: titles to plain text, bodies to harmless HTML with absolute links."""

import html
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import nh3

from service.composed import nfc

LONGEST_TITLE = 1000
LONGEST_BODY = 2_000_000
"""Characters; what is beyond is cut."""
TAGS = nh3.ALLOWED_TAGS | {"section", "main", "picture", "video", "audio", "source", "time"}
ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "time": {"datetime"}, "*": {"lang", "dir", "class"}}

_TAG = re.compile(r"</?[A-Za-z!][^<>]*>|&[#A-Za-z]")
_SPACE = re.compile(r"\s+")


def plain(markup: str | None, *, literal: bool = False) -> str | None:
    """One line of text, NFC; ``literal``: the text is text even where it looks like HTML (Atom's type="text")."""
    if not markup:
        return None
    text = markup[: LONGEST_TITLE * 8]
    if not literal and _TAG.search(text):
        text = html.unescape(nh3.clean(text, tags=set()))
    text = _SPACE.sub(" ", nfc(text.replace("\x00", ""))).strip()
    return text[:LONGEST_TITLE] or None


def harmless(markup: str | None, base: str) -> str | None:
    """HTML without anything active, with its links absolute; None when nothing is left."""
    if not markup or not markup.strip():
        return None
    markup = markup[:LONGEST_BODY]
    if "<" not in markup and "&" not in markup:
        return html.escape(markup.strip(), quote=False)
    return _cleaner(base).clean(markup).strip() or None


@lru_cache(maxsize=256)
def _cleaner(base: str) -> nh3.Cleaner:
    """Made once per base: building its tables costs more than cleaning a paragraph."""
    for relative in (("rewrite_with_base", base), "deny"):
        try:
            return nh3.Cleaner(
                tags=TAGS,
                attributes=ATTRIBUTES,
                url_schemes={"http", "https", "mailto"},
                url_relative=relative,
                link_rel=None,
            )
        except ValueError:
            continue  # a base that is no address: nothing is relative to it
    raise AssertionError("denying needs no base")


def absolute(link: str | None, base: str) -> str | None:
    """``link`` against ``base``; None unless that is http(s)."""
    if not link or not link.strip():
        return None
    try:
        found = urljoin(base, _SPACE.sub("", link) if "\n" in link else link.strip())
        return found if urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname else None
    except ValueError:
        return None
