"""The file information block: where everything else stands ([MS-DOC] 2.5)."""

from dataclasses import dataclass

from classifier.documents.binary_word.little_endian import u16, u32

WORD_97 = 0xA5EC  # wIdent of Word 97 and later
WORD_6 = frozenset({0xA5DC, 0xA697, 0xA698, 0xA699})  # of Word 6 and 95, and of their East Asian editions
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_PARTS = {  # number of the pair of fc and lcb in FibRgFcLcb97 ([MS-DOC] 2.5.6)
    "styles": 1, "footnote_references": 2, "footnotes": 3, "comment_references": 4, "sections": 6, "headers": 11,
    "fonts": 15,
    "character_pages": 12, "paragraph_pages": 13, "settings": 31, "pieces": 33, "anchors": 40, "header_anchors": 41,
    "endnote_references": 46, "endnotes": 47, "drawings": 50, "boxes": 56, "header_boxes": 58,
    "lists": 73, "list_overrides": 74,
}  # fmt: skip
_STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")


@dataclass(frozen=True)
class Fib:
    """`stories`: start and end of each, in characters of the whole. `parts`: start and length in the table stream."""

    stories: dict[str, tuple[int, int]]
    parts: dict[str, tuple[int, int]]

    def part(self, table: bytes, name: str) -> bytes:
        """Return a part's bytes, empty where the file has none. Raises ValueError where it lies outside the stream."""
        start, length = self.parts.get(name, (0, 0))
        if start + length > len(table):
            raise ValueError(f"its table of {name.replace('_', ' ')} lies outside the file")
        return table[start : start + length]


def is_encrypted(word: bytes) -> bool:
    """Return whether the text is enciphered or obfuscated."""
    return bool(u16(word, 0x0A) & _ENCRYPTED)


def table_stream(word: bytes) -> str:
    """Return the name of the stream that holds the tables."""
    return "1Table" if u16(word, 0x0A) & _TABLE_1 else "0Table"


def read_fib(word: bytes) -> Fib:
    """Return the block of a file of Word 97 or later. Raises ValueError where it is cut off."""
    longs = 0x22 + 2 * u16(word, 0x20) + 2
    pairs = longs + 4 * u16(word, longs - 2) + 2
    count = u16(word, pairs - 2)
    parts = {
        name: (u32(word, pairs + 8 * number), u32(word, pairs + 8 * number + 4))
        for name, number in _PARTS.items()
        if number < count
    }
    return Fib(stories_of([u32(word, longs + 12 + 4 * step) for step in range(len(_STORIES))]), parts)


def stories_of(lengths: list[int]) -> dict[str, tuple[int, int]]:
    """Return the stories' bounds: they follow each other in the order of their lengths (ccpText …, [MS-DOC] 2.5.4)."""
    bounds, start = {}, 0
    for name, length in zip(_STORIES, lengths, strict=True):
        bounds[name] = (start, start + length)
        start += length
    return bounds
