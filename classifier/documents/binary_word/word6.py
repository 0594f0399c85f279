"""Word 6 and 95: the plain text of each story; properties are written in a form of their own and not read.

The layout of the block at the file's beginning is that of Word 6's own description (FIB of nFib 101 to 105).
"""

import re
from collections.abc import Iterator

from classifier.documents.binary_word.characters import CODE
from classifier.documents.binary_word.content import Content
from classifier.documents.binary_word.fib import stories_of
from classifier.documents.binary_word.fields import fields
from classifier.documents.binary_word.little_endian import plc, u16, u32
from classifier.documents.binary_word.paragraphs import Paragraph
from classifier.documents.binary_word.tables import Blocks
from classifier.documents.document import Block, Reading, Role
from classifier.documents.notes import Note

_COMPLEX = 0x0004  # fast-saved
_CODE_PAGES = {  # by language ([MS-LCID])
    0x0804: "gb18030", 0x1004: "gb18030", 0x0404: "cp950", 0x0C04: "cp950", 0x0411: "cp932", 0x0412: "cp949",
    0x0419: "cp1251", 0x0405: "cp1250", 0x040E: "cp1250", 0x0415: "cp1250",
}  # fmt: skip
_ROLES: dict[str, Role] = {
    "headers": "furniture", "text": "body", "boxes": "body", "footnotes": "footnote", "endnotes": "footnote",
    "header_boxes": "furniture",
}  # fmt: skip
_ENDS = re.compile("[\r\x07\x0c]")


def read_word6(word: bytes) -> Reading:
    """Return the blocks of a file of Word 6 or 95. Raises ValueError where it is cut off."""
    stories = stories_of([u32(word, 0x34 + 4 * step) for step in range(8)])
    raw, width = _text(word, stories["header_boxes"][1])
    whole = b"".join(raw)
    encoding = "utf-16-le" if width == 2 else _code_page(word, whole)
    blocks: dict[str, Block] = {}
    found = []
    for story, role in _ROLES.items():
        start, end = stories[story]
        text = whole[start * width : end * width].decode(encoding, "replace")
        for block in Blocks().of(_paragraphs(text)):
            kept = block if role == "body" else Block(block.text.strip(), role)
            if role != "furniture" or blocks.setdefault(kept.text, kept) is kept:
                found.append(kept)
    return Reading(blocks=found, encoding=encoding, notes=[Note("old_word")])


def _text(word: bytes, length: int) -> tuple[list[bytes], int]:
    """Return the bytes of the text and the bytes of a character."""
    start, end = u32(word, 0x18), u32(word, 0x1C)
    if not u16(word, 0x0A) & _COMPLEX:
        width = 2 if end - start >= 2 * length else 1
        return [word[start : start + length * width]], width
    clx = word[u32(word, 0x160) :][: u32(word, 0x164)]
    at = 0
    while clx[at : at + 1] == b"\x01":
        at += 3 + u16(clx, at + 1)
    positions, pieces = plc(clx[at + 5 :], 8)
    bounds = zip(positions, positions[1:], pieces, strict=False)
    parts, room = [], len(word)
    for first, last, piece in bounds:
        offset = u32(piece, 2)
        parts.append(word[offset : offset + max(0, min(last - first, room))])
        room -= len(parts[-1])
    return parts, 1


def _code_page(word: bytes, raw: bytes) -> str:
    """Return the encoding of a file's language; Chinese, too, where the text is and the language does not say so."""
    known = _CODE_PAGES.get(u16(word, 0x06))
    if known:
        return known
    high = sum(one >= 0x80 for one in raw)
    if high * 4 > len(raw):
        try:
            raw.decode("gb18030")
        except UnicodeDecodeError:
            return "cp1252"
        return "gb18030"
    return "cp1252"


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield paragraphs; a row ends with an empty cell, which is all that plain text tells of it."""
    content = _content(text)
    begun, in_row = 0, False
    for mark in _ENDS.finditer(text):
        at = mark.start()
        if content.state[at] == CODE and mark[0] == "\r":
            continue
        shown = content.shown(begun, at)
        is_cell = mark[0] == "\x07"
        row_end = is_cell and in_row and not shown.strip()
        yield Paragraph(Block(shown), at + 1, depth=int(is_cell), cell_end=is_cell and not row_end, row_end=row_end)
        begun, in_row = at + 1, is_cell and not row_end
    if begun < len(text):
        yield Paragraph(Block(content.shown(begun, len(text))), len(text))


def _content(text: str) -> Content:
    state = bytearray(len(text))
    instead = {}
    marked = 0
    for field in sorted(fields(text), key=lambda one: one.start):
        if field.instead and field.start >= marked:
            instead[field.start] = field.instead
        if field.end > marked:
            start = max(field.start, marked)
            state[start : field.end] = bytes([CODE]) * (field.end - start)
            marked = field.end
    return Content(text, state, instead)
