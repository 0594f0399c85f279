"""What a document comes to follows the decisions on it: shares and map, in a real Chromium."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page

from tests.browsing import answered, until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT
from tests.web.test_browser_sheet import opened, press

pytestmark = needs_chromium

FIGURES = """() => ({
    shares: [...document.querySelectorAll("table.shares tr")].map((row) => row.innerText.replace(/\\s+/g, " ").trim()),
    bars: [...document.querySelectorAll("table.shares .bar")].map((bar) => bar.firstChild?.getAttribute("width") ?? "0%"),
    map: [...document.querySelectorAll(".strip rect")].map((rect) => [
        rect.parentNode.getAttribute("href"), rect.getAttribute("class"),
        ...["x", "width"].map((name) => parseFloat(rect.getAttribute(name)).toFixed(1)),
    ]),
})"""


def figures(page: Page) -> Any:
    return page.evaluate(FIGURES)


def followed(page: Page, keys: Iterable[str]) -> Any:
    """Press keys; return the figures when the last answer is there, which are others than before."""
    before = figures(page)
    press(page, *keys)
    answered(page)
    now = figures(page)
    assert now != before, keys
    return now


def reloaded(page: Page) -> Any:
    page.reload()
    page.wait_for_selector(".p.current")
    return figures(page)


def test_shares_and_map_follow_each_decision(address: str, page: Page) -> None:
    """What stands there at once is what the server reckons when the page is loaded again."""
    opened(page, address, TEXT + "\n化肥种子备得足。古镇的游客都来了。")
    for keys in ("0", "12", "d", "j1", "jj2", "jj12"):
        now = followed(page, keys)
        place = page.locator(".p.current").get_attribute("id")
        assert reloaded(page) == now, keys
        page.click(f"#{place} .text")
    now = followed(page, ["ArrowRight", "1"])  # a sentence
    assert reloaded(page) == now
    now = followed(page, "uuu")
    assert reloaded(page) == now


def test_the_map_still_leads_to_its_paragraphs(address: str, page: Page) -> None:
    opened(page, address)
    press(page, "0", "j", "1")
    answered(page)
    page.locator(".strip a").last.click()
    until(page, lambda: page.locator(".p.current").get_attribute("id") != "p1")
