"""What the formulas of an .xlsx file came to: openpyxl writes formulas without it, and it is put back.

A viewer that works out nothing (a phone's, a preview), and whoever reads the file by program, would find such cells
empty.
"""

import re
import warnings
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from classifier.files import replacing

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WRITTEN = re.compile(  # a formula as openpyxl writes it, with lxml and without
    rb'<c r="([A-Z]+\d+)"([^<>]*)>(<f(?:[^<>]*/>|[^<>]*>[^<>]*</f>))(?:<v\s*/>|<v></v>)</c>'
)


class Result(NamedTuple):
    """What a formula came to, as the file says it. `kind`: str, b, e, or "" for a number."""

    kind: str
    value: str


Results = Mapping[str, Mapping[str, Result]]
"""By sheet's title and cell (B7)."""


def stored_results(path: Path) -> Results:
    """Return what the formulas of a workbook came to when it was saved; of none that was not worked out."""
    found: dict[str, dict[str, Result]] = {}
    for title, place in _places(path).items():
        with zipfile.ZipFile(path) as archive, archive.open(place) as stream:
            of_sheet: dict[str, Result] = {}
            for _, element in iterparse(stream):  # noqa: S314 - openpyxl reads it the same way
                if element.tag == f"{_MAIN}c" and (result := _result(element)) is not None:
                    of_sheet[element.get("r", "")] = result
                if element.tag == f"{_MAIN}row":
                    element.clear()
        if of_sheet:
            found[title] = of_sheet
    return found


def put_back(target: Path, results: Results) -> int:
    """Put results into a workbook that openpyxl wrote; return how many of them found no formula without a result."""
    if not results:
        return 0
    places = {place: results[title] for title, place in _places(target).items() if title in results}
    missed = sum(map(len, results.values()))
    with (
        replacing(target) as part,
        zipfile.ZipFile(target) as before,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.infolist():
            content = before.read(one)
            if one.filename in places:
                content, count = _with_results(content, places[one.filename])
                missed -= count
            after.writestr(one, content, zipfile.ZIP_DEFLATED)
    return missed


def _places(path: Path) -> dict[str, str]:
    """Return where in the file each sheet stands, by its title."""
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra

    with path.open("rb") as stream, warnings.catch_warnings():  # a stream: of paths it looks at the ending
        warnings.simplefilter("ignore")  # they were told when the book was opened
        sheets = load_workbook(stream, read_only=True).worksheets
        return {sheet.title: sheet._worksheet_path for sheet in sheets}  # noqa: SLF001


def _result(cell: Element) -> Result | None:
    formula, value = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v")
    kind = cell.get("t", "n")
    if formula is None or (not value and kind != "str") or kind not in {"n", "str", "b", "e"}:
        return None
    return Result("" if kind == "n" else kind, value or "")


def _with_results(sheet: bytes, results: Mapping[str, Result]) -> tuple[bytes, int]:
    count = 0

    def filled(match: re.Match[bytes]) -> bytes:
        nonlocal count
        cell, looks, formula = match.groups()
        result = results.get(cell.decode())
        if result is None or b" t=" in looks:
            return match[0]
        count += 1
        kind = f' t="{result.kind}"'.encode() if result.kind else b""
        space = b' xml:space="preserve"' if result.value != result.value.strip() else b""
        value = escape(result.value, quote=False).encode()
        return b'<c r="%b"%b%b>%b<v%b>%b</v></c>' % (cell, looks, kind, formula, space, value)

    return _WRITTEN.sub(filled, sheet), count
