#!/usr/bin/env bash
# zhconv 1.4.3 and zhconv-rs 0.4.2: convert(text, "zh-cn") of text that is in the script and the words of zh-cn already.
# Expected: the text as it was, but for a few dozen words of Taiwan or Hong Kong.
# Does: finds those words across the ends of others, whatever the sentence: 办公升级 has 公升 (litre) in it and becomes 办升级,
# 并非同步 (not at the same time) becomes 并异步, 用水份额 (quota of water) 用水分额, 行人路口 (crossing) 人行道口. Both do the same.
# The target "zh-hans" changes nothing of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zhconv==1.4.3 zhconv-rs==0.4.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zhconv
import zhconv_rs

SEEN = {
    "推进办公升级": "推进办升级",
    "两个项目并非同步推进": "两个项目并异步推进",
    "核定用水份额": "核定用水分额",
    "转让全部份额": "转让全部分额",
    "改造行人路口": "改造人行道口",
    "方案和系列印发文件": "方案和系打印发文件",
    "结合自身分工": "结合自身份工",
}
for text, expected in SEEN.items():
    for name, convert in (("zhconv", zhconv.convert), ("zhconv-rs", zhconv_rs.zhconv)):
        found = convert(text, "zh-cn")
        print(name, text, "->", found)
        assert found == expected, (name, text, found)
        assert convert(text, "zh-hans") == text
PYTHON
