"""Addresses as text: what may be asked, what may be logged, and whose door a request knocks on."""

from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

import httpx
from publicsuffixlist import PublicSuffixList

from service.errors import Invalid

LONGEST = 8192
"""Characters of an address; longer ones are refused."""


def parse_url(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """``text`` (relative to ``base`` where given) as an absolute http(s) address; ``Invalid`` says what is wrong."""
    shown = without_credentials(text.strip())[:200]
    if len(text) > LONGEST:
        raise Invalid(f"address of {len(text)} characters (at most {LONGEST}): {shown}…")
    try:
        url = httpx.URL(text.strip())
        if base is not None:
            url = base.join(url)
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Invalid(f"not a web address: {shown!r} ({error})") from None
    if url.scheme not in ("http", "https"):
        raise Invalid(f"not a web address: {shown!r} (http:// or https:// is expected)")
    if not host or (port is not None and not 0 < port < 65536):
        raise Invalid(f"not a web address: {shown!r} (a host is expected)")
    return url.copy_with(fragment=None) if url.fragment else url


def without_credentials(url: str) -> str:
    """``url`` without the ``user:password@`` part, for logs, people and other hosts; never raises."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.rpartition("@")[2]
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@cache
def suffixes() -> PublicSuffixList:
    """The list, read once; that takes long enough to be done off the event loop."""
    return PublicSuffixList()


@lru_cache(maxsize=16_384)
def host_key(url: str) -> str:
    """Whom a request burdens: the registrable domain (https://publicsuffix.org), so that ``a.tumblr.com`` and
    ``b.tumblr.com`` are one; for IP addresses and names without a public suffix ``host:port``."""
    parsed = parse_url(url)
    host = parsed.raw_host.decode("ascii").rstrip(".").lower()
    try:
        ip_address(host)
    except ValueError:
        domain = suffixes().privatesuffix(host)
        if domain:
            return str(domain)
    return f"{host}:{parsed.port or (443 if parsed.scheme == 'https' else 80)}"
