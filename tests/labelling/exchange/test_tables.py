"""Tables as offices hand them over: damaged, merged, with formulas, with other marks between the columns."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.errors import InputError, LabelError
from classifier.labelling.candidates import Candidate, read_pool
from classifier.labelling.exchange.recognise import Incoming, read_labels
from classifier.labelling.exchange.table_output import write_csv
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import taxonomy_from

openpyxl = pytest.importorskip("openpyxl")
LABELS = [{"id": "farming", "zh": "农业", "en": "farming"}, {"id": "tourism", "zh": "文旅", "en": "tourism"}]
NAMES = Names(taxonomy_from({"label": LABELS}, "test"))
HEADINGS = ("文本", "标签")
SHEET = "xl/worksheets/sheet1.xml"
Sheets = dict[str, list[tuple[object, ...]]]


def save(path: Path, sheets: Sheets, merged: str = "") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def change(path: Path, edit: Callable[[bytes], bytes]) -> None:
    """Change the XML of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            changed = edit(data) if name == SHEET else data
            assert name != SHEET or changed != data
            archive.writestr(name, changed)


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def imported(path: Path) -> Incoming:
    return read_labels(str(path), NAMES)


def texts(incoming: Incoming) -> list[str | None]:
    return [one.text for one in incoming.decisions]


def pool(path: Path) -> list[Candidate]:
    return read_pool([str(path)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "a.xlsx", {"甲": [HEADINGS, *((f"第{n}段", "农业") for n in range(1, 41))]})


def test_rows_outside_the_said_dimension_are_read(book: Path) -> None:
    def dimension(said: bytes) -> Callable[[bytes], bytes]:
        return lambda xml: xml.replace(xml.split(b'<dimension ref="')[1].split(b'"')[0], said, 1)

    for said in (b"A1", b"A1:B3"):
        change(book, dimension(said))
        assert len(texts(imported(book))) == 40
        assert len(pool(book)) == 40


def test_an_extract_is_no_table_of_labels(tmp_path: Path) -> None:
    """Its column 存疑 is called as setting aside is; taken for a label's, every row would count as of no label."""
    rows: list[tuple[object, ...]] = [
        ("序号", "正文", "主题", "存疑", "文件"),
        (1, "粮食收成好。", "农业", None, "甲.txt"),
    ]
    found = imported(save(tmp_path / "a.xlsx", {"摘编": rows}))
    assert not found.decisions
    assert "no sheet has a first row with headings for text" in found.problems[0]


def cut_off(path: Path) -> None:
    change(path, lambda xml: xml[: len(xml) // 2])


def no_number(path: Path) -> None:
    change(path, lambda xml: xml.replace(b"</row>", b'<c r="C1" t="n"><v>abc</v></c></row>', 1))


def flip(path: Path) -> None:
    """Spoil a byte of the compressed sheet, where its rows are."""
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET)
    data = bytearray(path.read_bytes())
    middle = start.header_offset + 30 + len(SHEET) + start.compress_size // 2
    data[middle : middle + 8] = b"\xff" * 8
    path.write_bytes(data)


def no_zip(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


@pytest.mark.parametrize("spoil", [cut_off, no_number, flip, no_zip])
def test_a_damaged_workbook_is_named(book: Path, spoil: Callable[[Path], None]) -> None:
    spoil(book)
    (problem,) = imported(book).problems
    with pytest.raises(LabelError) as raised:
        pool(book)
    for message in (problem, str(raised.value)):
        assert message.startswith(str(book))
        assert "is damaged" in message
        assert "save it again" in message


def test_a_workbook_that_unpacks_to_very_much_is_not_opened(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/more.xml", b"-")
        archive.getinfo("xl/more.xml").file_size = 200_000_001  # what the archive says of itself
    (problem,) = imported(book).problems
    assert problem == f"{book}: would unpack to more than 200 MB; it is not opened"
    with pytest.raises(LabelError, match="more than 200 MB"):
        pool(book)


def test_old_mac_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "文本,标签\r甲,农业\r乙,文旅\r")
    assert texts(imported(path)) == ["甲", "乙"]
    assert [one.text for one in pool(path)] == ["甲", "乙"]


def test_a_first_line_longer_than_any_heading(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "今年以来" * 50_000)
    assert "not recognised as labels" in imported(path).problems[0]
    with pytest.raises(LabelError, match="no heading for the text"):
        pool(path)


@pytest.mark.parametrize("text", ["=甲", "-乙", "@丙", "+丁", "'戊", "己"])
def test_what_suggest_writes_is_read_as_it_was(text: str, tmp_path: Path) -> None:
    path = tmp_path / "next.csv"
    path.write_bytes(write_csv([["text", "label", "doc", "suggested", "reason"], [text, "", "-文", "", "=不确定"]]))
    assert pool(path) == [Candidate(text, "-文", "=不确定")]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_pool_takes_what_import_takes(mark: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"备注{mark}文本{mark}标签\n一{mark}甲{mark}农业\n")
    assert texts(imported(path)) == ["甲"]
    assert [one.text for one in pool(path)] == ["甲"]


def test_commas_in_a_tsv_of_one_column_stay(tmp_path: Path) -> None:
    assert [one.text for one in pool(write(tmp_path / "a.tsv", "text\n甲,乙\n"))] == ["甲,乙"]


@pytest.mark.parametrize("rest", ["丙,农业\n丁,文旅\n", '"丙",农业\n'])
def test_an_open_quotation_mark_is_named_by_its_line(rest: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f'文本,标签\n"甲\n甲",农业\n乙,农业\n"没关的,农业\n{rest}')
    assert imported(path).problems[0].startswith(f"{path}: line 5: not a whole table")
    with pytest.raises(LabelError) as raised:
        pool(path)
    assert str(raised.value).startswith(f"{path}: line 5: not a whole table")


@pytest.mark.parametrize("second", ["标签", "类别"])
def test_two_columns_of_labels_are_refused(second: str, tmp_path: Path) -> None:
    said = f"two columns are headed as labels (标签, {second})"
    for path in (
        write(tmp_path / "a.csv", f"文本,标签,{second}\n甲,农业,文旅\n"),
        save(tmp_path / "a.xlsx", {"甲": [(*HEADINGS, second), ("甲", "农业", "文旅")]}),
    ):
        incoming = imported(path)
        assert incoming.decisions == ()
        assert said in incoming.problems[0]


def test_error_values_are_bad_rows(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"甲": [HEADINGS, ("#REF!", "农业"), ("乙", "#N/A"), ("丙", "文旅")]})
    incoming = imported(path)
    assert texts(incoming) == ["丙"]
    assert [problem.split("; ")[0] for problem in incoming.problems] == [
        f"{path}: sheet 甲, row 2: the text cell holds the error #REF!",
        f"{path}: sheet 甲, row 3: the label cell holds the error #N/A",
    ]
    with pytest.raises(LabelError, match="sheet 甲, row 2: the text cell holds the error #REF!"):
        pool(path)


def test_formulas_without_a_result_are_bad_rows(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        HEADINGS,
        ('="甲"&"乙"', "农业"),
        ("乙", '=IF(1,"农业","文旅")'),
        ('="丙"', None),
        ("丁", "文旅"),
    ]
    path = save(tmp_path / "a.xlsx", {"甲": rows})
    incoming = imported(path)
    assert texts(incoming) == ["丁"]
    assert [problem.split("cell")[0] for problem in incoming.problems] == [
        f"{path}: sheet 甲, row 2: the text ",
        f"{path}: sheet 甲, row 3: the label ",
        f"{path}: sheet 甲, row 4: the text ",
    ]
    assert "is a formula without a stored result; open the file in Excel and save it" in incoming.problems[0]
    with pytest.raises(LabelError, match="row 2: the text cell is a formula without a stored result"):
        pool(path)


def test_formulas_with_a_result_are_read(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"甲": [HEADINGS, ("甲", '=""')]})
    change(path, lambda xml: xml.replace(b'<c r="B2">', b'<c r="B2" t="str">'))  # Excel's way to store an empty text
    (one,) = imported(path).decisions
    assert not one.confirmed
    change(path, lambda xml: xml.replace(b"<v></v>", "<v>农业</v>".encode()).replace(b"<v />", "<v>农业</v>".encode()))
    (one,) = imported(path).decisions
    assert one.labels == ("farming",)


def test_every_sheet_with_headings_is_read(tmp_path: Path) -> None:
    sheets: Sheets = {
        "说明": [("怎么填",)],
        "一": [HEADINGS, ("甲", "农业")],
        "二": [("标签", "文本"), ("渔业", "乙"), ("文旅", "丙")],
    }
    path = save(tmp_path / "a.xlsx", sheets)
    incoming = imported(path)
    assert [(one.text, one.where) for one in incoming.decisions] == [
        ("甲", f"{path}: sheet 一, row 2"),
        ("丙", f"{path}: sheet 二, row 3"),
    ]
    assert incoming.problems[0].startswith(f"{path}: sheet 二, row 2: no label is called '渔业'")
    assert [(one.text, one.doc) for one in pool(path)] == [
        ("甲", f"{path}:一:2"),
        ("乙", f"{path}:二:2"),
        ("丙", f"{path}:二:3"),
    ]


def test_a_workbook_without_a_heading_for_the_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError) as raised:
        pool(save(tmp_path / "a.xlsx", {"甲": [("备注",), ("甲",)], "乙": []}))
    assert str(raised.value).startswith(f"{tmp_path / 'a.xlsx'}: no sheet has a first row with a heading for the text")


def test_notes_beside_the_table_do_no_harm(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"甲": [HEADINGS, ("甲", "农业", None, "看一下")]})
    assert texts(imported(path)) == ["甲"]


def test_merged_label_cells_are_bad_rows(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [HEADINGS, ("甲", "农业"), ("乙", None), ("丙", None), ("丁", None)]
    path = save(tmp_path / "a.xlsx", {"甲": rows}, merged="B2:B4")
    incoming = imported(path)
    assert [(one.text, one.confirmed) for one in incoming.decisions] == [("甲", True), ("丁", False)]
    assert incoming.problems == tuple(
        f"{path}: sheet 甲, row {row}: the label cell is merged with row 2; unmerge and fill the cells"
        for row in (3, 4)
    )
    assert [one.text for one in pool(path)] == ["甲", "乙", "丙", "丁"]


def test_a_title_across_the_columns_is_no_bad_row(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"甲": [HEADINGS, ("一、农业", None), ("甲", "农业")]}, merged="A2:B2")
    assert imported(path).problems == ()


def test_what_cannot_be_read_in_a_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    write(folder / "good.txt", "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。")
    write(folder / "damaged.docx", "PK\x03\x04")
    write(folder / "open.csv", '文本\n"甲\n')
    told: list[str] = []
    assert len(read_pool([str(folder)], told.append)) == 1
    assert [message.split(": ")[0] for message in told] == [str(folder / "damaged.docx"), str(folder / "open.csv")]
    assert len(read_pool([str(folder)])) == 1
    (folder / "good.txt").unlink()
    with pytest.raises(InputError, match="no paragraphs to label"):
        read_pool([str(folder)], told.append)


def test_an_archive_is_its_documents_and_what_cannot_be_read_in_it_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good.txt", "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。")
        archive.writestr("empty.txt", "")
    told: list[str] = []
    name = f"{tmp_path / 'a.zip'}/"
    assert [one.doc for one in read_pool([str(tmp_path / "a.zip")], told.append)] == [name + "good.txt"]
    assert told == [name + "empty.txt: the file is empty; nothing to label"]
