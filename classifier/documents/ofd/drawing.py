"""What a page draws: its text objects, each character with its place, and how many pictures and paths there are."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from classifier.documents.layout.rows import narrow
from classifier.documents.ofd.container import child, children, tag, value
from classifier.documents.ofd.matrix import Matrix, box, number, numbers, placement, steps
from classifier.documents.xml_element import Element

_DEEPEST = 30  # blocks in blocks and composite objects that are followed
_MOST_OBJECTS = 200_000  # on one page: composite objects may multiply
_PLACEHOLDER = "\u00a4"  # stands for a glyph that has no character (GB/T 33190, CGTransform)
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # codes that only an embedded font knows
_UNKNOWN = "\ufffd"
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")


@dataclass(frozen=True)
class Glyph:
    """A character and where it is drawn: the way from its left to its right end, and its size."""

    character: str
    x: float
    y: float
    along: tuple[float, float]
    size: float


@dataclass(frozen=True)
class PictureObject:
    """A picture on a page: the ID of its file, the height at which it begins, and how large it is drawn."""

    resource: str
    y: float
    area: float


@dataclass
class Drawn:
    """What a page draws: a list of glyphs for each TextCode; apart those that are hidden, and those that fill areas."""

    runs: list[list[Glyph]] = field(default_factory=list)
    hidden: list[list[Glyph]] = field(default_factory=list)
    patterns: list[list[Glyph]] = field(default_factory=list)
    without_character: int = 0
    pictures: list[PictureObject] = field(default_factory=list)
    paths: int = 0
    objects: int = 0
    cut: bool = False


def draw(content: Element | None, units: Mapping[str, Element]) -> Drawn:
    """Return what the layers of a page or a template, or an annotation's Appearance draw.

    `units`: composite objects by their ID.
    """
    drawn = Drawn()
    if content is not None:
        _walk(content, placement(content.get("Boundary"), None), units, drawn, 0)
    return drawn


def _walk(parent: Element, around: Matrix, units: Mapping[str, Element], drawn: Drawn, depth: int) -> None:
    for one in parent:
        drawn.objects += 1
        if drawn.objects > _MOST_OBJECTS or depth > _DEEPEST:
            drawn.cut = True
            return
        name = tag(one)
        if name in {"Layer", "PageBlock"}:
            _walk(one, around, units, drawn, depth + 1)
        elif name == "TextObject":
            _text(one, around, drawn)
        elif name == "CompositeObject":
            inner = child(units.get((one.get("ResourceID") or "").strip()), "Content")
            if inner is not None:
                _walk(inner, around.of(placement(one.get("Boundary"), one.get("CTM"))), units, drawn, depth + 1)
        elif name == "ImageObject":
            drawn.pictures.append(_picture(one, around))
        elif name == "PathObject":
            drawn.paths += 1
            for cell in one.iterfind(".//{*}Pattern/{*}CellContent"):
                _walk_pattern(cell, around, units, drawn, depth)


def _walk_pattern(cell: Element, around: Matrix, units: Mapping[str, Element], drawn: Drawn, depth: int) -> None:
    """Take what an area is filled with over and over, as watermarks are: its text once, as the page's frame."""
    pattern = Drawn(objects=drawn.objects)
    _walk(cell, around, units, pattern, depth + 1)
    drawn.objects = pattern.objects
    drawn.without_character += pattern.without_character
    drawn.patterns += pattern.runs


def _picture(element: Element, around: Matrix) -> PictureObject:
    x, y, width, height = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    area = abs(width * height) * around.scale**2
    return PictureObject((element.get("ResourceID") or "").strip(), around(x, y)[1], area)


def _text(element: Element, around: Matrix, drawn: Drawn) -> None:
    matrix = around.of(placement(element.get("Boundary"), element.get("CTM")))
    size = number(element.get("Size"), 0.0) or 3.0
    turned = number(element.get("ReadDirection"), 0.0)
    hscale = number(element.get("HScale"), 1.0) or 1.0
    drawn.without_character += _glyphs_alone(element)
    runs = drawn.hidden if (element.get("Visible") or "").lower() == "false" else drawn.runs
    x = y = 0.0
    for code in children(element, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(code.itertext()))
        if child(element, "CGTransform") is not None:
            text = text.replace(_PLACEHOLDER, _UNKNOWN)
        text = _PRIVATE.sub(_UNKNOWN, text)
        drawn.without_character += text.count(_UNKNOWN)
        runs.append(list(_placed(text, code, (x, y), (size, hscale, turned), matrix)))


def _glyphs_alone(element: Element) -> int:
    """Return how many glyphs an object draws that no TextCode has a character for."""
    if any("".join(code.itertext()) for code in children(element, "TextCode")):
        return 0
    return sum(len(numbers(value(one, "Glyphs"))) for one in children(element, "CGTransform"))


def _placed(
    text: str, code: Element, start: tuple[float, float], form: tuple[float, float, float], matrix: Matrix
) -> Iterator[Glyph]:
    size, hscale, turned = form
    text = text.strip("\r\n")
    xs, ys = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
    x, y = start
    for i, character in enumerate(text):
        width = size * hscale * (0.5 if narrow(character) else 1.0)
        dx, dy = _step(i, xs, ys, width if i + 1 < len(text) else 0.0, turned)
        advance = (dx, dy) if (dx or dy) else _step(0, None, None, width, turned)
        end = matrix(x + advance[0], y + advance[1])
        at = matrix(x, y)
        if unicodedata.category(character) != "Cc" or character.isspace():
            yield Glyph(character, *at, _shorter(at, end, width * matrix.scale), size * matrix.scale)
        x, y = x + dx, y + dy


def _step(i: int, xs: list[float] | None, ys: list[float] | None, width: float, turned: float) -> tuple[float, float]:
    """Return the way to the next character: as DeltaX and DeltaY say, else by its width in the reading direction."""
    if xs is None and ys is None:
        quarter = round(turned / 90) % 4
        return ((width, 0.0), (0.0, width), (-width, 0.0), (0.0, -width))[quarter]
    dy = ys[i] if ys and i < len(ys) else 0.0
    return (xs[i] if xs and i < len(xs) else 0.0 if dy else width), dy


def _shorter(start: tuple[float, float], end: tuple[float, float], most: float) -> tuple[float, float]:
    """Return the way from `start` to `end`, cut to a length: DeltaX may leap to the next cell."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = (x * x + y * y) ** 0.5
    share = most / length if length > most else 1.0
    return x * share, y * share
