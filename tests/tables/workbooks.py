"""Workbooks made by code: .xlsx by openpyxl, .ods by hand, .xls as the records of its binary form (BIFF8 in OLE)."""

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Hidden:
    """What a workbook does not show: sheets by title, rows and columns of all sheets, each counted from 1."""

    sheets: Collection[str] = ()
    rows: Collection[int] = ()
    columns: Collection[int] = ()


NOTHING = Hidden()


def xlsx(sheets: Mapping[str, Rows], merged: str = "", hidden: Hidden = NOTHING) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if merged:
            sheet.merge_cells(merged)
        sheet.sheet_state = "veryHidden" if title in hidden.sheets else "visible"
        for number in hidden.rows:
            sheet.row_dimensions[number].hidden = True
        for number in hidden.columns:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something else in one part of it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()


_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods(sheets: Mapping[str, Sequence[str]], hidden: Collection[str] = (), columns: str = "") -> bytes:
    """Return a spreadsheet; `sheets`: the rows of each as XML, see `ods_row`; `columns`: their columns, as XML, too."""
    tables = "".join(
        f'<table:table table:name="{escape(title)}" table:style-name="{"h" * (title in hidden)}">'
        f"{columns}{''.join(rows)}</table:table>"
        for title, rows in sheets.items()
    )
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {_NAMES}>{body}</office:document-content>")
    return stream.getvalue()


def ods_row(*cells: str, times: int = 1) -> str:
    """Return a row; a cell is a text, or XML where it begins with a less-than sign."""
    made = [
        cell if cell.startswith("<") else f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>"
        for cell in cells
    ]
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(made)}</table:table-row>'


def xls(sheets: Mapping[str, Rows], hidden: Hidden = NOTHING) -> bytes:
    """Return a BIFF8 workbook: texts, numbers, truth values, None; an error as "#N/A"."""
    streams = [_sheet(rows, hidden) for rows in sheets.values()]
    names = [title.encode("utf-16-le") for title in sheets]
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    head += _record(0x0042, struct.pack("<H", 1200))
    sizes = sum(4 + 8 + len(name) for name in names)
    at = len(head) + sizes + 4
    for title, name, stream in zip(sheets, names, streams, strict=True):
        head += _record(0x0085, struct.pack("<IBBBB", at, title in hidden.sheets, 0, len(name) // 2, 1) + name)
        at += len(stream)
    return _ole(head + _record(0x000A, b"") + b"".join(streams))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _sheet(rows: Rows, hidden: Hidden) -> bytes:
    found = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for column in hidden.columns:
        found += _record(0x007D, struct.pack("<HHHHHH", column - 1, column - 1, 2000, 15, 1, 0))
    for number in hidden.rows:
        found += _record(0x0208, struct.pack("<HHHHHHI", number - 1, 0, 9, 300, 0, 0, 0x120))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            place = struct.pack("<HHH", y, x, 0)
            if isinstance(value, bool):
                found += _record(0x0205, place + struct.pack("<BB", value, 0))
            elif value == "#N/A":
                found += _record(0x0205, place + struct.pack("<BB", 42, 1))
            elif isinstance(value, str):
                data = value.encode("utf-16-le")
                found += _record(0x0204, place + struct.pack("<HB", len(data) // 2, 1) + data)
            elif value is not None:
                found += _record(0x0203, place + struct.pack("<d", value))
    return found + _record(0x000A, b"")


def _ole(workbook: bytes) -> bytes:
    """Return a compound file (MS-CFB) with one stream, Workbook."""
    data = workbook.ljust(4096, b"\0")  # shorter ones live elsewhere
    data = data.ljust(-(-len(data) // 512) * 512, b"\0")
    count = len(data) // 512
    table = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]  # the stream, the directory, this table
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", count + 1, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 0, len(data))
    return head + data + entries.ljust(512, b"\0") + struct.pack("<128I", *table)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    found = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return found + bytes(36) + struct.pack("<IQ", start, size)
