import io
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from classifier.errors import TableError
from classifier.tables import xlsx_writer
from classifier.tables.workbook import sheets
from classifier.tables.xlsx_texts import CELL_MOST, GOES_ON, GONE_ON, escaped, pieces
from classifier.tables.xlsx_texts import written as as_in_a_cell
from classifier.tables.xlsx_writer import SheetColumn, SheetRows, write_workbook

COLUMNS = (SheetColumn("正文", 60), SheetColumn("概率", kind="probability"), SheetColumn("占比", kind="share"))


def written(*some: SheetRows) -> bytes:
    stream = io.BytesIO()
    write_workbook(some, stream)
    return stream.getvalue()


def opened(*some: SheetRows) -> Any:
    return load_workbook(io.BytesIO(written(*some)))


def read_back(sheet: SheetRows) -> list[list[str]]:
    return [list(line.cells) for found in sheets(written(sheet), "written.xlsx") for line in found.lines]


def test_a_sheet_looks_like_one_that_somebody_made() -> None:
    """Widths, headings that stay in sight, filters over all rows, wrapped text, number formats, one page wide."""
    sheet = opened(SheetRows("摘编", COLUMNS, [("住有所居。", 0.9871, 0.4), ("学有所教。", 0.5, 1)], freeze=1))["摘编"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert 60 <= sheet.column_dimensions["A"].width < 61
    assert (sheet["A2"].alignment.wrap_text, sheet["A2"].font.name) == (True, "宋体")
    assert (sheet["A1"].font.name, sheet["A1"].font.bold) == ("黑体", True)
    assert [sheet["B2"].value, sheet["B2"].number_format] == [0.9871, "0.000"]
    assert [sheet["C2"].value, sheet["C2"].number_format] == [0.4, "0%"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_a_row_is_as_high_as_its_text() -> None:
    """Programs other than Excel show the first line only where the file does not say how high a row is."""
    rows = [("短",), ("民" * 100,), ("一\n二\n三",), ("长" * 9_000,)]
    sheet = opened(SheetRows("摘编", COLUMNS[:1], rows))["摘编"]
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert heights[0] is None
    assert 4 * 15 <= heights[1] <= 5 * 15
    assert 3 * 15 <= heights[2] < 4 * 15
    assert heights[3] == pytest.approx(409, abs=1)


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_is_run(mark: str) -> None:
    """A text that begins like a formula is text, and stays text when somebody edits the cell."""
    cell = opened(SheetRows("摘编", COLUMNS[:1], [(f"{mark}1+1",)]))["摘编"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_what_is_for_machines_is_hidden() -> None:
    """Columns and whole sheets can be hidden."""
    book = opened(
        SheetRows("正文", (SheetColumn("正文"), SheetColumn("key", hidden=True)), [("甲", "k1")]),
        SheetRows("machine", (SheetColumn("key"),), [("k1",)], hidden=True),
    )
    assert [book["正文"].column_dimensions[letter].hidden for letter in "AB"] == [False, True]
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden"]


def test_choices_are_offered_in_each_row() -> None:
    """A drop-down stands in the cells of its column, below the heading."""
    column = SheetColumn("标签", choices=("民生", "营商环境"))
    (offer,) = opened(SheetRows("摘编", (column,), [("民生",), ("",)]))["摘编"].data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1, offer.showErrorMessage) == ("A2:A3", '"民生,营商环境"', False)
    for bad in (("a,b",), ('"',), ("长" * 300,)):
        with pytest.raises(TableError, match="no drop-down list"):
            written(SheetRows("摘编", (SheetColumn("标签", choices=bad),), [("",)]))


def test_a_text_that_no_cell_holds_goes_on_in_the_next_row() -> None:
    """Nothing is cut off: the rows below go on, and repeat the other cells."""
    text = "民" * (CELL_MOST * 2)
    sheet = SheetRows("摘编", COLUMNS[:2], [("短", 0.1), (text, 0.2)])
    rows = read_back(sheet)[1:]
    assert [row[1] for row in rows] == ["0.1", "0.2", "0.2", "0.2"]
    parts = [row[0].removeprefix(GONE_ON).removesuffix(GOES_ON) for row in rows[1:]]
    assert "".join(parts) == text
    assert all(len(row[0]) <= CELL_MOST for row in rows)
    assert (sheet.written, sheet.gone_on) == (2, (2, 2))


def test_a_sheet_that_must_be_whole_is_refused_where_a_text_is_too_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It leaves no file behind."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(TableError, match="row 2: a text of 40,000 characters; an Excel cell holds 32,767"):
        written(SheetRows("摘编", COLUMNS[:1], [("短",), ("长" * 40_000,)], whole=True))
    assert not list(tmp_path.iterdir())


def test_more_rows_than_a_sheet_holds_go_on_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "ROWS_MOST", 3)
    book = opened(SheetRows("摘编", COLUMNS[:1], [(str(number),) for number in range(5)]))
    assert {sheet.title: [row[0] for row in sheet.values] for sheet in book} == {
        "摘编": ["正文", "0", "1"],
        "摘编 (2)": ["正文", "2", "3"],
        "摘编 (3)": ["正文", "4"],
    }
    assert len(opened(SheetRows("摘编", COLUMNS[:1], [("1",), ("2",)])).sheetnames) == 1


@pytest.mark.parametrize("title", ["a/b:c*d?e[f]", "'x'", "", "长" * 40, "\x07"])
def test_a_title_is_made_one_that_excel_takes(title: str) -> None:
    (name,) = opened(SheetRows(title, COLUMNS[:1], [])).sheetnames
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("_x0001_=\x00\x1f\r\n\ud800")), max_size=60))
def test_every_text_comes_back(text: str) -> None:
    """Whatever stands in a cell is read as it was: control characters too; half characters are marked as lost.

    Line ends of other systems become line ends.
    """
    whole = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    whole = whole.replace("\r\n", " \n").replace("\r", "\n")
    if whole.strip():
        assert read_back(one_cell(text))[1] == [whole]


@pytest.mark.parametrize(
    "text", ["<r>a</r>", "<r><t>a</t></r>", "<r></r>", "<r>a&b</r> ", "&amp;", "http://a.b/", "007"]
)
def test_what_another_program_would_take_for_something_else_is_text(text: str) -> None:
    """Markup, an address, a number with zeros in front."""
    assert read_back(one_cell(text))[1] == [text]


@pytest.mark.parametrize("text", ["新增学位；\r\n县医院新院区。", "一\r二", "\r\n\r\n", "a\n\rb"])
def test_line_ends_of_other_systems_are_line_ends(text: str) -> None:
    """No carriage return is shown as _x000D_, by neither writer; places in the text stay where they are."""
    for plain in (as_in_a_cell(text), escaped(text)):
        assert (len(plain), "\r" in plain, "x000D" in plain) == (len(text), False, False)
        assert plain.split() == text.split()


def test_two_sheets_of_one_title() -> None:
    assert opened(SheetRows("A", COLUMNS[:1], []), SheetRows("a", COLUMNS[:1], [])).sheetnames == ["A", "a (2)"]


def one_cell(text: str) -> SheetRows:
    return SheetRows("摘编", COLUMNS[:1], [(text,)])


@given(
    st.text(alphabet=st.sampled_from(string.ascii_letters + "民𠀀\x01_"), min_size=1, max_size=9),
    st.integers(1, 9_000),
)
def test_pieces_hold_all_and_fit(part: str, times: int) -> None:
    """Cut or not, the text is there, and no piece is more than a cell holds, counted as Excel or as openpyxl does."""
    text = part * times
    found = pieces(text)
    assert "".join(one.removeprefix(GONE_ON).removesuffix(GOES_ON) for one in found) == text
    assert all(len(one.encode("utf-16-le")) // 2 <= CELL_MOST and len(escaped(one)) <= CELL_MOST for one in found)
