#!/usr/bin/env bash
# gongwen-skill 2.15.0: md2docx, which makes an official document (GB/T 9704) of a draft in Markdown.
# Expected: the text as drafted; 3.5万户 is no item of a list, for Markdown asks for a space after the point.
# Does: a paragraph that begins with a decimal number loses its first digits and the point, as if they were a list's number: 3.5万户
# (35,000 households) becomes 5万户 (50,000), 12.6公里 6公里. No number of Word's takes their place, exit code 0, no warning.
# Inside a paragraph, and after 第二批, the figure stays.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gongwen-skill==2.15.0 python-docx==1.2.0
cd "$folder"
export HOME="$folder"
cat > draft.md <<'TEXT'
# 关于供水保障情况的报告

县人民政府：

3.5万户群众受益，2.4亿元资金到位。

12.6公里管网完成改造。

第二批1.2万吨投入使用。

云溪县水利局
2024年5月6日
TEXT
venv/bin/python -m gongwen md2docx draft.md -o made.docx -t report > said.txt 2>&1
venv/bin/python - <<'PYTHON'
import docx

paragraphs = docx.Document("made.docx").paragraphs
for one in paragraphs:
    print(one.text)
made = [one.text for one in paragraphs]
assert made[2:5] == ["5万户群众受益，2.4亿元资金到位。", "6公里管网完成改造。", "第二批1.2万吨投入使用。"], made
assert not any(one._p.xpath(".//w:numPr") for one in paragraphs)
PYTHON
