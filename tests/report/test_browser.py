"""The page in a real browser: nothing is blocked, nothing is asked of the network, everybody can read it, it prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.conftest import Reported
from tocsin.report.write import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = (1280, 400)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium, then test again")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(
    breach: Reported, injected: Reported, unlogged: Reported, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """(case, language) -> the page on disk."""
    told = {}
    for name, case in (("breach", breach), ("injected", injected), ("unlogged", unlogged)):
        for path in write_report(case.folder, case.run, tmp_path_factory.mktemp(name)):
            told[name, path.suffixes[-2].removeprefix(".")] = path
    return told


def opened(browser: Browser, path: Path, width: int) -> tuple[Page, list[str], list[str]]:
    """The page, what the console said, and what was asked for."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, said, asked


@pytest.mark.parametrize("name", ["breach", "injected", "unlogged"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_everybody_can_read_it(browser: Browser, files: dict[tuple[str, str], Path], name: str, language: str) -> None:
    for width in WIDTHS:
        page, said, asked = opened(browser, files[name, language], width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []
        assert asked == [files[name, language].as_uri()]
        page.close()
        if width != WIDTHS[0] and (name, language) != ("breach", "fr"):
            continue  # both languages have one shape: one narrow page is looked at whole
        # axe needs a script, which the page's own policy rightly refuses
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(files[name, language].as_uri())
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        context.close()


def test_it_prints_whole(browser: Browser, files: dict[tuple[str, str], Path]) -> None:
    page, _said, _asked = opened(browser, files["breach", "fr"], 1280)
    hidden = "document.querySelectorAll('details td')[0].checkVisibility({contentVisibilityAuto: true})"
    assert page.evaluate(hidden) is False
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    assert page.evaluate(hidden) is True
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()


def test_the_two_languages_lead_to_each_other(browser: Browser, files: dict[tuple[str, str], Path]) -> None:
    page, _said, _asked = opened(browser, files["injected", "fr"], 1280)
    page.click("nav.languages a")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("nav.languages a")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.close()
