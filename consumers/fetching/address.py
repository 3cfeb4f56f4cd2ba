"""The address of an article: canonical, without what only says how a reader came there."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from service.errors import Invalid
from service.http import host_key

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|at_(?:medium|campaign)\w*|xtor|wt_mc|wt_zmc|cmpid|"
    r"ns_(?:campaign|mchannel|source|linkname|fee)|_ga|_openstat|from_rss|source=rss|rss)$",
    re.IGNORECASE,
)


def clean(url: str) -> str:
    """``url`` without fragment, credentials and tracking parameters."""
    try:
        parts = urlsplit(url.strip())
        if not parts.query:
            query = ""
        elif any(_TRACKING.match(name) for name, _ in parse_qsl(parts.query, True)):
            kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
            query = urlencode(kept)
        else:
            query = parts.query  # as it is: some sites mind the order and the escapes
    except ValueError:
        return url
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def canonical(url: str, named: str | None) -> str:
    """The address a page gives itself (``named``), if it is on the same registrable domain and no front page, else its
    own; cleaned."""
    own = clean(url)
    if not named:
        return own
    try:
        there = clean(urljoin(url, named.strip()))
        if urlsplit(there).scheme not in ("http", "https") or host_key(there) != host_key(own):
            return own
    except (ValueError, Invalid):
        return own
    front = urlsplit(there).path.strip("/") == "" and urlsplit(there).query == ""
    return own if front and urlsplit(own).path.strip("/") else there
