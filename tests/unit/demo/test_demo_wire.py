"""The demo wire serves feeds and pages that say of themselves that they are samples."""

from datetime import UTC, datetime

import httpx

from service.demo import demo_wire
from service.demo.wire_files import demo_feeds


async def test_every_feed_and_page_is_served_and_marked() -> None:
    async with demo_wire("127.0.0.1", 0, datetime.now(UTC)) as wire, httpx.AsyncClient() as http:
        assert {language for _, _, language in wire.feeds} == {"de", "en", "fr", "ru", "vi"}
        for address, title, _ in wire.feeds:
            answer = await http.get(address)
            assert answer.status_code == 200
            assert title in answer.text
            again = await http.get(address, headers={"if-none-match": answer.headers["etag"]})
            assert again.status_code == 304
        for feed in demo_feeds():
            for entry in feed.entries:
                page = await http.get(f"http://127.0.0.1:{wire.port}/{feed.name}/{entry.slug}")
                assert page.status_code == 200
                assert feed.marked.replace("'", "&#39;") in page.text
        assert (await http.get(f"http://127.0.0.1:{wire.port}/nothing.xml")).status_code == 404
        assert (await http.get(f"http://127.0.0.1:{wire.port}/de/nothing")).status_code == 404
