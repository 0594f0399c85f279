"""The zip of an OFD file: its members by the paths that its XML names, however far off the standard they are."""

import posixpath
import zipfile
from collections.abc import Iterator

from classifier.documents.extras import missing
from classifier.documents.xml_element import Element
from classifier.errors import InputError
from classifier.unzip import BROKEN, BoundedZip, TooLargeError, check_unpacked_size

_PART_MOST = 50_000_000  # bytes of one XML member
_UTF8 = 0x800  # the flag of a member whose name is UTF-8


class Container:
    """The members of an OFD file. Raises InputError where it is no zip, or swells beyond what memory should hold."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            from lxml import etree  # noqa: PLC0415 - optional
        except ImportError as error:
            missing(name, "OFD files", error)
        try:
            check_unpacked_size(data, name, InputError)
            self._zip = BoundedZip(data)
        except BROKEN as error:
            raise InputError(f"{name}: cannot be read as an OFD file: {error}; open it and save it again") from error
        self._members = {_normal(_name(member)): member for member in reversed(self._zip.members)}
        self._folded = {path.casefold(): path for path in self._members}
        self._etree = etree
        self.name = name
        self.damaged: list[str] = []

    def resolve(self, base: str, location: str | None) -> str | None:
        """Return the member that `location` names inside the member `base`; None where there is none.

        A path begins at the root, at the folder of `base`, or, wrongly, at the root without its slash;
        cases are not always kept.
        """
        location = (location or "").strip().replace("\\", "/")
        if not location:
            return None
        beside = posixpath.join(posixpath.dirname(base), location)
        for candidate in (location, beside) if location.startswith("/") else (beside, location):
            path = _normal(posixpath.normpath(candidate))
            if found := self._folded.get(path.casefold()):
                return path if path in self._members else found
        return None

    def xml(self, path: str | None) -> Element | None:
        """Return the root of an XML member; None where it is missing or past repair, which `damaged` then says."""
        if path is None:
            return None
        data = self.bytes(path, _PART_MOST)
        if data is None:
            return None
        for recover in (False, True):
            parser = self._etree.XMLParser(resolve_entities=False, no_network=True, recover=recover, load_dtd=False)
            try:
                root = self._etree.fromstring(_readable(data), parser)
            except (self._etree.XMLSyntaxError, ValueError):
                continue
            if root is not None:
                if recover:
                    self.damaged.append(path)
                return root
        self.damaged.append(path)
        return None

    def bytes(self, path: str, most: int | None = None) -> bytes | None:
        """Return a member's content; None where it is damaged, encrypted or too large, which `damaged` then says."""
        try:
            return self._zip.read(self._members[path], most)
        except (TooLargeError, *BROKEN):
            self.damaged.append(path)
            return None


def tag(element: Element) -> str:
    """Return an element's name without its namespace, of which several are in use; empty for comments."""
    name = element.tag
    return name.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(name, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children of these names."""
    for one in () if element is None else element:
        if tag(one) in names:
            yield one


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element along a path of names, None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, *path: str) -> str:
    """Return the text of the element along a path of names, stripped; empty where there is none."""
    found = child(element, *path)
    return "" if found is None else "".join(found.itertext()).strip()


def _readable(data: bytes) -> bytes:
    """Return XML whose encoding a parser knows: GB2312 and GBK are read as what they are a part of."""
    head = data[:120].lower()
    for old in (b"gb2312", b"gbk", b"cp936"):
        if old in head:
            at = head.index(old)
            return data[:at] + b"gb18030" + data[at + len(old) :]
    return data


def _normal(path: str) -> str:
    path = path.replace("\\", "/")
    while path.startswith(("/", "./")):
        path = path.lstrip("/") if path.startswith("/") else path[2:]
    return path


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the flag of UTF-8 Chinese programs mean UTF-8 or GBK, not code page 437."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
