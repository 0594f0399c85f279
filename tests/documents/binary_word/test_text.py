"""Text of Word 97-2003 files: pieces, characters that are not shown, fields, symbols, pictures."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.binary_word import read_doc
from classifier.documents.document import Block
from classifier.documents.notes import Note
from tests.documents.binary_word.making import (
    Piece,
    Run,
    Style,
    Word,
    para,
    simple,
    sprm,
    style_sheet,
    units,
    word_file,
)

DELETED = sprm(0x0800, 1)
HIDDEN = sprm(0x083C, 1)
SPECIAL = sprm(0x0855, 1)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_doc(data, "x.doc").blocks if block.text.strip()]


def notes(data: bytes) -> list[Note]:
    return list(read_doc(data, "x.doc").notes)


def test_paragraphs_come_in_order_with_characters_beyond_the_basic_plane() -> None:
    """A paragraph is a block; 𠮷 is two units of the file and one character of the text."""
    assert read_doc(simple("县委召开会议。", "研究𠮷镇的产业。"), "x.doc").blocks == [
        Block("县委召开会议。"),
        Block("研究𠮷镇的产业。"),
    ]


def test_pieces_are_read_in_the_order_of_the_text() -> None:
    """Fast saving leaves pieces out of order and in two encodings; quotation marks of code page 1252 are kept."""
    story = [para("第一句。"), para("“3.5%”"), para("第三句。")]
    data = word_file(Word({"text": story}, pieces=[Piece(5), Piece(12, compressed=True), Piece(99)], written=[2, 0, 1]))
    assert texts(data) == ["第一句。", "“3.5%”", "第三句。"]


def test_changes_of_a_piece_count_on_top_of_its_properties() -> None:
    """Fast saving notes a deletion beside the piece: as a byte, or as a list of modifiers."""
    story = [para("留下的。删去的。"), para("也删去。")]
    pieces = [Piece(4), Piece(8, modifier=0x41 << 1 | 1 << 8), Piece(9), Piece(13, modifier=1), Piece(99)]
    data = word_file(Word({"text": story}, pieces=pieces, changes=[DELETED]))
    assert texts(data) == ["留下的。"]
    assert notes(data) == [Note("deleted_text", 8)]


def test_marks_within_a_line() -> None:
    """Tabs and soft breaks are kept, hyphens that cannot break are hyphens, those that may break are nothing."""
    assert texts(simple("左\t右\x0b下一行A\x1eB软\x1f连")) == ["左\t右\n下一行A-B软连"]


def test_a_page_break_ends_a_paragraph() -> None:
    assert texts(simple("上一页\x0c下一页")) == ["上一页", "下一页"]


def test_deleted_and_hidden_text_is_left_out_and_counted() -> None:
    data = simple(
        para("原定", Run("五月", DELETED), Run("六月", sprm(0x0801, 1)), "开工", Run("（内部）", HIDDEN), "。")
    )
    assert texts(data) == ["原定六月开工。"]
    assert notes(data) == [Note("deleted_text", 2), Note("hidden_text", 4)]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    data = simple(para("上半句", mark_properties=DELETED), para("下半句。"))
    assert texts(data) == ["上半句下半句。"]


def test_styles_hide_and_show_characters() -> None:
    """Hidden by the paragraph's style; 0x81 says the opposite of the style, 0x80 the same; a character style hides, too."""
    styles = style_sheet([Style(), Style(character=HIDDEN), Style(base=1), Style(character=HIDDEN, kind=2)])
    data = simple(
        para("藏", Run("现", sprm(0x083C, 0x81)), Run("藏", sprm(0x083C, 0x80)), style=2),
        para("现", Run("藏", sprm(0x4A30, 3)), Run("现", sprm(0x083C, 0x80))),
        styles=styles,
    )
    assert texts(data) == ["现现现"]  # the first paragraph's mark is hidden as well
    assert notes(data) == [Note("hidden_text", 3)]


def test_fields_show_their_results_only() -> None:
    """Codes go, results stay, of fields within fields and over several paragraphs, too."""
    data = simple(
        '见\x13 HYPERLINK "http://example.org/" \x14门户网站\x15。',
        "\x13 IF \x13 PAGE \x142\x15 = 2 \x14第\x13 PAGE \x142\x15页\x15",
        "\x13 TOC \\o \x14总则\t1",
        "细则\t2\x15",
        '目录项\x13 XE "索引词" \x15在此',
    )
    assert texts(data) == ["见门户网站。", "第2页", "总则\t1", "细则\t2", "目录项在此"]


def test_marks_of_fields_without_partners_swallow_nothing() -> None:
    assert texts(simple("后\x15面", "再\x14后", "前\x13无尾", "末\x13PAGE\x141\x15")) == [
        "后面",
        "再后",
        "前无尾",
        "末1",
    ]


def test_equation_fields_show_their_characters() -> None:
    """Phonetic guides show the base, characters in circles the sign, characters put together all of them."""
    data = simple(
        '\x13 EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(kūn),堃)\x15字',
        "\x13 EQ \\o\\ac(○,1)\x15和\x13 EQ \\o\\ac(○,密)\x15",
        "\x13 EQ \\o(\\s\\up 5(上半),\\s\\do 2(下半))\x15",
        "\x13 EQ \\f(1,2)\x15和\x13 EQ \\r(3,\\f(8,27))\x15和\x13 EQ \\x(a\\,b)\x15",
    )
    assert texts(data) == ["堃字", "①和密", "上半下半", "1/2和3√8/27和a,b"]
    assert notes(data) == [Note("phonetic", 3)]


def test_a_button_shows_its_words() -> None:
    assert texts(simple("\x13 MACROBUTTON NoMacro [点此填写]\x15单位")) == ["[点此填写]单位"]


def _form(kind: int, result: int, default: int, entries: tuple[str, ...] = ()) -> bytes:
    text = struct.pack("<HH", 0, 0)
    field = struct.pack("<IHHH", 0xFFFF_FFFF, kind | result << 2, 0, 0) + text + struct.pack("<H", default) + text * 5
    if entries:
        field += struct.pack("<HHH", 0xFFFF, len(entries), 0)
        field += b"".join(struct.pack("<H", units(one)) + one.encode("utf-16-le") for one in entries)
    return struct.pack("<IH", 68 + len(field), 68) + bytes(62) + field


def test_form_fields_show_their_state() -> None:
    """A tick box is ticked or not, or as its form was made; a list of choices shows the entry chosen."""
    forms = [_form(1, 1, 0), _form(1, 0, 1), _form(1, 25, 1), _form(2, 1, 0, ("同意", "不同意"))]
    offsets = [sum(map(len, forms[:step])) for step in range(4)]
    names = ["FORMCHECKBOX"] * 3 + ["FORMDROPDOWN"]
    story = [
        para(f"\x13 {name} ", Run("\x01", sprm(0x6A03, at) + sprm(0x0806, 1) + SPECIAL), "\x14\x15是")
        for name, at in zip(names, offsets, strict=True)
    ]
    assert texts(word_file(Word({"text": story}, data=b"".join(forms)))) == ["☒是", "☐是", "☒是", "不同意是"]


def _fonts(*names: str) -> bytes:
    out = struct.pack("<HH", len(names), 0)
    for name in names:
        stored = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        out += bytes([len(stored)]) + stored
    return out


def test_symbols_are_read_by_their_font() -> None:
    """A code of Wingdings is its sign; one that is not known is shown as U+FFFD and counted."""

    def mark(code: int, font: int = 0) -> Run:
        return Run("(", sprm(0x6A09, code << 16 | font) + SPECIAL)

    data = simple(
        para(mark(0xF0FE), "已办 ", mark(0xF06F), "未办 ", mark(0xF0FF, 1)), fonts=_fonts("Wingdings", "Webdings")
    )
    assert texts(data) == ["☑已办 □未办 \ufffd"]
    assert notes(data) == [Note("glyphs_without_characters", 1)]


def test_pictures_objects_and_comments_are_counted() -> None:
    data = simple(
        para("图", Run("\x01", SPECIAL), "和表", Run("\x01", SPECIAL + sprm(0x080A, 1)), "\x05"),
        comment_references=struct.pack("<II", 3, 6) + bytes(30),
    )
    assert texts(data) == ["图和表"]
    assert notes(data) == [Note("pictures", 1), Note("objects", 1), Note("comments", 1)]


def _record(kind: int, content: bytes, head: int = 0) -> bytes:
    return struct.pack("<HHI", head, kind, len(content)) + content


def word_art(text: str, number: int = 1025) -> bytes:
    said = text.encode("utf-16-le") + b"\0\0"
    options = struct.pack("<HIHI", 0x80C5, 4, 0x80C0, len(said)) + b"abcd" + said
    head = _record(0xF00A, struct.pack("<II", number, 0), 136 << 4)
    return _record(0xF004, head + _record(0xF00B, options, 2 << 4), 0xF)


def test_word_art_in_a_line_is_text() -> None:
    """The red head of a notice may be drawn."""
    shape = word_art("某县人民政府文件")
    picture = struct.pack("<IHH", 68 + len(shape), 68, 0x64) + bytes(60) + shape
    data = word_file(Word({"text": [para(Run("\x01", sprm(0x6A03, 0) + SPECIAL)), para("正文。")]}, data=picture))
    assert texts(data) == ["某县人民政府文件", "正文。"]
    assert notes(data) == []


plain = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Co", "Cn"]), max_size=12)


@given(
    st.lists(st.lists(st.tuples(plain, st.sampled_from([b"", DELETED, HIDDEN])), max_size=4), min_size=1, max_size=6),
    st.data(),
)
def test_each_paragraph_comes_once_and_in_order_or_in_the_notes(
    paragraphs: list[list[tuple[str, bytes]]], data: st.DataObject
) -> None:
    """However the text is cut into pieces, what is shown stands in the blocks, what is not is counted."""
    story = [para(*(Run(text, look) for text, look in runs)) for runs in paragraphs]
    length = len(Word({"text": story}).text)
    cuts = [*sorted(data.draw(st.sets(st.integers(1, length), max_size=4))), length]
    pieces = [Piece(end) for end in dict.fromkeys(cuts)]
    written = data.draw(st.permutations(range(len(pieces))))
    reading = read_doc(word_file(Word({"text": story}, pieces=pieces, written=written)), "x.doc")
    shown = ["".join(text for text, look in runs if not look) for runs in paragraphs]
    assert [one.text for one in reading.blocks] == shown
    left_out = {
        kind: sum(units(text) for runs in paragraphs for text, of_run in runs if of_run == look)
        for kind, look in (("deleted_text", DELETED), ("hidden_text", HIDDEN))
    }
    assert {note.kind: note.amount for note in reading.notes} == {kind: n for kind, n in left_out.items() if n}
