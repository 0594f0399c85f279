#!/usr/bin/env bash
# OpenCC 1.4.2: the particle 着 of texts in traditional script.
# Expected: t2s makes 隨著 and 著力 into 随着 and 着力 and leaves 著名; tw2s gives the same (hk2s was not guessed).
# Does: t2s and hk2s leave every 著, so these common words of any report miss the vocabulary of simplified texts. tw2s makes
# the particle 着, but writes 土着 for 土著 (natives) as well: neither is right for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check OpenCC==1.4.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import opencc

WORDS = "隨著 著力 圍繞著 意味著 執著 著名 顯著 土著"
SEEN = {
    "t2s": "随著 著力 围绕著 意味著 执著 著名 显著 土著",
    "hk2s": "随著 著力 围绕著 意味著 执著 著名 显著 土著",
    "tw2s": "随着 着力 围绕着 意味着 执着 著名 显著 土着",
}
for name, expected in SEEN.items():
    found = opencc.OpenCC(name).convert(WORDS)
    print(f"{name:5}", found)
    assert found == expected, (name, found)
PYTHON
