"""Word 97-2003 files (.doc, .dot, WPS's .wps and .wpt): the extra `documents`.

Written here because no library reads them whole: legacy-doc 0.2.1 finds the text by searching, knows no properties and
so shows deleted text and field codes and runs cells together; antiword and catdoc lose text in Chinese files.
The container is left to olefile. Sections named [MS-DOC] are those of Microsoft's description of the format.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from classifier.documents.binary_word.characters import of_styles
from classifier.documents.binary_word.container import Streams, read_streams
from classifier.documents.binary_word.content import Content, ContentReader
from classifier.documents.binary_word.fib import WORD_6, WORD_97, Fib, is_encrypted, read_fib, table_stream
from classifier.documents.binary_word.fonts import read_fonts
from classifier.documents.binary_word.formatting import Formatting, Runs, character_runs, paragraph_runs
from classifier.documents.binary_word.lists import List, Numbering, Override, read_lists, read_overrides
from classifier.documents.binary_word.little_endian import plc, u16
from classifier.documents.binary_word.paragraphs import Paragraphs
from classifier.documents.binary_word.pieces import covered, read_pieces, text_of
from classifier.documents.binary_word.stories import Stories
from classifier.documents.binary_word.styles import StyleSheet, read_styles
from classifier.documents.binary_word.word6 import read_word6
from classifier.documents.document import Reading
from classifier.documents.extras import damaged
from classifier.documents.notes import Note
from classifier.errors import InputError
from classifier.tables.old_office import old_office

_COMMENT = 30  # bytes of an ATRDPre10 ([MS-DOC] 2.9.5)
_READ = ("text", "footnotes", "headers", "endnotes", "boxes", "header_boxes")
_T = TypeVar("_T")


def read_doc(data: bytes, name: str) -> Reading:
    """Return the blocks of a Word 97-2003 file, and what was left out. Raises InputError where it cannot be read."""
    try:
        return _read(read_streams(data, name), name)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - struct, index, recursion and olefile's own: all mean the same
        damaged(name, "WPS file" if old_office(data, name).program == "WPS" else "Word 97-2003 file", error)


def _read(streams: Streams, name: str) -> Reading:
    kind = u16(streams.word, 0) if streams.word else 0
    if kind != WORD_97 and kind not in WORD_6:
        raise ValueError("it holds no Word text")
    if is_encrypted(streams.word):
        raise InputError(f"{name}: is protected by a password; take the password off and save it again")
    return read_word6(streams.word) if kind in WORD_6 else _File(streams).reading()


class _File:
    def __init__(self, streams: Streams) -> None:
        self._word, self._data = streams.word, streams.data
        self._fib: Fib = read_fib(streams.word)
        self._table = streams.tables[table_stream(streams.word)]
        self._damage: dict[str, None] = {}

    def reading(self) -> Reading:
        pieces = read_pieces(self._fib.part(self._table, "pieces"))
        length = self._fib.stories["header_boxes"][1]
        text, missing = text_of(self._word, [*covered(pieces, length)])
        # A sound file's pieces end with its stories, or with one mark behind them.
        unaccounted = missing + max(0, length - pieces[-1].end, pieces[-1].end - length - 1)
        if unaccounted:
            self._damage[f"{unaccounted:,} characters"] = None
        pieces = [*covered(pieces, len(text))]
        styles = self._try("styles", StyleSheet([], self._data), lambda: read_styles(self.part("styles"), self._data))
        characters = Formatting(pieces, self._runs("character_pages", character_runs))
        formatting = Formatting(pieces, self._runs("paragraph_pages", paragraph_runs))
        no_fonts: list[str] = []
        fonts = self._try("fonts", no_fonts, lambda: read_fonts(self.part("fonts")))
        by_style = of_styles(len(text), formatting, styles)
        stories = [self._fib.stories[one] for one in _READ]
        content = ContentReader(text, by_style, styles, fonts).read(characters, stories)
        no_lists: dict[int, List] = {}
        no_overrides: list[Override] = []
        lists = self._try("lists", no_lists, lambda: read_lists(self._table, *self._fib.parts.get("lists", (0, 0))))
        overrides = self._try("lists", no_overrides, lambda: read_overrides(self.part("list_overrides")))

        def paragraphs() -> Paragraphs:
            return Paragraphs(content, formatting, styles, Numbering(lists, overrides))

        blocks = [*Stories(self._word, self._fib, self.part, paragraphs, content.left_out).blocks()]
        return Reading(blocks=blocks, notes=self._notes(content))

    def part(self, name: str) -> bytes:
        """Return a table of the file, empty where it lies outside of it, which is noted."""
        return self._try(name, b"", lambda: self._fib.part(self._table, name))

    def _try(self, name: str, instead: _T, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (ValueError, IndexError):
            self._damage[name.replace("_", " ")] = None
            return instead

    def _runs(self, name: str, read: Callable[[bytes, bytes], tuple[Runs, int]]) -> Runs:
        none: tuple[Runs, int] = ([], 1)
        runs, bad = self._try(name, none, lambda: read(self._word, self.part(name)))
        if bad:
            self._damage[f"formatting ({name.replace('_', ' ')})"] = None
        return runs

    def _notes(self, content: Content) -> list[Note]:
        left_out = Counter(content.left_out)
        left_out["comments"] = len(plc(self.part("comment_references"), _COMMENT)[1])
        notes = [Note(kind, amount) for kind, amount in left_out.items() if amount]
        if self._damage:
            notes.append(Note("damaged", len(self._damage), what=", ".join(self._damage)))
        return notes
