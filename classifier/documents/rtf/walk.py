"""One walk over the tokens of an RTF file: its groups, what each is for, and what its control words do."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

from classifier.documents.document import Block
from classifier.documents.field_codes import shown_by
from classifier.documents.notes import Note
from classifier.documents.number_formats import spaced
from classifier.documents.rtf import styles, words
from classifier.documents.rtf.characters import Characters
from classifier.documents.rtf.charsets import codec_of_page, font_codecs
from classifier.documents.rtf.flow import Flow
from classifier.documents.rtf.lists import Lists
from classifier.documents.rtf.tokens import Token, Tokens

_DEEPEST = 10_000  # groups inside each other
_DEEPEST_TABLE = 20
_SYMBOL_GLYPH = re.compile("[\uf000-\uf0ff\ufffd]")


@dataclass(slots=True)
class _State:
    """What a group may change, and what its end gives back."""

    font: int | None = None
    substitutes: int = 1  # \uc
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    depth: int = 0  # \itap
    outline: int | None = None
    style: int = -1
    list: int = 0
    list_level: int = 0
    flow: bool = False  # the group is a flow of its own
    alternatives: bool = False  # \upr: its first group is the same text again, for old readers
    known: bool = False  # a field whose instruction says what it shows: the stored result is left
    in_object: bool = False


class Walk:
    """Reads a file into blocks and notes: `run`, then `blocks` and `notes`."""

    def __init__(self, data: bytes) -> None:
        self._tokens = Tokens(data)
        self._state = _State()
        self._states: list[_State] = []
        self._flows = [Flow("body")]
        self._ended: dict[str, list[Block]] = {"header": [], "footer": []}
        self._characters = Characters(self._put)
        self._codecs: dict[int, str] = {}
        self._default_font: int | None = None
        self._shapes: dict[int, Block] = {}
        self._lists = Lists()
        self._numbers_written = b"\\listtext" in data or b"\\pntext" in data
        self._at_start = self._starred = False  # of a group
        self._row_heading = False
        self._counts: dict[str, int] = {}
        self._words = self._handlers()

    def run(self) -> None:
        """Read to the end of the outermost group."""
        takers: dict[str, Callable[[Token], None]] = {
            "word": self._word, "hex": self._hex, "symbol": self._symbol, "brace": self._brace, "text": self._text,
        }  # fmt: skip
        while (token := self._tokens.next()) is not None:
            takers[token.kind](token)
            if token.kind == "brace" and not self._states:
                break
        self._characters.end_group()
        if self._states:
            self._count("cut_off")
        while self._states:
            self._close_group()
        self._count("trailing", len(self._tokens.data[self._tokens.position :].strip(b"\0\r\n\t \x1a}")))

    def blocks(self) -> list[Block]:
        """Return headers, the text with notes where they are referred to, footers; headers and footers each once."""
        body = self._flows[0].end()
        headers, footers = (_once(self._ended[one]) for one in ("header", "footer"))
        return [*headers, *body, *footers]

    def notes(self) -> list[Note]:
        """Return what was left out, and what fitted no character."""
        repeated = sum(len(self._ended[one]) - len(_once(self._ended[one])) for one in ("header", "footer"))
        counts = {**self._counts, "undecodable": self._characters.bad, "repeated_furniture": repeated}
        return [Note(kind, amount) for kind, amount in counts.items() if amount]

    def _count(self, kind: str, amount: int = 1) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + amount

    def _put(self, text: str) -> None:
        """Add characters to the paragraph under way, or count them where they are deleted or hidden."""
        flow = self._flows[-1]
        if flow.use == "instruction" or not (self._state.deleted or self._state.hidden):
            flow.pieces.append(text)
        else:
            self._count("deleted_text" if self._state.deleted else "hidden_text", len("".join(text.split())))

    # tokens

    def _text(self, token: Token) -> None:
        self._at_start = self._at_start and token.value.isspace()
        self._characters.literal(token.value)

    def _hex(self, token: Token) -> None:
        self._at_start = False
        self._characters.byte(int(token.value, 16))

    def _symbol(self, token: Token) -> None:
        if token.value == b"*" and self._at_start:
            self._starred = True
        elif token.value in b"\r\n":
            self._characters.flush()
            self._paragraph(None)
        elif token.value in b"\\{}":
            self._characters.literal(token.value)  # may be the second byte of a character
        elif token.value in words.SYMBOLS:
            self._characters.special(words.SYMBOLS[token.value])

    def _brace(self, token: Token) -> None:
        self._characters.end_group()
        if token.value == b"}":
            self._close_group()
            return
        if len(self._states) > _DEEPEST or self._is_alternative():
            self._tokens.skip_group()
        self._states.append(self._state)
        self._state = copy(self._state)
        self._state.flow = self._state.alternatives = False
        self._at_start, self._starred = True, False

    def _is_alternative(self) -> bool:
        here = self._tokens.position
        return self._state.alternatives and not self._tokens.data.startswith(b"\\*\\ud", here)

    def _close_group(self) -> None:
        self._at_start = False
        if not self._states:
            return
        ended, self._state = self._state, self._states.pop()
        if ended.flow:
            self._end_flow(self._flows.pop())
        self._choose_codec()

    def _word(self, token: Token) -> None:
        word, number = token.value.decode(), token.number
        if word == "u":
            self._characters.unicode(number or 0, self._state.substitutes)
        elif word in words.CHARACTERS:
            self._characters.special(words.CHARACTERS[word])
        else:
            self._characters.flush()
            if not (self._at_start and self._destination(word)) and word in self._words:
                self._words[word](number)
        self._at_start = False

    # destinations

    def _destination(self, word: str) -> bool:
        """Begin the group that a control word says the use of; False where it says none."""
        if word in words.TABLES:
            self._read_table(word, self._tokens.skip_group())
        elif word in words.COUNTED:
            self._count(words.COUNTED[word], not self._state.in_object)
            self._tokens.skip_group()
        elif word in words.FLOWS:
            self._begin_flow(words.FLOWS[word])
        elif word == "sp":
            self._shape_property()
        elif word in words.SKIPPED or (self._starred and word not in words.READ) or self._is_stored_result(word):
            self._tokens.skip_group()
        elif word == "upr":
            self._state.alternatives = True
        elif word == "object":
            self._count("objects")
            self._state.in_object = True
        else:
            return False
        return True

    def _is_stored_result(self, word: str) -> bool:
        return word == "fldrslt" and self._state.known

    def _read_table(self, word: str, table: bytes) -> None:
        page = self._characters.page
        if word == "fonttbl":
            self._codecs.update(font_codecs(table))
            self._choose_codec()
        elif word == "stylesheet":
            self._shapes.update(styles.style_shapes(table, page))
        elif word == "listtable":
            self._lists.read_table(table, page)
        else:
            self._lists.read_overrides(table)

    def _shape_property(self) -> None:
        """Read a drawing's property where it holds text (WordArt), count it where it holds a picture."""
        here = self._tokens.position
        content = self._tokens.skip_group()
        if b"gtextUNICODE" in content:
            self._tokens.position = here
            self._begin_flow("box")
        elif b"\\pict" in content:
            self._count("pictures")

    def _begin_flow(self, use: str) -> None:
        state = self._state
        state.flow, state.known = True, False
        if use not in {"number", "instruction"}:
            self._set_paragraph(None)
        self._flows.append(Flow(use, self._characters.bad))

    def _end_flow(self, flow: Flow) -> None:
        above = self._flows[-1]
        if flow.use == "number":
            self._characters.bad = flow.bad_before  # a glyph, not a character lost
            text = flow.text()
            above.number = above.number or spaced("•" if _SYMBOL_GLYPH.search(text) else text)
        elif flow.use == "instruction":
            shown = shown_by(flow.text())
            if shown is not None:
                self._state.known = True
                self._put(shown.text)
                self._count("phonetic", shown.phonetic)
        elif flow.use in {"box", "footnote"}:
            above.after += flow.end("footnote" if flow.use == "footnote" else None)
        else:
            self._ended[flow.use] += flow.end("furniture")

    # control words

    def _handlers(self) -> dict[str, Callable[[int | None], None]]:
        return {
            "ansicpg": lambda number: self._set_page(number or 0),
            "bin": lambda number: self._skip_bytes(number or 0),
            "cell": lambda _: self._cell(1),
            "column": self._break,
            "deff": self._set_default_font,
            "deleted": lambda number: setattr(self._state, "deleted", number != 0),
            "f": self._set_font,
            "ilvl": lambda number: setattr(self._state, "list_level", number or 0),
            "intbl": lambda _: setattr(self._state, "in_table", True),
            "itap": lambda number: setattr(self._state, "depth", min(max(number or 0, 0), _DEEPEST_TABLE)),
            "ls": lambda number: setattr(self._state, "list", number or 0),
            "mac": lambda _: self._set_page(10000),
            "mvf": lambda number: setattr(self._state, "deleted", number != 0),
            "nestcell": lambda _: self._cell(max(2, self._depth())),
            "nestrow": lambda _: self._row(max(2, self._depth())),
            "outlinelevel": lambda number: setattr(self._state, "outline", number or 0),
            "page": self._break,
            "pc": lambda _: self._set_page(437),
            "pca": lambda _: self._set_page(850),
            "par": self._paragraph,
            "pard": self._set_paragraph,
            "plain": self._set_plain,
            "row": lambda _: self._row(1),
            "s": lambda number: setattr(self._state, "style", number or 0),
            "sect": self._paragraph,
            "trhdr": lambda _: setattr(self, "_row_heading", True),
            "trowd": lambda _: setattr(self, "_row_heading", False),
            "uc": lambda number: setattr(self._state, "substitutes", 1 if number is None else number),
            "v": lambda number: setattr(self._state, "hidden", number != 0),
        }

    def _set_page(self, page: int) -> None:
        self._characters.page = codec_of_page(page)
        self._choose_codec()

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = number
        self._choose_codec()

    def _set_font(self, number: int | None) -> None:
        self._state.font = number
        self._choose_codec()

    def _set_plain(self, _: int | None) -> None:
        self._state.hidden = self._state.deleted = False
        self._set_font(None)

    def _choose_codec(self) -> None:
        font = self._default_font if self._state.font is None else self._state.font
        page = self._characters.page
        self._characters.codec = page if font is None else self._codecs.get(font, page)

    def _skip_bytes(self, count: int) -> None:
        self._tokens.position += max(0, count)

    def _set_paragraph(self, _: int | None) -> None:
        state = self._state
        state.in_table, state.depth, state.outline, state.style = False, 0, None, -1
        state.list = state.list_level = 0

    def _depth(self) -> int:
        return max(1, self._state.depth) if self._state.in_table else (self._state.depth > 1) * self._state.depth

    def _shape(self) -> Block:
        outline = self._state.outline
        if outline is None:
            return self._shapes.get(self._state.style, styles.BODY)
        own = self._shapes.get(self._state.style, styles.BODY)
        return styles.heading(outline + 1) if 0 <= outline < 9 and own is not styles.CONTENTS else styles.BODY

    def _paragraph(self, _: int | None) -> None:
        if not self._state.deleted:  # where the mark itself is deleted, two paragraphs have become one
            self._number()
            self._flows[-1].end_paragraph(self._depth(), self._shape())

    def _break(self, _: int | None) -> None:
        """End the paragraph where a page or column ends by hand; inside tables such marks do nothing."""
        if not self._depth():
            self._flows[-1].end_paragraph(0, self._shape())

    def _cell(self, depth: int) -> None:
        self._number()
        self._flows[-1].end_cell(depth, self._shape())

    def _row(self, depth: int) -> None:
        self._flows[-1].end_row(depth, self._row_heading)

    def _number(self) -> None:
        """Work the paragraph's number out, where the file names its list and writes no numbers."""
        if self._state.list and not self._numbers_written:
            flow = self._flows[-1]
            flow.number = flow.number or self._lists.number(self._state.list, self._state.list_level)


def _once(blocks: list[Block]) -> list[Block]:
    return list({" ".join(block.text.split()): block for block in reversed(blocks) if block.text.strip()}.values())[
        ::-1
    ]
