"""Drawings: text boxes and the other text that shapes show; pictures, charts and objects are counted."""

from typing import TYPE_CHECKING

from classifier.documents.document import Block
from classifier.documents.word.names import ALTERNATE, BOX, DGM, PIC, A, C, O, R, V, W, chosen, drawing_text
from classifier.documents.word.package import target_of
from classifier.documents.word.smart_art import texts as smart_art_texts
from classifier.documents.xml_element import Element

if TYPE_CHECKING:
    from classifier.documents.word.story import Story

_COUNTED = {
    f"{PIC}pic": "pictures",
    f"{V}imagedata": "pictures",
    f"{C}chart": "objects",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": "objects",
    f"{O}OLEObject": "objects",
    f"{W}control": "objects",
}


def blocks(drawing: Element, story: "Story") -> list[Block]:
    """Return what a drawing (w:drawing, w:pict, w:object, or a text box's content) shows as text, in its own order."""
    found: list[Block] = []
    if drawing.tag == BOX:
        return story.box(drawing)
    is_object = drawing.tag == f"{W}object"  # its picture is how the object looks
    _walk(drawing, story, found, is_object)
    if is_object and next(drawing.iter(f"{O}OLEObject", f"{W}control"), None) is None:
        story.tally.add("objects")
    return found


def _walk(parent: Element, story: "Story", blocks: list[Block], is_object: bool) -> None:
    for child in parent:
        kind = _COUNTED.get(child.tag)
        if kind and not (is_object and kind == "pictures"):
            story.tally.add(kind)
        if child.tag == BOX:
            blocks.extend(story.box(child))
        elif child.tag == ALTERNATE:
            _walk(chosen(child), story, blocks, is_object)
        elif child.tag == f"{A}p":
            _put(blocks, drawing_text(child))
        elif child.tag == f"{V}textpath":
            _put(blocks, child.get("string") or "")
        elif child.tag == f"{DGM}relIds":
            blocks.extend(_smart_art(child, story))
        elif isinstance(child.tag, str):
            _walk(child, story, blocks, is_object)


def _put(blocks: list[Block], text: str) -> None:
    if text.strip():
        blocks.append(Block(text))


def _smart_art(ids: Element, story: "Story") -> list[Block]:
    relation = target_of(story.package, story.part, ids, f"{R}dm")
    root = story.package.root(relation.target) if relation and not relation.outside else None
    if root is None:
        story.tally.add("objects")
        return []
    return [Block(text) for text in smart_art_texts(root) if text.strip()]
