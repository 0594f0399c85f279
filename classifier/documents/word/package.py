"""The parts of a Word file and the relations between them (ECMA-376 Part 2), read as leniently as Word reads them.

Relations that lead nowhere (Target="NULL"), a missing [Content_Types].xml, backslashes and other capitals in names are
common in files of small programs, and Word opens them; python-docx 1.2.0 stops at each.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from classifier.documents.word.names import R, to_transitional
from classifier.documents.word.tally import Tally
from classifier.documents.xml_element import Element
from classifier.unzip import BROKEN, BoundedZip, TooLargeError

_LOOKS = (b"vanish", b"Wingdings", b"wingdings", b"Symbol", b"symbol")
_DOCUMENT = re.compile(r"(?:^|/)document\d*\.xml$")


class NoDocumentError(ValueError):
    """The package holds no Word document. The message says why."""


@dataclass(frozen=True)
class Relation:
    """`kind`: the last word of its type's address (footnotes, header, image …). `target`: a part, or an address."""

    kind: str
    target: str
    outside: bool


Content = Callable[[], "bytes | Element"]


class Package:
    """Named parts. A part that cannot be read is noted in `tally` and is then as one that is not there."""

    def __init__(self, members: Mapping[str, Content], tally: Tally) -> None:
        self.tally = tally
        self._members = {_key(name): content for name, content in members.items()}
        self._plain: set[str] = set()
        self._relations: dict[str, dict[str, Relation]] = {}

    @classmethod
    def of_zip(cls, data: bytes, tally: Tally) -> "Package":
        """Return the package in a zip archive. Raises what unzip.BROKEN lists where it is none."""
        archive = BoundedZip(data)
        return cls({member.filename: partial(archive.read, member) for member in archive.members}, tally)

    def data(self, name: str) -> bytes | None:
        """Return a part's bytes; None where there is no such part, or none that can be read."""
        content = self._content(name)
        return content if isinstance(content, bytes) else None

    def root(self, name: str, shortened: Callable[[bytes], bytes] = bytes) -> Element | None:
        """Return the root of a part that is XML; None where there is no such part, or none that can be read.

        `shortened` may take away what is not needed before it is parsed.
        """
        content = self._content(name)
        if content is None or not isinstance(content, bytes):
            return content
        if content.startswith(b"<") and not any(word in content for word in _LOOKS):
            self._plain.add(_key(name))
        root, whole = parse(shortened(content))
        if content.strip() and not whole:
            self.tally.add("damaged", what=name)
        return root

    def has_looks(self, name: str) -> bool:
        """Return whether a run of this part may be hidden or in a symbol font: few are, and asking each is slow."""
        return _key(name) not in self._plain

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part ("" for the package's own) by id."""
        if part not in self._relations:
            folder, file = posixpath.split(part)
            root = self.root(posixpath.join(folder, "_rels", f"{file}.rels"))
            self._relations[part] = dict(_relations(root, folder)) if root is not None else {}
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the first part of this kind that `part` is related to.

        None where there is none in the package.
        """
        found = (
            relation.target
            for relation in self.relations(part).values()
            if relation.kind == kind and not relation.outside
        )
        return next((target for target in found if _key(target) in self._members), None)

    def document_part(self) -> str:
        """Return the name of the main part. Raises NoDocumentError."""
        named = self.related("", "officeDocument")
        if named is None:
            others = [name for name in self._members if _DOCUMENT.search(name)]
            named = min(others, key=lambda name: (name.count("/"), len(name)), default=None)
        if named is None:
            raise NoDocumentError("it has no document part")
        return named

    def _content(self, name: str) -> "bytes | Element | None":
        content = self._members.get(_key(name))
        if content is None:
            return None
        try:
            return content()
        except TooLargeError:
            self.tally.add("too_large", what=name)
        except BROKEN:
            self.tally.add("damaged", what=name)
        return None


def parse(data: bytes) -> tuple[Element | None, bool]:
    """Return the root of an XML text, and whether all of it is sound.

    Of one that is not (a control character, an end that is missing), the parser recovers what it can; None: nothing.
    Elements keep the names of the transitional namespaces in Strict Open XML, too.
    """
    from lxml import etree  # noqa: PLC0415 - optional

    options = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
    whole = True
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=False, **options))
    except (etree.XMLSyntaxError, ValueError):
        whole = False
        try:
            root = etree.fromstring(data, etree.XMLParser(huge_tree=False, recover=True, **options))
        except (etree.XMLSyntaxError, ValueError):
            root = None
    if root is not None and b"purl.oclc.org" in data:
        to_transitional(root)
    return root, whole


def _relations(root: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for one in root:
        target = one.get("Target") or ""
        outside = one.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
        yield one.get("Id") or "", Relation((one.get("Type") or "").rpartition("/")[2], target, outside)


def target_of(package: Package, part: str, element: Element, attribute: str = f"{R}id") -> Relation | None:
    """Return the relation that an element's attribute names; None where it leads nowhere."""
    return package.relations(part).get(element.get(attribute) or "")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
