"""The text of scraps of HTML inside other formats, with the standard library: no page, so no frame to tell from it."""

from dataclasses import dataclass
from html.parser import HTMLParser

from classifier.documents.document import Role
from classifier.documents.rows import cell_text, joined_cells
from classifier.documents.web_page.tree import HAN, LONG

_BLOCKS = frozenset([
    "p", "div", "section", "article", "table", "tr", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote", "center", "hr", "pre",
])  # fmt: skip
_HIDDEN = frozenset({"script", "style", "template"})


class Readings:
    """Tells which text of a phonetic guide (<ruby>) stands above the line, or in brackets where it cannot.

    Its end tags may be missing: the next part of the guide, or its end, ends a reading. One with `LONG` Han characters
    is none, but what follows a guide that was never closed. `left_out`: characters of readings and their brackets,
    white space aside.
    """

    def __init__(self) -> None:
        self.left_out = 0
        self._open = False
        self._held: list[str] = []

    def tag(self, name: str, closing: bool = False) -> str:
        """Take a tag in account; return what was taken before it and is no reading after all."""
        if name in {"rt", "rp", "rtc"}:
            text = self.end()
            self._open = not closing
            return text
        return self.end() if name in {"ruby", "rb", "rbc"} or name in _BLOCKS else ""

    def takes(self, text: str) -> bool:
        """Tell whether a text belongs to what may be a reading."""
        if self._open:
            self._held.append(text)
        return self._open

    def end(self) -> str:
        """End a reading that is under way; return its text if it is none, else count it."""
        text, self._held, self._open = "".join(self._held), [], False
        if len(HAN.findall(text)) >= LONG:
            return text
        self.left_out += len("".join(text.split()))
        return ""


@dataclass(frozen=True)
class FragmentText:
    """A scrap of HTML: its paragraphs and rows with their roles, how many `pictures` it shows, and how many characters
    of phonetic guides (`phonetic`) are left out.
    """

    lines: list[tuple[str, Role]]
    pictures: int
    phonetic: int


def fragment_text(html: str) -> FragmentText:
    """Return what a scrap of HTML shows."""
    parser = _Fragment()
    parser.feed(html)
    parser.close()
    parser.end_reading()
    parser.end_line()
    return FragmentText(parser.lines, parser.pictures, parser.readings.left_out)


class _Fragment(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, Role]] = []
        self.pictures = 0
        self.readings = Readings()
        self._pieces: list[str] = []
        self._cells: list[str] | None = None
        self._named = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        self._pieces.append(self.readings.tag(tag))
        if tag == "img":
            self.pictures += 1
        elif tag == "br":
            self._pieces.append(" " if self._cells is not None else "\n")
        elif tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS and not (self._cells is not None and tag != "tr"):
            self.end_line()
        if tag == "tr":
            self._cells, self._named = [], True
        elif tag in {"td", "th"} and self._cells is not None:
            self._named = self._named and tag == "th"
            self._end_cell()

    def handle_endtag(self, tag: str) -> None:
        self._pieces.append(self.readings.tag(tag, closing=True))
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in {"td", "th"}:
            self._end_cell(empty=True)
        elif tag == "tr" or (tag in _BLOCKS and self._cells is None) or tag == "table":
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self.readings.takes(data):
            self._pieces.append(data)

    def end_reading(self) -> None:
        """End a phonetic guide that was never closed."""
        self._pieces.append(self.readings.end())

    def _end_cell(self, empty: bool = False) -> None:
        text = " ".join("".join(self._pieces).split())
        if self._cells is not None and (text or empty):
            self._cells.append(cell_text([text]))
            self._pieces = []

    def end_line(self) -> None:
        """End a paragraph or a row."""
        if self._cells is not None:
            self._end_cell()
            if row := joined_cells(self._cells):
                self.lines.append((row, "column_heading" if self._named else "row"))
            self._cells = None
        text = "".join(self._pieces).strip()
        if text:
            self.lines.append((text, "body"))
        self._pieces = []
