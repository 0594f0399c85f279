"""A document on the screen: keys, clicks, filters and the outline, in a real Chromium."""

import html
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import answered, arrived, sound_page, until
from tests.conftest import FARMING, OTHER
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT

pytestmark = needs_chromium

TWICE, LAST = TEXT.split("\n")[0], TEXT.split("\n")[-1]
LONG = "\n".join(
    line
    for place, number in enumerate("一二三四五六七八")
    for line in (f"{number}、抓好今年工作", FARMING[0] * (2 + place % 3), OTHER[place % 5] * 2)
)


def opened(page: Page, address: str, text: str = TEXT) -> None:
    page.goto(address)
    page.fill("#text", text)
    page.click("#open button[type=submit]")
    arrived(page, ".p.current")


def rewritten(page: Page, change: Callable[[str], str], address: str = r":\d+/sheets/") -> None:
    """Let a page, that of a document, arrive otherwise than it was sent."""

    def handle(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))

    page.route(re.compile(address), handle)


def suggested(page: Page, change: Callable[[int], Mapping[str, Any]]) -> None:
    """Let the model say something else of each paragraph, by its number."""

    def state(found: re.Match[str]) -> str:
        said = json.loads(html.unescape(found[3])) | change(int(found[1]))
        return f'data-index="{found[1]}"{found[2]}data-state="{html.escape(json.dumps(said))}"'

    rewritten(page, lambda body: re.sub(r'data-index="(\d+)"([^>]*?)data-state="([^"]*)"', state, body))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page) -> str:
    """The paragraph that keys speak of, "" for none."""
    return str(page.evaluate("() => document.querySelector('.p.current')?.id ?? ''"))


def decided(page: Page) -> list[str]:
    return list(page.evaluate("() => [...document.querySelectorAll('.p.decided')].map(one => one.id)"))


def shown(page: Page) -> list[str]:
    return list(page.evaluate("() => [...document.querySelectorAll('.p:not([hidden])')].map(one => one.id)"))


def pressed(page: Page) -> list[str]:
    choices = "[...document.querySelectorAll('.choice[aria-pressed=true]')]"
    return list(page.evaluate(f"() => {choices}.map(one => one.dataset.label)"))


def stored(workspace: Path) -> int:
    """How many decisions are on disk, those that say the same again included."""
    files = set((workspace / "labels" / "paragraphs").glob("*.jsonl")) - {workspace / "labels/paragraphs/small.jsonl"}
    return sum(one.read_bytes().count(b"\n") for one in files)  # of a line that is being written there is no end yet


def test_enter_after_a_click_confirms(address: str, page: Page) -> None:
    """What was clicked last does not take the key; what Tab leads to does."""
    opened(page, address)
    page.fill("#by", "甲")
    page.click("[data-label=tourism]")
    press(page, "Enter")
    until(page, lambda: (at(page), decided(page)) == ("p1", ["p0"]))
    expect(page.locator("#p0 .chips")).to_contain_text("文旅")
    page.click("[data-do=undo]")
    until(page, lambda: (at(page), decided(page)) == ("p0", []))
    press(page, "Enter")
    until(page, lambda: (at(page), decided(page)) == ("p1", ["p0"]))
    page.click("[data-do=skip]")
    press(page, "Enter")
    until(page, lambda: decided(page) == ["p0", "p3"])
    page.click("#p1 .text")
    page.locator("#by").focus()
    press(page, "Tab", "Shift+Tab")
    page.locator("[data-label=farming]").focus()
    press(page, "Tab", "Enter")
    until(page, lambda: pressed(page) == ["tourism"])  # it waits for the answer to the last confirmation
    assert at(page) == "p1"


def test_the_same_said_again_is_not_stored(workspace: Path, address: str, page: Page) -> None:
    opened(page, address)
    press(page, "1", "Enter", "u")
    until(page, lambda: stored(workspace) == 0 and at(page) == "p0" and decided(page) == [])
    press(page, "d", "d", "u")
    until(page, lambda: decided(page) == [])
    assert stored(workspace) == 0
    press(page, "x", "x", "k", "Enter")
    until(page, lambda: stored(workspace) == 1 and at(page) == "p1")
    page.fill("#by", "乙")
    page.click("#p0 .text")
    press(page, "x", "1")
    expect(page.locator("#p0 .chips")).to_contain_text("乙")
    until(page, lambda: stored(workspace) == 1 + 2)


def test_a_decision_goes_to_no_paragraph_out_of_sight(workspace: Path, address: str, page: Page) -> None:
    suggested(page, lambda index: {"uncertain": index == 1})
    opened(page, address, LONG)
    page.click("#p20 .text")
    page.check("[name=show][value=uncertain]", force=True)
    assert (at(page), shown(page)) == ("p1", ["p1"])
    page.select_option("#only", "none")
    page.evaluate("() => document.activeElement.blur()")
    assert (at(page), shown(page)) == ("", [])
    assert page.locator("#nothing").is_visible()
    assert page.locator("#state").inner_text() == page.locator("#nothing").inner_text()
    assert page.locator("[data-label=farming]").is_disabled()
    press(page, "1", "0", "d", "x", "j", "k", "e", "Enter")
    page.click(".outline summary")
    page.click(".outline a[href='#p3']")
    assert at(page) == "p3"
    assert len(shown(page)) == page.locator(".p").count()
    assert page.locator(".outline ol").is_hidden()
    assert page.locator("#nothing").is_hidden()
    press(page, "2")
    until(page, lambda: stored(workspace) == 1)
    until(page, lambda: "p3" in decided(page))
    assert not {"p1", "p20"} & set(decided(page))


def test_a_list_without_paragraphs(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    rewritten(page, lambda body: re.sub(r'<li class="p .*?</li>', "", body, flags=re.DOTALL))
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open button[type=submit]")
    arrived(page, "#nothing")
    press(page, "1", "0", "d", "x", "j", "k", "s", "e", "Enter")
    page.select_option("#only", "none")
    answered(page)
    assert not [one for one in asked if "/reasons/" in one or "/decisions" in one]


def test_one_of_several_suggested_labels_is_switched_off(address: str, page: Page) -> None:
    both, one = ["farming", "tourism"], ["farming"]
    suggested(page, lambda index: {"labels": one if index else both, "suggested": one if index else both})
    opened(page, address)
    assert pressed(page) == both
    page.click("[data-label=farming]")
    assert (pressed(page), decided(page)) == (["tourism"], ["p0"])
    press(page, "j", "2")
    assert pressed(page) == ["tourism"]
    press(page, "u")
    until(page, lambda: decided(page) == ["p0"])
    press(page, "1")
    assert (pressed(page), decided(page)) == (["farming"], ["p0", "p1"])


def test_filters_follow_what_is_decided(address: str, page: Page) -> None:
    suggested(page, lambda index: {"labels": [], "suggested": [], "uncertain": False})
    opened(page, address)
    page.check("[name=show][value=open]", force=True)
    press(page, "1")
    assert (at(page), shown(page)) == ("p0", ["p0", "p1", "p3"])
    press(page, "j")
    assert (at(page), shown(page)) == ("p1", ["p1", "p3"])
    press(page, "u")
    until(page, lambda: (at(page), shown(page)) == ("p0", ["p0", "p1", "p3"]))
    press(page, "d", "j")
    page.check("[name=show][value='']", force=True)
    page.select_option("#only", "none")
    assert shown(page) == ["p1", "p3"]


def test_a_paragraph_that_stands_twice_is_decided_once(address: str, page: Page) -> None:
    opened(page, address, f"{TWICE}\n{LAST}\n{TWICE}")
    press(page, "2")
    assert decided(page) == ["p0", "p2"]
    expect(page.locator("#p2 .chips")).to_contain_text("文旅")
    press(page, "u")
    until(page, lambda: decided(page) == [])
    expect(page.locator("#p2 .chips")).not_to_contain_text("文旅")


def test_a_decision_that_is_refused_is_taken_off_the_page(browser: Browser, address: str) -> None:
    with sound_page(browser) as page:
        opened(page, address, f"{TWICE}\n{TWICE}")
        said = page.locator("#p1 .chips").text_content()
        page.route("**/decisions", lambda route: route.abort())
        press(page, "2")
        page.wait_for_selector(".toast:not([hidden])")
        until(page, lambda: (decided(page), page.locator("#p1 .chips").text_content()) == ([], said))


def test_caps_lock_and_a_document_that_is_done(address: str, page: Page) -> None:
    """A capital letter without Shift is what a keyboard with Caps Lock sends."""
    opened(page, address)
    press(page, "J")
    assert at(page) == "p1"
    press(page, "Shift+KeyX")
    assert decided(page) == []
    press(page, "X", "K", "1", "j", "j")
    until(page, lambda: page.evaluate("() => document.getElementById('bar').value") == 2)
    assert page.locator("#done").is_hidden()
    press(page, "0")
    until(page, lambda: page.locator("#done a[href='/train']").is_visible())


def test_on_a_narrow_screen_nothing_lies_under_the_panel(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address, LONG)
    page.click(".outline summary")
    top = """() => {
      const box = document.querySelector(".outline ol").getBoundingClientRect();
      const panel = document.getElementById("panel").getBoundingClientRect();
      const found = document.elementFromPoint(box.left + 20, Math.min(box.bottom, innerHeight) - 6);
      return [box.bottom > panel.top, Boolean(found.closest(".outline"))];
    }"""
    assert page.evaluate(top) == [True, True]
    page.click(".outline a[href='#p3']")

    def above() -> bool:
        chips, panel = page.locator(".p.current .chips").bounding_box(), page.locator("#panel").bounding_box()
        assert chips is not None
        assert panel is not None
        return chips["y"] + chips["height"] <= panel["y"]

    for _ in range(9):
        press(page, "j")
        until(page, above)
    page.evaluate("() => window.scrollTo(0, 0)")
    low = "() => [...document.querySelectorAll('.p')].findLast(one => one.getBoundingClientRect().top + 20 < document.getElementById('panel').getBoundingClientRect().top).id"
    page.click(f"#{page.evaluate(low)}", position={"x": 60, "y": 10})
    until(page, above)


def test_a_key_pressed_before_the_server_took_the_last_one_back_counts(
    workspace: Path, address: str, page: Page
) -> None:
    opened(page, address)
    press(page, "0")
    answered(page)
    press(page, "u", "0")
    answered(page)
    assert (decided(page), stored(workspace)) == (["p0"], 1)
