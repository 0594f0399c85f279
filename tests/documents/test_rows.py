"""Tables as blocks: what is a row, what is text."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import CELL, Block
from classifier.documents.rows import Row, table_blocks

LONG = Block("春耕备耕要抓早抓细抓实，化肥种子农机都要备足。" * 8)


def test_a_whole_text_in_a_cell_stays_paragraphs() -> None:
    """Four paragraphs of some length are a text, a few long sentences or many short lines are a cell."""
    text, side = [LONG] * 4, [Block("侧栏")]
    assert list(table_blocks([Row([side, text])])) == [*side, *text]
    assert len(list(table_blocks([Row([side, [LONG] * 3])]))) == 1
    assert len(list(table_blocks([Row([side, [Block("短")] * 9])]))) == 1


def test_a_divider_in_a_cell_divides_nothing() -> None:
    assert list(table_blocks([Row([[Block(f"a{CELL}b")], [Block("c\nd")]])])) == [Block(f"a b{CELL}c d", "row")]


@given(st.lists(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=3), min_size=2, max_size=4), max_size=4))
def test_every_paragraph_stands_once_and_in_order(table: list[list[list[str]]]) -> None:
    rows = [Row([[Block(text) for text in cell] for cell in row]) for row in table]
    shown = "".join(one.text for one in table_blocks(rows)).replace(CELL, "").replace(" ", "")
    assert shown == "".join(text for row in table for cell in row for text in cell)
