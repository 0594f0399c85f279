"""Tables of Word 97-2003 files: rows, cells, tables in cells, layout."""

import struct

from classifier.documents.binary_word import read_doc
from classifier.documents.document import Block
from tests.documents.binary_word.making import Para, Word, para, simple, sprm, word_file

IN_TABLE = sprm(0x2416, 1)


def cell(text: str, *more: str) -> list[Para]:
    """Return a cell's paragraphs, the last of which ends it."""
    *first, last = text, *more
    return [*(para(one, properties=IN_TABLE) for one in first), para(last, properties=IN_TABLE, mark="\x07")]


def row(*cells: list[Para], properties: bytes = b"") -> list[Para]:
    return [
        *(one for of_cell in cells for one in of_cell),
        para(properties=IN_TABLE + sprm(0x2417, 1) + properties, mark="\x07"),
    ]


def inner_row(*texts: str) -> list[Para]:
    depth = IN_TABLE + sprm(0x6649, 2)
    cells = [para(text, properties=depth + sprm(0x244B, 1)) for text in texts]
    return [*cells, para(properties=depth + sprm(0x244B, 1) + sprm(0x244C, 1))]


def blocks(*paragraphs: list[Para] | str) -> list[Block]:
    flat = [one for some in paragraphs for one in ([para(some)] if isinstance(some, str) else some)]
    return [one for one in read_doc(simple(*flat), "x.doc").blocks if one.text]


def test_a_row_is_a_block_and_never_runs_into_the_next_paragraph() -> None:
    """Cells are divided, the paragraphs of a cell joined; the row that is repeated on each page names the columns."""
    assert blocks(
        "表前。",
        row(cell("序号"), cell("项目"), cell("投资"), properties=sprm(0x3404, 1)),
        row(cell("1"), cell("水厂", "扩建"), cell("3.5")),
        row(cell("2"), cell(""), cell("4.0")),
        "表后。",
    ) == [
        Block("表前。"),
        Block("序号 | 项目 | 投资", "column_heading"),
        Block("1 | 水厂 扩建 | 3.5", "row"),
        Block("2 |  | 4.0", "row"),
        Block("表后。"),
    ]


def test_merged_cells_come_once() -> None:
    """Cells that only continue the one on their left leave nothing; those of the row above leave an empty cell."""
    first, merged = bytes([1]) + bytes(19), bytes([2]) + bytes(19)
    definition = bytes([3]) + struct.pack("<4h", 0, 100, 200, 300) + first + merged + bytes(20)
    definition = struct.pack("<H", len(definition) + 1) + definition
    assert blocks(
        row(cell("合计"), cell(""), cell("7.5"), properties=sprm(0xD608, definition)),
        row(cell("小计"), cell(""), cell("7.5"), properties=sprm(0x5624, struct.pack("<BB", 0, 2))),
    ) == [Block("合计 | 7.5", "row"), Block("小计 | 7.5", "row")]


def test_long_properties_of_a_row_stand_in_the_data_stream() -> None:
    grpprl = sprm(0x3404, 1)
    story = [*row(cell("单位"), cell("任务"), properties=sprm(0x646B, 0)), *row(cell("财政局"), cell("拨款"))]
    data = word_file(Word({"text": story}, data=struct.pack("<H", len(grpprl)) + grpprl))
    assert read_doc(data, "x.doc").blocks == [Block("单位 | 任务", "column_heading"), Block("财政局 | 拨款", "row")]


def test_a_table_of_one_column_is_text() -> None:
    assert blocks(row(cell("第一段。", "第二段。")), row(cell("第三段。"))) == [
        Block("第一段。"),
        Block("第二段。"),
        Block("第三段。"),
    ]


def test_a_table_in_a_cell_is_part_of_the_cell() -> None:
    outer = [
        para("配合：", properties=IN_TABLE),
        *inner_row("教育局", "校舍"),
        *inner_row("财政局", "资金"),
        *cell("以上。"),
    ]
    assert blocks(row(cell("责任"), outer), row(cell("时限"), cell("年底")), "后。") == [
        Block("责任 | 配合： 教育局 校舍 财政局 资金 以上。", "row"),
        Block("时限 | 年底", "row"),
        Block("后。"),
    ]


def test_a_table_that_only_holds_a_table_is_layout() -> None:
    outer = [*inner_row("教育局", "校舍"), *inner_row("财政局", "资金"), *cell("")]
    assert blocks(row(outer, cell("")), "后。") == [
        Block("教育局 | 校舍", "row"),
        Block("财政局 | 资金", "row"),
        Block("后。"),
    ]


def test_a_whole_text_in_a_cell_stays_paragraphs() -> None:
    long = ["要" * 250 + "。"] * 3
    assert blocks(row(cell("左栏"), cell(*long)), row(cell("甲"), cell("乙"))) == [
        Block("左栏"), *(Block(one) for one in long), Block("甲 | 乙", "row"),
    ]  # fmt: skip


def test_rows_without_their_ends_lose_nothing() -> None:
    """Cell marks alone, as damage leaves them, still give the text; so do cells at the end of the file."""
    assert blocks(cell("甲") + cell("乙"), "段。", cell("丙"), cell("丁")) == [
        Block("甲 | 乙", "row"), Block("段。"), Block("丙 | 丁", "row"),
    ]  # fmt: skip
