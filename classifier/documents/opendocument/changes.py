"""Deletions that stand in the text itself, between marks, as LibreOffice writes flat OpenDocument (.fodt) files.

In packages a deletion stands apart, in text:tracked-changes (OpenDocument 1.3, part 3, 5.5); there the walk finds it.
"""

from lxml import etree

from classifier.documents.opendocument.names import attribute, full
from classifier.documents.xml_element import Element


def take_out_deletions(root: Element) -> int:
    """Take the text between the marks of deletions out of a tree; return how many characters, white space aside."""
    open_: set[str] = set()
    deleted = {
        attribute(region, "text:id") or attribute(region, "xml:id")
        for region in root.iter(full("text:changed-region"))
        for deletion in region.iterchildren(full("text:deletion"))
        if not _holds_text(deletion)
    }
    if not deleted:
        return 0
    amount = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element.tag == full("text:change-start"):
            open_ |= {attribute(element, "text:change-id")} & deleted
        elif event == "start" and element.tag == full("text:change-end"):
            open_.discard(attribute(element, "text:change-id"))
        if open_:
            part = "text" if event == "start" else "tail"
            amount += len("".join((getattr(element, part) or "").split()))
            setattr(element, part, None)
    return amount


def _holds_text(deletion: Element) -> bool:
    return any(True for _ in deletion.iter(full("text:p"), full("text:h")))
