#!/usr/bin/env bash
# ofdkit 0.2.0: an OFD page (GB/T 33190-2016) in vertical writing, which runs down the columns from right to left.
# Expected: the columns from right to left.
# Does: columns given as one TextCode with DeltaY come from left to right, run together in one line, so the text begins with
# its end. Columns given as a TextCode a character, more than ten of them, are read across: the characters of the columns
# are mixed. No warning in either case.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ofdkit==0.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

import ofdkit

SPACE = "xmlns:ofd=\"http://www.ofdspec.org/2016\""
BOX = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"


def by_steps(words: str) -> str:
    return f"<ofd:TextCode X=\"0\" Y=\"5\" DeltaY=\"g {len(words) - 1} 5\">{words}</ofd:TextCode>"


def by_character(words: str) -> str:
    return "".join(f"<ofd:TextCode X=\"0\" Y=\"{5 + i * 5}\">{one}</ofd:TextCode>" for i, one in enumerate(words))


def read(*columns: str) -> str:
    objects = "".join(
        f"<ofd:TextObject ID=\"{10 + i}\" Boundary=\"{100 - 10 * i} 20 6 100\" Font=\"3\" Size=\"5\" ReadDirection=\"90\">"
        f"{codes}</ofd:TextObject>"
        for i, codes in enumerate(columns)
    )
    with zipfile.ZipFile("page.ofd", "w") as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {SPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>{BOX}</ofd:PageArea>"
            "<ofd:PublicRes>Res.xml</ofd:PublicRes></ofd:CommonData>"
            "<ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Page.xml\"/></ofd:Pages></ofd:Document>",
        )
        archive.writestr(
            "Doc_0/Res.xml",
            f"<ofd:Res {SPACE} BaseLoc=\".\"><ofd:Fonts><ofd:Font ID=\"3\" FontName=\"SimSun\"/></ofd:Fonts></ofd:Res>",
        )
        archive.writestr(
            "Doc_0/Page.xml",
            f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"2\">{objects}</ofd:Layer></ofd:Content></ofd:Page>",
        )
    with ofdkit.open("page.ofd") as document:
        text = document.text()
        print(repr(text), document.warnings)
        assert not document.warnings
        return text


columns = "县政府工作报告", "各位代表现在报告", "请予审议"
assert read(*map(by_steps, columns)) == "请予审议各位代表现在报告县政府工作报告"
mixed = read(*map(by_character, ("县政府工作报告关于农田水利建设", "各位代表现在报告去年工作情况和")))
assert mixed.startswith("各 县\n位 政\n代 府\n"), mixed
PYTHON
