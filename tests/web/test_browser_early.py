"""Pages under hands that are quicker than the network."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browsing import until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT

pytestmark = needs_chromium


def test_a_page_takes_no_click_before_its_scripts_are_there(address: str, page: Page) -> None:
    """The browser itself would send the form, and show what is meant for the script."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile(r"/home\.js$"), hold)
    page.goto(address, wait_until="commit")
    expect(page.locator("#content[inert]")).to_have_count(1)
    page.locator("#text").evaluate("(box, text) => (box.value = text)", TEXT)
    page.mouse.click(*middle(page, "#open [type=submit]"))
    until(page, lambda: waiting)
    waiting[0].continue_()
    expect(page.locator("#content[inert]")).to_have_count(0)
    assert page.url == address
    page.click("#open [type=submit]")
    page.wait_for_selector(".p.current")


def test_pages_without_scripts_of_their_own_never_wait(address: str, page: Page) -> None:
    for path in ("search", "topics", "api", "extract"):
        page.goto(address + path)
        assert page.locator("#content[inert]").count() == 0


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
