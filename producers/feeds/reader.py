"""``parse`` for the event loop: small feeds are read in place, in about a millisecond; large and broken ones in a
process of their own with a deadline."""

import json
from types import TracebackType
from typing import Self

from producers.feeds.feed import FEED, Feed
from producers.feeds.parse import Unreadable, parse_fast
from service.http import Response
from service.isolated import Isolated

SMALL = 192 * 1024
"""Bytes of body that are read in place: some ten milliseconds at the worst."""


class FeedReader:
    """``async with FeedReader() as reader: await reader.read(response)``."""

    def __init__(self, deadline: float = 5.0) -> None:
        self._process = Isolated("producers.feeds.tolerant:work", deadline=deadline)

    async def __aenter__(self) -> Self:
        await self._process.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._process.__aexit__(kind, error, trace)

    async def read(self, response: Response) -> Feed:
        """The feed that ``response`` brings; ``Invalid`` when it brings none."""
        content_type = response.headers.get("content-type")
        if len(response.body) <= SMALL:
            try:
                return parse_fast(response.body, content_type, response.url)
            except Unreadable:
                pass
        about = json.dumps({"url": response.url, "content_type": content_type}).encode()
        return FEED.validate_json(await self._process.call(about + b"\n" + response.body))
