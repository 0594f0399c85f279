"""Beside "Why": the labelled paragraphs most like the one on the screen, in a real Chromium."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import WIDE, answered, arrived, sound_page, until
from tests.conftest import FARMING
from tests.other_programs import needs_chromium

pytestmark = needs_chromium

READING = "水库大坝的渗压计读数正常。"
TEXT = "\n".join([FARMING[0], READING, "龘", "水库大坝的渗压计读数偏高。"])


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open button[type=submit]")
    arrived(page, ".p.current")


@pytest.fixture(params=[("en-GB", WIDE), ("zh-CN", {"width": 500, "height": 900})], ids=["en", "zh"])
def desk(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """A document on the screen, wide and in English, narrow and in Chinese."""
    locale, size = request.param
    with sound_page(browser, silent=True, viewport=size, locale=locale) as page:
        opened(page, address)
        yield locale[:2], page


def test_they_stand_below_the_reasons_with_labels_text_and_place(desk: tuple[str, Page]) -> None:
    language, page = desk
    page.keyboard.press("e")
    found = page.locator("#why .similar li")
    expect(found).to_have_count(3)
    expect(page.locator("#why .similar h3")).to_have_text(
        {"en": "Most similar labelled paragraphs", "zh": "最相似的已标注段落"}[language]
    )
    expect(found.first).to_contain_text({"en": "the same text", "zh": "同一段文字"}[language])
    expect(found.first).to_contain_text(f"“{FARMING[0]}”")
    expect(found.first).to_contain_text("doc-0-0 · paragraphs/small.jsonl:1")
    expect(found.first.locator(".chip")).to_have_text({"en": "农业 farming", "zh": "农业"}[language])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_where_nothing_is_similar_that_is_said_and_what_is_decided_here_counts(desk: tuple[str, Page]) -> None:
    language, page = desk
    page.keyboard.press("e")
    for key in "jjj":
        page.keyboard.press(key)
    nothing = {"en": "nothing similar among the labelled paragraphs", "zh": "已标注的段落中没有相似的"}[language]
    expect(page.locator("#p3.current")).to_be_visible()
    expect(page.locator("#why .similar")).to_contain_text(nothing)
    page.fill("#by", "小王")
    page.locator("#p1 .text").click()
    page.keyboard.press("2")
    answered(page)
    page.locator("#p3 .text").click()
    like = page.locator("#why .similar li").first
    expect(like).to_contain_text(f"“{READING}”")
    expect(like.locator(".chip")).to_contain_text("文旅")
    expect(like).to_contain_text(re.compile({"en": r"decided by 小王 20\d\d-", "zh": r"标注：小王 20\d\d-"}[language]))


def test_reasons_are_there_while_similar_paragraphs_are_still_looked_for(page: Page, address: str) -> None:
    """The first time they take a while: reasons do not wait for them."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile("/similar/"), hold)
    opened(page, address)
    page.keyboard.press("e")
    expect(page.locator("#why .reason")).to_have_count(2)
    expect(page.locator("#why .similar")).to_contain_text("looking for similar labelled paragraphs…")
    page.keyboard.press("j")
    expect(page.locator("#p1.current")).to_be_visible()
    until(page, lambda: len(waiting) == 2)
    expect(page.locator("#why .reason")).to_have_count(2)
    for route in waiting:
        route.continue_()
    expect(page.locator("#why .similar")).not_to_contain_text("looking for")
    expect(page.locator("#why .similar li")).to_have_count(0)


def test_one_known_by_its_words_alone_is_named_by_its_source(page: Page, address: str) -> None:
    """And what is to be said of where they come from stands below."""
    source: dict[str, Any] = {
        "place": "某省",
        "year": "2022",
        "genre": "policy",
        "doc": "某文",
        "where": "extracted/a.jsonl.gz:3",
    }
    one = {"labels": [], "similarity": 0.4567, "same": False, "words": ["水库", "大坝", "读数"], **source}
    note = "model 1 came without the labels it learnt from; similar paragraphs are looked for in those of this package"
    page.route(re.compile("/similar/"), lambda route: route.fulfill(json={"paragraphs": [one], "note": note}))
    opened(page, address)
    page.keyboard.press("e")
    like = page.locator("#why .similar li")
    expect(like).to_contain_text("0.46")
    expect(like).to_contain_text("in common: 水库, 大坝, 读数")
    expect(like).to_contain_text("某省 · 2022 · policy · 某文 · extracted/a.jsonl.gz:3")
    expect(like.locator(".chip")).to_have_text("none")
    expect(page.locator("#why .similar .hint")).to_have_text(note)


def test_a_decision_that_is_stored_when_one_has_gone_on_counts(page: Page, address: str) -> None:
    """What is similar to the paragraph that one looks at by now is asked anew."""
    opened(page, address)
    page.keyboard.press("e")
    page.locator("#p3 .text").click()
    expect(page.locator("#why .similar")).to_contain_text("nothing similar")
    page.locator("#p1 .text").click()
    waiting: list[Route] = []
    page.route(re.compile("/decisions$"), lambda route: waiting.append(route))  # noqa: PLW0108 - playwright marks it
    page.keyboard.press("2")
    until(page, lambda: waiting)
    page.locator("#p3 .text").click()
    expect(page.locator("#why .similar")).to_contain_text("nothing similar")
    waiting[0].continue_()
    expect(page.locator("#why .similar li").first).to_contain_text(READING)


def test_an_answer_from_before_a_decision_is_not_kept(page: Page, address: str) -> None:
    """It may come when the decision is stored; who comes back to the paragraph sees what counts then."""
    early: list[Route] = []

    def overtaken(route: Route) -> None:
        if early:
            route.continue_()
        else:
            early.append(route)

    opened(page, address)
    page.route(re.compile("/similar/3$"), overtaken)
    page.locator("#p3 .text").click()
    page.keyboard.press("e")
    until(page, lambda: early)
    page.locator("#p1 .text").click()
    page.keyboard.press("2")
    expect(page.locator("#state")).to_contain_text("✓")
    expect(page.locator("#p1.decided")).to_have_count(1)
    until(page, lambda: page.evaluate("() => sessionStorage.getItem('unsent') === null"))
    early[0].fulfill(json={"paragraphs": [], "note": ""})
    answered(page)
    page.locator("#p3 .text").click()
    expect(page.locator("#why .similar li").first).to_contain_text(READING)
