"""The API over a real storage: listings, one thing, changes, errors, the guard, streams."""

import asyncio
import dataclasses
import json
from xml.etree.ElementTree import fromstring

import httpx
import pytest

from service.api import Health, Parts, create_application
from service.contracts import Alert

COLLECTIONS = ["alerts", "articles", "sources", "subscriptions", "actors", "stories", "deliveries", "statements"]

NEGATIVE = {"none": [{"actor": "Q232"}]}
PLAIN = {"content-type": "text/plain"}


def client(parts: Parts) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_application(parts)), base_url="http://localhost")


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_every_collection_gives_items_and_a_cursor(http: httpx.AsyncClient, collection: str) -> None:
    answer = await http.get(f"/api/v1/{collection}")
    assert answer.status_code == 200
    assert set(answer.json()) == {"items", "next"}


@pytest.mark.parametrize("collection", ["alerts", "subscriptions", "actors", "statements"])
async def test_pages_of_one_give_everything_once(http: httpx.AsyncClient, collection: str) -> None:
    whole = (await http.get(f"/api/v1/{collection}", params={"limit": 5})).json()["items"]
    found, cursor = [], None
    while len(found) < len(whole):
        params = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = (await http.get(f"/api/v1/{collection}", params=params)).json()
        found += page["items"]
        cursor = page["next"]
    assert found == whole


async def test_an_alert_is_the_contract_and_can_be_asked_for(http: httpx.AsyncClient) -> None:
    items = (await http.get("/api/v1/alerts", params={"subscription": "SCO"})).json()["items"]
    assert len(items) == 1
    alert = Alert.model_validate(items[0])
    assert alert.why[0].actor == "Q485207"
    assert (await http.get(f"/api/v1/alerts/{alert.id}")).json() == items[0]
    article = (await http.get(f"/api/v1/articles/{alert.article_id}")).json()
    assert article["article"]["text"][alert.why[0].evidence.start : alert.why[0].evidence.end] == (
        alert.why[0].evidence.exact
    )
    later = await http.get("/api/v1/alerts", params={"since": "2030-01-01T00:00:00Z"})
    assert later.json()["items"] == []


async def test_statements_of_a_speaker_by_name(http: httpx.AsyncClient) -> None:
    said = (await http.get("/api/v1/statements", params={"speaker": "Kassym-Jomart Tokayev"})).json()["items"]
    assert said
    assert {one["statement"]["speaker"]["actor"] for one in said} == {"Q200881"}


async def test_sources_and_subscriptions_come_and_go(http: httpx.AsyncClient) -> None:
    added = await http.post("/api/v1/sources", json={"url": "https://example.com/rss", "title": "T"})
    assert added.status_code == 201
    assert (await http.get(f"/api/v1/sources/{added.json()['id']}")).json()["state"] == "new"
    assert (await http.delete(f"/api/v1/sources/{added.json()['id']}")).status_code == 204
    assert (await http.get(f"/api/v1/sources/{added.json()['id']}")).status_code == 404
    new = {
        "name": "Neu",
        "rule": {"any": [{"actor": "Kasachstan"}, {"phrase": "Bahn"}]},
        "webhook": "https://a.example/",
    }
    stored = await http.post("/api/v1/subscriptions", json=new)
    assert stored.status_code == 201, stored.text
    assert stored.json()["rule"]["any"][0]["actor"] == "Q232"
    assert (await http.delete("/api/v1/subscriptions/Neu")).status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "detail"),
    [
        ("GET", "/api/v1/alerts/none", {}, 404, "no alert"),
        ("GET", "/api/v1/alerts?cursor=rubbish", {}, 422, "cursor"),
        ("GET", "/api/v1/alerts?limit=0", {}, 422, "limit"),
        ("GET", "/api/v1/nothing", {}, 404, "Not Found"),
        ("GET", "/api/v1/actors/Atlantis", {}, 422, "Atlantis"),
        ("POST", "/api/v1/sources", {"json": {"url": "ftp://example.org/"}}, 422, "ftp"),
        ("POST", "/api/v1/sources", {"json": {"url": "http://example.org/", "colour": 1}}, 422, "colour"),
        (
            "POST",
            "/api/v1/subscriptions",
            {"json": {"name": "x", "rule": NEGATIVE}},
            422,
            "positive",
        ),
        (
            "POST",
            "/api/v1/sources",
            {"content": b"{", "headers": PLAIN},
            415,
            "application/json",
        ),
        ("GET", "/api/v1/events", {"headers": {"last-event-id": "x"}}, 422, "Last-Event-ID"),
    ],
)
async def test_errors_are_problems_with_one_line_for_people(
    http: httpx.AsyncClient, method: str, path: str, options: dict[str, object], status: int, detail: str
) -> None:
    answer = await http.request(method, path, **options)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert detail in answer.json()["detail"]


async def test_another_sites_page_may_not_change_anything(http: httpx.AsyncClient) -> None:
    for site in ("cross-site", "same-site"):
        answer = await http.post(
            "/api/v1/sources", json={"url": "http://example.org/x"}, headers={"sec-fetch-site": site}
        )
        assert answer.status_code == 403
    elsewhere = {"origin": "https://elsewhere.example"}
    assert (await http.delete("/api/v1/subscriptions/SCO", headers=elsewhere)).status_code == 403


async def test_a_name_that_is_not_ours_is_refused(http: httpx.AsyncClient) -> None:
    assert (await http.get("/", headers={"host": "rebound.example:8080"})).status_code == 421


async def test_with_a_token_only_health_is_open(parts: Parts) -> None:
    async with client(dataclasses.replace(parts, token="a-long-token-of-mine", hosts=None)) as http:
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/readyz")).status_code == 200
        for path in ("/", "/metrics", "/api/v1/alerts", "/feeds/SCO.atom"):
            assert (await http.get(path)).status_code == 401
            assert (await http.get(path, headers={"authorization": "Bearer wrong"})).status_code == 401
            right = {"authorization": "Bearer a-long-token-of-mine"}
            assert (await http.get(path, headers=right)).status_code == 200
        assert (await http.get("/", auth=("anyone", "a-long-token-of-mine"))).status_code == 200


async def test_readyz_says_why_not(parts: Parts) -> None:
    sick = Health(False, ("entry_to_article: braked",), {"entry_to_article": "braked"})
    async with client(dataclasses.replace(parts, health=lambda: sick)) as http:
        answer = await http.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["reasons"] == ["entry_to_article: braked"]


async def test_head_is_get_without_a_body(http: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/feeds/SCO.atom"):
        answer = await http.head(path)
        assert answer.status_code == 200
        assert answer.content == b""


async def test_metrics_are_in_the_exposition_format(http: httpx.AsyncClient) -> None:
    text = (await http.get("/metrics")).text
    assert "# TYPE wirewatch_alerts_raised_total counter" in text


async def test_atom_has_an_entry_for_each_alert_and_answers_conditionally(http: httpx.AsyncClient) -> None:
    answer = await http.get("/feeds/Paar%20&%20mehr.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == 1
    assert "Kasachstan" in str(feed.findtext(f"{atom}entry/{atom}content"))
    again = await http.get("/feeds/Paar%20&%20mehr.atom", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_the_stream_resumes_after_the_last_event(parts: Parts) -> None:
    stop = asyncio.Event()
    async with client(dataclasses.replace(parts, stopping=stop.is_set)) as http:
        asyncio.get_running_loop().call_later(1, stop.set)
        lines = (await http.get("/api/v1/events", headers={"last-event-id": "1"})).text.splitlines()
    data = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    assert [line for line in lines if line.startswith("id: ")] == ["id: 2"]
    assert len(data) == 1
    assert Alert.model_validate(data[0])


async def test_the_description_names_every_collection(http: httpx.AsyncClient) -> None:
    paths = (await http.get("/api/v1/openapi.json")).json()["paths"]
    assert {f"/api/v1/{collection}" for collection in COLLECTIONS} <= set(paths)
