"""What is drawn on a page beside its text: ruling lines, and how much of it pictures and curves cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

from classifier.documents.pdf.orientation import Orientation
from classifier.documents.pdf.pdfium_types import PageObject, PdfPage

MOST = 20_000  # objects of a page that are looked at
_DEPTH = 6  # of forms inside forms
_STRAIGHT = 1.0  # points that a ruling line may lean
_SHORTEST = 6.0  # points of a ruling line
_PICTURE = 0.02  # of the page's area: smaller pictures are ornaments
_WHITE = (255, 255, 255)


@dataclass
class Drawing:
    """`across`: ruling lines (y, x0, x1); `down`: (x, y0, y1), as the text runs. `pictures`: shares of the page's area.

    `covered`: the share that all pictures cover, the smallest too, for some scans are cut into strips. `curves`: curved
    segments, which outlined characters have many of.
    """

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    covered: float = 0.0
    curves: int = 0


Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawing(page: PdfPage, orientation: Orientation) -> Drawing:
    """Return the ruling lines and pictures of a pypdfium2 page."""
    return _Walk(page, orientation).drawing


class _Walk:
    def __init__(self, page: PdfPage, orientation: Orientation) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - optional

        self._pdfium = pdfium
        self._orientation = orientation
        self._area = max(1.0, orientation.size[0] * orientation.size[1])
        self._left = MOST
        self.drawing = Drawing()
        count = pdfium.FPDFPage_CountObjects(page.raw)
        self._go((pdfium.FPDFPage_GetObject(page.raw, index) for index in range(count)), _UNIT, 0)

    def _go(self, objects: Iterator[PageObject], outer: Matrix, depth: int) -> None:
        pdfium = self._pdfium
        for one in objects:
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            self._left -= 1
            if self._left < 0:
                return
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._take_path(one, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._take_picture(one, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                count = pdfium.FPDFFormObj_CountObjects(one)
                inside = (pdfium.FPDFFormObj_GetObject(one, index) for index in range(count))
                self._go(inside, _times(self._matrix(one), outer), depth + 1)

    def _matrix(self, page_object: PageObject) -> Matrix:
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(page_object, ctypes.byref(matrix)):
            return _UNIT
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _take_picture(self, page_object: PageObject, outer: Matrix) -> None:
        a, b, c, d, _, _ = _times(self._matrix(page_object), outer)
        share = abs(a * d - b * c) / self._area
        self.drawing.covered += share
        if share >= _PICTURE:
            self.drawing.pictures.append(share)

    def _take_path(self, page_object: PageObject, outer: Matrix) -> None:
        if not self._shows(page_object):
            return
        matrix = _times(self._matrix(page_object), outer)
        pdfium = self._pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        x_at, y_at = ctypes.byref(x), ctypes.byref(y)
        start = last = (0.0, 0.0)
        for index in range(min(MOST, pdfium.FPDFPath_CountSegments(page_object))):
            segment = pdfium.FPDFPath_GetPathSegment(page_object, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x_at, y_at)
            point = self._orientation.place(*_apply(matrix, x.value, y.value))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._take_line(last, point)
            else:
                self.drawing.curves += 1
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._take_line(point, start)
            last = point

    def _shows(self, page_object: PageObject) -> bool:
        """Tell whether a path is drawn: not one that only clips, nor a white ground."""
        pdfium = self._pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(page_object, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value or not fill.value:
            return bool(stroke.value)
        colour = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(page_object, *(ctypes.byref(part) for part in colour))
        return tuple(part.value for part in colour[:3]) != _WHITE

    def _take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = start, end
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
            self.drawing.across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
            self.drawing.down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
