"""Delimited text: every row once, quotation marks that belong to the text kept, an open one never a row lost."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.tables.delimited import Delimited, Dialect, as_csv, split_as_it_stands
from classifier.tables.delimited_rows import open_delimited
from classifier.tables.layout import layout_of

TAB = "\t"


def read(text: str, dialect: Dialect = Dialect(), longest: int = 1 << 20) -> Delimited:  # noqa: B008
    return Delimited(io.StringIO(text, newline=""), dialect, longest)


def text_column(names: Sequence[str]) -> int | None:
    return list(names).index("text") if "text" in names else None


def test_quotation_marks_that_belong_to_the_text_stay() -> None:
    """A cell is quoted only where its closing mark ends it."""
    rows = list(read('1\t"一网通办"推进\n2\t"带着\t引号"\n3\t说"好"\n', Dialect(TAB)))
    assert rows == [["1", '"一网通办"推进'], ["2", "带着\t引号"], ["3", '说"好"']]


def test_a_mark_left_open_swallows_no_row() -> None:
    reader = read('text,n\n"没关,1\n乙,2\n"丙",3\n"丁\n丁",4\n')
    assert list(reader) == [["text", "n"], ['"没关', "1"], ["乙", "2"], ["丙", "3"], ["丁\n丁", "4"]]
    assert (reader.open, reader.unsure) == ([2], [])


def test_a_mark_left_open_until_another_closes_it_swallows_no_row() -> None:
    """Each line has as many cells as the headings: rows, not the lines of one cell."""
    reader = read('a\tb\tc\n1\t"开头\tx\n2\t中间\tx\n3\t结尾"\tx\n', Dialect(TAB))
    assert [cells[0] for cells in reader] == ["a", "1", "2", "3"]
    assert reader.open == [2]


def test_where_both_are_likely_the_quoted_cell_counts_and_is_told() -> None:
    reader = read('text,n\n1,"甲\n乙,丙"\n')
    assert list(reader)[1] == ["1", "甲\n乙,丙"]
    assert (reader.open, reader.unsure) == ([], [2])


def test_a_record_too_long_is_an_error() -> None:
    with pytest.raises(csv.Error, match="a quotation mark is not closed"):
        list(read('a\n"' + "字\n" * 100, longest=50))


def test_what_is_taken_is_csv_whatever_came() -> None:
    reader = read('1\t"甲"乙\n2\t"丙\n3\t丁\n', Dialect(TAB))
    rows = list(reader)
    assert list(csv.reader(io.StringIO(reader.taken(), newline=""), delimiter=TAB)) == rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,text\n1,甲\n", (",", True, 0)),
        ("id;text\n1;甲,乙\n", (";", True, 0)),
        ("id\ttext\n1\t甲,乙\n", (TAB, True, 0)),
        ("id|text\n1|甲\n", ("|", True, 0)),
        ("编号，text\n1，甲\n", ("，", True, 0)),
        ("sep=;\r\nid;text\r\n1;甲\r\n", (";", True, 0)),
        ('"sep=|"\nid|text\n', ("|", True, 0)),
        ("某某情况汇总表,,\n填报单位：某镇,日期：六月,\n编号,text,备注\n1,甲,\n", (",", True, 2)),
        ('id\ttext\n1\t"甲"乙\n2\t"丙\n', (TAB, False, 0)),
        ('id\ttext\n1\t"甲"乙\n2\t"丙\t""丁"""\n', (TAB, True, 0)),
        ("甲;乙\n丙;丁\n", (";", True, None)),
        ("text\n甲,乙\n", (",", True, 0)),
    ],
)
def test_the_layout_is_told_from_the_beginning(text: str, expected: tuple[str, bool, int | None]) -> None:
    found = layout_of(text, text_column)
    assert (found.dialect.delimiter, found.dialect.quoted, found.above) == expected


def test_a_row_that_holds_the_word_of_a_heading_is_no_heading() -> None:
    """What stands above headings fills fewer cells; else rows above would be lost."""
    assert layout_of("a,b\n1,2\n3,text\n", text_column).above is None


def test_headings_titles_and_repetitions_are_told_apart() -> None:
    text = "\ufeff标题,,\nn,text,x\n1,甲,\n\ufeffn,text,x\n,,\n2,乙,\n"
    table = open_delimited(text, "a.csv", text_column)
    assert [cells for _, cells in table.rows()] == [["1", "甲", ""], ["2", "乙", ""]]
    assert ([line for line, _ in table.above], table.heading_line, table.repeated) == ([1], 2, [4])


def test_headings_over_two_rows_are_put_together() -> None:
    table = open_delimited("编号,诉求,,结果\n,text,类别,\n1,甲,乙,丙\n", "a.csv", text_column)
    assert table.headings is not None
    assert table.headings.names == ("编号", "text", "类别", "结果")


cells = st.text(alphabet='甲乙a",;|\t\n\r =', max_size=6)


@settings(max_examples=200)
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=12),
    delimiter=st.sampled_from([",", ";", TAB, "|"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    all_quoted=st.booleans(),
)
def test_a_table_in_any_dialect_comes_back_row_by_row(
    rows: list[list[str]], delimiter: str, ending: str, all_quoted: bool
) -> None:
    """Exactly once and in order, or a quoted cell that looks like rows is named by its line."""
    text = "".join(written(row, delimiter, all_quoted) + ending for row in [["n", "text", "x"], *rows])
    reader = read(text, Dialect(delimiter))
    found = list(reader)
    if not reader.open:
        assert found[1:] == rows
    assert list(csv.reader(io.StringIO(reader.taken(), newline=""), delimiter=delimiter)) == found


def written(row: list[str], delimiter: str, all_quoted: bool) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL).writerow(row)
    return stream.getvalue().removesuffix("\r\n")


@given(st.lists(st.text(alphabet='甲"a =', max_size=6), min_size=2, max_size=5))
def test_without_quoting_a_line_is_its_cells(row: list[str]) -> None:
    line = TAB.join(row) + "\n"
    assert list(read(line, Dialect(TAB, quoted=False))) == [row]


@given(st.lists(cells, min_size=1, max_size=5))
def test_a_record_that_is_written_is_read(row: list[str]) -> None:
    assert next(csv.reader(io.StringIO(as_csv(row, ","), newline=""))) == row


@given(st.text(alphabet='甲",\n\r\t', max_size=200))
def test_no_character_but_marks_and_dividers_is_lost(text: str) -> None:
    """Whatever the text: nothing hangs, nothing vanishes."""
    found = [cell for row in read(text) for cell in row]
    assert "".join(found).count("甲") == text.count("甲")


def test_cells_of_a_line_as_it_stands() -> None:
    assert split_as_it_stands('"甲,乙","丙"丁,"",x"y,"戊', ",") == ["甲,乙", '"丙"丁', "", 'x"y', '"戊']
