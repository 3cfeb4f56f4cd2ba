"""The only place that opens outbound HTTP: feeds, pages and webhooks all go through one ``HttpClient``.

In: a method, an address, headers. Out: a ``Response`` that was read whole within its limits, or one of our errors
(``Transient`` may go right later, ``Invalid`` never will). Limits: total time, size after decompression, redirects,
encodings; addresses are checked after DNS on every hop and the connection goes to the address that was checked.
Cookies are neither kept nor sent, connections are not kept, environment proxies are not used.
"""

from service.http.client import HttpClient
from service.http.message import Headers, Redirect, Response
from service.http.politeness import Politeness
from service.http.retry_after import LONGEST_WAIT, asked_wait
from service.http.urls import host_key, parse_url, without_credentials

__all__ = [
    "LONGEST_WAIT",
    "Headers",
    "HttpClient",
    "Politeness",
    "Redirect",
    "Response",
    "asked_wait",
    "host_key",
    "parse_url",
    "without_credentials",
]
