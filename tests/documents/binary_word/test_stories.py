"""Notes, text boxes, headers and footers of Word 97-2003 files."""

import struct

from classifier.documents.binary_word import read_doc
from classifier.documents.document import Block
from classifier.documents.notes import Note
from tests.documents.binary_word.making import STORIES, Level, Para, Word, lists, overrides, para, plc, sprm, word_file
from tests.documents.binary_word.test_text import _record, word_art


def blocks(data: bytes) -> list[Block]:
    return [one for one in read_doc(data, "x.doc").blocks if one.text.strip()]


def story(*texts: str) -> list[Para]:
    return [para(one) for one in texts]


def test_notes_stand_behind_the_paragraph_that_refers_to_them() -> None:
    """Foot- and endnotes are blocks of their own kind; what no place refers to comes last."""
    text = story("资金\x02到位。", "口径\x02说明。", "末段。")
    parts = {
        "footnote_references": plc([2, 99], [b"\0\0"]),
        "footnotes": plc([0, 6, 11, 99]),
        "endnote_references": plc([9, 99], [b"\0\0"]),
        "endnotes": plc([0, 6, 99]),
    }
    data = word_file(
        Word({"text": text, "footnotes": story("\x02 省级。", "无主注。"), "endnotes": story("\x02 见表。")}, parts)
    )
    assert blocks(data) == [
        Block("资金到位。"), Block("省级。", "footnote"), Block("口径说明。"), Block("见表。", "footnote"),
        Block("末段。"), Block("无主注。", "footnote"),
    ]  # fmt: skip


def test_text_boxes_stand_behind_the_paragraph_that_holds_them() -> None:
    """The shape's number joins box and place."""
    text = story("有框\x08。", "末段。")
    spas = [struct.pack("<I", 1026) + bytes(22)]
    boxes = [bytes(14) + struct.pack("<II", number, 0) for number in (1026, 0)]
    parts = {"anchors": plc([2, 99], spas), "boxes": plc([0, 8, 9], boxes)}
    data = word_file(Word({"text": text, "boxes": story("框一。", "框二。", "")}, parts))
    assert blocks(data) == [Block("有框。"), Block("框一。"), Block("框二。"), Block("末段。")]


def test_drawn_text_and_pictures_of_anchored_shapes() -> None:
    """WordArt is read where its shape is anchored; a shape that is a picture is counted."""
    picture = _record(0xF004, _record(0xF00A, struct.pack("<II", 1030, 0), 75 << 4), 0xF)
    drawing = _record(0xF000, b"", 0xF) + b"\0" + _record(0xF002, word_art("红头文件", 1029) + picture, 0xF)
    spas = [struct.pack("<I", number) + bytes(22) for number in (1029, 1030)]
    data = word_file(
        Word({"text": story("\x08\x08", "正文。")}, {"anchors": plc([0, 1, 9], spas), "drawings": drawing})
    )
    assert blocks(data) == [Block("红头文件"), Block("正文。")]
    assert read_doc(data, "x.doc").notes == [Note("pictures", 1)]


def _headers(kinds: list[list[str]], **more: bytes) -> bytes:
    """Return a file with two sections; `kinds`: the six headers and footers of each."""
    texts = ["\x03", "", "", "", "", "", *(one for section in kinds for one in section)]
    bounds = [0]
    for one in texts:
        bounds.append(bounds[-1] + (len(one) + 1 if one else 0))
    headers = [para(one) for one in texts if one]
    return word_file(Word({"text": story("正文。"), "headers": headers}, {"headers": plc([*bounds, 999]), **more}))


def test_headers_and_footers_come_once_around_the_text() -> None:
    """Those of even and first pages only where the document has them; a section that repeats them adds nothing."""
    six = ["偶数页眉", "某县文件", "偶数页脚", "—\x13 PAGE \x143\x15—", "首页页眉", "首页页脚"]
    assert blocks(_headers([six, six])) == [Block("某县文件", "furniture"), Block("正文。"), Block("—3—", "furniture")]
    assert [one.text for one in blocks(_headers([six], settings=b"\1\0"))] == [
        "偶数页眉",
        "某县文件",
        "正文。",
        "偶数页脚",
        "—3—",
    ]


def test_first_pages_have_their_own_headers_where_the_section_says_so() -> None:
    six = ["", "某县文件", "", "页脚", "首页页眉", "首页页脚"]
    data = bytearray(_headers([six], sections=plc([0, 4], [bytes(2) + struct.pack("<I", 0x600) + bytes(6)])))
    title_page = sprm(0x300A, 1)
    at = data.index(struct.pack("<HH", 0xA5EC, 0xC1)) + 0x600  # within the unused end of the information block
    data[at : at + 2 + len(title_page)] = struct.pack("<H", len(title_page)) + title_page
    assert [one.text for one in blocks(bytes(data))] == ["某县文件", "首页页眉", "正文。", "页脚", "首页页脚"]


def test_comments_and_macros_are_no_text() -> None:
    data = word_file(
        Word(
            {
                "text": story("正文。"),
                "comments": story("批注。"),
                "macros": story("宏。"),
                "header_boxes": story("页眉框。"),
            }
        )
    )
    assert blocks(data) == [Block("页眉框。", "furniture"), Block("正文。")]
    assert STORIES.index("comments") < STORIES.index("endnotes")


def test_lists_of_notes_do_not_disturb_those_of_the_text() -> None:
    def numbered(text: str) -> Para:
        return para(text, properties=sprm(0x460B, 1) + sprm(0x260A, 0))

    parts = {"footnotes": plc([0, 4, 99]), "footnote_references": plc([1, 99], [b"\0\0"])}
    parts |= {**lists((7, [Level(0, "\0.")], [])), "list_overrides": overrides((7, {}))}
    text = [numbered("甲\x02"), numbered("乙")]
    assert [one.text for one in blocks(word_file(Word({"text": text, "footnotes": [numbered("注文。")]}, parts)))] == [
        "1.甲",
        "1.注文。",
        "2.乙",
    ]
