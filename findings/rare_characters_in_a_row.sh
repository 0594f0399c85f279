#!/usr/bin/env bash
# rjieba 0.2.2 beside jieba 0.42.1: names of rare characters that stand side by side.
# Expected: the same words from both; rjieba is the same dictionary and the same hidden Markov model.
# Does: a rare character (outside U+4E00-9FD5) alone is a word to both. Two or more side by side are one word to rjieba and
# a word each to jieba, so the words of a name depend on which of the two is installed. The newest of the basic block
# (from U+9FD6 on) go with them. Without the model (HMM off) both agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jieba==0.42.1 rjieba==0.2.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import jieba
import rjieba

jieba.setLogLevel("ERROR")
SEEN = {  # text: (words of jieba, words of rjieba)
    "王㙦同志": ("王 㙦 同志", "王 㙦 同志"),
    "在㙦㙧镇调研": ("在 㙦 㙧 镇 调研", "在 㙦㙧 镇 调研"),
    "𠮷𠮷同志": ("𠮷 𠮷 同志", "𠮷𠮷 同志"),
    "鿍鿎鿏": ("鿍 鿎 鿏", "鿍 鿎 鿏"),
    "鿶鿶鿷鿺": ("鿶 鿶 鿷 鿺", "鿶鿶鿷鿺"),
}
for text, expected in SEEN.items():
    found = " ".join(jieba.cut(text)), " ".join(rjieba.cut(text, True))
    print(text, "| jieba:", found[0], "| rjieba:", found[1])
    assert found == expected, (text, found)
    assert list(jieba.cut(text, HMM=False)) == list(rjieba.cut(text, False)), text
PYTHON
