"""Writes small Word 97 files, byte by byte as [MS-DOC] and [MS-CFB] describe them, for each kind of thing a test needs."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
PARTS = {
    "styles": 1, "footnote_references": 2, "footnotes": 3, "comment_references": 4, "sections": 6, "headers": 11,
    "fonts": 15, "character_pages": 12, "paragraph_pages": 13, "settings": 31, "pieces": 33, "anchors": 40,
    "header_anchors": 41, "endnote_references": 46, "endnotes": 47, "drawings": 50, "boxes": 56, "header_boxes": 58,
    "lists": 73, "list_overrides": 74,
}  # fmt: skip
_PAGE = 512
_TEXT_AT = 2048


def sprm(number: int, value: int | bytes) -> bytes:
    """Return a property modifier; bytes are an operand with its length, where it has one."""
    size = (1, 1, 2, 4, 2, 2, 0, 3)[number >> 13]
    operand = value if isinstance(value, bytes) else value.to_bytes(size, "little")
    return struct.pack("<H", number) + operand


@dataclass(frozen=True)
class Run:
    text: str
    properties: bytes = b""


@dataclass(frozen=True)
class Para:
    """A paragraph; `mark`: its last character, with `mark_properties` of its own."""

    runs: Sequence[Run]
    properties: bytes = b""
    style: int = 0
    mark: str = "\r"
    mark_properties: bytes = b""


def para(*runs: str | Run, **properties: object) -> Para:
    return Para([one if isinstance(one, Run) else Run(one) for one in runs], **properties)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Piece:
    """Characters up to `end` are stored in code page 1252 or not; `modifier`: prm; `at`: bytes from the text's beginning."""

    end: int
    compressed: bool = False
    modifier: int = 0


@dataclass(frozen=True)
class Word:
    """A file's content. `pieces`: None for one of UTF-16; written in the order of `written` (numbers of pieces)."""

    stories: Mapping[str, Sequence[Para]]
    parts: Mapping[str, bytes] = field(default_factory=dict)
    pieces: Sequence[Piece] | None = None
    written: Sequence[int] | None = None
    changes: Sequence[bytes] = ()
    data: bytes = b""
    flags: int = 0

    @property
    def paragraphs(self) -> list[Para]:
        return [one for story in STORIES for one in self.stories.get(story, ())]

    @property
    def text(self) -> str:
        """All stories' characters, as many as UTF-16 units."""
        text = "".join("".join(run.text for run in one.runs) + one.mark for one in self.paragraphs)
        return "".join(map(chr, struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}H", text.encode("utf-16-le"))))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def word_file(word: Word) -> bytes:
    """Return the file."""
    stream, table, parts = _text_and_pieces(word)
    for name, content in word.parts.items():
        if name in PARTS:
            parts[name] = (len(table), len(content))
            table += content
        if name == "lists":
            table += word.parts.get("levels", b"")
    fib = bytearray(_TEXT_AT)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<HHH", fib, 6, 0x0804, 0, word.flags | 0x0200)
    struct.pack_into("<II", fib, 0x18, _TEXT_AT, len(stream))
    struct.pack_into("<H", fib, 0x20, 14)
    struct.pack_into("<H", fib, 0x3E, 22)
    for number, story in enumerate(STORIES):
        length = sum(units("".join(run.text for run in one.runs) + one.mark) for one in word.stories.get(story, ()))
        struct.pack_into("<I", fib, 0x4C + 4 * number, length)
    struct.pack_into("<H", fib, 0x98, 93)
    for name, where in parts.items():
        struct.pack_into("<II", fib, 0x9A + 8 * PARTS[name], *where)
    stream[:_TEXT_AT] = fib
    streams = {"WordDocument": bytes(stream), "1Table": bytes(table)}
    if word.data:
        streams["Data"] = word.data
    return compound_file(streams)


def _text_and_pieces(word: Word) -> tuple[bytearray, bytearray, dict[str, tuple[int, int]]]:
    text = word.text
    pieces = word.pieces or [Piece(len(text))]
    bounds = [0, *(min(one.end, len(text)) for one in pieces[:-1]), len(text)]
    stream = bytearray(_TEXT_AT)
    offsets: dict[int, int] = {}
    for number in word.written or range(len(pieces)):
        offsets[number] = len(stream)
        part = text[bounds[number] : bounds[number + 1]]
        stream += part.encode("cp1252") if pieces[number].compressed else part.encode("utf-16-le", "surrogatepass")
    stream += bytes(-len(stream) % _PAGE)

    def byte_of(position: int) -> int:
        number = next(step for step in range(len(pieces)) if position < bounds[step + 1] or step == len(pieces) - 1)
        return offsets[number] + (position - bounds[number]) * (1 if pieces[number].compressed else 2)

    table = bytearray()
    clx = b"".join(b"\x01" + struct.pack("<H", len(one)) + one for one in word.changes)
    descriptors = b"".join(
        struct.pack("<HIH", 0, offsets[step] * 2 | 0x4000_0000 if one.compressed else offsets[step], one.modifier)
        for step, one in enumerate(pieces)
    )
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + descriptors
    clx += b"\x02" + struct.pack("<I", len(plc)) + plc
    parts = {"pieces": (0, len(clx))}
    table += clx
    characters, paragraphs = _runs(word)
    for name, runs, size in (("character_pages", characters, 1), ("paragraph_pages", paragraphs, 13)):
        # A run is cut where a piece ends: its bytes stand elsewhere then.
        cut = sorted({*bounds[1:-1], *(start for start, _, _ in runs), *(end for _, end, _ in runs)})
        spans = [
            (a, b, next((found for start, end, found in runs if start <= a and b <= end), b""))
            for a, b in pairwise(cut)
        ]
        in_bytes = [(byte_of(a), byte_of(b - 1) + _width(pieces, bounds, b - 1), found) for a, b, found in spans]
        bins = _pages(stream, sorted(in_bytes), size)
        parts[name] = (len(table), len(bins))
        table += bins
    return stream, table, parts


def _width(pieces: Sequence[Piece], bounds: Sequence[int], position: int) -> int:
    number = next(step for step in range(len(pieces)) if position < bounds[step + 1])
    return 1 if pieces[number].compressed else 2


def _runs(word: Word) -> tuple[list[tuple[int, int, bytes]], list[tuple[int, int, bytes]]]:
    characters, paragraphs, at = [], [], 0
    for one in word.paragraphs:
        begun = at
        for run in one.runs:
            if run.text:
                characters.append((at, at + units(run.text), run.properties))
                at += units(run.text)
        if one.mark:
            characters.append((at, at + 1, one.mark_properties))
            at += 1
        paragraphs.append((begun, at, struct.pack("<H", one.style) + one.properties))
    return characters, [one for one in paragraphs if one[0] < one[1]]


def _pages(stream: bytearray, runs: Sequence[tuple[int, int, bytes]], size: int) -> bytes:
    """Append formatted disk pages to the stream; return the table of pages."""
    firsts, numbers = [], []
    for begin in range(0, len(runs), 4):
        group = runs[begin : begin + 4]
        page = bytearray(_PAGE)
        positions = [group[0][0]]
        free = _PAGE - 2
        for step, (_, end, properties) in enumerate(group):
            positions.append(end)
            if size == 1:
                stored = bytes([len(properties)]) + properties if properties else b""
            else:
                padded = properties + b"\0" * (1 - len(properties) % 2)
                stored = bytes([(len(padded) + 1) // 2]) + padded
            if stored:
                free = (free - len(stored)) // 2 * 2
                page[free : free + len(stored)] = stored
                page[4 * (len(group) + 1) + size * step] = free // 2
        struct.pack_into(f"<{len(positions)}I", page, 0, *positions)
        page[-1] = len(group)
        firsts.append(group[0][0])
        numbers.append(len(stream) // _PAGE)
        stream += page
    return struct.pack(f"<{len(firsts) + 1}I", *firsts, runs[-1][1] if runs else 0) + struct.pack(
        f"<{len(numbers)}I", *numbers
    )


def plc(positions: Sequence[int], items: Sequence[bytes] = ()) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(items)


@dataclass(frozen=True)
class Style:
    identifier: int = 0
    base: int = 0xFFF
    paragraph: bytes = b""
    character: bytes = b""
    kind: int = 1


def style_sheet(styles: Sequence[Style | None]) -> bytes:
    """Return a style sheet; a style's number is its place."""
    head = struct.pack("<HHHHHHHHH", len(styles), 10, 1, 91, 15, 0, 0, 0, 0)
    out = struct.pack("<H", len(head)) + head
    for number, one in enumerate(styles):
        if one is None:
            out += b"\0\0"
            continue
        sets = [struct.pack("<H", number) + one.paragraph, one.character] if one.kind == 1 else [one.character]
        std = struct.pack("<HHHHH", one.identifier, one.kind | one.base << 4, len(sets), 0, 0)
        std += struct.pack("<H", 2) + "样式".encode("utf-16-le") + b"\0\0"
        for content in sets:
            std += struct.pack("<H", len(content)) + content + b"\0" * (len(content) % 2)
        out += struct.pack("<H", len(std)) + std
    return out


@dataclass(frozen=True)
class Level:
    format: int
    text: str
    start: int = 1
    flags: int = 0
    restart: int = 0
    follow: int = 0


def level(one: Level) -> bytes:
    places = bytes(step + 1 for step, sign in enumerate(one.text) if ord(sign) < 9).ljust(9, b"\0")
    head = (
        struct.pack("<iBB", one.start, one.format, one.flags)
        + places
        + struct.pack("<BiiBBBB", one.follow, 0, 0, 0, 0, one.restart, 0)
    )
    return head + struct.pack("<H", units(one.text)) + one.text.encode("utf-16-le")


def lists(*definitions: tuple[int, Sequence[Level], Sequence[int]]) -> dict[str, bytes]:
    """Return the parts `lists` and `levels`: of each list its identifier, its levels (one or nine), styles of its levels."""
    heads, levels = struct.pack("<h", len(definitions)), b""
    for identifier, of_list, styles in definitions:
        linked = [*styles, *([0xFFF] * (9 - len(styles)))]
        heads += struct.pack("<ii9HBB", identifier, 0, *linked, len(of_list) == 1, 0)
        levels += b"".join(map(level, of_list))
    return {"lists": heads, "levels": levels}


def overrides(*uses: tuple[int, Mapping[int, int]]) -> bytes:
    """Return uses of lists: identifier, and the starts of levels of their own."""
    out, behind = struct.pack("<I", len(uses)), b""
    for identifier, starts in uses:
        out += struct.pack("<iiiBBBB", identifier, 0, 0, len(starts), 0, 0, 0)
        behind += b"\xff\xff\xff\xff" + b"".join(
            struct.pack("<iI", first, number | 0x10) for number, first in starts.items()
        )
    return out + behind


def nine(*levels: Level) -> list[Level]:
    return [*levels, *([Level(0, "")] * (9 - len(levels)))]


def compound_file(streams: Mapping[str, bytes], below: Mapping[str, bytes] | None = None) -> bytes:
    """Return an OLE container (version 3, sectors of 512 bytes) with these streams in its root.

    `below`: streams of a storage in it, as embedded files have them.
    """
    below = below or {}
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = []
    for name, content in [*streams.items(), *below.items()]:
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        start, count = len(sectors), len(padded) // 512
        sectors += [padded[512 * step : 512 * step + 512] for step in range(count)]
        chains += [*range(start + 1, start + count), 0xFFFF_FFFE]
        entries.append((name, 2, start, len(padded)))
    directory = _directory(entries[: len(streams)], entries[len(streams) :])
    first = len(sectors)
    count = len(directory) // 512
    sectors += [directory[512 * step : 512 * step + 512] for step in range(count)]
    chains += [*range(first + 1, first + count), 0xFFFF_FFFE]
    tables = 1
    while tables * 128 < len(chains) + tables:
        tables += 1
    at = len(sectors)
    chains += [0xFFFF_FFFD] * tables
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(512 * tables, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0)
    header += struct.pack("<109I", *range(at, at + tables), *([0xFFFF_FFFF] * (109 - tables)))
    return header + b"".join(sectors) + fat


_Entry = tuple[str, int, int, int]


def _directory(entries: Sequence[_Entry], below: Sequence[_Entry] = ()) -> bytes:
    """Return the directory: children hang in one line to the right, shortest name first."""
    storage: list[_Entry] = [("ObjectPool", 1, 0, 0)] if below else []
    top = sorted([*entries, *storage], key=lambda entry: (len(entry[0]), entry[0].upper()))
    out = _entry("Root Entry", 5, 0xFFFF_FFFE, 0, child=1)
    for number, (name, kind, start, size) in enumerate(top, 1):
        child = len(top) + 1 if kind == 1 else 0xFFFF_FFFF
        out += _entry(name, kind, start, size, number + 1 if number < len(top) else 0xFFFF_FFFF, child)
    for number, (name, kind, start, size) in enumerate(below, len(top) + 1):
        out += _entry(name, kind, start, size, number + 1 if number < len(top) + len(below) else 0xFFFF_FFFF)
    return out.ljust(-(-len(out) // 512) * 512, b"\0")


def _entry(name: str, kind: int, start: int, size: int, right: int = 0xFFFF_FFFF, child: int = 0xFFFF_FFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFF_FFFF, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def simple(*paragraphs: Para | str, **parts: bytes) -> bytes:
    """Return a file of these paragraphs of text, with these parts."""
    text = [one if isinstance(one, Para) else para(one) for one in paragraphs]
    return word_file(Word({"text": text}, parts))
