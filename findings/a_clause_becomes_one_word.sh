#!/usr/bin/env bash
# nexaloid 0.1.34: a tokeniser of Chinese with a stand-in for jieba (nexaloid.compat_jieba), HMM=True, beside jieba 0.42.1.
# Expected: as in jieba, the HMM joins single characters that are in no word (鄠邑区); words of the dictionary stay.
# Does: it joins over them as well. Whole clauses are one word: 办结的和尚未办结的事项, 对整改不力的要追责, 较上年下降三成, 县里的和乡里的.
# Without HMM they are cut much as by jieba, but 鄠邑区 is three words then; and HMM=False is what lcut(text) does unasked, where jieba
# has it on. 完成投资三千万元 is right either way, so that a test with a few sentences may not show it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nexaloid==0.1.34 jieba==0.42.1 setuptools==79.0.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import logging

import jieba
import nexaloid.compat_jieba as nexaloid

jieba.setLogLevel(logging.ERROR)
SEEN = {  # with HMM, without
    "办结的和尚未办结的事项": ("办结的和尚未办结的事项", "办结 的 和 尚未 办结 的 事项"),
    "对整改不力的要追责": ("对整改不力的要追责", "对 整改 不力 的 要 追 责"),
    "较上年下降三成": ("较上年下降三成", "较 上年 下降 三成"),
    "县里的和乡里的": ("县里的和乡里的", "县里 的 和 乡里 的"),
    "对吃拿卡要的一律严肃处理": ("对吃拿卡要的一律 严肃处理", "对 吃拿卡要 的 一律 严肃处理"),
    "还要看到存在的问题": ("还要看到存在的 问题", "还要 看到 存 在 的 问题"),
    "全县各级各部门": ("全县各级各部门", "全县 各级 各 部门"),
    "鄠邑区": ("鄠邑区", "鄠 邑 区"),
    "完成投资三千万元": ("完成 投资 三千 万元", "完成 投资 三千 万元"),
}
for text, (joined, plain) in SEEN.items():
    found = nexaloid.lcut(text, HMM=True), nexaloid.lcut(text), jieba.lcut(text)
    print(*map(" ".join, found), sep=" | ")
    assert found[0] == joined.split(), found
    assert found[1] == nexaloid.lcut(text, HMM=False) == plain.split(), found
    assert max(map(len, found[2])) <= 4, found
PYTHON
