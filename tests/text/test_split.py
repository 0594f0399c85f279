"""Splitting: paragraphs as their author meant them, each knowing its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Document
from classifier.text.split import LONG, kind_of, split

UGLY = st.text(
    alphabet=st.one_of(
        st.sampled_from("，。；、：！ \n\r\t\u3000一二三是要第（）()01●\xa0\x85\u2028&nbsp;摄来源：要抓项目"),
        st.characters(),
    ),
    max_size=400,
)
SENTENCE = "各乡镇要把责任压到村组，逐户核对，逐项销号，确保年底前全部办结。"


def parts(text: str) -> list[str]:
    return [paragraph.text for paragraph in split(Document("x", text))]


def tiles(text: str) -> None:
    """Hold the invariant: in order, no overlap, every character but white space in one paragraph."""
    paragraphs = split(Document("x", text))
    last = 0
    for number, one in enumerate(paragraphs):
        assert one.index == number
        assert last <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end] == one.text.strip()
        assert not text[last : one.start].strip()
        last = one.end
    assert not text[last:].strip()


@given(UGLY)
def test_spans_tile_any_text(text: str) -> None:
    tiles(text)


@given(
    st.lists(
        st.sampled_from(
            [SENTENCE, "一是" + SENTENCE, "第二，" + SENTENCE, "（三）" + SENTENCE, "1." + SENTENCE, " ", "\n"]
        ),
        max_size=60,
    )
)
def test_spans_tile_long_texts(pieces: list[str]) -> None:
    tiles("".join(pieces))


def test_a_line_is_a_paragraph() -> None:
    assert parts("第一段说完。\n第二段说完。\r\n\r\n第三段说完。") == ["第一段说完。", "第二段说完。", "第三段说完。"]


@pytest.mark.parametrize("mark", "；，、;,")
def test_a_line_broken_in_mid_sentence_goes_on(mark: str) -> None:
    assert parts(f"一要抓学习{mark}\n二要抓落实。\n会议结束。") == [f"一要抓学习{mark}\n二要抓落实。", "会议结束。"]


@pytest.mark.parametrize("marker", ["01", "(一)", "（二）", "第一,", "一、", "①", "●", "Part 2", "第三部分"])
def test_a_marker_alone_belongs_to_what_follows(marker: str) -> None:
    assert parts(f"上文说完了。\n{marker}\n抓学习强本领\n正文在此。") == [
        "上文说完了。",
        f"{marker}\n抓学习强本领",
        "正文在此。",
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    body = "".join(f"村里第{number}组的渠道已经清淤完毕并且通过了验收" for number in "一二三四五六七八九") + "。"
    wrapped = "\n".join(re.findall(".{1,30}", body))
    assert parts(f"　　{wrapped}\n\n　　{wrapped}") == [wrapped, wrapped]


def test_short_lines_of_one_width_stay_apart() -> None:
    """Slogans on lines of their own are not wrapped prose: they are short."""
    slogans = ["抓项目促发展", "抓作风促落实", "抓环境促招商", "抓民生促和谐", "抓党建促提升"]
    assert parts("\n".join(slogans)) == slogans


def test_paragraphs_of_like_length_stay_apart() -> None:
    """Lines of even width that end their sentences are paragraphs."""
    lines = [f"第{n}个村的道路已经全部硬化完毕，路灯也都装好了。" for n in "一二三四五六"]
    assert parts("\n".join(lines)) == lines


def test_a_document_on_one_line_is_cut_at_its_sentences_gaps() -> None:
    heads = [f"第{n}、要把第{n}件事办好。" for n in "一二三四五六七八"]
    text = " ".join(part for head in heads for part in (head, SENTENCE * 3))
    assert len(text) > LONG
    assert parts(text) == [part for head in heads for part in (head, SENTENCE * 3)]


def test_an_over_long_paragraph_is_cut_before_its_ordinals() -> None:
    items = [f"{n}是{SENTENCE * 5}" for n in "一二三四五"]
    assert parts("下一步，" + SENTENCE * 3 + "".join(items)) == ["下一步，" + SENTENCE * 3, *items]


def test_ordinals_of_short_items_do_not_cut() -> None:
    """Parts that would be no paragraphs stay together."""
    text = SENTENCE * 20 + "一是快。二是好。三是省。"
    assert parts(text) == [text]


def test_a_long_paragraph_without_ordinals_stays_whole() -> None:
    assert parts(SENTENCE * 30) == [SENTENCE * 30]


@pytest.mark.parametrize(
    "text",
    [
        "来源：某县融媒体中心",
        "（记者 某某 摄）",
        "某某 摄",
        "图为开工现场。某某摄影",
        "（资料图）",
        "原标题：某县召开会议",
        "2023-05-06 10:20:30",
        "2019年3月4日",
        "[2021-11-02]",
        "当前位置：首页 > 新闻动态 > 要闻",
        "首页 > 政务公开",
        "上一篇：某某",
        "责任编辑：某某",
        "浏览次数：128 字体：【大 中 小】",
        "版权所有：某县人民政府办公室",
        "&nbsp;&nbsp;",
        "———",
        "- 3 -",
        "— 12 —",
        "第 4 页 共 9 页",
        "第4页，共9页",
        "－第二页－",
    ],
)
def test_boilerplate(text: str) -> None:
    assert kind_of(text) == "boilerplate"


@pytest.mark.parametrize(
    "text",
    [
        "一、抓项目、强招引", "青石县：链上招商添动能", "01\n转作风", "第二、要把项目抓实。", "优化营商环境在行动",
        "一. 抓项目", "（一）加强作风建设.", "十一.", "第二.", "艾力.买买提的事迹", "工作回顾......", "版本2.0", "十一、宣传艾力.买买提的事迹",
    ],
)  # fmt: skip
def test_headings(text: str) -> None:
    assert kind_of(text) == "heading"


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，要抓好春耕。",
        "来源于群众的意见要件件有回音，来自基层的建议要条条有着落，各单位不得敷衍。",
        "2019年3月4日，县委召开常委会会议，研究部署防汛工作。",
        "记者从县医保局获悉，门诊报销比例今年提高到七成。",
        "摄影展在文化馆开幕，展出作品一百二十幅。",
        "县委召开会议,部署下半年工作.",
        "确保群众满意．",
        "（一）加强领导.压实责任.确保群众满意.",
        "1.抓好春耕备耕.落实补贴.”",
        "他说:“一定让群众满意.”",
    ],
)
def test_body(text: str) -> None:
    assert kind_of(text) == "body"


def test_a_credit_line_does_not_swallow_what_it_follows() -> None:
    assert parts("会议强调，要抓好项目，\n来源：某县发布") == ["会议强调，要抓好项目，", "来源：某县发布"]


def test_an_endless_paragraph_without_ordinals_is_cut_at_sentence_ends() -> None:
    """Nothing is lost, no sentence is taken apart, and what is not endless stays whole."""
    sentence = "各乡镇要把群众最关心的事情一件一件办到实处，不能只写在材料里。"
    text = sentence * 60
    parts = split(Document("a.txt", text))
    assert len(parts) > 2
    assert "".join(part.text for part in parts) == text
    assert all(len(part.text) <= 600 and part.text.endswith("。") for part in parts)
    assert len(split(Document("a.txt", sentence * 40))) == 1
