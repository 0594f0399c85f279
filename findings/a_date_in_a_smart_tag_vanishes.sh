#!/usr/bin/env bash
# docspine 0.4.0 and docxtox 0.1.0, which read .docx: what Word 2003 and 2007 put into a smart tag (w:smartTag, element chsdate, set by
# itself at dates in Chinese text, and still there when such a document is saved as .docx), and what was changed with revisions on.
# Expected: the date; of revisions the text as it would be printed, or both versions marked.
# Does: the date is gone, 2024年5月8日印发 comes as 印发 from both. 投资3000万元 corrected to 5000 is 投资万元 to docxtox, neither figure;
# docspine has 5000. A sentence that was moved is at neither place in both. No error, no warning of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docspine==0.4.0 docxtox==0.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import io
import zipfile

import docspine
import docxtox

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WHO = 'w:author="甲" w:date="2024-05-06T00:00:00Z"'


def run(text, kind="t"):
    return f"<w:r><w:{kind}>{text}</w:{kind}></w:r>"


def moved(way, mark):
    return (
        f'<w:move{way}RangeStart w:id="{mark}" w:name="移" {WHO}/><w:move{way} w:id="{mark + 1}" {WHO}>'
        f'{run("加强督查。")}</w:move{way}><w:move{way}RangeEnd w:id="{mark}"/>'
    )


paragraphs = [
    f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"><w:smartTagPr/>'
    f'{run("2024年5月8日")}</w:smartTag>{run("印发")}',
    f'{run("投资")}<w:del w:id="1" {WHO}>{run("3000", "delText")}</w:del><w:ins w:id="2" {WHO}>{run("5000")}</w:ins>{run("万元。")}',
    run("一是压实责任。") + moved("From", 3),
    run("二是细化任务。") + moved("To", 5),
]
body = "".join(f"<w:p>{one}</w:p>" for one in paragraphs)
members = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>',
    "word/document.xml": f"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body>{body}<w:sectPr/></w:body></w:document>""",
}
with zipfile.ZipFile("made.docx", "w") as archive:
    for name, content in members.items():
        archive.writestr(name, content)
with contextlib.redirect_stdout(io.StringIO()):  # where it writes to, and which optional parts there are not
    read = docxtox.extract_text(docxtox.parse_docx("made.docx"))
found = {
    "docspine": [line for line in docspine.open("made.docx").text().splitlines() if line],
    "docxtox": [line for line in read.splitlines() if line],
}
print(found)
assert found["docspine"] == ["印发", "投资5000万元。", "一是压实责任。", "二是细化任务。"]
assert found["docxtox"] == ["印发", "投资万元。", "一是压实责任。", "二是细化任务。"]
PYTHON
