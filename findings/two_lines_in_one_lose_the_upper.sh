#!/usr/bin/env bash
# liteparse 2.18.0: 双行合一, two offices in half the size one above the other, in front of a word in the full size, as in the
# head of a document that two offices issue together; Word and LibreOffice offer it as a format of characters.
# Expected: all three texts, the two offices perhaps in two lines.
# Does: the office above is gone, without a warning, from 9 to 60 points: the one below and 文件 are put together to an item as
# high as the large word, and the upper one, which lies inside, is taken for the same text drawn twice. Two full lines beside a
# larger word, the other way to set such a head, come out whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check liteparse==2.18.0 reportlab==5.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import liteparse
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

UPPER, LOWER = "县委办公室", "县政府办公室"
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def read(size: float, small: float, apart: float) -> list[str]:
    """The non-empty lines read from a page: the word in `size`, the offices in `small`, their lines so far apart."""
    page = Canvas("page.pdf", pagesize=(595, 842))
    for words, x, y, points in (
        (UPPER, 90, 700 + apart, small),
        (LOWER, 90, 700, small),
        ("文件", 90 + small * len(LOWER), 700 + small / 10, size),
        ("各乡镇人民政府：", 90, 600, 12),
    ):
        page.setFont("STSong-Light", points)
        page.drawString(x, y, words)
    page.save()
    text = liteparse.LiteParse(ocr_enabled=False, quiet=True).parse("page.pdf").text
    return text.split("\n")[:1] + [line for line in text.split("\n")[1:] if line]


for size in (9, 16, 22, 36, 60):
    found = read(size, size / 2, 0.45 * size)
    print(size, found)
    assert found == [LOWER + "文件", "各乡镇人民政府："], found
found = read(48, 30, 36)
print("two full lines", found)
assert "".join(found).replace(" ", "") == UPPER + LOWER + "文件各乡镇人民政府：", found
PYTHON
