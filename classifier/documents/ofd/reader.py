"""An OFD file's pages with their templates and annotations: to blocks and notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from classifier.documents.document import Reading
from classifier.documents.layout.blocks import blocks_of
from classifier.documents.layout.placed import PlacedPage
from classifier.documents.ofd.container import Container, child, children, value
from classifier.documents.ofd.drawing import Drawn, Glyph, PictureObject, draw
from classifier.documents.ofd.left_out import LeftOut
from classifier.documents.ofd.matrix import box
from classifier.documents.ofd.placing import Box, line_texts, outside, placed_pages
from classifier.documents.ofd.scans import recognised_pages
from classifier.documents.ofd.structure import (
    OfdDocument,
    attachments,
    open_document,
    page_annotations,
    page_units,
    signatures,
    template_ids,
)
from classifier.documents.xml_element import Element
from classifier.errors import InputError

_Runs = list[list[Glyph]]


@dataclass
class _Page:
    """What stands on a page: runs in the page's own flow, texts of its frame."""

    number: int
    page_box: Box
    runs: _Runs = field(default_factory=list)
    hidden: _Runs = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    pictures: list[PictureObject] = field(default_factory=list)
    paths: int = 0


def read_ofd(data: bytes, name: str) -> Reading:
    """Return the text of all pages in reading order; seals, pictures and glyphs without characters are noted.

    Raises InputError where the file is no OFD file, MissingExtraError without lxml.
    """
    container = Container(data, name)
    entry = container.resolve("", "OFD.xml")
    left = LeftOut()
    pages: list[PlacedPage] = []
    metadata: dict[str, str] = {}
    number = 0
    for body in children(container.xml(entry), "DocBody"):
        left.seals += signatures(container, entry or "", body)
        if title := value(body, "DocInfo", "Title"):
            metadata.setdefault("title", title)
        document = open_document(container, container.resolve(entry or "", value(body, "DocRoot")))
        if document is None:
            left.damaged.append(value(body, "DocRoot") or "DocRoot")
            continue
        left.attachments += attachments(container, document)
        for page in document.pages:
            number += 1
            one = _page(container, document, page, number, left)
            pages += _placed(one, left) or list(_recognised(container, document, one, left))
    if number == 0:
        raise InputError(f"{name}: cannot be read as an OFD file: it names no page; open it and save it again")
    blocks, notes = blocks_of(pages)
    left.damaged += container.damaged
    return Reading(blocks=blocks, notes=[*notes, *left.notes()], metadata=metadata)


def _page(container: Container, document: OfdDocument, element: Element, number: int, left: LeftOut) -> _Page:
    location = container.resolve(document.path, element.get("BaseLoc"))
    root = container.xml(location)
    if root is None or location is None:
        left.damaged.append(element.get("BaseLoc") or f"page {number}")
        return _Page(number, document.page_box)
    units = {**document.units, **page_units(container, location, root)}
    page = _Page(number, box(value(root, "Area", "PhysicalBox")) or document.page_box)
    for template in template_ids(root):
        _add_template(container, document, template, units, page, left)
    _add(page, draw(child(root, "Content"), units), left)
    for annotation in page_annotations(container, document, (element.get("ID") or "").strip()):
        _add_annotation(annotation, units, page, left)
    return page


def _add(page: _Page, drawn: Drawn, left: LeftOut) -> None:
    page.runs += _visible(drawn.runs)
    page.hidden += _visible(drawn.hidden)
    page.furniture += line_texts(_visible(drawn.patterns), page.page_box)
    page.pictures += drawn.pictures
    page.paths += drawn.paths
    left.glyphs[page.number] += drawn.without_character
    if drawn.cut:
        left.large.append(f"page {page.number}")


def _add_template(
    container: Container, document: OfdDocument, template: str, units: Mapping[str, Element], page: _Page, left: LeftOut
) -> None:
    """Add what a template draws: to the page's flow where it is the page's own, to its frame where pages share it."""
    root = container.xml(document.templates.get(template))
    if root is None:
        left.damaged.append(f"template {template}")
        return
    drawn = draw(child(root, "Content"), units)
    if template in document.shared:
        page.furniture += line_texts(_visible(drawn.runs), page.page_box)
        drawn.runs = []
    _add(page, drawn, left)


def _add_annotation(annotation: Element, units: Mapping[str, Element], page: _Page, left: LeftOut) -> None:
    """Add what an annotation shows on its page; a watermark is the page's frame, seals and remarks are noted."""
    kind = (annotation.get("Type") or "").lower()
    drawn = draw(child(annotation, "Appearance"), {} if kind == "stamp" else units)
    left.glyphs[page.number] += drawn.without_character
    page.furniture += line_texts(_visible(drawn.patterns), page.page_box)
    runs = _visible(drawn.runs)
    if kind == "stamp":  # a seal is a composite object or a picture; some programs call typed text a stamp, too
        left.stamps[page.number] += not runs
    elif not runs:
        left.comments[page.number] += bool(value(annotation, "Remark"))
    if kind == "watermark":
        page.furniture += line_texts(runs, page.page_box)
    elif (annotation.get("Visible") or "").lower() == "false":
        page.hidden += runs
    else:
        page.runs += runs


def _placed(page: _Page, left: LeftOut) -> list[PlacedPage]:
    """Return a page for the layout and count what is not in it.

    Hidden text is left out, but where there is no other: that is the text under a scanned picture.
    """
    runs = page.runs or page.hidden
    if page.runs:
        left.hidden[page.number] += _characters(page.hidden)
    off = [run for run in runs if outside(run, page.page_box)]
    if 2 * len(off) <= len(runs):  # else it is the page's size that is wrong
        left.hidden[page.number] += _characters(off)
        runs = [run for run in runs if not outside(run, page.page_box)]
    if not runs:
        return []
    if page.pictures:
        left.pictures[page.number] += len(page.pictures)
    return placed_pages(runs, page.page_box, page.number, page.furniture)


def _recognised(container: Container, document: OfdDocument, page: _Page, left: LeftOut) -> Iterator[PlacedPage]:
    """Yield a page without text as the layout takes it: its large pictures recognised, where that is possible."""
    if page.pictures:
        for one in recognised_pages(container, document, page.pictures, page.page_box, page.number):
            left.recognised.append((page.number, one))
            yield one.placed(page.number)
    if (page.pictures or page.paths) and page.number not in {number for number, _ in left.recognised}:
        (left.wordless if page.pictures else left.drawn).append(page.number)
    if page.furniture:
        yield from placed_pages([], page.page_box, page.number, page.furniture)


def _visible(runs: _Runs) -> _Runs:
    return [run for run in runs if any(not one.character.isspace() for one in run)]


def _characters(runs: _Runs) -> int:
    return sum(not one.character.isspace() for run in runs for one in run)
