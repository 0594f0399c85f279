#!/usr/bin/env bash
# sentencex 1.0.32, which cuts texts of some 300 languages into sentences; zh has a list of stops of its own.
# Expected: a sentence ends at 。 whatever follows.
# Does: none ends where a figure or a small Latin letter follows at once, at 。！？； alike. A report's paragraph of figures is one
# sentence, and so is 。1.…。2.…; after a space, before ５, 〔2024〕 or （一） it is cut. What is right for 3.5 (a point, and a digit
# behind it) is asked of 。 as well. Nothing is lost: the parts joined are the text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sentencex==1.0.32
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sentencex

WHOLE = [
    "全县供水普及率提高6.5个百分点。35个项目开工。12公里管网完成改造。90%以上群众满意。",
    "推行一网通办。1.办理时限压缩一半。2.材料减少3份。",
    "责任压实了！2024年底完成。",
    "何时完成？3个月。",
]
CUT = {
    "责任压实了。 2024年底完成。": ["责任压实了。 ", "2024年底完成。"],
    "责任压实了。５月完成。": ["责任压实了。", "５月完成。"],
    "责任压实了。〔2024〕3号文件印发。": ["责任压实了。", "〔2024〕3号文件印发。"],
    "责任压实了。（一）加强领导。": ["责任压实了。", "（一）加强领导。"],
    "责任压实了。年底完成3.5公里。": ["责任压实了。", "年底完成3.5公里。"],
}
for text, expected in {**{text: [text] for text in WHOLE}, **CUT}.items():
    found = list(sentencex.segment("zh", text))
    print(found)
    assert found == expected, (text, found)
PYTHON
