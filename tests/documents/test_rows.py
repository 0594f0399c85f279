"""Tables as blocks: what is a row, what is text."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import CELL, Block
from classifier.documents.rows import Row, heading_rows, joined_cells, names_columns, table_blocks

LONG = Block("春耕备耕要抓早抓细抓实，化肥种子农机都要备足。" * 8)


def test_a_whole_text_in_a_cell_stays_paragraphs() -> None:
    """Four paragraphs of some length are a text, a few long sentences or many short lines are a cell."""
    text, side = [LONG] * 4, [Block("侧栏")]
    assert list(table_blocks([Row([side, text])])) == [*side, *text]
    assert len(list(table_blocks([Row([side, [LONG] * 3])]))) == 1
    assert len(list(table_blocks([Row([side, [Block("短")] * 9])]))) == 1


def test_a_divider_in_a_cell_divides_nothing() -> None:
    assert list(table_blocks([Row([[Block(f"a{CELL}b")], [Block("c\nd")]])])) == [Block(f"a b{CELL}c d", "row")]


def test_empty_cells_fall_away_at_the_ends_only() -> None:
    assert [joined_cells(one) for one in (["", "甲", "", "乙", ""], ["", ""], [])] == [f"甲{CELL}{CELL}乙", "", ""]


def test_the_first_row_of_several_cells_names_the_columns_where_it_looks_it() -> None:
    """By its words, or by being bold; never a sentence, never one name twice, never the last row."""
    assert names_columns(["序 号", "项目名称", ""])
    assert names_columns(["甲", "乙"], bold=True)
    assert not any(map(names_columns, (["甲", "乙"], ["单位", "单位"], ["项目开工。", "责任单位"], ["单位"])))
    title, names, entry = ["任务清单"], ["单位", "任务"], ["水利局", "清淤"]
    assert heading_rows([title, names, entry], []) == {1}
    assert heading_rows([title, names], []) == set()
    assert heading_rows([title, entry, names], [0, 1]) == {1}


def test_a_table_without_marks_has_its_columns_named() -> None:
    rows = [Row([[Block(one)] for one in row]) for row in (("单位", "任务"), ("水利局", "清淤"))]
    assert list(table_blocks(rows)) == [Block(f"单位{CELL}任务", "column_heading"), Block(f"水利局{CELL}清淤", "row")]


@given(st.lists(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=3), min_size=2, max_size=4), max_size=4))
def test_every_paragraph_stands_once_and_in_order(table: list[list[list[str]]]) -> None:
    rows = [Row([[Block(text) for text in cell] for cell in row]) for row in table]
    shown = "".join(one.text for one in table_blocks(rows)).replace(CELL, "").replace(" ", "")
    assert shown == "".join(text for row in table for cell in row for text in cell)
