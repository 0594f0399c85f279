#!/usr/bin/env bash
# resiliparse 2.0.1: dates and ordinals that an editor has cut into elements of a character each, as pasting from Word does.
# Expected: all characters are kept, since the paragraph is kept.
# Does: with main_content=True elements that hold one Chinese character are dropped from a kept paragraph, and so are bits
# of one mark between them, while digits stay: 2025年3月。 comes as 20253, 一、 before a heading vanishes, 第<b>三</b>条
# gives nothing at all. Without main_content nothing is lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Resiliparse==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from resiliparse.extract.html2text import extract_plain_text

SEEN = {  # page: (text, text of main_content)
    "<p>发布于<span>2</span><span>0</span><span>2</span><span>5</span><span>年</span><span>3</span><span>月</span>。</p>": (
        "发布于2025年3月。",
        "发布于20253",
    ),
    "<p><b>一</b>、<b>总体</b>要求</p>": ("一、总体要求", "总体要求"),
    "<p>第<b>三</b>条</p>": ("第三条", ""),
    "<p>一</p><p>甲乙</p>": ("一\n\n甲乙", "甲乙"),
}
for page, expected in SEEN.items():
    html = f"<html><body>{page}</body></html>"
    found = extract_plain_text(html), extract_plain_text(html, main_content=True)
    print(page, "->", *map(repr, found))
    assert found == expected, (page, found)
PYTHON
