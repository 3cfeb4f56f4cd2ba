"""Listings read to their end, and one thing found by what people type for it: its id, its name, or how an id begins."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from service.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from service.storage.paging import Page

T = TypeVar("T")
SHOWN = 12
"""Characters of an id in a table."""
SHORTEST = 6
PAGE = 500


async def every(pages: "Callable[[int, str | None], Awaitable[Page[T]]]") -> AsyncIterator[T]:
    """All items of a listing, which is given (limit, cursor)."""
    cursor: str | None = None
    while True:
        page = await pages(PAGE, cursor)
        for item in page.items:
            yield item
        cursor = page.next
        if cursor is None:
            return


async def look_up(
    reference: str,
    get: Callable[[str], Awaitable[T]],
    pages: "Callable[[int, str | None], Awaitable[Page[T]]]",
    matches: Callable[[T], bool],
) -> T:
    """What ``get`` has, else the one item that ``matches``. Raises NotFound, and ConfigError where several do."""
    try:
        return await get(reference)
    except NotFound:
        near = [item async for item in every(pages) if matches(item)]
        if len(near) > 1:
            raise ConfigError(f'"{reference}" means {len(near)} of them; give the whole id') from None
        if near:
            return near[0]
        raise


def begins(reference: str, whole: str) -> bool:
    """Whether ``reference`` is enough of the id ``whole`` to mean it."""
    return len(reference) >= SHORTEST and whole.startswith(reference)
