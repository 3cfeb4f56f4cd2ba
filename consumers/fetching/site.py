"""Fetching a page politely, and giving up soon: an article whose page cannot be had goes on without it."""

import asyncio
import contextlib
import json
import time
from types import TracebackType
from typing import Self

from consumers.fetching.blocks import Line, collapse
from consumers.fetching.charset import decode_page, looks_like_html
from consumers.fetching.page import PAGE, Page
from service.errors import Invalid, Transient
from service.http import HttpClient, Response, host_key
from service.isolated import Isolated

ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1"
TIMEOUT = 12.0
"""Seconds for a page, its redirects included."""
LARGEST = 8 * 1024 * 1024
"""Bytes of a page; news pages have a hundredth of it."""
LARGE = 512 * 1024
"""Bytes from which on a page is read beside the others: some take seconds, and news must not wait for them."""
WORK = "consumers.fetching.page_process:work"
"""What the processes run."""
SHORT_RETRY = 1.0
UNREACHABLE = 60.0
"""Seconds for which a site that did not answer is not asked for pages again."""


class PageReader:
    """``async with PageReader() as reader: page, url = await reader.fetch(http, url)``."""

    def __init__(self, *, deadline: float = 10.0, processes: int = 1) -> None:
        self._process = Isolated(WORK, deadline=deadline, processes=processes)
        self._large = Isolated(WORK, deadline=deadline)
        self._silent: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        await self._process.__aenter__()
        await self._large.__aenter__()
        # Beside whatever comes first: the process takes seconds to start, and the first page need not wait for that.
        self._warming = asyncio.create_task(self._warm())
        return self

    async def _warm(self) -> None:
        with contextlib.suppress(Invalid):  # said again by the first page
            await self._process.warm()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._warming.cancel()
        await asyncio.gather(self._warming, return_exceptions=True)
        await self._process.__aexit__(kind, error, trace)
        await self._large.__aexit__(kind, error, trace)

    async def fetch(self, http: HttpClient, url: str) -> tuple[Page, str]:
        """The page at ``url`` and the address that it was had from. ``Invalid`` or ``Transient``, one line, when it
        cannot be had or read."""
        key = host_key(url)
        if self._silent.get(key, 0.0) > time.monotonic():
            raise Transient(f"{key} did not answer a moment ago")
        self._silent.pop(key, None)
        response = await self._get(http, url, key)
        return await self.read(response), response.url

    async def _get(self, http: HttpClient, url: str, key: str) -> Response:
        for last in (False, True):
            try:
                response = await http.send(
                    "GET", url, headers={"Accept": ACCEPT}, polite=True, timeout=TIMEOUT, max_body=LARGEST
                )
            except Transient as error:
                if error.retry_after is None and (last or "no complete answer" in str(error)):
                    self._silent[key] = time.monotonic() + UNREACHABLE
                if last or error.retry_after is not None or "no complete answer" in str(error):
                    raise
            else:
                if response.ok:
                    return response
                if response.status < 500 or last:
                    raise Invalid(f"the page answered {response.status}")
            await asyncio.sleep(SHORT_RETRY)
        raise AssertionError("the last round returns or raises")

    async def read(self, response: Response) -> Page:
        """The article on a page that was fetched."""
        kind = (response.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if kind == "text/plain":
            text = decode_page(response.body, response.headers.get("content-type"))
            return Page(tuple(Line(line) for raw in text.split("\n") if (line := collapse(raw))))
        if kind not in ("text/html", "application/xhtml+xml", "") and not looks_like_html(response.body):
            raise Invalid(f"the address leads to {kind}, not to a page")
        about = {"url": response.url, "content_type": response.headers.get("content-type")}
        process = self._large if len(response.body) > LARGE else self._process
        return PAGE.validate_json(await process.call(json.dumps(about).encode() + b"\n" + response.body))
