"""Pages under hands that are quicker than the network."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.web.decision_store import DecisionStore
from tests.browsing import PATIENCE, WIDE, answered, arrived, sound_page, until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT
from tests.web.test_browser_folder import drop
from tests.web.test_browser_sheet import opened, press, rewritten, stored

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
    arrived(page, ".p.current")


def test_pages_without_scripts_of_their_own_never_wait(address: str, page: Page) -> None:
    for path in ("search", "topics", "api", "extract"):
        page.goto(address + path)
        assert page.locator("#content[inert]").count() == 0


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def held(page: Page, address: str) -> Iterator[list[Route]]:
    """Hold what a page sends to an address, in the order in which it comes."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))  # noqa: PLW0108 - playwright marks what it is given
    yield waiting
    page.unroute(address)


def test_a_file_dropped_while_another_is_opened_is_opened_too(address: str, page: Page, tmp_path: Path) -> None:
    """The page is not left for the first one while the second is under way."""
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    page.goto(address)
    with held(page, "**/api/sheets") as waiting:
        drop(page, tmp_path / "甲.txt")
        until(page, lambda: waiting)
        drop(page, tmp_path / "乙.txt")
        for number in range(2):
            until(page, lambda number=number: len(waiting) > number)  # type: ignore[misc]
            waiting[number].continue_()
        expect(page.locator(".sheets a")).to_have_text(["乙.txt", "甲.txt"])


def test_a_text_is_opened_once_however_often_one_clicks(address: str, browser: Browser) -> None:
    """Unless it was refused."""
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        page.fill("#text", TEXT)
        with held(page, "**/api/sheets") as waiting:
            page.dblclick("#open [type=submit]")
            until(page, lambda: waiting)
            page.evaluate("() => fetch('/health')")  # behind all that was asked before
            assert len(waiting) == 1
            waiting[0].fulfill(status=507, json={"detail": "the disk: full"})
            expect(page.locator("#problems")).to_have_text("the disk: full")
        page.dblclick("#open [type=submit]")
        arrived(page, ".p.current")
        page.goto(address)
        expect(page.locator(".sheets li")).to_have_count(1)


def test_a_document_is_closed_once_however_often_one_clicks(address: str, page: Page) -> None:
    for _ in range(2):
        opened(page, address)
    page.goto(address)
    page.evaluate("() => { const one = document.querySelector('[data-close]'); one.click(); one.click(); }")
    expect(page.locator(".sheets li")).to_have_count(1)
    answered(page)


def test_labels_are_imported_and_corrected_once_however_often_one_clicks(
    workspace: Path, address: str, page: Page
) -> None:
    page.goto(address + "labels")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.locator("[data-edit]").first.click()
    page.dblclick(".editor .primary")
    page.wait_for_selector(".editor", state="detached")
    answered(page)
    assert (len(sent), stored(workspace)) == (1, 1)
    file = {"name": "表.csv", "mimeType": "text/csv", "buffer": "文本,标签\n水稻长势喜人。,农业\n".encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]
    page.evaluate("() => { const one = document.querySelector('#import .primary'); one.click(); one.click(); }")
    expect(page.locator("#said")).to_contain_text("1 stored")
    assert len(sent) == 2


def test_what_is_typed_before_all_of_a_page_has_come_stays(address: str, page: Page) -> None:
    page.goto(address)
    with held(page, "**/slow.png") as waiting:
        rewritten(page, lambda body: body.replace("</main>", "<img src=/slow.png></main>"), r"/labels$")
        page.goto(address + "labels", wait_until="domcontentloaded")
        arrived(page, "form.search")
        page.fill("input[name=q]", "稻")
        until(page, lambda: waiting)
        waiting[0].fulfill(path=Path(__file__).parents[2] / "docs" / "review.png")
        page.wait_for_load_state("load")
        assert page.locator("input[name=q]").input_value() == "稻"


def test_progress_is_that_of_the_last_answer_asked_for(address: str, page: Page) -> None:
    """An answer that a later one has overtaken is not shown over it."""
    early: list[tuple[Route, dict[str, int]]] = []

    def overtaken(route: Route) -> None:
        if early:
            route.continue_()
        else:
            early.append((route, route.fetch().json()))

    page.route(re.compile("/api/progress"), overtaken)
    opened(page, address)
    until(page, lambda: early)
    press(page, "1")
    bar = page.locator("#bar")
    expect(bar).to_have_js_property("value", 1)
    route, answer = early[0]
    route.fulfill(json=answer)
    answered(page)
    assert answer["sheet"] == 0
    expect(bar).to_have_js_property("value", 1)


@pytest.mark.parametrize("button", ["#sample", "#close-all"])
def test_that_no_server_answers_is_said(address: str, browser: Browser, button: str) -> None:
    """And the button can be pressed again."""
    with sound_page(browser, viewport=WIDE) as page:
        if button == "#close-all":
            opened(page, address)
        page.goto(address)
        page.on("dialog", lambda dialog: dialog.accept())
        page.route(re.compile("/sample$|/api/sheets$"), lambda route: route.abort())
        page.click(button)
        expect(page.locator("#problems")).to_contain_text("does not answer")
        expect(page.locator(button)).to_be_enabled()


BROKEN_OFF = """(() => {
  const ask = window.fetch;
  let times = 1;
  window.fetch = async (...what) => {
    const answer = await ask(...what);
    const text = () => Promise.reject(new TypeError("broken off"));
    return what[0].endsWith("/api/sheets") && times-- > 0 ? Object.assign(answer, { text }) : answer;
  };
})()"""


def test_an_answer_that_breaks_off_is_said_and_the_next_text_is_opened(address: str, browser: Browser) -> None:
    with sound_page(browser, viewport=WIDE) as page:
        page.add_init_script(BROKEN_OFF)
        page.goto(address)
        page.fill("#text", TEXT)
        page.click("#open [type=submit]")
        expect(page.locator("#problems")).to_contain_text("does not answer")
        page.click("#open [type=submit]")
        page.wait_for_selector(".p.current")


def test_what_waits_for_the_answer_before_it_is_stored_though_the_page_is_left(
    workspace: Path, address: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is not stored again when one comes back."""
    first, go_on = threading.Lock(), threading.Event()
    decide = DecisionStore.decide

    def slow(self: DecisionStore, *what: Any, **more: Any) -> LabelledParagraph | None:
        if first.acquire(blocking=False):
            go_on.wait(PATIENCE)
        return decide(self, *what, **more)

    monkeypatch.setattr(DecisionStore, "decide", slow)
    opened(page, address)
    sheet = page.url
    press(page, "1", "j", "2", "j", "0")
    page.goto(address + "train")
    try:
        until(page, lambda: stored(workspace) == 2)
    finally:
        go_on.set()
    until(page, lambda: stored(workspace) == 3)
    page.goto(sheet)
    expect(page.locator(".p.decided")).to_have_count(3)
    answered(page)
    assert stored(workspace) == 3
