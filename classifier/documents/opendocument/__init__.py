"""OpenDocument text (.odt, .ott, and .fodt, the same in one flat file), with lxml.

A walk of our own: of the readers measured (odfdo 3.27.3, odfpy 1.4.1, pandoc) each loses text boxes, content controls
or nested tables, mixes pinyin in, or keeps deleted text, and none gives the automatic numbers.
"""

import re
from dataclasses import replace

from classifier.documents.document import Block, Reading
from classifier.documents.extras import damaged, missing
from classifier.documents.notes import Note
from classifier.documents.opendocument.names import attribute, full, short
from classifier.documents.opendocument.styles import Styles
from classifier.documents.opendocument.walk import Walk
from classifier.documents.package import Package
from classifier.documents.xml_element import Element
from classifier.errors import InputError

_PICTURES = re.compile(rb"(<office:binary-data[^>]*>)[^<]*")
_WHAT = "LibreOffice text (.odt)"
_MANIFEST = "META-INF/manifest.xml"


def read_odt(data: bytes, name: str) -> Reading:
    """Return the paragraphs, rows, notes and furniture of an OpenDocument text. Raises InputError where it is none."""
    try:
        from lxml import etree  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "LibreOffice texts", error)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    parts, lost = _parts(data, name), []
    try:
        roots = [etree.fromstring(parts[0], parser)]
    except etree.XMLSyntaxError as error:
        damaged(name, _WHAT, error)
    try:
        roots += [etree.fromstring(part, parser) for part in parts[1:]]
    except etree.XMLSyntaxError:  # the text is whole: only how it looks, its headers and footers are lost
        lost.append(Note("damaged", what="styles.xml"))
    text = next(roots[0].iter(full("office:text")), None)
    if text is None:
        raise InputError(f"{name}: holds no text but another kind of LibreOffice document; save it as .odt")
    found = _reading(text, roots)
    return replace(found, notes=[*found.notes, *lost])


def _parts(data: bytes, name: str) -> list[bytes]:
    """Return content.xml and styles.xml; a flat file is both."""
    if not data.startswith(b"PK"):
        return [_PICTURES.sub(rb"\1", data)]
    package = Package(data, name, _WHAT)
    if package.has(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST):
        raise InputError(f"{name}: is protected by a password; take the password off and save it again")
    return [package.read(one) for one in ("content.xml", "styles.xml") if one == "content.xml" or package.has(one)]


def _reading(text: Element, roots: list[Element]) -> Reading:
    from classifier.documents.opendocument.changes import take_out_deletions  # noqa: PLC0415 - lxml is optional

    walk = Walk(Styles(roots))
    walk.left_out("deleted_text", take_out_deletions(text))
    headers, footers = _furniture(walk, roots[-1], "header"), _furniture(walk, roots[-1], "footer")
    body = list(walk.blocks(text))
    once = [_once(headers), _once(footers)]
    repeated = len(headers) + len(footers) - sum(map(len, once))
    notes = [*walk.notes(), *([Note("repeated_furniture", repeated)] if repeated else [])]
    return Reading([*once[0], *body, *once[1]], notes=notes)


def _furniture(walk: Walk, root: Element, kind: str) -> list[Block]:
    """Return the headers or footers of all page styles."""
    found = []
    for page in root.iter(full("style:master-page")):
        for part in page:
            if short(part).split(":")[-1].split("-")[0] == kind and attribute(part, "style:display") != "false":
                found += [Block(block.text, "furniture") for block in walk.blocks(part)]
    return [one for one in found if one.text.strip()]


def _once(blocks: list[Block]) -> list[Block]:
    return list({" ".join(block.text.split()): block for block in reversed(blocks)}.values())[::-1]
