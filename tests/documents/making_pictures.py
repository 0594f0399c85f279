"""Small pictures of Chinese text; none where no font with Chinese characters is installed."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PIL.Image import Image

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
RED = (214, 26, 32)


def drawn(lines: Sequence[str], size: int = 32, red: str = "", seal: bool = False) -> "Image":
    """Return a picture of lines from top to bottom, two blanks a first indent; a red heading and a seal over the text."""
    pytest.importorskip("rapidocr", reason="needs the extra `ocr`")
    image = pytest.importorskip("PIL.Image")
    draws, fonts = pytest.importorskip("PIL.ImageDraw"), pytest.importorskip("PIL.ImageFont")
    path = next((one for one in FONTS if Path(one).is_file()), None)
    if path is None:
        pytest.skip("no font with Chinese characters is installed (fonts-noto-cjk)")
    font = fonts.truetype(path, size, index=2 if "Noto" in path else 0)
    page: Image = image.new("RGB", (size * 30, size * 2 * (len(lines) + 5)), "white")
    draw = draws.Draw(page)
    if red:
        draw.text((page.width / 2, size), red, fill=RED, font=font.font_variant(size=size * 2), anchor="ma")
    for i, line in enumerate(lines):
        draw.text((size * 3, size * (5 + 2 * i)), line, fill="black", font=font)
    if seal:
        x, y, radius = size * 8, size * 9, size * 3
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=size // 6)
        draw.regular_polygon((x, y, size), 5, fill=None, outline=RED, width=3)
    return page


def saved(page: "Image", form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    page.save(stream, form, **options)
    return stream.getvalue()
