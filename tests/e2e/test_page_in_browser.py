"""The pages in a real browser: by keyboard, without JavaScript, on a narrow screen, and alive when alerts come."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.program import Program, until
from tests.e2e.site import Site, item, rss
from tests.e2e.texts import ARTICLE, SCO_RULE, TITLE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
BODY = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n"))

if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("no Chromium on this machine", allow_module_level=True)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site().open() as running:
        running.routes["/feed.xml"] = rss(item("", TITLE, BODY, "one"))
        running.routes["/later.xml"] = rss(item("", "Zweiter Bericht", f"{BODY}<p>Neu: 12 Züge am Tag.</p>", "two"))
        yield running


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Program]:
    running = Program(tmp_path_factory.mktemp("browser"))
    assert running.command("subscriptions", "add", "SCO", "--rule", "-", stdin=SCO_RULE).returncode == 0
    assert running.command("sources", "add", f"{site.base}/feed.xml").returncode == 0
    running.start()
    until(lambda: running.listing("alerts", "list"), seconds=60)
    yield running
    running.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "CI needs Chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(20_000)
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert troubles == []
    assert all("127.0.0.1" in url for url in asked), asked


def test_from_the_list_to_the_proof_by_keyboard_alone(page: Page, program: Program) -> None:
    page.goto(program.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('h2') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/*")
    assert page.locator("h1").inner_text() == TITLE
    page.locator(".reasons a").first.focus()
    page.keyboard.press("Enter")
    marked = page.locator("mark:target")
    assert "why" in str(marked.first.get_attribute("class"))


def test_without_javascript_everything_is_there(browser: Browser, program: Program) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(program.address)
    page.get_by_role("link", name=TITLE).click()
    text = page.locator("main").inner_text()
    for expected in ("Why you see this", "Who says what", "Tokajew", "TASS", "https://example.org/grenzbahnhof"):
        assert expected in text
    assert page.locator("mark.quote").count() > 0
    assert page.locator("mark.speaker").count() > 0
    assert page.locator("mark.cue").count() > 0
    context.close()


@pytest.mark.parametrize("path", ["/", "/sources", "/subscriptions"])
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, program: Program, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(program.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_page_names_its_language_main_part_and_headings(page: Page, program: Program) -> None:
    for path in ("/", "/sources", "/subscriptions"):
        page.goto(program.address + path)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("main").count() == 1
        assert page.locator("h1").count() == 1
    page.goto(program.address)
    assert page.locator("article h2 a").first.get_attribute("lang") == "de"


def test_an_open_list_says_that_alerts_have_come(page: Page, program: Program, site: Site) -> None:
    with page.expect_response("**/api/v1/events"):
        page.goto(program.address)
    assert program.command("subscriptions", "add", "rail", "--rule", "-", stdin="phrase: Züge\n").returncode == 0
    assert program.command("sources", "add", f"{site.base}/later.xml").returncode == 0
    page.locator("#live").wait_for(state="visible", timeout=60_000)
    page.locator("#live a").click()
    page.get_by_role("link", name="Zweiter Bericht").wait_for()


def test_a_picture_can_be_taken(page: Page, program: Program, tmp_path: Path) -> None:
    page.goto(program.address)
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert (tmp_path / "page.png").stat().st_size > 10_000
