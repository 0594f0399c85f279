#!/usr/bin/env bash
# jionlp 1.5.31: extract_time() on the way reports give a span of months (1-4月, January to April).
# Expected: a span of four months.
# Does: takes 1-4 without the 月 for month and day: the 4th of January, "accurate". 2024年1-4月 is two times, the whole year and
# that day; 1-11月 the 11th of January, 3-5月份 the 5th of March. 前三季度 and 2023-2025年 are spans, so the notion is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jionlp==1.5.31
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import jionlp

BASE = {"year": 2024, "month": 5, "day": 20}
SEEN = {
    "1-4月，全市固定资产投资增长。": [("1-4", "2024-01-04", "2024-01-04")],
    "1-11月，一般公共预算收入增长。": [("1-11", "2024-01-11", "2024-01-11")],
    "3-5月份开展整治。": [("3-5", "2024-03-05", "2024-03-05")],
    "2024年1-4月，外贸回升。": [("2024年", "2024-01-01", "2024-12-31"), ("1-4", "2024-01-04", "2024-01-04")],
    "前三季度，外贸回升。": [("前三季度", "2024-01-01", "2024-09-30")],
    "2023-2025年，新建学校三所。": [("2023-2025年", "2023-01-01", "2025-12-31")],
}
for text, expected in SEEN.items():
    found = [
        (one["text"], *(end[:10] for end in one["detail"]["time"]), one["detail"]["definition"])
        for one in jionlp.ner.extract_time(text, time_base=BASE)
    ]
    print(text, "->", found)
    assert found == [(*one, "accurate") for one in expected], (text, found)
PYTHON
