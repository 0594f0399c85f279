"""Near-duplicates: by 5-grams of the text, by words where only counts are known."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.labelling.corpus import LabelledParagraph
from classifier.labelling.quality.duplicates import near_duplicates


def paragraph(text: str) -> LabelledParagraph:
    return LabelledParagraph({text[:2]: 1}, (), text, "x", text)


LONG = "会议要求各级各部门要把安全生产责任扛在肩上，逐级签订责任书，逐项排查隐患。"


def test_a_changed_word_is_still_a_near_duplicate() -> None:
    rows = [
        paragraph(LONG),
        paragraph("粮食收购已经结束，各乡镇要抓紧秋播。"),
        paragraph(LONG.replace("安全", "森林防火")),
    ]
    (pair,) = near_duplicates(rows)
    assert (pair.first, pair.second) == (0, 2)
    assert 0.5 <= pair.overlap < 1


def test_a_sentence_inside_a_long_text_is_none() -> None:
    """The share counts against the larger of the two: a heading repeated in its paragraph is no duplicate of it."""
    assert (
        near_duplicates(
            [paragraph("安全生产责任扛在肩上要逐级签订责任书"), paragraph(LONG * 1 + "粮食收购结束秋播面积稳定" * 5)]
        )
        == []
    )


def test_short_headings_are_never_near_duplicates() -> None:
    assert near_duplicates([paragraph("同志们大家好"), paragraph("同志们大家好")]) == []


def test_counts_are_compared_by_their_words() -> None:
    words = dict.fromkeys("一二三四五六七八九十", 1)
    rows = [
        LabelledParagraph(words, (), "a", "x"),
        LabelledParagraph({**words, "百": 1}, (), "b", "y"),
        LabelledParagraph(dict.fromkeys("甲乙丙丁戊己庚辛壬癸", 1), (), "c", "z"),
    ]
    assert [(one.first, one.second) for one in near_duplicates(rows)] == [(0, 1)]


@given(st.lists(st.text("安全生产责任逐级签订", min_size=5, max_size=30), max_size=12))
def test_pairs_are_ordered_and_equal_texts_are_found(texts: list[str]) -> None:
    rows = [paragraph(text) for text in texts]
    found = near_duplicates(rows)
    assert all(one.first < one.second and 0.5 <= one.overlap <= 1 for one in found)
    whole = {(one.first, one.second) for one in found if one.overlap == 1}
    for second, text in enumerate(texts):
        for first in range(second):
            if texts[first] == text and len({text[i : i + 5] for i in range(len(text) - 4)}) >= 8:
                assert (first, second) in whole
