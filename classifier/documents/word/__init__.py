"""Word files (.docx, .docm, .dotx, flat Open XML and Word 2003 XML): the extra `documents`.

A walk of our own over the parts, because no library shows all that Word does: python-docx 1.2.0 leaves out content
controls, insertions, text boxes, notes and automatic numbers, docx2python 3.7.1 mixes phonetic guides into the words
and knows no Chinese numbers, mammoth 1.13.0 and pandoc 3.9 lose fields, numbers or moved text.
"""

from collections.abc import Callable

from classifier.documents.document import Block, Reading
from classifier.documents.extras import damaged, missing
from classifier.documents.word.flat import flat_package, without_large_pictures
from classifier.documents.word.footnotes import Footnotes
from classifier.documents.word.furniture import furniture
from classifier.documents.word.names import W
from classifier.documents.word.numbering import Numbering
from classifier.documents.word.package import NoDocumentError, Package, parse
from classifier.documents.word.story import Parts, Story
from classifier.documents.word.styles import Styles, without_table_styles
from classifier.documents.word.tally import Tally
from classifier.documents.word.word2003 import is_word2003, to_open_xml
from classifier.documents.xml_element import Element
from classifier.unzip import BROKEN

_WHAT = "Word file"


def read_docx(data: bytes, name: str) -> Reading:
    """Return what a Word file shows, in reading order, headers first and footers last.

    Tracked changes count as accepted. Notes say what is left out: deleted and hidden text, comments, pictures, objects.
    Raises InputError where it is no Word file.
    """
    tally = Tally()
    return Reading(blocks=read_package(data, name, tally), notes=tally.notes())


def read_package(data: bytes, name: str, tally: Tally, *, nested: bool = False) -> list[Block]:
    """Return the blocks of a Word file in a zip archive; `nested`: it is embedded in another. Raises InputError."""
    try:
        return _document(Package.of_zip(data, tally), name, nested=nested)
    except ImportError as error:
        missing(name, "Word files", error)
    except (NoDocumentError, *BROKEN) as error:
        damaged(name, _WHAT, error)


def read_word_xml(data: bytes, name: str) -> Reading:
    """Return what a Word file in one XML text shows (flat Open XML, Word 2003 XML): blocks in reading order, notes.

    `name`: for messages. Raises InputError where the text is no such file, or a damaged one.
    """
    tally = Tally()
    try:
        root, whole = parse(without_large_pictures(data))
        if not whole:
            tally.add("damaged", what=name)
        blocks = _word2003(root, name, tally) if is_word2003(root) else _document(flat_package(root, tally), name)
    except ImportError as error:
        missing(name, "Word files", error)
    except (NoDocumentError, ValueError, RecursionError) as error:
        damaged(name, _WHAT, error)
    return Reading(blocks=blocks, notes=tally.notes())


def _document(package: Package, name: str, *, nested: bool = False) -> list[Block]:
    part = package.document_part()
    root = package.root(part)
    if root is None:
        raise NoDocumentError(f"its part {part} cannot be read")
    styles = Styles(_part(package, part, "styles", without_table_styles))
    numbering = Numbering(_part(package, part, "numbering"), styles)
    parts = Parts(package, styles, numbering, package.tally, Footnotes(package, part), name, nested)
    return _blocks(root, parts, part)


def _word2003(root: Element, name: str, tally: Tally) -> list[Block]:
    to_open_xml(root)
    package = Package({}, tally)
    styles = Styles(root.find(f"{W}styles"))
    numbering = Numbering(root.find(f"{W}numbering"), styles)
    return _blocks(root, Parts(package, styles, numbering, tally, Footnotes(package, ""), name), "")


def _blocks(root: Element, parts: Parts, part: str) -> list[Block]:
    if root.find(f"{W}body") is None:
        raise NoDocumentError("it has no body")
    story = Story(parts, root, part)
    blocks = [block for body in root.iterfind(f"{W}body") for block in story.read(body)]
    headers, footers = furniture(root, parts, part)
    return [*headers, *blocks, *footers]


def _part(package: Package, document: str, kind: str, shortened: Callable[[bytes], bytes] = bytes) -> Element | None:
    """Return the root of a part of this kind, found by its relation, else by its usual name."""
    name = package.related(document, kind) or f"word/{kind}.xml"
    return package.root(name, shortened)
