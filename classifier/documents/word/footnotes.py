"""Foot- and endnotes: each where it is referred to."""

from classifier.documents.word.names import W
from classifier.documents.word.numbering import Counters, Numbering
from classifier.documents.word.package import Package
from classifier.documents.xml_element import Element

_KINDS = {f"{W}footnoteReference": ("footnotes", f"{W}footnote"), f"{W}endnoteReference": ("endnotes", f"{W}endnote")}


class Footnotes:
    """The notes of a document; each is given once."""

    def __init__(self, package: Package, document: str) -> None:
        self._package = package
        self._document = document
        self._left: dict[str, tuple[str, dict[str, Element]]] = {}
        self._known: dict[str, frozenset[str] | None] = {}
        self._counters: Counters | None = None

    def take(self, reference: Element, part: str) -> tuple[str, Element | None]:
        """Return the part and the element of a note; None where there is none, or it was taken before."""
        if reference.tag not in _KINDS:
            return part, reference  # the note itself
        kind, tag = _KINDS[reference.tag]
        if kind not in self._left:
            name = self._package.related(self._document, kind)
            root = self._package.root(name) if name else None
            notes = {} if root is None else {one.get(f"{W}id"): one for one in root.iterfind(tag)}
            self._left[kind] = (name or "", notes)
            unread = name is not None and root is None  # which is noted already
            self._known[kind] = None if unread else frozenset(notes)
        name, notes = self._left[kind]
        number = reference.get(f"{W}id")
        known = self._known[kind]
        if known is not None and number not in known:  # the text refers to a note that the file does not hold
            self._package.tally.add("damaged", what=name or f"word/{kind}.xml")
        return name, notes.pop(number, None)

    def counters(self, numbering: Numbering) -> Counters:
        """Return the counters of lists in notes."""
        if self._counters is None:
            self._counters = Counters(numbering)
        return self._counters
