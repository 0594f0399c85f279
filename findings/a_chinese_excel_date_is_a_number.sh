#!/usr/bin/env bash
# openpyxl 3.1.5, fastexcel 0.21.0 (which polars reads Excel with), python-calamine 0.9.1, xlrd's table of formats 2.0.2: dates in the
# formats 27-36 and 50-58 (31 is 2024年5月8日, 57 2024年5月, 58 5月8日), which East Asian Excel has of its own and names by number alone.
# Expected: dates to all (ECMA-376 part 1, 18.8.30 lists them), or to none; fastexcel and python-calamine are both calamine.
# Does: 45420 to openpyxl and fastexcel, in cells that show a date, without a word; dates to python-calamine, and to xlrd in an .xls
# of the same sheet. Where the file spells the format out (yyyy"年"m"月"d"日", number 164 and above) it is a date to all three.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 fastexcel==0.21.0 python-calamine==0.9.1 xlrd==2.0.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

import fastexcel
import openpyxl
import python_calamine
import xlrd.formatting

NUMBERS = (*range(27, 37), *range(50, 59))
book = openpyxl.Workbook()
book.active.append(["spelt out", *map(str, NUMBERS)])
book.active.append([45420] * (1 + len(NUMBERS)))
book.active["A2"].number_format = 'yyyy"年"m"月"d"日"'
for place in range(len(NUMBERS)):  # a format each, which loses its number below
    book.active.cell(2, place + 2).number_format = f'0.0"{place}"'
book.save("made.xlsx")
with zipfile.ZipFile("made.xlsx") as before, zipfile.ZipFile("named.xlsx", "w") as after:
    for name in before.namelist():
        content = before.read(name).decode()
        if name == "xl/styles.xml":
            for place, number in enumerate(NUMBERS):
                assert f'<xf numFmtId="{165 + place}"' in content
                content = content.replace(f'<xf numFmtId="{165 + place}"', f'<xf numFmtId="{number}"')
        after.writestr(name, content)

kinds = {
    "openpyxl": [type(cell.value).__name__ for cell in openpyxl.load_workbook("named.xlsx").active[2]],
    "fastexcel": [column.dtype for column in fastexcel.read_excel("named.xlsx").load_sheet(0).available_columns()],
    "python-calamine": [
        type(value).__name__
        for value in python_calamine.CalamineWorkbook.from_path("named.xlsx").get_sheet_by_index(0).to_python()[1]
    ],
}
for library, found in kinds.items():
    print(library, found)
assert kinds["openpyxl"] == ["datetime"] + ["int"] * len(NUMBERS)
assert kinds["fastexcel"] == ["datetime"] + ["float"] * len(NUMBERS)
assert kinds["python-calamine"] == ["date"] * (1 + len(NUMBERS))
assert all(xlrd.formatting.std_format_code_types[number] == xlrd.formatting.FDT for number in NUMBERS)
PYTHON
