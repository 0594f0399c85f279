#!/usr/bin/env bash
# cn2an 0.5.24: transform(text, "cn2an"), which turns the Chinese numbers of a running text into digits.
# Expected: numbers are converted, words that merely contain a numeral (一些, 三农, 统一) are left.
# Does: 约三五户 (some three to five households) becomes 约35户: a range turns into a number some ten times as large, without a warning;
# words become 1些, 3农, 统1, 5保户.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import cn2an

SEEN = {
    "惠及三千六百户": "惠及3600户",
    "约三五户": "约35户",
    "一些同志": "1些同志",
    "三农工作统一部署": "3农工作统1部署",
    "五保户": "5保户",
}
for text, expected in SEEN.items():
    found = cn2an.transform(text, "cn2an")
    print(text, "->", found)
    assert found == expected, (text, found)
PYTHON
