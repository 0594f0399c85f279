#!/usr/bin/env bash
# docling-parse 7.23.1 (which docling reads PDF with), beside pdf-oxide 0.3.78 and pypdfium2 5.15.2: a line whose characters are set
# apart, as titles are and lines that Word fits to its grid of characters; here by 1.5 and 3 points at a size of 16.
# Expected: the text, as for the other two: a gap that stands between all characters is no space, least of all in a figure.
# Does: Han characters stay together, figures fall apart: 2024年 is 2 0 2 4年, 投资3000万元 投资3 0 0 0万元, 6.5 6 . 5, 〔2024〕12号 〔2 0 2 4〕1 2号, a
# tenth of the size apart already. At 1 point all is whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docling-parse==7.23.1 pdf-oxide==0.3.78 pypdfium2==5.15.2 reportlab==5.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pdf_oxide
import pypdfium2
from docling_parse.pdf_parser import DoclingPdfParser
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
LINES = ["2024年政府工作报告", "投资3000万元", "供水普及率提高6.5个百分点", "甲政发〔2024〕12号"]
BROKEN = ["2 0 2 4年政府工作报告", "投资3 0 0 0万元", "供水普及率提高6 . 5个百分点", "甲政发〔2 0 2 4〕1 2号"]
for points, expected in ((1, LINES), (1.5, BROKEN), (3, BROKEN)):
    page = canvas.Canvas("made.pdf")
    for row, line in enumerate(LINES):
        text = page.beginText(40, 780 - 40 * row)
        text.setFont("STSong-Light", 16)
        text.setCharSpace(points)
        text.textOut(line)
        page.drawText(text)
    page.save()
    (_, read), *_ = DoclingPdfParser(loglevel="fatal").load("made.pdf").iterate_pages()
    found = [cell.text for cell in read.textline_cells]
    print(points, "points:", found)
    assert found == expected, found
    others = (
        pypdfium2.PdfDocument("made.pdf")[0].get_textpage().get_text_bounded(),
        pdf_oxide.PdfDocument("made.pdf").extract_text(0),
    )
    for other in others:
        assert [line for line in other.split() if line] == LINES, other
PYTHON
