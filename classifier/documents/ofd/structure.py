"""The parts of an OFD file beside its pages: the document's root, templates, resources, annotations, seals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from classifier.documents.ofd.container import Container, child, children, value
from classifier.documents.ofd.matrix import box
from classifier.documents.ofd.placing import Box
from classifier.documents.xml_element import Element

_A4: Box = (0.0, 0.0, 210.0, 297.0)  # where a file names no page's size


@dataclass(frozen=True)
class OfdDocument:
    """One document of a file and what its pages share.

    `templates`, `annotations`: members by template and page ID. `shared`: IDs of templates that several pages use.
    `resources`: the members that tell of pictures and composite objects. `units`: these objects by ID.
    """

    path: str
    root: Element
    page_box: Box
    templates: Mapping[str, str | None]
    shared: frozenset[str]
    resources: tuple[str, ...]
    units: Mapping[str, Element]
    annotations: Mapping[str, list[str]]

    @property
    def pages(self) -> Iterator[Element]:
        """The Page elements of Document.xml, in order."""
        return children(child(self.root, "Pages"), "Page")


def open_document(container: Container, path: str | None) -> OfdDocument | None:
    """Return a document by its root member, None where that is missing or past repair."""
    root = container.xml(path)
    if root is None or path is None:
        return None
    common = child(root, "CommonData")
    templates = {_id(one): container.resolve(path, one.get("BaseLoc")) for one in children(common, "TemplatePage")}
    resources = _members(container, path, children(common, "PublicRes", "DocumentRes"))
    return OfdDocument(
        path,
        root,
        box(value(common, "PageArea", "PhysicalBox")) or _A4,
        templates,
        _shared(container, path, root) if templates else frozenset(),
        resources,
        units_of(container, resources),
        _annotations(container, path, value(root, "Annotations")),
    )


def page_units(container: Container, location: str, page: Element) -> dict[str, Element]:
    """Return the composite objects that only a page has, by their ID."""
    return units_of(container, _members(container, location, children(page, "PageRes")))


def units_of(container: Container, resources: Iterable[str]) -> dict[str, Element]:
    """Return the composite objects of resource members by their ID."""
    found: dict[str, Element] = {}
    for path in resources:
        for unit in children(child(container.xml(path), "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            found.setdefault(_id(unit), unit)
    return found


def template_ids(page: Element) -> list[str]:
    """Return the IDs of the templates that lie under or over a page."""
    return [(one.get("TemplateID") or "").strip() for one in children(page, "Template")]


def page_annotations(container: Container, document: OfdDocument, page_id: str) -> Iterator[Element]:
    """Yield the Annot elements of a page."""
    for path in document.annotations.get(page_id, ()):
        root = container.xml(path)
        yield from () if root is None else root.iter("{*}Annot")


def signatures(container: Container, entry: str, body: Element) -> int:
    """Return how many signatures and seals a document bears (the list that DocBody/Signatures names)."""
    root = container.xml(container.resolve(entry, value(body, "Signatures")))
    return sum(1 for _ in children(root, "Signature"))


def attachments(container: Container, document: OfdDocument) -> list[str]:
    """Return the names of the files that a document carries."""
    root = container.xml(container.resolve(document.path, value(document.root, "Attachments")))
    return [one.get("Name") or value(one, "FileLoc") or "?" for one in children(root, "Attachment")]


def _members(container: Container, base: str, named: Iterable[Element]) -> tuple[str, ...]:
    found = (container.resolve(base, value(element)) for element in named)
    return tuple(one for one in found if one)


def _id(element: Element) -> str:
    return (element.get("ID") or "").strip()


def _shared(container: Container, path: str, root: Element) -> frozenset[str]:
    uses: Counter[str] = Counter()
    for page in children(child(root, "Pages"), "Page"):
        content = container.xml(container.resolve(path, page.get("BaseLoc")))
        uses.update(() if content is None else set(template_ids(content)))
    return frozenset(one for one, times in uses.items() if times > 1)


def _annotations(container: Container, path: str, location: str) -> dict[str, list[str]]:
    """Return the annotation members of each page (Annotations.xml: Page@PageID, FileLoc)."""
    own = container.resolve(path, location)
    root = container.xml(own)
    found: dict[str, list[str]] = {}
    for page in children(root, "Page"):
        member = container.resolve(own or "", value(page, "FileLoc")) or container.resolve(path, value(page, "FileLoc"))
        if member:
            found.setdefault((page.get("PageID") or "").strip(), []).append(member)
    return found
