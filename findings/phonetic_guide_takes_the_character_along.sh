#!/usr/bin/env bash
# mammoth 1.13.0: a .docx in which one character has a phonetic guide (pinyin above it), as names of places and people have.
# Expected: the character is kept and the pinyin left out.
# Does: both go. 走进蔚县 comes as 走进县, a sentence that still reads; the only sign is a message that w:ruby was ignored.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import zipfile

import mammoth

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
members = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/document.xml": """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>
<w:r><w:t>走进</w:t></w:r><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yù</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:t>蔚</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>县</w:t></w:r></w:p></w:body></w:document>""",
}
file = io.BytesIO()
with zipfile.ZipFile(file, "w") as archive:
    for name, content in members.items():
        archive.writestr(name, content)
result = mammoth.extract_raw_text(file)
print(repr(result.value), [message.message for message in result.messages])
assert result.value == "走进县\n\n", result.value
PYTHON
