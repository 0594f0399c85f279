#!/usr/bin/env bash
# rapidocr 3.10.0 (PP-OCRv6, the models that come with it): reads a drawn line with the area sign ㎡ or the volume sign ㎥, each one character.
# Expected: m² or m2, with a low score where the sign is not known; the sign is missing in the model's own list of 18,708 characters, and ² is in it.
# Does: 建筑面积5000㎡以上 becomes 建筑面积5000m以上, 厂房12000㎡ becomes 厂房12000: an area turns into a length or a bare number, with scores of 0.95 to 1,
# which no threshold notices. In other pictures 80㎡ becomes 80m², so no rule mends it. ㎞ and ㎜ become km and mm, as they should.
# Needs a font with Chinese characters (Noto Sans CJK).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rapidocr==3.10.0 onnxruntime==1.32.0 opencv-python-headless==5.0.0.93 pillow==13.0.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import glob
import logging

from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

logging.disable(logging.WARNING)
fonts = sorted(glob.glob("/usr/share/fonts/**/NotoSansCJK-Regular*", recursive=True))
assert fonts, "install fonts-noto-cjk"
font = ImageFont.truetype(fonts[0], 36)
LINES = ["新建标准厂房12000㎡，", "建筑面积5000㎡以上", "用水1200㎥，长36㎞，宽12㎜"]
picture = Image.new("RGB", (900, 250), "white")
pen = ImageDraw.Draw(picture)
for number, line in enumerate(LINES):
    pen.text((30, 20 + 70 * number), line, font=font, fill="black")
picture.save("page.png")
read = RapidOCR()("page.png")
for line, text, score in zip(LINES, read.txts, read.scores, strict=True):
    print(line, "->", text, round(float(score), 3))
assert all(score > 0.95 for score in read.scores), read.scores
assert "12000㎡" not in read.txts[0] and "m²" not in read.txts[0], read.txts  # 12000 or 12000m
assert read.txts[1] == "建筑面积5000m以上", read.txts
assert "36km" in read.txts[2] and "12mm" in read.txts[2], read.txts  # these signs are read as what they mean
assert "㎥" not in read.txts[2] and "m³" not in read.txts[2], read.txts
PYTHON
