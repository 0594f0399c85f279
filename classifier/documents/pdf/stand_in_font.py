"""A font for Chinese text whose own is neither in the file nor on the machine; without one, pdfium drops text.

A drawing's place is told by its characters' shapes. Where there is no font there is no shape, a drawing that is not
several characters wide (one character, or text that runs down) has no extent, and pdfium gives none of its characters.
In the font made here each character fills its square: enough to say where it stands, and nothing is drawn.
"""

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any

from classifier.documents.pdf.pdfium_types import RawPdfium
from classifier.platforms import may_lack_chinese_fonts

_EAST_ASIAN = {0x80, 0x81, 0x86, 0x88}  # character sets by Windows' numbers: Japanese, Korean, both Chinese ones
_OURS = 1  # what the font is known by to pdfium; those of the machine are addresses
_EM, _UP, _DOWN = 1000, 880, -120  # the square, as Chinese fonts have it
_CMAP_OF_ONE, _WIDE = 13, 10  # a table that gives all characters one glyph; characters beyond two bytes, too
_kept: list[Any] = []  # pdfium holds addresses of these for as long as the process lives


def stand_in(pdfium: RawPdfium) -> None:
    """Let pdfium (`pypdfium2.raw`) take the font made here wherever it finds no other for East Asian text."""
    if may_lack_chinese_fonts() and not _kept:
        machine = pdfium.FPDF_GetDefaultSystemFontInfo()
        fonts = pdfium.FPDF_SYSFONTINFO(version=machine.contents.version)
        kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
        for name, answer in _answers(machine).items():
            setattr(fonts, name, kinds[name](answer))
        _kept.extend([fonts, machine])
        pdfium.FPDF_SetSystemFontInfo(ctypes.byref(fonts))


def _answers(machine: Any) -> dict[str, Callable[..., Any]]:
    """Return what pdfium asks of fonts. `machine`: the functions that answer for the machine's, and do so still."""
    theirs, data = machine.contents, the_font()

    def find(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
        found: int | None = theirs.MapFont(machine, weight, italic, charset, pitch, face, exact)
        return found or (_OURS if charset in _EAST_ASIAN else None)

    def give(_: Any, font: int, table: int, buffer: Any, size: int) -> int:
        if font != _OURS:
            return int(theirs.GetFontData(machine, font, table, buffer, size))
        if table:  # asked for alone where a file holds several fonts
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    return {
        "EnumFonts": lambda _, mapper: theirs.EnumFonts(machine, mapper),
        "MapFont": find,
        "GetFont": lambda _, face: theirs.GetFont(machine, face) if theirs.GetFont else None,
        "GetFontData": give,
        "GetFaceName": lambda _, font, *name: 0 if font == _OURS else theirs.GetFaceName(machine, font, *name),
        "GetFontCharset": lambda _, font: 0x86 if font == _OURS else theirs.GetFontCharset(machine, font),
        "DeleteFont": lambda _, font: None if font == _OURS else theirs.DeleteFont(machine, font),
    }


@cache
def the_font() -> bytes:
    """Return a TrueType font: one glyph for all characters, a line from corner to corner of the square and back."""
    glyph = struct.pack(">5h", 1, 0, _DOWN, _EM, _UP) + struct.pack(">HH", 1, 0)  # one contour, whose last point is 1
    glyph += bytes([1, 1]) + struct.pack(">4h", 0, _EM, _DOWN, _UP - _DOWN)
    to_one = struct.pack(">HHIII", _CMAP_OF_ONE, 0, 28, 0, 1) + struct.pack(">III", 0x20, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, _WIDE, 12) + to_one,
        b"glyf": glyph * 2,  # the first stands for characters that a font lacks
        b"head": struct.pack(
            ">IIIIHHQQ4hHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 3, _EM, 0, 0, 0, _DOWN, _EM, _UP, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 1 << 16, _UP, _DOWN, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3I", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">I14H", 1 << 16, 2, 2, 1, 0, 0, 2, *[0] * 8),
        b"post": struct.pack(">IIhhIIIII", 3 << 16, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    padded = [data + b"\0" * (-len(data) % 4) for data in tables.values()]
    starts = accumulate(map(len, padded[:-1]), initial=12 + 16 * len(tables))
    places = zip(tables.items(), starts, strict=True)
    listed = [name + struct.pack(">III", 0, at, len(data)) for (name, data), at in places]
    return struct.pack(">IHHHH", 1 << 16, len(tables), 128, 3, 0) + b"".join([*listed, *padded])
