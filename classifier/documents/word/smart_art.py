"""The text of SmartArt, from its data model (ECMA-376 Part 1, 21.4): a tree of points."""

from classifier.documents.word.names import DGM, A, drawing_text, integer
from classifier.documents.xml_element import Element

_DEEPEST = 60


def texts(root: Element) -> list[str]:
    """Return the paragraphs of a diagram's points, each before those below it."""
    points = {one.get("modelId"): one for one in root.iter(f"{DGM}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for one in root.iter(f"{DGM}cxn"):
        if one.get("type", "parOf") == "parOf":
            below.setdefault(one.get("srcId"), []).append((integer(one.get("srcOrd")) or 0, one.get("destId")))
    found: list[str] = []
    left = dict(points)
    for point in points:
        if point in left and not any(point == child for children in below.values() for _, child in children):
            _collect(point, below, left, found, 0)
    for point in list(left):  # of a circle of points
        _collect(point, below, left, found, 0)
    return found


def _collect(
    point: str, below: dict[str, list[tuple[int, str]]], left: dict[str, Element], texts: list[str], depth: int
) -> None:
    element = left.pop(point, None)
    if element is None or depth > _DEEPEST:
        return
    texts += [drawing_text(one) for one in element.iterfind(f"{DGM}t/{A}p")]
    for _, child in sorted(below.get(point, ())):
        _collect(child, below, left, texts, depth + 1)
