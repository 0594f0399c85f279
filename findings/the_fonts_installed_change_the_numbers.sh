#!/usr/bin/env bash
# liteparse 2.18.0: the text of a PDF in STSong-Light, a standard Chinese font that need not be in the file, on two machines.
# Expected: the same text whatever fonts a machine has; PDFium, which liteparse reads with, takes it from the file alone.
# Does: without any fonts it is right; with Noto Serif CJK installed (Debian's fonts-noto-cjk 20220127) 2 becomes -, 9 becomes 5,
# b and c become M and Q: 2024年投入9200万元 is read as -0-4年投入5-00万元. The Chinese characters are right, nothing is marked as doubtful.
# pypdfium2 5.15.2 reads it right with and without the font.
# Needs that font and Linux: each run sees a folder of fonts of its own (unshare).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
font=$(find /usr/share/fonts -name NotoSerifCJK-Regular.ttc -print -quit)
[ -n "$font" ] || { echo "install fonts-noto-cjk first" >&2; exit 1; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check liteparse==2.18.0 pypdfium2==5.15.2 reportlab==5.1.0
mkdir "$folder/fonts" "$folder/none"
cp "$font" "$folder/fonts/"
cd "$folder"
cat > read.py <<'PYTHON'
import sys

import liteparse
import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WRITTEN = "2024年投入9200万元，abc 29个项目。"
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
page = Canvas("page.pdf", pagesize=(595, 842))
page.setFont("STSong-Light", 16)
page.drawString(60, 700, WRITTEN)
page.save()
found = liteparse.LiteParse(ocr_enabled=False, quiet=True).parse("page.pdf").text
print(sys.argv[1], "->", found)
assert found == sys.argv[2], found
assert pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_range() == WRITTEN
PYTHON
seeing() { # a folder, then a command that sees it in place of the machine's fonts
  unshare --user --map-root-user --mount bash -c 'mount --bind "$0" /usr/share/fonts && exec "$@"' "$@"
}
seeing "$folder/none" venv/bin/python read.py "no fonts" "2024年投入9200万元，abc 29个项目。"
seeing "$folder/fonts" venv/bin/python read.py "Noto Serif CJK" "-0-4年投入5-00万元，aMQ -5个项目。"
