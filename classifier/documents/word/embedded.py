"""Documents that are put into a Word file whole (w:altChunk): Word shows their text as the file's own."""

from typing import TYPE_CHECKING

from classifier.documents.document import Block, Role
from classifier.documents.word.package import target_of
from classifier.documents.xml_element import Element
from classifier.errors import InputError

if TYPE_CHECKING:
    from classifier.documents.word.story import Parts


def embedded_blocks(chunk: Element, parts: "Parts", part: str) -> list[Block]:
    """Return the blocks of an embedded document, itself read by its format; what cannot be read is noted."""
    relation = target_of(parts.package, part, chunk)
    data = parts.package.data(relation.target) if relation and not relation.outside else None
    if relation is None or data is None or parts.nested:
        parts.tally.add("attachments", what=relation.target if relation else "?")
        return []
    from classifier.documents import read, word  # noqa: PLC0415 - they import this package

    name = f"{parts.name}: {relation.target}"
    try:
        if data.startswith(b"PK"):
            return list(word.read_package(data, name, parts.tally, nested=True))
        document = read.from_bytes(data, relation.target)
    except InputError as error:
        parts.tally.add("damaged", what=str(error))
        return []
    for note in document.notes:
        parts.tally.add(note.kind, note.amount, note.what)
    body: Role = "body"
    return list(document.blocks) or [Block(line, body) for line in document.text.split("\n") if line.strip()]
