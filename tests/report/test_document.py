"""A document as a page: shown as itself, nothing from outside, nothing that runs."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.api import SentenceResult
from classifier.documents.document import Document
from classifier.model.decide import percent
from classifier.model.explain import Evidence, Reason, TopicEvidence
from classifier.report.build import Settings, report_page
from classifier.report.document import document_view, paragraph_view, tally_of
from classifier.report.items import Item, looks_of
from classifier.report.outline import levels
from classifier.report.page import asset
from classifier.report.words import words
from tests.report.making import item, looks, result

TEMPLATES = Path(classifier.__file__).parent / "report" / "templates"


class Tags(HTMLParser):
    """Collects tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_paragraphs_keep_their_order_and_say_their_labels() -> None:
    results = [
        result("一、抓农业", kind="heading"),
        result("古镇游客多了两成。", ("tourism",), uncertain=True, probabilities={"farming": 0.4, "tourism": 0.8}),
        result("来源：某县", (), kind="boilerplate"),
    ]
    view = document_view("folder/a.txt", results, looks())
    assert (view["name"], view["path"]) == ("a.txt", "folder/a.txt")
    assert [str(one["html"]) for one in view["paragraphs"]] == [one.text for one in results]
    assert [one["ids"] for one in view["paragraphs"]] == ["farming", "tourism", "none"]
    assert [one["id"] for one in view["outline"]] == ["d0p0"]
    second = view["paragraphs"][1]["labels"]
    assert [(one["zh"], one["percent"], one["given"], one["doubt"]) for one in second] == [
        ("文旅", "80%", True, False),
        ("农业", "40%", False, True),
    ]
    assert sum(one["width"] for one in view["strip"]) == pytest.approx(100, abs=0.1)


def test_reasons_are_places_in_the_text() -> None:
    reason = Reason(
        -1.0, (Evidence("春耕", 1.204, ((0, 2), (5, 7))), Evidence("的", 0.01, ((3, 4),))),
        (Evidence("化肥", -0.5, ((8, 10),)),), (TopicEvidence("t1", 0.3, ("农田", "水稻", "种子", "化肥")),), (),
    )  # fmt: skip
    view = paragraph_view(result(reasons={"farming": reason}), looks(), id_="p")
    assert view["labels"][0]["why"] == "[[120,[0,2,5,7]],[-50,[8,10]]]"
    assert view["labels"][0]["topics"] == "农田/水稻/种子 +0.30"


def test_reasons_are_only_worked_out_for_what_is_shown() -> None:
    asked: list[str] = []

    def reasons(text: str) -> dict[str, Reason]:
        asked.append(text)
        return {}

    document_view("a", [result("有标签的一段。"), result("没有标签的一段。", ())], replace(looks(), reasons=reasons))
    assert asked == ["有标签的一段。"]


@pytest.mark.parametrize(
    ("share", "expected"), [(1.0, ">99%"), (0.994, "99%"), (0.5, "50%"), (0.001, "<1%"), (0.0, "0%")]
)
def test_no_probability_is_shown_as_certain(share: float, expected: str) -> None:
    assert percent(share) == expected


def test_levels_follow_the_numbers() -> None:
    texts = ["在大会上的讲话", "（摘要）", "同志们：", "一、转作风", "（一）抓学习", "1.学什么", "正文。", "二、优环境"]
    kinds = ["heading"] * 6 + ["body", "heading"]
    assert levels(kinds, texts) == [1, 0, 0, 2, 3, 4, 0, 2]  # type: ignore[arg-type]
    assert levels(["boilerplate", "heading"], ["来源：某县", "标题"]) == [0, 1]
    assert levels(["body", "heading"], ["正文。", "标题"]) == [0, 2]
    above = ["工单汇总", "单位：件", "填报时间: 2023年1月", "联系人：张三", "单位职责"]
    assert levels(["heading"] * 5, above) == [1, 0, 0, 0, 2]
    assert levels(["heading", "table", "body"], ["序号 | 任务", "1 | 修路", "正文。"]) == [0, 0, 0]
    assert levels(["heading", "heading", "table"], ["任务表", "序号 | 任务", "1 | 修路"]) == [1, 0, 0]
    assert levels(["heading", "body"], ["安置房 | 竣工", "正文。"]) == [1, 0]


@pytest.fixture(scope="module")
def page() -> str:
    """One page with everything: many documents, dates, places, errors, words of a real model."""
    model = classifier.load()
    texts = [
        "在全县大会上的讲话\n一、抓项目\n全年签约亿元以上项目三十个，推动重大项目早开工、早投产。",
        "要坚决整治慵懒散漫、推诿扯皮的作风。",
    ]
    items = [
        Item(f"{place}.txt", one, f"202{year}", {"place": place}, None)
        for year, place in enumerate(("甲县", "乙县", "<b>丙县</b>"))
        for text in texts
        for one in model.label_document(Document(f"{place}.txt", text))
    ]
    return report_page([*items, replace(items[0], error="line 7: <i>no text</i>")], looks_of(model), Settings())


def test_a_page_asks_for_nothing_from_outside(page: str) -> None:
    tags = Tags(page).tags
    assert len(tags) > 100
    for tag, attributes in tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form action"}
        assert not {"src", "srcset", "style", "background", "action"} & attributes.keys(), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert (attributes.get("href") or "#").startswith("#")
    style = asset("report.css")
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) == {f"#fill-{k}" for k in range(8)}
    addresses = set(re.findall(r"https?://[^\"\s<]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_policy_names_style_and_script_by_their_hashes(page: str) -> None:
    policy = next(one["content"] for tag, one in Tags(page).tags if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert page.count("<script") == page.count("<style") == 1


def test_charts_carry_the_names_as_text_and_no_markup_of_theirs(page: str) -> None:
    charts = [one for tag, one in Tags(page).tags if tag == "svg" and one.get("class") == "chart"]
    assert [one["role"] for one in charts] == ["img", "img"]
    assert "&lt;b&gt;丙县&lt;/b&gt;" in page
    assert "<b>丙县" not in page
    assert "项目招引 project recruitment · 2020" in page


def test_what_could_not_be_scored_is_named(page: str) -> None:
    assert "1 rows could not be scored" in page
    assert "line 7: &lt;i&gt;no text" in page


def test_one_document_is_the_page() -> None:
    page = report_page([item("a/讲话.txt")], looks(), Settings())
    assert "<h1>讲话.txt</h1>" in page
    assert 'id="typical"' not in page


def test_where_nothing_is_picked_the_page_says_what_was_looked_at() -> None:
    """The heading is uncertain, and counted as such: "no paragraph is uncertain" alone would not be true."""
    doubted = item(
        "b.txt", text="一、抓农业", kind="heading", uncertain=True, probabilities={"farming": 0.5, "tourism": 0}
    )
    page = report_page([item("a.txt"), doubted], looks(), Settings(language="zh"))
    assert "正文中没有存疑的段落（不含标题、表格和短句）。" in page


def test_beyond_the_limit_the_figures_remain() -> None:
    page = report_page([item(f"{n}.txt") for n in range(3)], looks(), Settings(most=2))
    assert 'class="doc"' not in page
    assert "there are 3, more than the 2" in page
    assert 'id="typical"' in page
    assert 'href="#d0' not in page


def test_of_very_many_documents_the_largest_are_listed() -> None:
    items = [item(f"{n:04}.txt", text="春耕备耕。" * (1 + n % 7)) for n in range(2100)]
    page = report_page(items, looks(), Settings(most=10))
    assert "Listed are the 2,000 with the most text." in page
    assert page.count('<th scope="row" title=') == 2000
    assert "0006.txt" in page
    assert "2093.txt" not in page


def test_no_paragraph_at_all_is_a_page_too() -> None:
    assert "<h1>Labelled documents</h1>" in report_page([], looks(), Settings())


def test_a_model_that_is_not_here_is_said() -> None:
    assert "The model that labelled these (m) is not on this machine" in report_page([item()], looks(), Settings())


def test_chinese_and_english_say_the_same_things() -> None:
    """Both languages have every text, with the same places for figures, and no text is left over."""
    english, chinese = words("en"), words("zh")
    used = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    used += "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.parent.glob("*.py"))
    named = set(re.findall(r'(?:\bt\.|"|said\[")(\w+)', re.sub(r'"\w+": \(', "", used)))
    named |= {f"topic_{kind}" for kind in ("new", "gone", "changed")}
    for key, text in english.items():
        assert chinese[key] != text
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", chinese[key]))
        assert key in named, key


def test_the_page_is_chinese_where_asked() -> None:
    page = report_page([item()], looks(), Settings("zh"))
    assert '<html lang="zh-Hans">' in page
    assert "各主题占文字的比重" in page
    assert "Share of the text" not in page


def test_sentences_are_underlined_for_their_labels_where_they_stand() -> None:
    text = "春耕忙。游客多，门票又便宜了。散会。"
    parts = (
        SentenceResult(0, 4, ("farming",), False, {"farming": 0.9, "tourism": 0.1}),
        SentenceResult(4, 15, ("tourism", "farming"), False, {"farming": 0.6, "tourism": 0.8}),
        SentenceResult(15, 18, (), False, {"farming": 0.1, "tourism": 0.1}),
    )
    view = paragraph_view(result(text, ("farming", "tourism"), sentences=parts), looks(), id_="p")
    assert view["html"] == (
        '<span class="s" title="农业 90%" data-n="农业"><span class="u u0 c0">春耕忙。</span></span>'
        '<span class="s" title="文旅 80%, 农业 60%" data-n="文旅、农业">'
        '<span class="u u0 c1"><span class="u u1 c0">游客多，门票又便宜了。</span></span></span>散会。'
    )
    tally = tally_of([result(text, ("farming",), sentences=parts)])
    assert tally.by_label == {"farming": 15, "tourism": 11, "none": 3}


def test_without_sentences_the_paragraph_counts_for_its_labels() -> None:
    assert tally_of([result("春耕忙。", ("farming",))]).by_label == {"farming": 4}


@given(
    st.text(st.sampled_from("稻田a<&\u202e\r\n 。"), max_size=20), st.lists(st.integers(0, 20), max_size=6).map(sorted)
)
def test_lines_under_sentences_change_no_character(text: str, cuts: list[int]) -> None:
    spans = [(a, b) for a, b in pairwise(dict.fromkeys(min(one, len(text)) for one in cuts))]
    parts = tuple(SentenceResult(a, b, ("farming",), False, {"farming": 0.9}) for a, b in spans)
    plain = paragraph_view(result(text, ()), looks(), id_="p")["html"]
    marked = paragraph_view(result(text, (), sentences=parts), looks(), id_="p")["html"]
    assert re.sub(r'<span class="[su][^>]*>|</span>', "", marked) == plain
    inside = re.findall(r'<span class="u u0 c0">(.*?)</span></span>', marked, re.DOTALL)
    read = [html.unescape(re.sub("<[^>]*>", "", one)) for one in inside]
    assert [len(one) for one in read] == [b - a for a, b in spans] or "\r\n" in text
