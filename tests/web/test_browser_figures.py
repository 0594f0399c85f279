"""What a document comes to follows the decisions on it: shares and map, in a real Chromium."""

from typing import Any

from playwright.sync_api import Page, Request

from tests.browsing import until
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


class Sending:
    """Tells when all that a page sends has been answered, however late that is."""

    def __init__(self, page: Page) -> None:
        self.page, self.waiting = page, list[Request]()
        page.on("request", lambda one: self.waiting.append(one) if one.method == "POST" else None)
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda one: self.waiting.remove(one) if one in self.waiting else None)

    def done(self) -> None:
        """Wait until nothing is under way, and nothing else was begun behind it."""
        still = False
        while not still:
            self.page.wait_for_timeout(300)
            still = not self.waiting
            until(self.page, lambda: not self.waiting)


def followed(page: Page, before: Any, keys: str, sending: Sending) -> None:
    """Press keys, and wait until the figures are others than before and the last answer is there."""
    press(page, *keys)
    until(page, lambda: figures(page) != before)
    sending.done()


def reloaded(page: Page) -> Any:
    page.reload()
    page.wait_for_selector(".p.current")
    return figures(page)


def test_shares_and_map_follow_each_decision(address: str, page: Page) -> None:
    """What stands there at once is what the server reckons when the page is loaded again."""
    opened(page, address, TEXT + "\n化肥种子备得足。古镇的游客都来了。")
    sending = Sending(page)
    before = figures(page)
    for keys in ("0", "12", "d", "j1", "jj2", "jj12"):
        followed(page, figures(page), keys, sending)
        now = figures(page)
        place = page.locator(".p.current").get_attribute("id")
        assert reloaded(page) == now, keys
        page.click(f"#{place} .text")
    press(page, "ArrowRight", "0")  # a sentence
    sending.done()
    now = figures(page)
    assert reloaded(page) == now != before
    press(page, "u", "u", "u")
    sending.done()
    now = figures(page)
    assert reloaded(page) == now


def test_the_map_still_leads_to_its_paragraphs(address: str, page: Page) -> None:
    opened(page, address)
    sending = Sending(page)
    press(page, "0", "j", "1")
    sending.done()
    page.locator(".strip a").last.click()
    until(page, lambda: page.locator(".p.current").get_attribute("id") != "p1")
