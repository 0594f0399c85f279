"""One walk over the tokens of an RTF file: its groups, what each is for, and what its control words do."""

from collections.abc import Callable
from copy import copy

from classifier.documents.document import Block
from classifier.documents.notes import Note
from classifier.documents.rtf import styles, words
from classifier.documents.rtf.characters import Characters
from classifier.documents.rtf.charsets import codec_of_page, font_codecs
from classifier.documents.rtf.group_state import GroupState
from classifier.documents.rtf.story import Story
from classifier.documents.rtf.tokens import Token, Tokens

_DEEPEST = 10_000  # groups inside each other
_DEEPEST_TABLE = 20


class Walk:
    """Reads a file into blocks and notes: `run`, then `blocks` and `notes`."""

    def __init__(self, data: bytes) -> None:
        self._tokens = Tokens(data)
        self._state = GroupState()
        self._states: list[GroupState] = []
        self._story = Story(numbers_written=b"\\listtext" in data or b"\\pntext" in data)
        self._characters = Characters(self._put)
        self._codecs: dict[int, str] = {}
        self._default_font: int | None = None
        self._at_start = self._starred = False  # of a group
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
            self._story.count("cut_off")
        while self._states:
            self._close_group()
        self._story.count("trailing", len(self._tokens.data[self._tokens.position :].strip(b"\0\r\n\t \x1a}")))

    def blocks(self) -> list[Block]:
        """Return headers, the text with notes where they are referred to, footers; headers and footers each once."""
        return self._story.blocks()

    def notes(self) -> list[Note]:
        """Return what was left out, and what fitted no character."""
        return self._story.notes(self._characters.bad)

    def _put(self, text: str) -> None:
        self._story.put(text, self._state)

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
            self._story.end_paragraph(self._state)
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
            self._characters.bad = self._story.end_flow(self._state, self._characters.bad)
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
            self._story.count(words.COUNTED[word], not self._state.in_object)
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
            self._story.count("objects")
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
            self._story.shapes.update(styles.style_shapes(table, page))
        elif word == "listtable":
            self._story.lists.read_table(table, page)
        else:
            self._story.lists.read_overrides(table)

    def _shape_property(self) -> None:
        """Read a drawing's property where it holds text (WordArt), count it where it holds a picture."""
        here = self._tokens.position
        content = self._tokens.skip_group()
        if b"gtextUNICODE" in content:
            self._tokens.position = here
            self._begin_flow("box")
        elif b"\\pict" in content:
            self._story.count("pictures")

    def _begin_flow(self, use: str) -> None:
        state = self._state
        state.flow, state.known = True, False
        if use not in {"number", "instruction"}:
            state.reset_paragraph()
        self._story.begin_flow(use, self._characters.bad)

    # control words

    def _handlers(self) -> dict[str, Callable[[int | None], None]]:
        return {
            "ansicpg": lambda number: self._set_page(number or 0),
            "bin": lambda number: self._skip_bytes(number or 0),
            "cell": lambda _: self._story.end_cell(1, self._state),
            "column": lambda _: self._story.end_page(self._state),
            "deff": self._set_default_font,
            "deleted": lambda number: setattr(self._state, "deleted", number != 0),
            "f": self._set_font,
            "ilvl": lambda number: setattr(self._state, "list_level", number or 0),
            "intbl": lambda _: setattr(self._state, "in_table", True),
            "itap": lambda number: setattr(self._state, "depth", min(max(number or 0, 0), _DEEPEST_TABLE)),
            "ls": lambda number: setattr(self._state, "list", number or 0),
            "mac": lambda _: self._set_page(10000),
            "mvf": lambda number: setattr(self._state, "deleted", number != 0),
            "nestcell": lambda _: self._story.end_cell(max(2, self._state.table_depth), self._state),
            "nestrow": lambda _: self._story.end_row(max(2, self._state.table_depth)),
            "outlinelevel": lambda number: setattr(self._state, "outline", number or 0),
            "page": lambda _: self._story.end_page(self._state),
            "pc": lambda _: self._set_page(437),
            "pca": lambda _: self._set_page(850),
            "par": lambda _: self._story.end_paragraph(self._state),
            "pard": lambda _: self._state.reset_paragraph(),
            "plain": self._set_plain,
            "row": lambda _: self._story.end_row(1),
            "s": lambda number: setattr(self._state, "style", number or 0),
            "sect": lambda _: self._story.end_paragraph(self._state),
            "trhdr": lambda _: setattr(self._story, "row_heading", True),
            "trowd": lambda _: setattr(self._story, "row_heading", False),
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
