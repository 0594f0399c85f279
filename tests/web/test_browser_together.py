"""Several people, servers that go away, keys that are held down: in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from classifier.labelling.corpus import read_decisions
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.model.store import current, versions
from classifier.web.settings import Settings
from tests.browsing import WIDE, answered, sound_page, until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT, served
from tests.web.running_server import answering, lasting_port
from tests.web.test_browser_sheet import at, decided, opened, press, stored

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which no script fails; a server that refuses or is away is no failure of the page."""
    with sound_page(browser, viewport=WIDE, locale="en-GB") as found:
        yield found


@pytest.fixture
def second(browser: Browser) -> Iterator[Page]:
    with sound_page(browser, viewport=WIDE, locale="zh-CN") as found:
        yield found


def answers(workspace: Path) -> dict[str | None, tuple[tuple[str, ...], str]]:
    found = read_decisions(workspace / "labels").paragraphs
    return {one.text: (one.labels, str(one.facts.get("by"))) for one in found if one.at}


def test_a_key_that_is_held_down_confirms_once(workspace: Path, address: str, page: Page) -> None:
    opened(page, address)
    for _ in range(8):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    until(page, lambda: at(page) == "p1")
    page.locator("[data-do=confirm]").focus()
    for _ in range(8):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    until(page, lambda: at(page) == "p3")
    answered(page)
    assert (decided(page), stored(workspace)) == (["p0", "p1"], 2)
    for _ in range(5):
        page.keyboard.down("k")
    page.keyboard.up("k")
    assert at(page) == "p0", "one may hold a key to move"


def test_confirm_moves_on_when_the_answer_is_there_and_what_is_pressed_meanwhile_waits(
    workspace: Path, address: str, page: Page
) -> None:
    waiting: list[Route] = []

    def hold_the_first(route: Route) -> None:
        waiting.append(route)
        if len(waiting) > 1:
            route.continue_()

    opened(page, address)
    page.route("**/decisions", hold_the_first)
    press(page, "Enter", "1", "Enter")
    until(page, lambda: waiting)
    page.evaluate("() => fetch('/health')")  # behind all that was asked before
    assert (at(page), len(waiting)) == ("p0", 1)
    waiting[0].continue_()
    until(page, lambda: at(page) == "p3")
    until(page, lambda: stored(workspace) == 2)
    texts = TEXT.split("\n")
    assert answers(workspace)[texts[1]][0] == ("farming",)
    assert len(answers(workspace)) == 2


def test_confirm_stays_where_it_could_not_be_stored(address: str, page: Page) -> None:
    opened(page, address)
    page.route(
        "**/decisions", lambda route: route.fulfill(status=507, json={"detail": "the disk: No space left on device"})
    )
    press(page, "Enter", "1")
    until(page, lambda: "NOT saved" in page.locator("#state").inner_text())
    assert (at(page), decided(page)) == ("p0", [])


def test_two_people_on_one_paragraph_see_both_answers(workspace: Path, address: str, page: Page, second: Page) -> None:
    text = TEXT.split("\n")[0]
    opened(page, address)
    second.goto(page.url)
    second.wait_for_selector(".p.current")
    second.fill("#by", "乙")
    second.click("#p0 .text")
    press(second, "2")
    until(second, lambda: answers(workspace).get(text) == (("tourism",), "乙"))
    page.fill("#by", "甲")
    page.click("#p0 .text")
    press(page, "Enter")
    page.wait_for_selector(".conflict")
    said = page.locator(".conflict").inner_text()
    assert "meanwhile" in said
    assert all(one in said for one in ("文旅", "乙", "农业", "甲"))
    assert at(page) == "p0"
    expect(page.locator("#p0 .chips")).to_contain_text("文旅")
    assert answers(workspace)[text] == (("tourism",), "乙")
    page.click(".conflict .row button:last-child")
    until(page, lambda: answers(workspace)[text] == (("farming",), "甲"))
    until(page, lambda: page.locator(".conflict").count() == 0)
    press(second, "0")
    second.wait_for_selector(".conflict")
    assert "其间已有他人标注了" in second.locator(".conflict").inner_text()
    second.click(".conflict .row button:first-child")
    assert second.locator(".conflict").count() == 0
    assert answers(workspace)[text] == (("farming",), "甲")
    press(second, "0")
    until(second, lambda: answers(workspace)[text] == ((), "乙"))


def test_undo_that_shows_what_another_decided_lets_no_key_overwrite_it_unseen(
    workspace: Path, address: str, page: Page, second: Page
) -> None:
    text = TEXT.split("\n")[0]
    opened(page, address)
    press(page, "1")
    until(page, lambda: text in answers(workspace))
    second.goto(page.url)
    second.wait_for_selector(".p.current")
    second.click("#p0 .text")
    press(second, "2")
    until(second, lambda: answers(workspace)[text][0] == ("farming", "tourism"))
    press(page, "u", "0")  # faster than the answer that shows what the other has decided
    page.wait_for_selector(".conflict")
    assert answers(workspace)[text][0] == ("farming", "tourism")


def test_a_document_that_was_closed_is_said_in_place_and_what_was_decided_is_sent_later(
    workspace: Path, address: str, page: Page
) -> None:
    opened(page, address)
    page.fill("#by", "甲")
    page.click("#p0 .text")
    press(page, "Enter")
    until(page, lambda: at(page) == "p1")
    page.evaluate("id => fetch(`/api/sheets/${id}`, { method: 'DELETE' })", page.url.rsplit("/", 1)[1])
    press(page, "1")
    page.wait_for_selector("#away:not([hidden])")
    page.evaluate("() => { document.querySelector('.sheet').style.minHeight = '3000px'; scrollTo(0, 1500); }")
    box = page.locator("#away").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900, "it is seen wherever one is"
    assert "not open on the server any more" in page.locator("#away").inner_text()
    assert "kept in this window: 1" in page.locator("#away").inner_text()
    page.reload()
    assert "kept in this window: 1" in until(page, lambda: page.locator("#kept").inner_text())
    opened(page, address)
    until(page, lambda: answers(workspace).get(TEXT.split("\n")[1]) == (("farming",), "甲"))
    until(page, lambda: decided(page) == ["p0", "p1"])
    page.reload()
    page.wait_for_selector(".p.current")
    answered(page)
    assert stored(workspace) == 2


def test_what_was_kept_overwrites_nothing_that_was_decided_since(
    workspace: Path, address: str, page: Page, second: Page
) -> None:
    text = TEXT.split("\n")[1]
    opened(page, address)
    page.click("#p1 .text")
    page.evaluate("id => fetch(`/api/sheets/${id}`, { method: 'DELETE' })", page.url.rsplit("/", 1)[1])
    press(page, "1")
    page.wait_for_selector("#away:not([hidden])")
    opened(second, address)
    second.click("#p1 .text")
    press(second, "0")
    until(second, lambda: answers(workspace).get(text, [("?",)])[0] == ())
    opened(page, address)
    page.wait_for_selector(".conflict")
    assert answers(workspace)[text][0] == ()


def test_a_server_that_was_started_anew(workspace: Path, page: Page) -> None:
    """The page says in place that it is away, then that the document is; nothing decided is lost on the way."""
    settings = Settings(labels=workspace / "labels")
    port = lasting_port()
    with answering(settings, port) as address:
        opened(page, address)
        press(page, "Enter")
        until(page, lambda: at(page) == "p1")
    press(page, "1")
    page.wait_for_selector("#away:not([hidden])")
    assert "does not answer" in page.locator("#away").inner_text()
    with answering(settings, port) as address:
        page.click("#away button")
        until(page, lambda: "not open on the server" in page.locator("#away").inner_text())
        opened(page, address)
        until(page, lambda: TEXT.split("\n")[1] in answers(workspace))
        until(page, lambda: decided(page) == ["p0", "p1"])
    assert answers(workspace)[TEXT.split("\n")[1]][0] == ("farming",)


def test_a_decision_is_stored_though_its_page_is_left_at_once(workspace: Path, address: str, page: Page) -> None:
    opened(page, address)
    sheet = page.url
    press(page, "1")
    page.goto(address + "train")
    until(page, lambda: stored(workspace) == 1)
    page.goto(sheet)
    page.wait_for_selector(".p.decided")
    answered(page)
    assert stored(workspace) == 1, "it is not sent again"


def test_undo_whose_answer_was_lost_is_pressed_again(workspace: Path, address: str, page: Page) -> None:
    opened(page, address)
    press(page, "Enter")
    until(page, lambda: at(page) == "p1")
    press(page, "1")
    until(page, lambda: stored(workspace) == 2)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/undo*", lost)
    press(page, "u")
    until(page, lambda: "does not answer" in page.locator(".toast").inner_text())
    page.unroute("**/undo*")
    press(page, "u")
    until(page, lambda: decided(page) == ["p0"])
    assert stored(workspace) == 1


def test_after_back_the_filters_say_what_is_shown(address: str, page: Page) -> None:
    def fits() -> bool:
        only, show = page.locator("#only").input_value(), page.locator("[name=show]:checked").input_value()
        hidden = page.evaluate("() => [...document.querySelectorAll('.p')].filter((one) => one.hidden).length")
        return bool(hidden) == bool(only or show)

    opened(page, address)
    page.select_option("#only", "farming")
    assert fits()
    page.goto(address + "labels?label=farming")
    page.select_option(".search [name=label]", "tourism")
    page.goto(address + "train")
    page.go_back()
    page.wait_for_selector("#stored")
    until(page, lambda: page.locator(".search [name=label]").input_value() == "farming")
    page.go_back()
    page.wait_for_selector(".p.current")
    until(page, fits)


def test_radio_buttons_are_chosen_by_keys(address: str, page: Page) -> None:
    opened(page, address)
    page.locator("[name=show][value='']").focus()
    press(page, "ArrowRight")
    assert page.locator("[name=show]:checked").input_value() == "uncertain"
    press(page, "ArrowDown")
    assert page.locator("[name=show]:checked").input_value() == "open"
    assert at(page) == "p0"
    press(page, "j")
    assert at(page) == "p1", "letters go on deciding"
    page.click(".radios label:first-of-type")
    press(page, "ArrowDown")
    assert page.locator("[name=show]:checked").input_value() == ""
    assert at(page) == "p3"


def test_two_clicks_on_train_are_one_training(workspace: Path, address: str, page: Page, second: Page) -> None:
    for one in (page, second):
        one.goto(address + "train")
    begun: list[int] = []
    page.on("response", lambda answer: begun.append(answer.status) if answer.request.method == "POST" else None)
    # locked: it waits to read the labels, and has not ended when it is stopped
    with LabelFolder(workspace / "labels").locked():
        page.evaluate("() => { const start = document.getElementById('start'); start.click(); start.click(); }")
        second.evaluate("() => document.getElementById('start').click()")  # which it may not let any more: it has heard
        for one in (page, second):
            one.wait_for_selector(".steps li")
            answered(one)
            assert one.locator("#problems").inner_text() == ""
        assert begun == [202]
        page.click("#stop")
        page.wait_for_selector(".steps li.stopped")


def test_what_was_decided_during_a_training_is_new_afterwards(workspace: Path, page: Page) -> None:
    with served(workspace) as address:
        opened(page, address)
        press(page, "1")
        until(page, lambda: len(answers(workspace)) == 1)
        page.goto(address + "train")
        assert "trained: 1" in page.locator(".intro").inner_text()
        page.click("#start")
        page.wait_for_selector(".steps li:nth-child(2)")  # the labels are read
        opened(page, address, "景区门票又便宜了。\n化肥种子备得足。")
        press(page, "1", "j", "2")
        until(page, lambda: len(answers(workspace)) == 3)
        page.goto(address + "train")
        page.wait_for_selector("#promote", timeout=180_000)
        page.click("#promote")
        page.wait_for_selector("#promoted")
        assert "trained: 2" in page.locator(".intro").inner_text()


def test_who_goes_back_second_is_told(workspace: Path, address: str, page: Page, second: Page) -> None:
    first = current(workspace / "models")
    other = next(one for one in versions(workspace / "models") if one != first)
    page.goto(address + "models")
    page.click(f"[data-promote='{other}']")
    page.wait_for_selector("#rollback")
    second.goto(address + "models")
    page.click("#rollback")
    until(page, lambda: current(workspace / "models") == first)
    second.click("#rollback")
    until(second, lambda: f"已换成 {first}" in second.locator("#problems").inner_text())
    assert current(workspace / "models") == first


def test_an_edit_on_an_old_page_of_labels_shows_both(workspace: Path, address: str, page: Page) -> None:
    page.goto(address + "labels?label=farming")
    row = page.locator("#stored > li").first
    key = str(row.get_attribute("data-key"))
    row.locator("[data-edit]").click()
    one = next(one for one in read_decisions(workspace / "labels").paragraphs if one.key == key)
    data = {"key": key, "labels": [], "by": "乙", "version": one.version}
    said = page.evaluate(
        "data => fetch('/api/labels/decisions', { method: 'POST', body: JSON.stringify(data), headers:"
        " { 'Content-Type': 'application/json', 'X-Client': 'another-window' } }).then((answer) => answer.status)",
        data,
    )
    assert said == 200
    row.locator("input[value=tourism]").check()
    row.locator(".editor .primary").click()
    page.wait_for_selector(".late")
    assert "乙" in row.locator(".late").inner_text()
    assert "none" in row.locator(".chips").inner_text()
    assert row.locator("input[value=tourism]").is_checked()
    row.locator(".editor .primary").click()
    page.wait_for_selector(".editor", state="detached")
    assert answers(workspace)[one.text][0] == ("farming", "tourism")
