"""The pages: complete HTML, everything escaped, evidence marked, empty states that teach."""

import dataclasses
from pathlib import Path

import httpx

from service.api import Parts, create_application
from service.storage import open_storage


async def test_the_list_shows_alerts_with_proof_and_who_says_what(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert page.count('<article class="alert"') == 2
    assert '<mark class="why">SCO</mark>' in page or "Shanghaier Organisation für Zusammenarbeit</mark>" in page
    assert "Die Bahn verbindet uns" in page
    assert "Paar &amp; mehr" in page
    only = (await http.get("/", params={"subscription": "SCO"})).text
    assert only.count('<article class="alert"') == 1


async def test_one_alert_has_its_text_marked_and_escaped(http: httpx.AsyncClient) -> None:
    alert = (await http.get("/api/v1/alerts", params={"subscription": "Paar & mehr"})).json()["items"][0]
    page = (await http.get(f"/alerts/{alert['id']}")).text
    assert "&lt;Strecke&gt;" in page
    assert "<Strecke>" not in page
    assert 'id="e0"' in page
    assert 'href="#e0"' in page
    assert 'class="speaker' in page or "speaker" in page
    assert "Kassym-Jomart Tokayev" in page


async def test_a_speaker_comes_with_the_reason_and_where_it_stands(http: httpx.AsyncClient) -> None:
    alert = (await http.get("/api/v1/alerts", params={"subscription": "SCO"})).json()["items"][0]
    (said,) = (one for one in alert["statements"] if one["type"] == "direct")
    reason = said["speaker"]["reason"]
    assert reason["code"] == "surname"
    page = (await http.get(f"/alerts/{alert['id']}")).text
    start = reason["evidence"]["start"]
    assert f'<a href="#r{start}" dir="auto">surname after “Kassym-Jomart Tokajew” in sentence 1</a>' in page
    assert f'id="r{start}"' in page
    assert "90 % sure" in page


async def test_pages_carry_their_safety(http: httpx.AsyncClient) -> None:
    answer = await http.get("/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in answer.text


async def test_sources_never_show_a_password(http: httpx.AsyncClient) -> None:
    page = (await http.get("/sources")).text
    assert "example.org/feed" in page
    assert "secret" not in page


async def test_what_is_not_there_is_said_on_a_page(http: httpx.AsyncClient) -> None:
    for path in ("/alerts/none", "/?subscription=none", "/?cursor=rubbish"):
        answer = await http.get(path)
        assert answer.status_code == 404
        assert "Back to the alerts" in answer.text


async def test_an_empty_service_teaches_the_first_command(parts: Parts, tmp_path: Path) -> None:
    async with open_storage("", tmp_path / "empty") as storage:
        app = create_application(dataclasses.replace(parts, storage=storage))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
            assert "wirewatch sources add" in (await http.get("/")).text
            assert "wirewatch subscriptions add" in (await http.get("/subscriptions")).text
