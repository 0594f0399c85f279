#!/usr/bin/env bash
# striprtf 0.0.35: what of an RTF file comes out as its text.
# Expected: hidden and deleted text gone; text boxes and automatic numbers kept (footnotes, rare characters: not guessed).
# Does: the reverse in most: hidden (\v) and deleted text stand in the text, text boxes, footnotes and the numbers of
# \pntext are gone without a word (those of \listtext stay). A character beyond U+FFFF, which RTF writes as two \u, comes as
# two halves: the string looks right and cannot be written as UTF-8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from striprtf.striprtf import rtf_to_text


def rtf(text: str) -> str:
    return "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text)


SEEN = {
    r"{\v " + rtf("隐藏") + "}" + rtf("看得见"): "隐藏看得见",
    r"{\deleted\revauthdel1 " + rtf("删去") + "}" + rtf("留下"): "删去留下",
    r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt " + rtf("框里") + r"\par}}}" + rtf("正文"): "正文",
    rtf("正文") + r"{\super\chftn{\footnote " + rtf("注脚") + "}}" + rtf("后文"): "正文后文",
    r"{\listtext\f0 " + rtf("一、") + r"\tab}" + rtf("总体要求") + r"\par": "一、\t总体要求\n",
    r"{\pntext\f0 " + rtf("二、") + r"\tab}" + rtf("重点任务") + r"\par": "重点任务\n",
    r"\u-10174?\u-8265?" + rtf("林"): chr(0xD842) + chr(0xDFB7) + "林",
}
for words, expected in SEEN.items():
    found = rtf_to_text(r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}" + words + "}")
    print(words, "->", ascii(found) if "\ud842" in found else repr(found))
    assert found == expected, (words, ascii(found))
PYTHON
