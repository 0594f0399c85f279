"""A sentence chosen, corrected and taken back, by keys and by clicks, in a real Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from classifier.labelling.corpus import read_decisions
from tests.browsing import WIDE, arrived, sound_page
from tests.other_programs import needs_chromium
from tests.web.test_sentence_decisions import SECOND, TEXT, THIRD

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which no script fails; a server that refuses is no failure of the page."""
    with sound_page(browser, viewport=WIDE, locale="zh-CN") as found:
        yield found


def test_a_sentence_is_corrected_by_keys(page: Page, address: str, workspace: Path) -> None:
    open_text_at(page, address)
    expect(page.locator("#which")).to_have_text(re.compile("3"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".s.chosen")
    expect(chosen).to_have_text(TEXT[slice(*SECOND)])
    page.keyboard.press("0")
    expect(page.locator("#state")).to_contain_text("✓")
    expect(chosen).to_have_class(re.compile("decided"))
    page.keyboard.press("2")
    expect(chosen.locator(".u.c1")).to_have_text(TEXT[slice(*SECOND)])
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(TEXT[slice(*THIRD)])
    page.keyboard.press("d")  # a sentence is never set aside
    page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator(".p.decided")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".p.decided")).to_have_count(0)
    page.keyboard.press("u")
    expect(chosen).to_have_text(TEXT[slice(*SECOND)])
    expect(chosen.locator(".u")).to_have_count(0)
    page.reload()
    second = page.locator(".s").nth(1)
    expect(second).to_have_class(re.compile("decided"))
    (row,) = [one for one in read_decisions(workspace / "labels").sentences_only if one.text == TEXT]
    assert [(part.start, part.end, part.labels) for part in row.sentences] == [(*SECOND, ())]
    second.click()
    page.click("[data-label=tourism]")
    expect(second.locator(".u")).to_have_count(1)
    expect(second).to_have_attribute("data-n", "文旅")


def test_two_windows_on_one_sentence_see_each_other(page: Page, address: str) -> None:
    sheet = open_text_at(page, address)
    page.keyboard.press("ArrowRight")
    page.evaluate(
        """async (sheet) => await fetch(`/api/sheets/${sheet}/sentences`, {method: "POST",
        headers: {"Content-Type": "application/json", "X-Client": "window-of-somebody"},
        body: JSON.stringify({index: 0, start: 0, end: 10, labels: ["tourism"], by: "乙"})})""",
        sheet,
    )
    page.keyboard.press("0")
    expect(page.locator(".conflict")).to_contain_text("粮食播种面积稳住了。")
    expect(page.locator(".conflict")).to_contain_text("乙")
    page.locator(".conflict button").last.click()
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.locator(".s").first.locator(".u")).to_have_count(0)


def open_text_at(page: Page, address: str) -> str:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open button[type=submit]")
    arrived(page, ".p.current")
    return page.url.rsplit("/", 1)[1]


def test_words_are_marked_inside_the_lines_and_taken_away_again(page: Page, address: str) -> None:
    """Places of words are counted in the paragraph's text, whatever elements stand in it."""
    open_text_at(page, address)
    before = page.locator(".text").inner_html()
    page.keyboard.press("e")
    expect(page.locator(".text mark").first).to_be_visible()
    assert page.locator(".text").text_content() == TEXT
    assert all(word in TEXT for word in page.locator(".text mark").all_text_contents())
    page.keyboard.press("e")
    expect(page.locator(".text mark")).to_have_count(0)
    assert page.locator(".text").inner_html() == before
