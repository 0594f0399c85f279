"""Sentences: they tile a paragraph, end where a reader ends them, and keep words whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.sentences import ENDLESS, sentences
from classifier.text.tokens import Tokeniser
from classifier.text.units import units_of

TOKENISER = Tokeniser(("营商环境",))
TEXTS = st.text(
    st.sampled_from("招商引资，。；！？…”）\n\r \u3000一二(jie)12.节會⼈\u200b“营商环境、"), max_size=60
) | st.text(max_size=30)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(TEXTS)
def test_sentences_tile_the_paragraph(text: str) -> None:
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]


@given(TEXTS)
def test_the_words_of_a_paragraph_are_those_of_its_sentences(text: str) -> None:
    assert list(units_of([text], TOKENISER).words) == TOKENISER(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目已经开工。资金已经到位。", ["项目已经开工。", "资金已经到位。"]),
        ("他说：“今年一定办成！”大家都同意。", ["他说：“今年一定办成！”", "大家都同意。"]),
        ("道路修好了……灯也亮起来了", ["道路修好了……", "灯也亮起来了"]),
        ("要走进企业车间；要坐到群众炕头；要把难题解决在现场，不能推到明年后年再来答复大家。",
         ["要走进企业车间；要坐到群众炕头；", "要把难题解决在现场，不能推到明年后年再来答复大家。"]),
        ("好！全面开工。大家辛苦了，谢谢。", ["好！全面开工。", "大家辛苦了，谢谢。"]),
        ("推进城乡供水一体\n化工程建设，年底通水。", ["推进城乡供水一体\n化工程建设，年底通水。"]),
        ("全县工作要点（摘要）\n一要稳住增长势头。", ["全县工作要点（摘要）\n", "一要稳住增长势头。"]),
        ("", []),
        ("。", ["。"]),
    ],
)  # fmt: skip
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    """Closing quotes belong to the sentence; short items stay together; a wrapped line is no end."""
    assert cut(text) == expected


def test_an_endless_sentence_is_cut_at_commas_and_only_there() -> None:
    clause = "加快推进重点工程建设，"
    parts = cut(clause * 60)
    assert len(parts) > 2
    assert all(len(part) <= ENDLESS and part.endswith("，") for part in parts)
    assert cut("建" * 900) == ["建" * 900]
