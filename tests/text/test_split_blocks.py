"""Splitting documents whose format tells paragraphs apart: each block becomes what its role says, none is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block, Document, Reading
from classifier.text.split import split


def kinds(*blocks: Block) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in split(Document.of(Reading(blocks), "a.docx", "docx"))]


def test_roles_become_kinds() -> None:
    assert kinds(
        Block("县政府工作要点", "heading", level=1),
        Block("着力办好民生实事，让群众得实惠。"),
        Block("序号 | 项目 | 投资", "column_heading"),
        Block("1 | 新建农贸市场 | 800万元", "row"),
        Block("数据截至上月底。", "footnote"),
        Block("县政府公报", "furniture"),
    ) == [
        ("heading", "县政府工作要点"),
        ("body", "着力办好民生实事，让群众得实惠。"),
        ("heading", "序号 | 项目 | 投资"),
        ("table", "1 | 新建农贸市场 | 800万元"),
        ("footnote", "数据截至上月底。"),
        ("boilerplate", "县政府公报"),
    ]


def test_a_whole_paragraph_in_a_headings_style_is_a_body() -> None:
    text = "全县上下要把心思放在干事上，把劲头用在落实上。" * 6
    assert kinds(Block(text, "heading", level=2)) == [("body", text)]


def test_rows_are_not_joined_though_they_end_in_commas() -> None:
    assert len(kinds(Block("甲，", "row"), Block("乙，", "row"), Block("丙", "row"))) == 3


def test_body_blocks_that_break_a_sentence_are_joined() -> None:
    assert kinds(Block("要抓好春耕，"), Block("确保不误农时。")) == [("body", "要抓好春耕，\n确保不误农时。")]


def test_body_blocks_of_two_pages_are_not_joined() -> None:
    """Readers of pages join a sentence over a page themselves."""
    assert len(kinds(Block("要抓好春耕，", page=1), Block("确保不误农时。", page=2))) == 2


def test_pages_and_recognition_reach_the_paragraph() -> None:
    document = Document.of(Reading([Block("要抓好春耕。", page=3, recognised=True)]), "a.pdf", "pdf")
    assert [(one.page, one.recognised) for one in split(document)] == [(3, True)]


ROLES = ["body", "heading", "row", "column_heading", "footnote", "furniture"]
TEXTS = st.text(alphabet="全县要办好民生实事，一、（二）。；\n \t　", max_size=80)


@given(st.lists(st.builds(Block, TEXTS, st.sampled_from(ROLES), page=st.sampled_from([None, 1, 2])), max_size=8))
def test_paragraphs_hold_every_character_that_is_not_white_space(blocks: list[Block]) -> None:
    document = Document.of(Reading(blocks), "a.docx", "docx")
    paragraphs = split(document)
    assert all(document.text[one.start : one.end] == one.text for one in paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    assert "".join("".join(one.text.split()) for one in paragraphs) == "".join("".join(b.text.split()) for b in blocks)
