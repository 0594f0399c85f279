#!/usr/bin/env bash
# formulas 1.3.4, which works out the formulas of a workbook without Excel (here one that openpyxl 3.1.5 wrote, which stores no results):
# VALUE of a figure with a comma for the thousands that stands as text, as exported tables and cells pasted from Word have it.
# Expected: the figure, or #VALUE!, as for "3万".
# Does: what is no number to Python is read as a date. VALUE("1,200") is 73051, the 1st of January 2100, VALUE("3,500,000") 182683, the 1st of
# March 2400, VALUE("1,234.5") 85469; a sum adds the days up. VALUE("1,024") is a day of the year in which it is asked. "12,345" and
# "1,050.50" are #VALUE!, and so is "1,200"*1; VALUE("1200") and DATEVALUE("2024-5-8") are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check formulas==1.3.4 openpyxl==3.1.5 python-dateutil==2.9.0.post0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON' 2>"$folder/progress"
import formulas
import openpyxl

SEEN = {"1,200": 73051, "3,500,000": 182683, "1,234.5": 85469, "1,950": 346983, "1200": 1200, "12,345": None, "1,050.50": None, "3万": None}
book = openpyxl.Workbook()
for row, text in enumerate(SEEN, start=1):
    book.active.append([text, f"=VALUE(A{row})", f"=A{row}*1"])
book.active["D1"] = "=SUM(B1:B2)"
book.active["D2"] = '=DATEVALUE("2024-5-8")'
book.save("made.xlsx")
cells = formulas.ExcelModel().loads("made.xlsx").finish().calculate()


def cell(place):
    value = cells[f"'[made.xlsx]SHEET'!{place}"].value[0, 0]
    return None if str(value) == "#VALUE!" else float(value)


for row, (text, expected) in enumerate(SEEN.items(), start=1):
    print(text, "VALUE:", cell(f"B{row}"), "times 1:", cell(f"C{row}"))
    assert cell(f"B{row}") == expected, text
    assert cell(f"C{row}") == (1200 if text == "1200" else None), text
print("sum of the first two:", cell("D1"))
assert cell("D1") == 73051 + 182683 and cell("D2") == 45420
PYTHON
