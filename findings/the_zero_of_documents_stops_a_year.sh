#!/usr/bin/env bash
# wetext 0.1.8 (the grammars of WeTextProcessing): itn, which writes the numbers and dates of a Chinese text in digits.
# Expected: 二〇二四年 is 2024年, as 二零二四年 is: 〇 (U+3007) is what dates of official documents are written with (GB/T 15835-2011).
# Does: 〇 is no number to it. 二〇二四年五月八日 is 二〇24/05/08, 二〇三五年 二〇35年, 二〇二〇年十二月三十一日 二〇二〇年12/31, 二〇一〇年 stays;
# 一千〇五十人 is 1000〇50人. What is left of the number counts as a whole one, so that the date is well-formed and of the year 24.
# With 零 all are right, and so are years without a zero (1998/06); 一〇五室 stays whole, as 三〇一医院 should.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wetext==0.1.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from wetext import Normalizer

SEEN = {  # as written, with 零 for 〇
    "二〇二四年五月八日": ("二〇24/05/08", "2024/05/08"),
    "二〇二〇年十二月三十一日": ("二〇二〇年12/31", "2020/12/31"),
    "二〇三五年远景目标": ("二〇35年远景目标", "2035年远景目标"),
    "二〇一〇年": ("二〇一〇年", "2010年"),
    "一千〇五十人": ("1000〇50人", "1050人"),
    "一九九八年六月": ("1998/06", "1998/06"),
    "一〇五室": ("一〇五室", "105室"),
}
normalizer = Normalizer(lang="zh", operator="itn")
for text, expected in SEEN.items():
    found = normalizer.normalize(text), normalizer.normalize(text.replace("〇", "零"))
    print(text, "->", *found)
    assert found == expected, (text, found)
PYTHON
