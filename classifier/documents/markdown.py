"""Markdown without its markup, by markdown-it-py (CommonMark with tables and strikethrough).

Around the library stands what offices' files need more: front matter; footnotes; bold that CommonMark does not see
between Chinese punctuation and Chinese characters (**“甲”**乙); definitions that are none ([附件]: 清单 would vanish).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from classifier.documents.decode import decode_damaged
from classifier.documents.document import CELL, Block, Reading, Role
from classifier.documents.html_fragment import Readings, fragment_text
from classifier.documents.notes import Note
from classifier.documents.rows import cell_text, joined_cells

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MOST = 4_000_000  # characters; a longer file is read as plain text, for parsing it would take minutes
_FRONT = re.compile(
    r"\A\s*(?:---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[^\s#:][^\n:]*:(?:[ \t][^\n]*)?\n(?:.*\n)*?"  # YAML
    r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
    r"|\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|\Z)"  # TOML
    r"|\{[ \t]*\n(?:.*\n)*?\}[ \t]*(?:\n|\Z))"  # JSON
)
_FIELD = re.compile(
    r"""^\s*["']?(title|标题|date|日期|source|来源)["']?\s*[:=：]\s*["']?(.+?)["']?,?\s*$""",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD_NAMES = {"标题": "title", "日期": "date", "来源": "source"}
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?: {2,}|\t)\S.*)*)", re.MULTILINE)
_NO_DEFINITION = re.compile(r"^( {0,3})(\[[^\]\n]+\]:[ \t]*(?![<#/.]|\w+:|www\.)[^\n]*[\u3400-\u9fff])", re.MULTILINE)
_LEFT_OVER = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1|(?<!\*)\*(?=[“《（「])([^*]+?)(?<=[”》）」])\*(?!\*)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_BREAKS = dict.fromkeys(("softbreak", "hardbreak"), "\n")
_ESCAPED = str.maketrans("*_~[", "\ue000\ue001\ue002\ue003")
_PLAIN = str.maketrans("\ue000\ue001\ue002\ue003", "*_~[")


def read_markdown(data: bytes, name: str) -> Reading:
    """Return a Markdown file's blocks: headings, paragraphs, rows of tables, footnotes.

    Front matter, pictures and markup are left out and counted; links keep their texts, lists their numbers, fenced
    code its text. Raises InputError where the bytes are no text.
    """
    decoded = decode_damaged(data, name)
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if len(source) > _MOST:
        return Reading(text=source, encoding=decoded.encoding, notes=decoded.notes)
    front = _FRONT.match(source)
    rest = source[front.end() :] if front else source
    parsed = _Parsed()
    try:
        blocks = list(parsed.blocks(rest))
    except RecursionError:  # nested hundreds deep: no document, but its text is kept
        return Reading(text=source, encoding=decoded.encoding, notes=decoded.notes)
    notes = [*decoded.notes]
    if front:
        notes.append(Note("front_matter", front[0].strip().count("\n") + 1))
    notes += _notes(rest, blocks, parsed)
    return Reading(blocks, notes=notes, encoding=decoded.encoding, metadata=_metadata(front[0] if front else ""))


def _notes(source: str, blocks: list[Block], parsed: "_Parsed") -> Iterator[Note]:
    for kind, amount in (("pictures", parsed.pictures), ("phonetic", parsed.phonetic)):
        if amount:
            yield Note(kind, amount)
    shown = sum(len("".join(block.text.replace(CELL, "").split())) for block in blocks)
    markup = len("".join(source.split())) - shown - parsed.phonetic
    if markup > 0:
        yield Note("markup", markup)


def _metadata(front: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _FIELD.finditer(front):
        found.setdefault(_FIELD_NAMES.get(match[1], match[1].lower()), match[2].strip())
    return found


class _Parsed:
    """Turns the library's tokens into blocks; counts pictures and characters of phonetic guides on the way."""

    def __init__(self) -> None:
        self.pictures = 0
        self.phonetic = 0

    def blocks(self, source: str) -> Iterator[Block]:
        footnotes = [(match[1], match[2]) for match in _FOOTNOTE.finditer(source)]
        source = _NO_DEFINITION.sub(r"\1\\\2\n", _FOOTNOTE.sub("", source))
        yield from self._tokens(_parser().parse(source))
        for number, text in footnotes:
            inside = [token.text for token in self._tokens(_parser().parse(text))]
            yield Block(f"[{number}] {' '.join(' '.join(inside).split())}", "footnote")

    def _tokens(self, tokens: "list[Token]") -> Iterator[Block]:
        role: Role = "body"
        level, number = None, ""
        cells: list[str] = []
        for token in tokens:
            kind = token.type
            if kind == "heading_open":
                role, level = "heading", int(token.tag[1])
            elif kind == "list_item_open":
                number = f"{token.info}{token.markup} " if token.info else ""
            elif kind == "tr_open":
                cells, role, level = [], "row", None
            elif kind == "th_open":
                role = "column_heading"
            elif kind == "tr_close":
                text = joined_cells(cells)
                if text:
                    yield Block(text, role)
                role = "body"
            elif kind == "inline" and role in {"row", "column_heading"}:
                cells.append(cell_text([" ".join(self._inline(token).split())]))
            elif kind == "inline":
                yield Block(number + self._inline(token), role, level)
                role, level, number = "body", None, ""
            else:
                yield from self._raw(token)

    def _raw(self, token: "Token") -> Iterator[Block]:
        """Yield code and inline pages' text. Four blanks before Chinese prose are an indent, not code."""
        if token.type == "code_block" and _HAN.search(token.content):
            yield from self._tokens(_parser().parse(token.content))
        elif token.type in {"fence", "code_block"} and token.content.strip():
            yield Block(token.content.strip("\n"))
        elif token.type == "html_block":
            found = fragment_text(token.content)
            self.pictures += found.pictures
            self.phonetic += found.phonetic
            for text, role in found.lines:
                yield Block(text, role)

    def _inline(self, token: "Token") -> str:
        pieces: list[str] = []
        children = token.children or []
        readings = Readings()
        for place, child in enumerate(children):
            if child.type == "image":
                self.pictures += 1
            elif child.type != "html_inline" and readings.takes(_BREAKS.get(child.type, child.content)):
                continue
            elif child.type in {"em_open", "em_close"} and _multiplies("".join(pieces[-1:]), children[place + 1 :]):
                pieces.append("*".translate(_ESCAPED))
            elif child.type in _BREAKS:
                pieces.append(_BREAKS[child.type])
            elif child.type == "html_inline":
                tag = _TAG.match(child.content)
                pieces.append(readings.tag(tag[2].lower() if tag else "", closing=bool(tag and tag[1])))
                pieces.append("\n" if tag and tag[2].lower() == "br" else "")
            elif child.type in {"text_special", "code_inline"}:
                pieces.append(child.content.translate(_ESCAPED))
            else:
                pieces.append(child.content)
        pieces.append(readings.end())
        self.phonetic += readings.left_out
        text = _REFERENCE.sub(r"[\1]", "".join(pieces))
        text = _LEFT_OVER.sub(lambda match: (match[2] or match[3]) if _HAN.search(match[0]) else match[0], text)
        return text.translate(_PLAIN).strip()


def _multiplies(before: str, following: "list[Token]") -> bool:
    """Tell whether a star stands between figures (5*3*2), where CommonMark sees emphasis."""
    return before[-1:].isdigit() and bool(following) and following[0].content[:1].isdigit()


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only who reads Markdown needs it

    parser = MarkdownIt("commonmark", {"maxNesting": 100_000})  # deeper text would be dropped without a word
    return parser.enable(["table", "strikethrough"]).disable("text_join")  # tells escaped marks from others
