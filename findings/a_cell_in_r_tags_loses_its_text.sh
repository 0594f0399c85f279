#!/usr/bin/env bash
# XlsxWriter 3.3.1: write_string() of a text that begins with <r> and ends with </r>, as a scraped page's cell may; read back by openpyxl 3.1.5.
# Expected: as every other text: < and > are escaped, the cell holds what was written.
# Does: the text is taken for the inside of a rich string that is already XML and is written as it stands; openpyxl reads an empty cell, without an error.
# One character before or behind it, and it is escaped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import openpyxl
import xlsxwriter

TEXTS = ["<b>新建小学</b>", "<r>新建小学</r>", "<r>新建小学</r>。"]
book = xlsxwriter.Workbook("book.xlsx")
sheet = book.add_worksheet()
for row, text in enumerate(TEXTS):
    sheet.write_string(row, 0, text)
book.close()
read = [cell.value for cell in openpyxl.load_workbook("book.xlsx").active["A"]]
for text, found in zip(TEXTS, read, strict=True):
    print(text, "->", repr(found))
assert read == [TEXTS[0], "", TEXTS[2]], read
PYTHON
