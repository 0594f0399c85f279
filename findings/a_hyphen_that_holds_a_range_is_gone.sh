#!/usr/bin/env bash
# aspose-words-foss 26.7.0 (text and Markdown), firecrawl-anydoc 0.2.4, docspine 0.4.0, kreuzberg 4.10.4, docxtox 0.1.0, which read .docx:
# a hyphen that does not break (Ctrl+Shift+Hyphen, w:noBreakHyphen), with which Word keeps 3-5 on one line.
# Expected: a hyphen of some kind; it is text of its run, as a tab is.
# Does: nothing stands for it in the first four, without a word: 修路3-5公里 is 修路35公里, 2021-2025年 is 20212025年, 2024-05-08 is 20240508.
# To docxtox the run ends there: 修路3. markitdown 0.1.9 and firecrawl-anydoc in .rtf (\_) have it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aspose-words-foss==26.7.0 firecrawl-anydoc==0.2.4 \
  docspine==0.4.0 docxtox==0.1.0 kreuzberg==4.10.4 'markitdown[docx]==0.1.9'
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import io
import zipfile
from pathlib import Path

import anydoc
import aspose.words_foss as words
import docspine
import docxtox
import kreuzberg
import markitdown

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = ["修路3-5公里", "2021-2025年规划", "2024-05-08印发"]
GONE = ["修路35公里", "20212025年规划", "20240508印发"]


def paragraph(line):
    text = "<w:noBreakHyphen/>".join(f"<w:t>{part}</w:t>" for part in line.split("-"))
    return f"<w:p><w:r>{text}</w:r></w:p>"


members = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>',
    "word/document.xml": f"""<w:document {MAIN}><w:body>{"".join(map(paragraph, LINES))}<w:sectPr/></w:body></w:document>""",
}
with zipfile.ZipFile("made.docx", "w") as archive:
    for name, content in members.items():
        archive.writestr(name, content)
rtf = "\\par ".join("".join(f"\\u{ord(one)}?" if one > "~" else one for one in line).replace("-", r"\_") for line in LINES)
Path("made.rtf").write_text(rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{{\f0\fnil\fcharset134 SimSun;}}}}\f0 {rtf}\par}}", "ascii")


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


found = {
    "firecrawl-anydoc": lines(anydoc.to_markdown("made.docx")),
    "docspine": lines(docspine.open("made.docx").text()),
    "kreuzberg": lines(kreuzberg.extract_file_sync("made.docx").content),
}
for ending in ("txt", "md"):
    words.Document("made.docx").save(f"out.{ending}")
    found[f"aspose-words-foss {ending}"] = lines(Path(f"out.{ending}").read_text("utf-8"))
for reader, text in found.items():
    print(reader, text)
    assert text == GONE, (reader, text)
with contextlib.redirect_stdout(io.StringIO()):  # where it writes to, and which optional parts there are not
    cut = lines(docxtox.extract_text(docxtox.parse_docx("made.docx")))
print("docxtox", cut)
assert cut == [line.split("-")[0] for line in LINES], cut
whole = lines(markitdown.MarkItDown().convert("made.docx").text_content)
print("markitdown", whole)
assert whole == [line.replace("-", "\u2011") for line in LINES], whole
of_rtf = lines(anydoc.to_markdown("made.rtf"))
print("anydoc, .rtf", of_rtf)
assert of_rtf == LINES, of_rtf
PYTHON
