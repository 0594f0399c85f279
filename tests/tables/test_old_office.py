"""Messages of damaged old office files name the program whose files they are, and the ending to save them under."""

import pytest

from classifier.documents.binary_word import read_doc
from classifier.documents.read import from_bytes
from classifier.errors import InputError, TableError
from classifier.tables.old_office import OLE, old_office
from classifier.tables.workbook import sheets
from tests.documents.binary_word.making import compound_file, simple
from tests.tables.workbooks import xls

NOT_TOLD = OLE + b"\0" * 700
PROGRAMS = [
    ("a.doc", "Word", ".docx"), ("a.DOT", "Word", ".docx"), ("a.wps", "WPS", ".docx"), ("a.xls", "Excel", ".xlsx"),
    ("a.et", "WPS", ".xlsx"), ("a.ppt", "PowerPoint", ".pdf"), ("a.dps", "WPS", ".pdf"), ("a", "Office", ".docx"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "program", "save_as"), PROGRAMS)
def test_where_the_content_does_not_tell_the_ending_does(name: str, program: str, save_as: str) -> None:
    expected = f"^{name}: an old {program} file .* or a damaged one; open it and save it as \\{save_as}$"
    with pytest.raises(InputError, match=expected):
        from_bytes(NOT_TOLD, name)
    in_tables = ".xlsx" if program == "Office" else save_as
    with pytest.raises(TableError, match=rf"^{name}: the old {program} file is damaged: .* save it as \{in_tables}$"):
        _read(NOT_TOLD, name)


@pytest.mark.parametrize(
    ("name", "kind", "program"),
    [("a.wps", "doc", "WPS"), ("a.et", "doc", "Word"), ("a.xls", "doc", "Word"), ("a", "doc", "Word"), ("a.et", "xls", "WPS"), ("a.doc", "xls", "Excel")],
)  # fmt: skip
def test_the_content_counts_before_the_ending(name: str, kind: str, program: str) -> None:
    data = simple("正文。") if kind == "doc" else compound_file({"Workbook": b"x"})
    old = old_office(data, name)
    assert (old.kind, old.program) == (kind, program)


def test_a_damaged_text_of_wps_is_not_called_words() -> None:
    with pytest.raises(InputError, match=r"^a\.wps: cannot be read as a WPS file: "):
        read_doc(simple("正文。")[:-600], "a.wps")


@pytest.mark.parametrize(("name", "program"), [("a.et", "WPS"), ("a.xls", "Excel")])
def test_a_damaged_workbook_names_its_program(name: str, program: str) -> None:
    with pytest.raises(
        TableError, match=rf"^{name}: the old {program} file is damaged: .*; open it and save it as \.xlsx"
    ):
        _read(xls({"甲": [["正文"], ["修路。" * 2000]]})[:3000], name)


@pytest.mark.parametrize(("name", "program"), [("a.ods", "LibreOffice"), ("a.et", "WPS"), ("a.xlsx", "Excel")])
def test_a_damaged_archive_names_its_program(name: str, program: str) -> None:
    with pytest.raises(TableError, match=f"^{name}: the {program} file is damaged"):
        _read(b"PK\x03\x04" + b"\0" * 40, name)


def test_a_document_under_a_workbooks_name_is_called_what_it_is() -> None:
    with pytest.raises(
        TableError, match=r"^a\.xls: an old Word file, not a workbook; save its table as \.xlsx or CSV$"
    ):
        _read(simple("正文。"), "a.xls")


def _read(data: bytes, name: str) -> None:
    for sheet in sheets(data, name):
        list(sheet.lines)
