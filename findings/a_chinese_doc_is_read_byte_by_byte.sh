#!/usr/bin/env bash
# kreuzberg 4.10.4 and a .doc (Word 97-2003) that LibreOffice (7.4.7 was tried) wrote of Chinese text.
# Expected: the text; LibreOffice's .doc has a single piece of UTF-16.
# Does: English is right. Of Chinese each byte becomes a character (关于 is sQŽN) and only the first half is read, without an error or
# a warning; a half of digits does not change that. A Chinese title over a page of English is right: the form of the bytes is
# guessed by how many of them are 0.
# Needs LibreOffice (soffice).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check kreuzberg==4.10.4
cd "$folder"
cat > make.py <<'PYTHON'
from pathlib import Path

CHINESE = "各乡镇要在五月底前完成管网改造，并按月报告进展情况。"
ENGLISH = "Each town repairs its pipes by the end of May and reports every month. "
TEXTS = {
    "chinese": CHINESE * 8,
    "half": "".join(f"{one}7" for one in CHINESE * 8),
    "english": (ENGLISH * 4).strip(),
    "title": "关于供水保障的通知 " + (ENGLISH * 4).strip(),
}
if __name__ == "__main__":
    for name, text in TEXTS.items():
        Path(f"{name}.txt").write_text(text, "utf-8")
PYTHON
venv/bin/python make.py
soffice -env:UserInstallation="file://$folder/profile" --headless --infilter="Text (encoded):UTF8" --convert-to doc ./*.txt > said 2>&1
venv/bin/python - <<'PYTHON'
import re

import kreuzberg
from make import TEXTS

for name, text in TEXTS.items():
    result = kreuzberg.extract_file_sync(f"{name}.doc")
    found = result.content
    print(name, len(text), "->", len(found), repr(found[:30]), result.processing_warnings)
    assert not result.processing_warnings
    if name in {"english", "title"}:
        assert found == text, found
    else:
        assert not re.search("[\u4e00-\u9fff]", found), found
        assert len(found) < len(text)  # two bytes a character would be twice as many
PYTHON
