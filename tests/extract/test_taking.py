"""What is taken of a document: in order, under its headings, with its neighbours; nothing twice, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.api import Result
from classifier.extract.passage import Passage
from classifier.extract.taking import near, take
from classifier.report.document_facts import facts_of
from classifier.report.outline import column_rows
from classifier.text.paragraph import Kind
from tests.extract.making import result, results, wanted

REPORT = results(
    "某县工作报告",
    "各位代表：",
    "一、抓好粮食生产",
    "今年粮食播种面积稳住了。收成比去年好。",
    "（一）农田",
    "高标准农田多打粮食，合作社的人都这样说。",
    "二、其他",
    "会议开了三次，大家都到了。",
    "来源：本报",
)


def _title(some: list[Result]) -> str:
    return facts_of("", [one.kind for one in some], [one.text for one in some]).title


def texts(passages: list[Passage]) -> list[str]:
    return [one.text for one in passages]


def test_passages_stand_in_order_under_their_headings() -> None:
    """A heading with a label is not a passage where it stands above one; the title is no heading."""
    found = take(REPORT, wanted("farming"))
    assert texts(found) == [REPORT[3].text, REPORT[5].text]
    assert [one.where.headings for one in found] == [("一、抓好粮食生产",), ("一、抓好粮食生产", "（一）农田")]
    assert [one.where.paragraph for one in found] == [4, 6]
    assert _title(REPORT) == "某县工作报告"


def test_rows_of_a_table_stand_under_the_document_s_headings_too() -> None:
    """The row that names the columns comes last, and ends with the table; a page's frame does not end it."""
    kinds: list[Kind] = ["heading", "heading", "heading", "table", "boilerplate", "table", "body", "heading", "body"]
    lines = (
        "某县工作方案",
        "一、任务",
        "序号 | 任务",
        "1 | 多打粮食",
        "第1页",
        "2 | 收好粮食",
        "粮食还要晒干，大家都去帮忙。",
        "（一）仓库",
        "粮食入了库，会也开了。",
    )
    some = [result(number, text, kind=kind) for number, (kind, text) in enumerate(zip(kinds, lines, strict=True))]
    found = take(some, wanted("farming"))
    assert [(one.where.paragraph, one.where.headings) for one in found] == [
        (4, ("一、任务", "序号 | 任务")),
        (6, ("一、任务", "序号 | 任务")),
        (7, ("一、任务",)),
        (9, ("一、任务", "（一）仓库")),
    ]


def test_a_heading_under_which_nothing_is_taken_is_a_passage() -> None:
    some = results("一、粮食", "会议开了三次，大家都到了。", "二、游客", "人都到了，会也开了，事情还没有办完。")
    assert texts(take(some, wanted())) == ["一、粮食", "二、游客"]


def test_a_title_alone_is_taken() -> None:
    assert texts(take(results("粮食生产报告", "会议开了三次，大家都到了。"), wanted())) == ["粮食生产报告"]


def test_only_the_topics_asked_for() -> None:
    some = results("粮食和游客都多了，大家都很高兴。", "游客多了，旅行社也多了，大家都很高兴。")
    (one,) = take(some, wanted("farming"))
    assert (one.labels, list(one.probabilities)) == (("farming",), ["farming"])


def test_none_takes_what_has_no_label_but_no_boilerplate() -> None:
    assert texts(take(REPORT, wanted("tourism", none=True)))[-1] == REPORT[7].text
    assert "来源：本报" not in texts(take(REPORT, wanted("tourism", none=True)))


def test_doubt_counts_for_the_topics_asked_for() -> None:
    sure, unsure = "粮食收成好，大家都很高兴。", "粮食收成好不好？大家都不知道。"
    assert [one.uncertain for one in take(results(sure, unsure), wanted("farming"))] == [False, True]


def test_sentences_that_carry_the_label() -> None:
    """Neighbours are one passage; what lies between two runs parts them."""
    text = "粮食收成好得很。粮价也稳住了。会议开了三次。秋粮还在地里长着。"
    found = take([result(0, text)], wanted("farming", unit="sentence"))
    assert texts(found) == ["粮食收成好得很。粮价也稳住了。", "秋粮还在地里长着。"]
    assert [text[one.where.start : one.where.end] for one in found] == texts(found)


def test_a_label_that_no_sentence_carries_is_shown_by_the_strongest() -> None:
    one = result(0, "会议开了三次了。大家全都到齐了。")
    sentences = one.sentences
    assert sentences
    stronger = sentences[1].__class__(sentences[1].start, sentences[1].end, (), False, {"farming": 0.3, "tourism": 0})
    labelled = Result(**{**one.__dict__, "labels": ("farming",), "sentences": (sentences[0], stronger)})
    (found,) = take([labelled], wanted("farming", unit="sentence"))
    assert (found.text, found.uncertain) == ("大家全都到齐了。", True)


def test_context_is_the_neighbouring_sentence() -> None:
    some = results(
        "会议开了三次。大家都到了，意见一致。",
        "粮食收成好，大家都很高兴。",
        "来源：本报",
        "天气一直很好。雨水也多，河道平稳。",
    )
    (one,) = take(some, wanted("farming", context=True))
    assert (one.before, one.after) == ("大家都到了，意见一致。", "天气一直很好。")
    inside = [result(0, "会议开了三次。粮食收成好得很。大家都到齐了。")]
    (one,) = take(inside, wanted("farming", unit="sentence", context=True))
    assert (one.before, one.text, one.after) == ("会议开了三次。", "粮食收成好得很。", "大家都到齐了。")


def test_context_is_no_heading_and_nothing_that_is_taken_itself() -> None:
    some = results("一、粮食", "粮食收成好，大家都很高兴。", "粮价也稳，大家还是高兴。")
    assert [(one.before, one.after) for one in take(some, wanted("farming", context=True))] == [("", ""), ("", "")]


def test_what_came_near_is_counted() -> None:
    unsure = result(0, "收成好不好？大家都不知道。")
    doubted = Result(**{**unsure.__dict__, "probabilities": {"farming": 0.45, "tourism": 0.1}})
    assert near([doubted, *results("粮食？大家都不知道好不好。")], wanted("farming")) == 1


TEXTS = st.lists(
    st.sampled_from([
        "一、粮食", "二、游客", "（一）其他", "粮食收成好。会议开了。", "游客多了，山里很热闹。", "会议开了三次。", "来源：本报",
        "粮食够吃。天气很好。游客也多。", "某县报告", "各位代表：",
    ]),
    max_size=14,
)  # fmt: skip


@given(TEXTS, st.sampled_from([("farming",), ("farming", "tourism")]), st.booleans())
def test_every_labelled_paragraph_is_there(some: list[str], labels: tuple[str, ...], context: bool) -> None:
    """As a passage, as a heading above one, or as the title: in order and once."""
    labelled = results(*some)
    found = take(labelled, wanted(*labels, context=context))
    places = [one.where.paragraph for one in found]
    assert places == sorted(set(places))
    shown = {one.text for one in found} | {text for one in found for text in one.where.headings} | {_title(labelled)}
    assert all(one.text in shown for one in labelled if set(one.labels) & set(labels))
    assert all(set(one.labels) <= set(labels) for one in found)


@given(TEXTS, st.booleans())
def test_every_sentence_that_carries_a_label_is_there_once(some: list[str], context: bool) -> None:
    labelled = results(*some)
    found = take(labelled, wanted(unit="sentence", context=context))
    for one in labelled:
        if one.kind == "heading" or not one.sentences:
            continue
        inside = [part for part in found if part.where.paragraph == one.index + 1]
        taken = "".join(part.text for part in inside)
        assert taken == "".join(one.text[part.start : part.end] for part in one.sentences if part.labels)


def test_what_offices_write_above_a_table_names_no_columns_of_it() -> None:
    texts = ["填报单位：县信访局 | 单位：件", "改造老旧小区"]
    assert column_rows(["heading", "table"], texts) == set()
    assert column_rows(["heading", "table"], ["序号 | 任务", "1 | 改造老旧小区"]) == {0}
