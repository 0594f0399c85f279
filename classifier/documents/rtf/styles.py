"""RTF's style sheet: which paragraph styles are headings, and which are entries of a table of contents."""

import re

from classifier.documents.document import Block
from classifier.documents.rtf.charsets import decoded
from classifier.documents.rtf.tokens import Tokens

BODY = Block("")
TITLE = Block("", "heading", 1)
CONTENTS = Block("", "furniture")
_STYLE = re.compile(rb"\{\s*\\s(\d{1,6})(?!\d)")
_FIRST = re.compile(rb"\{\s*\\(?!s\d|\*|cs|ts|ds)")  # style 0 has no \s
_OUTLINE = re.compile(rb"\\outlinelevel(\d)(?!\d)")
_ITEM = re.compile(rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?|\\\*?[a-z]*-?\d* ?|([^\\{};\r\n])")
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"title|标题|標題", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)\s*[1-9]", re.IGNORECASE)


def heading(level: int) -> Block:
    """Return the shape of a heading's paragraphs; `level` from 1."""
    return Block("", "heading", level)


def style_shapes(sheet: bytes, codec: str) -> dict[int, Block]:
    """Return the shape (role and level) of the paragraph styles that are not body text."""
    found = {}
    tokens = Tokens(sheet)
    for match in _STYLE.finditer(sheet):
        tokens.position = match.end()
        shape = _shape(tokens.skip_group(), codec)
        if shape is not BODY:
            found[int(match[1])] = shape
    return found


def _shape(style: bytes, codec: str) -> Block:
    name = _name(style, codec)
    if _CONTENTS_NAME.fullmatch(name):
        return CONTENTS
    outline = _OUTLINE.search(style)
    if outline:
        return heading(int(outline[1]) + 1) if int(outline[1]) < 9 else BODY
    named = _HEADING_NAME.fullmatch(name)
    if named:
        return heading(int(named[1]))
    return TITLE if _TITLE_NAME.fullmatch(name) else BODY


def _name(style: bytes, codec: str) -> str:
    """Return a style's name: what stands behind its control words, up to a semicolon or a comma (other names)."""
    text, run = "", bytearray()
    for match in _ITEM.finditer(style.rsplit(b"}", 1)[-1]):
        if match[2]:
            text += decoded(bytes(run), codec, codec, raw=False)[0] + chr(int(match[2]) % 0x10000)
            run.clear()
        elif match[1]:
            run.append(int(match[1], 16))
        else:
            run += match[3] or b""
    return (text + decoded(bytes(run), codec, codec, raw=False)[0]).split(",")[0].strip()
