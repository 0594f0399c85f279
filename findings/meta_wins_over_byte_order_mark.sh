#!/usr/bin/env bash
# resiliparse 2.0.1: a UTF-8 page with a byte order mark whose <meta> still says gb2312, as a site moved to UTF-8 leaves it.
# Expected: with html5_compatible=True the mark wins, as the WHATWG Encoding Standard and every browser have it.
# Does: the mark wins only as long as the <meta> is not asked for; with from_html_meta=True the answer is gbk, with
# html5_compatible=True, too, and the page turns into other Chinese characters instead of an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Resiliparse==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from resiliparse.parse.encoding import detect_encoding

page = "\ufeff<html><head><meta charset=gb2312></head><body>关于开展作风建设的通知</body></html>".encode()
found = (
    detect_encoding(page, html5_compatible=True),
    detect_encoding(page, html5_compatible=True, from_html_meta=True),
)
print("without from_html_meta:", found[0])
print("with from_html_meta:   ", found[1], "->", page.decode(found[1], "replace")[-24:])
assert found == ("utf-8", "gbk"), found
PYTHON
