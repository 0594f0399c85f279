"""One page: its characters, ruling lines, tables and rows, taken apart but not yet put together over the pages."""

from dataclasses import dataclass, field

from classifier.documents.document import Block
from classifier.documents.pdf.characters import PageCharacters, read_characters
from classifier.documents.pdf.drawing import Drawing, read_drawing
from classifier.documents.pdf.fields import read_overlay
from classifier.documents.pdf.grid import Line, grids
from classifier.documents.pdf.lines import Row, join, line_of, rows_of
from classifier.documents.pdf.pdfium_types import Form, PdfPage
from classifier.documents.pdf.tables import Table, take_tables
from classifier.documents.pdf.two_lines import set_in_one_line

_FEW = 60  # characters beside a picture of nearly the whole page: a stamp or a page number on a scan
_SCAN = 0.6  # of the page's area that a scan's pictures cover
_ORNAMENT = 0.01  # of the page's area: smaller pictures on a page without characters hold no text
_OUTLINES = 400  # curved segments of a page without characters: its text is drawn as outlines
_UNMAPPED = 0.3  # of the glyphs without characters: the rest cannot be understood


@dataclass
class Page:
    """What stands on a page. `rows`: outside tables. `across`: its horizontal ruling lines (y, x0, x1).

    `turned`: texts that run another way than the page's. `pictures`: how many, ornaments aside. `unmapped`,
    `outside`: glyphs without characters, characters outside the page. `left_out`: whether it holds too many
    characters. `has_text`: False where its text can be had by recognition only. `recognised`: blocks had by it.
    `wordless`: recognition found nothing on it. `broken`: it cannot be loaded.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    rows: list[Row] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    across: list[Line] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    pictures: int = 0
    comments: int = 0
    signatures: int = 0
    unmapped: int = 0
    outside: int = 0
    left_out: bool = False
    has_text: bool = True
    recognised: list[Block] | None = None
    wordless: bool = False
    broken: bool = False

    @property
    def is_unread(self) -> bool:
        """Tell whether the page has text that nobody read."""
        return not self.has_text and self.recognised is None and not self.wordless

    def take_recognised(self, blocks: list[Block] | None) -> None:
        """Let what was recognised take the place of the few characters that stood there, where it is more than they.

        `blocks`: None where nothing can be recognised; the characters stay then, and where nothing was found.
        """
        if blocks is None:
            return
        own = sum(len(line_of(row).text) for row in self.rows) + sum(map(len, self.turned))
        found = sum(len(block.text) for block in blocks)
        self.wordless = not found
        if found > own:
            self.recognised = blocks
            self.rows, self.tables, self.turned = [], [], []
        elif found:
            self.has_text = True


def read_page(page: PdfPage, number: int, form: Form | None) -> Page:
    """Return what stands on a pypdfium2 page; `number` is counted from 1, `form` is the document's form environment."""
    textpage = page.get_textpage()
    try:
        characters = read_characters(page, textpage)
    finally:
        textpage.close()
    drawing = read_drawing(page, characters.orientation)
    overlay = read_overlay(page, form, characters.orientation)
    width, height = characters.orientation.size
    found = Page(number, width, height, unmapped=characters.unmapped, outside=characters.outside)
    found.left_out, found.has_text = characters.left_out, _has_text(characters, drawing)
    found.comments, found.signatures = overlay.comments, overlay.signatures
    if found.has_text or not _is_unmapped(characters):
        rest, found.tables = take_tables([*set_in_one_line(characters.glyphs), *overlay.values], grids(drawing))
        found.rows = rows_of(rest)
        found.across = drawing.across
        found.turned = [join(line_of(row).text for row in rows_of(glyphs)) for glyphs in characters.others]
        found.turned += [characters.seal] if characters.seal else []
        found.pictures = len(drawing.pictures) if found.has_text else 0
    return found


def _has_text(characters: PageCharacters, drawing: Drawing) -> bool:
    """Tell whether the page can be read by its characters; an empty page can."""
    if _is_unmapped(characters):
        return False
    count = _count(characters)
    if not count:
        return drawing.covered < _ORNAMENT and drawing.curves < _OUTLINES
    return not (count < _FEW and drawing.covered > _SCAN)


def _is_unmapped(characters: PageCharacters) -> bool:
    return characters.unmapped > _UNMAPPED * (_count(characters) + characters.unmapped)


def _count(characters: PageCharacters) -> int:
    return len(characters.glyphs) + len(characters.seal) + sum(len(others) for others in characters.others)
