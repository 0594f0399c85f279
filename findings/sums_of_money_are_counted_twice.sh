#!/usr/bin/env bash
# jionlp 1.5.31: parse_money(), which turns a sum of money into a number.
# Expected: 1亿2000万元 is 120,000,000; 1万5千元 is 15,000.
# Does: where digits stand before two units, what stands before the first unit is counted twice: 1亿2000万元 is 220,020,000,
# 1万5千元 25,000, 12亿6000万元 1,560,060,000, each "accurate". Without digits (一亿两千万元, 一万五千元) it is right, and so is
# 3千5百元. 一两万元 (ten or twenty thousand) is 30,000, accurate. extract_money() in a sentence gives the same sums.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jionlp==1.5.31
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import jionlp

SEEN = {
    "1亿2000万元": "220020000.00",
    "12亿6000万元": "1560060000.00",
    "1万5千元": "25000.00",
    "3万5000元": "65005.00",
    "一两万元": "30000.00",
    "一亿两千万元": "120000000.00",
    "一万五千元": "15000.00",
    "3千5百元": "3500.00",
}
for text, expected in SEEN.items():
    found = jionlp.parse_money(text)
    print(text, "->", found["num"], found["definition"])
    assert (found["num"], found["definition"]) == (expected, "accurate"), (text, found)
found = jionlp.ner.extract_money("项目总投资1亿2000万元，年内开工。")
print(found)
assert [one["detail"]["num"] for one in found] == ["220020000.00"], found
PYTHON
