"""The characters of a page and where they stand, by pdfium's character boxes."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import NamedTuple

from classifier.documents.pdf.directions import parted
from classifier.documents.pdf.orientation import Box, Orientation
from classifier.documents.pdf.pdfium_types import PdfPage, TextPage
from classifier.documents.pdf.plausible import is_plausible

MOST = 200_000  # characters of one page that are read
DRAWN = 2  # more of a space than pdfium's seeing one
_MIDDLE = 0.38  # of the size: the middle of a Han character above the baseline it stands on
_HAN = "\u1100"  # characters from here on are wide
_UPRIGHT_TO = 3  # degrees that a line of a scan may lean
_SMALLEST = 0.5  # points: smaller characters are taken to be as large
_LINE_END_HYPHEN = "\ufffe"  # what pdfium makes of a hyphen at a line's end
_SPACES = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\r\n\x0b\x0c\u200b")
_TOGETHER = 4  # characters that run one slanted way are a text
_UPRIGHT = 2  # so many times as many steps down as to the right make a page of vertical text


class Style(NamedTuple):
    """A font: its name without the subset's prefix, and whether it is bold."""

    name: str
    bold: bool


class Glyph(NamedTuple):
    """A character where it stands: x0, x1 with its side bearings; y of its middle; `size` of its font in points.

    `spaced`: whether a space stands before it, DRAWN or (1) seen by pdfium alone. `drawn_by`: its drawing, of many.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    style: Style
    spaced: int = 0
    drawn_by: int = 0


class _Raw(NamedTuple):
    """A character as pdfium gives it: box and origin in the page's coordinates."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    style: Style
    turn: int
    spaced: int
    drawn_by: int
    is_code: bool  # the font does not say which character it is


@dataclass
class PageCharacters:
    """What stands on a page. `glyphs`: those that run the main way; `others`: those of each other way.

    `seal`: characters of which each runs its own way, as round a seal.
    `unmapped`: glyphs that have no characters. `outside`: characters outside the page that is shown. `left_out`:
    whether the page holds more than MOST characters.
    """

    orientation: Orientation
    glyphs: list[Glyph]
    others: list[list[Glyph]] = field(default_factory=list)
    seal: str = ""
    unmapped: int = 0
    outside: int = 0
    left_out: bool = False


def read_characters(page: PdfPage, textpage: TextPage) -> PageCharacters:
    """Return the characters of a pypdfium2 page and its text page, in the order of the file."""
    shown = _shown(page)
    scan = _Scan(textpage, shown)
    raw = scan.understood()
    ways: dict[int, list[_Raw]] = {}
    for one in raw:
        ways.setdefault(one.turn, []).append(one)
    main = max(ways, key=lambda turn: len(ways[turn]), default=0)
    right, down = parted(ways.get(0, []))
    is_vertical = main == 0 and (_runs_down(ways.get(0, [])) or len(down) > len(right))
    orientation = Orientation(shown, main, is_vertical)
    across: list[list[Glyph]] = []
    if is_vertical:  # Latin letters and digits lie on their side in it
        across = [_glyphs(right, Orientation(shown))] if right and down else []
        horizontal = set(map(id, right if down else ()))
        ways[0] = _closed_up([one for one in raw if one.turn in {0, 270} and id(one) not in horizontal])
        ways.pop(270, None)
    elif main == 0 and down:
        across, ways[0] = [_glyphs(down, Orientation(shown, 0, vertical=True))], right
    lone = [one for one in raw if one.turn % 90 and one.turn != main and len(ways[one.turn]) < _TOGETHER]  # of a seal
    others = [
        _glyphs(own, Orientation(shown, turn))
        for turn, own in sorted(ways.items())
        if turn != main and (turn % 90 == 0 or len(own) >= _TOGETHER)
    ]
    others = across + others
    glyphs = _glyphs(ways.get(main, []), orientation)
    seal = "".join(one.text for one in lone)
    return PageCharacters(orientation, glyphs, others, seal, scan.unmapped, scan.outside, scan.count > MOST)


def _closed_up(raw: list[_Raw]) -> list[_Raw]:
    """Take away the spaces that pdfium sees between upright digits one below the other, each a line to it."""
    closed = raw[:1]
    for before, one in pairwise(raw):
        x, y = one.origin[0] - before.origin[0], before.origin[1] - one.origin[1]
        near = one.spaced and abs(x) < 0.6 * one.size and abs(y) < 1.3 * one.size
        closed.append(one._replace(spaced=0) if near else one)
    return closed


def _shown(page: PdfPage) -> Box:
    """Return the box of the page that is shown; as pdfium does, a sheet of letter paper where the file says none."""
    box: Box = page.get_cropbox()
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else (0.0, 0.0, 612.0, 792.0)


def _runs_down(raw: list[_Raw]) -> bool:
    down = right = 0
    for one, following in pairwise(raw):
        x, y = following.origin[0] - one.origin[0], one.origin[1] - following.origin[1]
        if abs(x) < 0.3 * one.size and 0.5 * one.size < y < 2.5 * one.size:
            down += 1
        elif abs(y) < 0.3 * one.size and x > 0:
            right += 1
    return down > 3 and down > _UPRIGHT * right


def _glyphs(raw: list[_Raw], orientation: Orientation) -> list[Glyph]:
    if not orientation.turn and not orientation.vertical:  # nearly always
        left, top = orientation.page[0], orientation.page[3]
        return [
            Glyph(
                one.text, one.box[0] - left, one.box[2] - left, top - one.origin[1] - _MIDDLE * one.size, one.size,
                one.style, one.spaced, one.drawn_by,
            )
            for one in raw
        ]  # fmt: skip
    return [_glyph(one, orientation) for one in raw]


def _glyph(raw: _Raw, orientation: Orientation) -> Glyph:
    if orientation.turn % 90:  # a box says nothing of a slanted character
        x, y = orientation.place(*raw.origin)
        return Glyph(raw.text, x, x + raw.size / 2, y, raw.size, raw.style, raw.spaced, raw.drawn_by)
    left, top, right, bottom = orientation.box(raw.box)
    y = (top + bottom) / 2 if orientation.vertical else orientation.place(*raw.origin)[1] - _MIDDLE * raw.size
    return Glyph(raw.text, left, right, y, raw.size, raw.style, raw.spaced, raw.drawn_by)


class _Scan:
    """Goes over the characters of a text page; counts what it leaves out."""

    def __init__(self, textpage: TextPage, shown: Box) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - optional

        self._pdfium = pdfium
        self._textpage = textpage.raw
        self._shown = shown
        self._size, self._style, self._turn = 1.0, Style("", bold=False), 0
        self.count = max(0, pdfium.FPDFText_CountChars(self._textpage))
        self.unmapped = self.outside = 0

    def understood(self) -> list[_Raw]:
        """Return the characters, without codes of which nothing says what characters they are."""
        raw = list(self)
        codes = [one.text for one in raw if one.is_code]
        if is_plausible("".join(codes)) and self.unmapped * 20 <= len(codes):
            return raw
        self.unmapped += len(codes)
        return [one for one in raw if not one.is_code]

    def __iter__(self) -> Iterator[_Raw]:
        pdfium, textpage = self._pdfium, self._textpage
        rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        drawn_by, spaced, gap = 0, False, False
        before = ""
        for index in range(min(self.count, MOST)):
            text = self._text(index)
            if text in _SPACES:
                generated = pdfium.FPDFText_IsGenerated(textpage, index) == 1
                gap, spaced = gap or generated, spaced or not generated
                continue
            pointer = pdfium.FPDFText_GetTextObject(textpage, index)
            address = ctypes.addressof(pointer.contents) if pointer else 0
            if address != drawn_by:
                drawn_by = address
                self._take_font(index)
            if not text:
                self.unmapped += 1
                continue
            is_code = pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
            pdfium.FPDFText_GetLooseCharBox(textpage, index, rect_at)
            pdfium.FPDFText_GetCharOrigin(textpage, index, x_at, y_at)
            box, origin = (rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value)
            if not self._is_shown(box):
                self.outside += 1
            else:  # the gaps that pdfium sees are spaces between Latin words, as are those it does not see
                parted = DRAWN if spaced else int(gap and before < _HAN and text < _HAN)
                yield _Raw(text, box, origin, self._size, self._style, self._turn, parted, drawn_by, is_code)
                before, spaced, gap = text, False, False

    def _text(self, index: int) -> str:
        """Return a character; "" for one that is none, a space for what pdfium puts in of itself."""
        code = self._pdfium.FPDFText_GetUnicode(self._textpage, index)
        if 0x20 < code < 0x7F or 0x3000 < code < 0xD800:  # nearly all
            return chr(code)
        if code in {0x0D, 0x0A, 0x20}:
            return " "
        if code in {0xFFFE, 0x02}:  # pdfium's marks of a hyphen that ends a line
            return _LINE_END_HYPHEN
        without = code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900 or code >= 0xF0000 or code == 0xFFFD
        if without or 0xD800 <= code < 0xE000:
            return ""
        return chr(code)

    def _take_font(self, index: int) -> None:
        """Note size, font and direction of the text that begins here: alike for all characters drawn together."""
        pdfium, textpage = self._pdfium, self._textpage
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix)):
            return
        size = pdfium.FPDFText_GetFontSize(textpage, index) * hypot(matrix.c, matrix.d)
        self._size = max(abs(size), _SMALLEST)
        turn = degrees(atan2(matrix.b, matrix.a))
        quarter = 90 * round(turn / 90)
        self._turn = (quarter if abs(turn - quarter) <= _UPRIGHT_TO else round(turn)) % 360
        name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(textpage, index, name, 64, ctypes.byref(flags))
        family = name.value.decode("utf-8", "replace").rpartition("+")[2]
        bold = "bold" in family.lower() or pdfium.FPDFText_GetFontWeight(textpage, index) >= 600
        self._style = Style(family, bold)

    def _is_shown(self, box: Box) -> bool:
        left, bottom, right, top = self._shown
        return box[0] < right and box[2] > left and box[1] < top and box[3] > bottom
