"""Page numbers, running headers and footers: what stands at the same place on many pages is none of the text."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from classifier.documents.pdf.lines import Row, line_of

_EDGE = 3  # rows at a page's head and foot that may be furniture
_SAME_HEIGHT = 4.0  # points
_MARGIN = 0.14  # of the page's height, at its head and foot: a lone number stands there
_GAP = 1.2  # times the usual distance of lines: furniture is further from the text
_SMALLER, _LARGER = 0.95, 1.15  # times the usual size: it may stand nearer in a smaller font; in a larger it is a title
_DASHES = "[-—–―－─‐~～·•.\\s]*"
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十百〇零]{1,5})"
_TOTAL = rf"(?:\s*[/／|,，]?\s*(?:of|共|总)?\s*{_NUMBER}\s*页?)?"
_NUMBERED = re.compile(  # a page number that says so itself
    rf"{_DASHES}(?:第\s*{_NUMBER}\s*页{_TOTAL}|page\s*{_NUMBER}{_TOTAL}|共\s*\d+\s*页\s*[,，]?\s*第\s*\d+\s*页|"
    rf"\d{{1,4}}\s*[/／]\s*\d{{1,4}}){_DASHES}|"
    r"[-—–―－─~～·•]+\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-—–―－─~～·•]+",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
_OWN_HEADING = re.compile(r"附[件表录]|第.{1,4}[章节条]|[图表]\s*\d|[（(]?[一二三四五六七八九十]+[）)、]|\d+[.、．]")
_PRINTED = re.compile(  # what browsers print round a page: date and title, address and number
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\s*[,，]?\s*(?:上午|下午)?\d{1,2}:\d\d.*|(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?"
)
_DIGITS = re.compile(r"\d+")


@dataclass
class PageRows:
    """A page's rows. `number`: counted from 1; `height`: the page's, in points."""

    number: int
    height: float
    rows: list[Row]


@dataclass
class Furniture:
    """`texts`: each distinct running text once, by the page on which it stands first. `numbers`: page numbers left out.

    `again`: repetitions of running texts left out.
    """

    texts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    numbers: int = 0
    again: int = 0


@dataclass(frozen=True)
class _Edge:
    """A row at a page's head or foot. `index`: among the page's rows. `place`: counted from the page's edge."""

    page: int
    index: int
    head: bool
    place: int
    y: float
    text: str
    size: float
    gap: float  # to the row further in, in points
    far: bool  # stands in the page's margin

    @property
    def masked(self) -> str:
        return _DIGITS.sub("#", self.text)


def take_furniture(pages: Sequence[PageRows]) -> Furniture:
    """Take page numbers and running texts out of the pages' rows, and return them."""
    edges = [edge for page in pages for edge in _edges(page)]
    numbers = _page_numbers(edges)
    running = _running(edges, numbers, len(pages))
    usual = _usual(pages) if edges else (0.0, 0.0)
    sides: dict[tuple[int, bool], list[_Edge]] = defaultdict(list)
    for edge in edges:
        sides[edge.page, edge.head].append(edge)
    furniture = [
        edge for side in sides.values() for edge in _apart(side, usual, lambda one: one in numbers or one in running)
    ]
    found = Furniture(numbers=len(numbers))
    by_number = {page.number: page for page in pages}
    said: set[str] = set()
    gone: dict[int, set[int]] = defaultdict(set)
    for edge in numbers:
        gone[edge.page].add(edge.index)
    for edge in furniture:
        if edge in numbers:
            continue
        gone[edge.page].add(edge.index)
        said_as = edge.masked if running[edge] else edge.text
        if said_as in said:
            found.again += 1
        else:
            said.add(said_as)
            found.texts[edge.page].append(line_of(by_number[edge.page].rows[edge.index]).text)
    for page in pages:
        page.rows = [row for index, row in enumerate(page.rows) if index not in gone[page.number]]
    return found


def _edges(page: PageRows) -> list[_Edge]:
    upper = [index for index, row in enumerate(page.rows) if row[0].y < page.height / 2][:_EDGE]
    lower = [index for index, row in enumerate(page.rows) if row[0].y >= page.height / 2][: -_EDGE - 1 : -1]
    return [_edge(page, index, True, place) for place, index in enumerate(upper)] + [
        _edge(page, index, False, place) for place, index in enumerate(lower)
    ]


def _edge(page: PageRows, index: int, head: bool, place: int) -> _Edge:
    row = page.rows[index]
    text = unicodedata.normalize("NFKC", line_of(row).text).strip()
    from_edge = row[0].y if head else page.height - row[0].y
    inner = index + 1 if head else index - 1
    gap = abs(page.rows[inner][0].y - row[0].y) if 0 <= inner < len(page.rows) else page.height
    far = from_edge < _MARGIN * page.height
    return _Edge(page.number, index, head, place, row[0].y, text, row[0].size, gap, far)


def _page_numbers(edges: Iterable[_Edge]) -> set[_Edge]:
    """Return the page numbers: those that say so, and lone numbers that count with the pages or stand far out."""
    edges = list(edges)
    outermost = [edge for edge in edges if edge.place == 0 or (edge.far and edge.place == 1)]
    found = {edge for edge in outermost if edge.far and _NUMBERED.fullmatch(edge.text)}
    lone = [edge for edge in outermost if _BARE.fullmatch(edge.text)]
    steps = Counter(int(edge.text) - edge.page for edge in lone if edge.text.isdecimal())
    for edge in lone:
        counts = edge.text.isdecimal() and steps[int(edge.text) - edge.page] > 1
        if counts or edge.far:
            found.add(edge)
    return found


def _running(edges: Iterable[_Edge], numbers: set[_Edge], pages: int) -> dict[_Edge, bool]:
    """Return what stands at the same place of several pages, outside all other text; whether its digits count pages."""
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    edges = list(edges)
    for edge in edges:
        if edge not in numbers:
            groups[edge.head, edge.masked].append(edge)
    running: dict[_Edge, bool] = {}
    for (_, masked), group in groups.items():
        for level in _levels(group):
            exact = len({edge.text for edge in level}) == 1
            often = len({edge.page for edge in level}) >= _enough(pages)
            if all(edge.far and _PRINTED.fullmatch(edge.text) for edge in level) or (
                often and (exact or not _OWN_HEADING.match(masked))
            ):
                running.update(dict.fromkeys(level, not exact and _count_pages(level)))
    return running


def _enough(pages: int) -> int:
    return 2 if pages < 6 else 3


def _levels(group: list[_Edge]) -> list[list[_Edge]]:
    """Part a group by height."""
    levels: list[list[_Edge]] = []
    for edge in sorted(group, key=lambda one: one.y):
        if levels and edge.y - levels[-1][-1].y <= _SAME_HEIGHT:
            levels[-1].append(edge)
        else:
            levels.append([edge])
    return levels


def _count_pages(level: Sequence[_Edge]) -> bool:
    """Tell whether a number in the texts grows with the pages."""
    steps: Counter[tuple[int, int]] = Counter()
    for edge in level:
        steps.update((i, int(number) - edge.page) for i, number in enumerate(_DIGITS.findall(edge.text)[:8]))
    return bool(steps) and max(steps.values()) == len(level)


def _apart(edges: Sequence[_Edge], usual: tuple[float, float], is_running: Callable[[_Edge], bool]) -> list[_Edge]:
    """Return what of one side of a page is furniture, from its edge inwards.

    It is set apart from the text by a gap, or by a smaller font; the same page twice in a file has the same
    lines at the same place, too.
    """
    size, pitch = usual
    candidates = list(takewhile(is_running, sorted(edges, key=lambda one: one.place)))
    for count in range(len(candidates), 0, -1):
        last = candidates[count - 1]
        apart = last.size < _SMALLER * size or (last.gap > _GAP * pitch and last.size < _LARGER * size)
        if apart and last.far:
            return candidates[:count]
    return []


def _usual(pages: Sequence[PageRows]) -> tuple[float, float]:
    """Return the usual size and distance of rows, in points."""
    sizes = Counter(round(row[0].size * 2) / 2 for page in pages for row in page.rows)
    near = (b[0].y - a[0].y for page in pages for a, b in pairwise(page.rows) if b[0].y - a[0].y < 3 * a[0].size)
    steps = Counter(map(round, near))
    return sizes.most_common(1)[0][0], float(steps.most_common(1)[0][0]) if steps else 0.0
