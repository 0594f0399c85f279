"""PDFs made in code: text at given places in standard CJK fonts that are not embedded, lines, pictures, fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
_FONTS = {"song": "STSong-Light", "hei": "SimHei-Bold", "kai": "KaiTi"}


def at(x: float, y: float, text: str, size: float = 16, font: str = "song") -> bytes:
    """Return text whose baseline begins at x, y from the page's upper left corner (of A4)."""
    return turned(x, y, text, size, font, (1, 0, 0, 1))


def turned(x: float, y: float, text: str, size: float, font: str, matrix: Sequence[float]) -> bytes:
    """Return text under the first four numbers of a text matrix."""
    numbers = " ".join(f"{number:g}" for number in matrix)
    shown = text.encode("utf-16-be").hex()
    return f"BT /{font} {size:g} Tf {numbers} {x:g} {A4[1] - y:g} Tm <{shown}> Tj ET".encode()


def lines(x: float, y: float, texts: Iterable[str], size: float = 16, step: float = 28) -> list[bytes]:
    """Return lines of text one below the other."""
    return [at(x, y + index * step, text, size) for index, text in enumerate(texts)]


def set_text(text: str, x: float, y: float, width: int, indent: int = 2, step: float = 28) -> tuple[list[bytes], float]:
    """Return a paragraph broken into lines of so many characters of 16 points, and the y of the line after it."""
    padded = "\0" * indent + text
    rows = [padded[start : start + width] for start in range(0, len(padded), width)]
    shown = []
    for index, row in enumerate(rows):
        left = row.count("\0")
        shown.append(at(x + left * 16, y + index * step, row[left:]))
    return shown, y + len(rows) * step


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """Return a line that is drawn."""
    return f"0.5 w {x0:g} {A4[1] - y0:g} m {x1:g} {A4[1] - y1:g} l S".encode()


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[bytes]:
    """Return the ruling lines of a table."""
    return [rule(xs[0], y, xs[-1], y) for y in ys] + [rule(x, ys[0], x, ys[-1]) for x in xs]


def picture(width: float = 595, height: float = 842) -> bytes:
    """Return a picture of one grey point, drawn as large."""
    return f"q {width:g} 0 0 {height:g} 0 0 cm /Im Do Q".encode()


@dataclass
class File:
    """A PDF. `pages`: what each shows; `rotate`: of all pages; `fields`: name, value and rectangle on the first page."""

    pages: Sequence[Sequence[bytes]]
    rotate: int = 0
    fields: Sequence[tuple[str, str, tuple[int, int, int, int]]] = ()
    extra: str = ""  # entries of the first page
    _objects: list[bytes] = field(default_factory=list)

    def data(self) -> bytes:
        """Return it as bytes."""
        fonts = " ".join(f"/{name} {self._font(base, 'H')} 0 R" for name, base in _FONTS.items())
        fonts += f" /down {self._font('STSong-Light', 'V')} 0 R /odd {self._without_characters()} 0 R"
        image = self._add(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Length 1 >>\nstream\n\x80\nendstream"
        )
        resources = f"/Resources << /Font << {fonts} >> /XObject << /Im {image} 0 R >> >>"
        widgets = [self._widget(*one) for one in self.fields]
        parent = len(self._objects) + 2 * len(self.pages) + 1
        kids = [
            self._page(b"\n".join(page), parent, resources, self.extra + _annots(widgets) if not index else "")
            for index, page in enumerate(self.pages)
        ]
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        tree = self._add(f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode())
        form = f"/AcroForm << /Fields [{' '.join(f'{one} 0 R' for one in widgets)}] >>" if widgets else ""
        root = self._add(f"<< /Type /Catalog /Pages {tree} 0 R {form} >>".encode())
        return _written(self._objects, root)

    def _add(self, content: bytes) -> int:
        self._objects.append(content)
        return len(self._objects)

    def _font(self, base: str, way: str) -> int:
        descriptor = self._add(
            f"<< /Type /FontDescriptor /FontName /{base} /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
            "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>".encode()
        )
        below = self._add(
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{base} /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (GB1) /Supplement 2 >> /W [1 95 500] /FontDescriptor {descriptor} 0 R >>".encode()
        )
        return self._add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /UniGB-UCS2-{way} "
            f"/DescendantFonts [{below} 0 R] >>".encode()
        )

    def _without_characters(self) -> int:
        below = self._add(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) "
            b"/Ordering (Identity) /Supplement 0 >> >>"
        )
        return self._add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [%d 0 R] >>" % below
        )

    def _page(self, content: bytes, parent: int, resources: str, extra: str) -> int:
        stream = self._add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        return self._add(
            f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Rotate {self.rotate} "
            f"/Contents {stream} 0 R {resources} {extra} >>".encode()
        )

    def _widget(self, name: str, value: str, rectangle: tuple[int, int, int, int]) -> int:
        x0, y0, x1, y1 = rectangle
        shown = (b"\xfe\xff" + value.encode("utf-16-be")).hex()
        return self._add(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V <{shown}> /F 4 "
            f"/Rect [{x0} {A4[1] - y1} {x1} {A4[1] - y0}] >>".encode()
        )


def _annots(widgets: Sequence[int]) -> str:
    return f" /Annots [{' '.join(f'{one} 0 R' for one in widgets)}]" if widgets else ""


def _written(objects: Sequence[bytes], root: int) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(body))
    return body + head + table + tail
