#!/usr/bin/env bash
# gne 0.4.3 (GeneralNewsExtractor): the article of a Chinese page, by how much text a tag holds for each tag in it and how it is punctuated.
# Expected: the notice, if anything with too much about it: its sixteen paragraphs have seven times the characters of any other line.
# Does: content is the line of date and source alone where that line is a <div> with one <span> in it (字号：大 中 小): much text for one
# tag. Not a word of the notice, no error; title and publish_time are right. The same line as a <p>, or without the <span>, or left
# out: the notice is there. Three times the paragraphs are lost as well, five times are found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gne==0.4.3
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from gne import GeneralNewsExtractor

PARAGRAPHS = """各乡镇人民政府，县直各部门：|为进一步优化营商环境，现将有关事项通知如下。|一、总体要求|坚持问题导向，聚焦企业和群众反映强烈的突出问题，
推动政务服务提质增效，全面落实各项惠企政策。|二、重点任务|（一）压减审批时限。将企业开办时间压缩至1个工作日以内。|责任单位：县行政审批局|
（二）降低企业成本。落实减税降费政策，全年为企业减负3000万元。|责任单位：县税务局、县财政局|（三）加强人才服务。建设人才公寓200套。|责任单位：县人社局|
三、工作保障|加强督查考核，对落实不力的严肃问责。|附件：任务分工表|某县人民政府办公室|2024年5月8日""".replace("\n", "").split("|")
INFO = "发布时间：2024-05-08 来源：县政府办公室 "
SPAN = f'<div class="info">{INFO}<span>字号：大 中 小</span> 打印 分享</div>'


def content(info, paragraphs=PARAGRAPHS):
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于优化营商环境的通知-某县人民政府</title></head><body>
<div class="head"><a href="/">首页</a> <a href="/zwgk">政务公开</a></div>
<div class="main"><h1>关于优化营商环境的通知</h1>{info}<div class="TRS_Editor">{body}</div></div>
<div class="footer">主办：某县人民政府办公室</div></body></html>"""
    found = GeneralNewsExtractor().extract(page)
    assert found["title"] == "关于优化营商环境的通知", found
    return found["content"]


for info in (SPAN.replace("div", "p"), f'<div class="info">{INFO}打印 分享</div>', ""):
    whole = content(info)
    print(len(whole), "characters")
    assert all(one in whole for one in PARAGRAPHS), whole
for paragraphs in (PARAGRAPHS, PARAGRAPHS * 3):
    lost = content(SPAN, paragraphs)
    print(len(lost), "characters", repr(lost))
    assert not any(one in lost for one in paragraphs) and lost.split() == f"{INFO}字号：大 中 小 打印 分享".split(), lost
found = content(SPAN, PARAGRAPHS * 5)
print(len(found), "characters")
assert all(one in found for one in PARAGRAPHS), found
PYTHON
