"""The pages in a real Chromium, opened from disk: filters, outline, marked words, sorting, hostile text, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import classifier
from classifier.documents.document import Document
from classifier.report.build import Settings, report_page, topics_page
from classifier.report.items import Item, looks_of
from classifier.report.shown import shown
from tests.browsing import until
from tests.cli.test_label import SPEECH
from tests.other_programs import needs_chromium
from tests.report.making import item, looks

pytestmark = needs_chromium

SECOND = """城区教育工作简报
二、改造学校食堂
新建两所小学，新增学位1200个，办好民生实事。
"""
VISIBLE = "() => [...document.querySelectorAll('.p')].filter(p => p.offsetParent).map(p => p.querySelector('.text').textContent)"


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens a page's HTML from disk; at the end, nothing was asked for but the page, and nothing was complained of."""
    said: list[str] = []
    asked: list[str] = []
    tabs: list[Page] = []

    def opening(html: str, **options: Any) -> Page:
        path = tmp_path / f"page{len(tabs)}.html"
        path.write_text(html, encoding="utf-8", newline="")
        tab = browser.new_page(viewport=options.pop("viewport", {"width": 1280, "height": 900}), **options)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tabs.append(tab)
        tab.goto(path.as_uri())
        return tab

    yield opening
    for tab in tabs:
        tab.close()
    assert said == []
    assert all(url.startswith(tmp_path.as_uri()) for url in asked)


@pytest.fixture(scope="module")
def one() -> str:
    return report([("讲话.txt", SPEECH)])


@pytest.fixture(scope="module")
def two() -> str:
    return report([("讲话.txt", SPEECH), ("简报.txt", SECOND)])


def report(documents: list[tuple[str, str]]) -> str:
    model = classifier.load()
    items = [
        Item(name, result, f"202{year}")
        for year, (name, text) in enumerate(documents)
        for result in model.label_document(Document(name, text))
    ]
    return report_page(items, looks_of(model), Settings())


def test_a_filter_by_label_leaves_its_paragraphs_and_the_headings_over_them(opened: Any, one: str) -> None:
    tab = opened(one)
    everything = tab.evaluate(VISIBLE)
    tab.check("input[value=livelihood]")
    assert tab.evaluate(VISIBLE) == [
        everything[0],
        "四、办好民生实事",
        "新建两所小学，改造老旧小区十二个，城镇新增就业六千人，提高城乡低保标准。",
    ]
    assert tab.text_content("#count") == "2"
    assert tab.locator(".p.context").count() == 1
    tab.check("input[value=none]")
    assert "同志们：" in tab.evaluate(VISIBLE)
    tab.click("button[type=reset]")
    until(tab, lambda: len(tab.evaluate(VISIBLE)) == len(everything))


def test_a_filter_by_certainty(opened: Any) -> None:
    tab = opened(report_page([item(text=f"第{n}段。", uncertain=n == 1) for n in range(3)], looks(), Settings()))
    tab.locator("label:has(input[value=uncertain])").click()
    assert tab.evaluate(VISIBLE) == ["第1段。"]
    tab.locator("label:has(input[value=certain])").click()
    assert tab.evaluate(VISIBLE) == ["第0段。", "第2段。"]


def test_words_can_be_found(opened: Any, two: str) -> None:
    """A document without a hit goes with its paragraphs."""
    tab = opened(two)
    tab.fill("input[type=search]", "学位1200")
    assert "新建两所小学，新增学位1200个，办好民生实事。" in tab.evaluate(VISIBLE)
    assert tab.locator("article:visible").count() == 1
    assert tab.text_content("#count") == "1"


def test_the_words_that_decided_are_marked_on_demand(opened: Any, one: str) -> None:
    tab = opened(one)
    paragraph = tab.locator(".p", has_text="要深化放管服改革").first
    before = paragraph.locator(".text").text_content()
    assert tab.locator("mark").count() == 0
    paragraph.locator(".chip").first.click()
    marks = paragraph.locator("mark").all_text_contents()
    assert {"企业", "融资"} & set(marks)
    assert paragraph.locator(".text").text_content() == before
    reason = paragraph.locator(".reason").text_content()
    assert reason.startswith("营商环境")
    assert all(mark in reason for mark in marks)
    paragraph.locator(".chip").first.click()
    assert tab.locator("mark, .reason").count() == 0
    tab.check("input[name=mark]")
    assert tab.locator(".p:has(mark)").count() > 5
    tab.uncheck("input[name=mark]")
    assert tab.locator("mark").count() == 0


def test_marks_stand_right_after_characters_beyond_the_basic_plane_and_marks_of_direction(opened: Any) -> None:
    tab = opened(report([("a.txt", "𠮷野家\u202e😀，要持续优化营商环境，\r\n帮助企业解决融资难题，推行一网通办。")]))
    tab.locator(".chip").first.click()
    marks = set(tab.locator("mark").all_text_contents())
    assert {"营商环境", "企业"} <= marks
    assert "\u202e" in tab.text_content(".text")


def test_the_outline_leads_to_its_heading_and_follows_the_reader(opened: Any, one: str) -> None:
    tab = opened(one, viewport={"width": 1280, "height": 300})
    tab.click(".outline a:has-text('三、大抓招商')")
    heading = tab.locator(".p", has_text="三、大抓招商，大抓项目").first
    until(tab, lambda: heading.evaluate("p => p.getBoundingClientRect().top") < 100)
    tab.locator(".outline a.here", has_text="三、大抓招商").wait_for()


def test_a_link_to_a_paragraph_that_a_filter_hides_shows_it(opened: Any, two: str) -> None:
    tab = opened(two)
    tab.check("input[value=livelihood]")
    target = tab.locator(".p", has_text="要坚决整治慵懒散漫").first
    assert not target.is_visible()
    tab.evaluate("id => { location.hash = id }", target.get_attribute("id"))
    target.wait_for(state="visible")


def test_the_table_of_documents_sorts(opened: Any, two: str) -> None:
    tab = opened(two)
    names = "() => [...document.querySelectorAll('#documents tbody th')].map(one => one.textContent)"
    head = tab.locator("#documents thead th", has_text="民生")
    head.locator("button").click()
    assert (tab.evaluate(names), head.get_attribute("aria-sort")) == (["简报.txt", "讲话.txt"], "descending")
    head.locator("button").click()
    assert (tab.evaluate(names), head.get_attribute("aria-sort")) == (["讲话.txt", "简报.txt"], "ascending")


HOSTILE = [
    "<script>document.title = 'owned'; alert(1)</script>",
    "<img src=x onerror=\"document.title='owned'\"><style>body{display:none}</style>",
    "</p></div></article><h1>假标题</h1><!-- ",
    "'\"><a href=javascript:alert(1)>点我</a>{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp; &#x202e; ]]> <![CDATA[ <svg/onload=alert(1)>",
    "甲\u202e乙\u2066丙\u200f丁",
    "空\x00字符\x07和\x1b[31m，半个\ud800字符\udfff",
    "长" * 100_000,
    "a" * 100_000,
    "换\r\n行\r又\n行\u2028再行\x0b再行",
]


def test_a_document_full_of_markup_is_shown_as_text(opened: Any) -> None:
    """HTML, scripts, marks of direction, halves of characters, 100,000 characters without a break: all text."""
    names = ["<b>文件</b>.txt", "</title><script>alert(2)</script>"]
    items = [item(name, "2021", {"place": name}, text=text) for name in names for text in HOSTILE]
    tab = opened(report_page(items, looks(), Settings(title="</title><script>alert(3)</script>")))
    assert (
        tab.evaluate("[...document.querySelectorAll('.text')].map(one => one.textContent)")
        == [shown(text) for text in HOSTILE] * 2
    )
    assert tab.title() == "</title><script>alert(3)</script>"
    assert tab.evaluate("document.querySelectorAll('script').length") == 1
    assert tab.evaluate("document.documentElement.scrollWidth") == 1280
    assert tab.locator(".file").all_text_contents() == ["b>.txt 2021", "</title><script>alert(2)</script> 2021"]


def test_a_mark_of_direction_turns_nothing_around(opened: Any) -> None:
    tab = opened(report_page([item(text="甲\u202e乙丙丁")], looks(), Settings()))
    places = """() => { const text = document.querySelector('.text').lastChild, range = document.createRange();
      return [0, 1, 2].map(i => { range.setStart(text, i); range.setEnd(text, i + 1); return range.getBoundingClientRect().left; }); }"""
    left = tab.evaluate(places)
    assert left == sorted(left)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_wider_than_the_screen_and_text_can_be_read(opened: Any, two: str, scheme: str, width: int) -> None:
    """No sideways scrolling; text stands out from its ground by 4.5 to 1 (WCAG AA) in light and dark."""
    tab = opened(two, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    for selector in (".text", ".chip b", ".hint", ".facts", ".outline a"):
        assert tab.evaluate(CONTRAST, selector) >= 4.5, selector


CONTRAST = """selector => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = text => rgb(text).slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = one => { const c = getComputedStyle(one).backgroundColor; return one.parentElement && (rgb(c)[3] === 0) ? ground(one.parentElement) : c; };
  return Math.min(...[...document.querySelectorAll(selector)].map(one => {
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
}"""


def test_filters_fold_on_a_narrow_screen(opened: Any, one: str) -> None:
    tab = opened(one, viewport={"width": 390, "height": 800})
    assert not tab.locator("#filters").is_visible()
    tab.click("button.fold")
    assert tab.locator("#filters").is_visible()


def test_it_can_be_read_and_printed_without_script(opened: Any, two: str) -> None:
    tab = opened(two, java_script_enabled=False)
    assert tab.locator(".text").first.is_visible()
    assert len(tab.pdf(format="A4")) > 20_000


def test_topics_are_a_page(opened: Any) -> None:
    tab = opened(topics_page(classifier.load()))
    assert tab.locator("table.topics tbody tr").count() == len(classifier.load().topics)
    assert tab.evaluate("document.documentElement.scrollWidth") == 1280
