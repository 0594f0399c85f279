"""Whole Word 97-2003 files: one that LibreOffice wrote, old ones, locked ones, damaged ones."""

import random
import struct
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from classifier.documents.binary_word import read_doc
from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.documents.recognise import format_of
from classifier.errors import InputError, MissingExtraError
from tests.documents.binary_word.making import (
    Level,
    Run,
    Style,
    Word,
    compound_file,
    lists,
    overrides,
    para,
    plc,
    simple,
    sprm,
    style_sheet,
    word_file,
)
from tests.documents.binary_word.test_tables import cell, inner_row, row

DATA = Path(__file__).parent / "data"


def test_a_file_of_libreoffice_is_read_whole() -> None:
    """notice.doc was made by LibreOffice 7.4 from notice.fodt beside it: every kind of thing in one document."""
    document = from_bytes((DATA / "notice.doc").read_bytes(), "notice.wps")
    assert document.format == "doc"
    assert document.blocks == (
        Block("某县人民政府办公室", "furniture"),
        Block("关于推进重点项目建设的通知", "heading"),
        Block("各乡镇，县直各单位："),
        Block("总体要求", "heading", 1),
        Block("全年新开工项目四季度前全部落地，详见公开目录。"),
        Block("指列入年度清单的项目。", "footnote"),
        Block("一、压实责任"),
        Block("（一）定期调度"),
        Block("1.每周一报"),
        Block("①书面"),
        Block("②口头"),
        Block("（二）现场督办"),
        Block("二、强化保障"),
        Block("任务分工", "heading", 2),
        Block("序号 | 项目 | 单位", "column_heading"),
        Block("1 | 水厂 扩建 | 水利局", "row"),
        Block("2 | 道路改造", "row"),
        Block("合计 | 两项", "row"),
        Block("堃镇与𠮷镇\t同步\n推进。"),
        Block("联系电话见框。"),
        Block("值班电话：另行公布"),
        Block("说明如下。"),
        Block("口径以统计部门为准。", "footnote"),
        Block("— 1 —", "furniture"),
    )
    assert document.notes == (Note("phonetic", 3), Note("deleted_text", 3), Note("hidden_text", 9))


def _word6(text: bytes, language: int = 0x0804, flags: int = 0, footnotes: bytes = b"", clx: bytes = b"") -> bytes:
    stream = bytearray(0x300)
    struct.pack_into("<HHHHHH", stream, 0, 0xA5DC, 101, 0, language, 0, flags)
    struct.pack_into("<II", stream, 0x18, 0x300, 0x300 + len(text) + len(footnotes))
    struct.pack_into("<II", stream, 0x34, len(text), len(footnotes))
    struct.pack_into("<II", stream, 0x160, 0x300 + len(text) + len(footnotes), len(clx))
    return compound_file({"WordDocument": bytes(stream) + text + footnotes + clx})


def test_word_6_gives_its_plain_text() -> None:
    """Chinese stands in GBK; fields, tables and notes are told apart, and what cannot be told is said."""
    text = "关于防汛的通知\r请见\x13 PAGE \x143\x15页。\r站点\x07水位\x07\x07东门\x0712\x07\x07完。\r".encode("gbk")
    assert read_doc(_word6(text, footnotes="\x02 以水尺为准。\r".encode("gbk")), "old.doc") == Reading(
        blocks=[
            Block("关于防汛的通知"), Block("请见3页。"), Block("站点 | 水位", "row"), Block("东门 | 12", "row"), Block("完。"),
            Block("以水尺为准。", "footnote"),
        ],
        encoding="gb18030",
        notes=[Note("old_word")],
    )  # fmt: skip


def test_word_6_in_other_languages_and_fast_saved() -> None:
    """Chinese in a file said to be English is told by its bytes; pieces are put in their order."""
    assert [one.text for one in read_doc(_word6("县委会议\r".encode("gbk"), 0x0409), "x").blocks] == ["县委会议"]
    assert [one.text for one in read_doc(_word6("縣政府\r".encode("big5"), 0x0404), "x").blocks] == ["縣政府"]
    assert [one.text for one in read_doc(_word6(b"caf\xe9 \x93ok\x94\r", 0x0409), "x").blocks] == ["café “ok”"]
    first, second = "后半。\r".encode("gbk"), "前半，".encode("gbk")
    pieces = [struct.pack("<HIH", 0, 0x300 + len(first), 0), struct.pack("<HIH", 0, 0x300, 0)]
    table = plc([0, len(second), len(first) + len(second)], pieces)
    data = _word6(first + second, flags=4, clx=b"\x01\x02\0xx\x02" + struct.pack("<I", len(table)) + table)
    assert [one.text for one in read_doc(data, "x").blocks] == ["前半，后半。"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (word_file(Word({"text": [para("密")]}, flags=0x0100)), "x.doc: is protected by a password"),
        (
            compound_file({"WordDocument": b"\0" * 5000}),
            "x.doc: cannot be read as a Word 97-2003 file: it holds no Word text",
        ),
        (
            compound_file({"WordDocument": b"\xec\xa5"}),
            "x.doc: cannot be read as a Word 97-2003 file: it has no table of",
        ),
        (simple("正文。")[:900], "x.doc: an old Word file of a kind that is not read, or a damaged one"),
        (b"\xdb\xa5\x2d\0" + bytes(60), "x.doc: written by Word 2 or older, which is not read; save it as .docx"),
        (simple("正文。")[:-600], "x.doc: cannot be read as a Word 97-2003 file"),
        (compound_file({"Contents": b"x"}), "x.doc: an old Word file of a kind that is not read"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        from_bytes(data, "x.doc")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "olefile", None)
    with pytest.raises(MissingExtraError, match=r"x.doc: reading old Word files .* install it with"):
        read_doc(simple("正文。"), "x.doc")


def test_a_word_file_inside_a_workbook_does_not_make_it_one() -> None:
    """What stands at the root of the container says what it is."""
    streams = {"Workbook": b"x", "Data": b"y"}
    assert format_of(compound_file(streams, {"WordDocument": b"z"}), "a.xls") == "xls"
    assert format_of(compound_file({"WordDocument": b"z"}, {"Workbook": b"x"}), "a.doc") == "doc"


def test_a_damaged_part_costs_only_itself() -> None:
    """Text outlives its style sheet, lists and formatting; the notes name what is lost."""
    data = simple("正文。", styles=b"\x12\0\x01\0", list_overrides=b"\xff\xff\0\0")
    reading = read_doc(data, "x.doc")
    assert reading.blocks == [Block("正文。")]
    assert reading.notes == [Note("damaged", 2, what="styles, lists")]


def test_characters_that_the_file_has_lost_are_noted() -> None:
    """A piece that points behind the end leaves U+FFFD in the place of its characters."""
    data = bytearray(simple("第一段正文。"))
    at = data.index(struct.pack("<HIH", 0, 2048, 0))
    struct.pack_into("<I", data, at + 2, 1_000_000)
    reading = read_doc(bytes(data), "x.doc")
    assert reading.notes == [Note("damaged", 1, what="7 characters")]


@pytest.mark.parametrize("length", [3, 99])
def test_text_outside_of_the_stories_is_noted(length: int) -> None:
    """A file whose information block says another length than its pieces have has lost text, or hides it."""
    data = bytearray(simple("第一段正文。"))
    struct.pack_into("<I", data, 512 + 0x4C, length)
    reading = read_doc(bytes(data), "x.doc")
    assert reading.notes == [Note("damaged", 1, what=f"{3 if length == 3 else 92} characters")]


def _shapes() -> list[bytes]:
    depth = [para("前。", properties=sprm(0x2416, 1)), *inner_row("甲", "乙"), *cell("丙")]
    table = [*row(cell("一"), depth), *row(cell("二"), cell("三"))]
    parts = {**lists((7, [Level(39, "\0、")], [])), "list_overrides": overrides((7, {0: 3}))}
    numbered = [para(text, properties=sprm(0x460B, 1) + sprm(0x260A, 0)) for text in ("压实责任", "强化保障")]
    styles = style_sheet([Style(), Style(1), Style(character=sprm(0x083C, 1), kind=2)])
    looks = [para("题", style=1), para(Run("删", sprm(0x0800, 1)), "\x13 EQ \\o(a,b)\x15", Run("藏", sprm(0x4A30, 2)))]
    notes = {"text": [para("注\x02。")], "footnotes": [para("文。")], "headers": [para("页眉")]}
    places = {
        "footnotes": plc([0, 3, 9]),
        "footnote_references": plc([1, 9], [b"\0\0"]),
        "headers": plc([0] * 8 + [3] * 5),
    }
    return [
        simple(*table),
        simple(*numbered, **parts),
        simple(*looks, styles=styles),
        word_file(Word(notes, places)),
        _word6("通知\r表\x07格\x07\x07".encode("gbk")),
        (DATA / "notice.doc").read_bytes(),
    ]


@pytest.mark.parametrize("shape", range(6))
def test_broken_files_give_text_or_a_clear_error(shape: int) -> None:
    """Two hundred mutations of each shape: bytes changed, numbers made huge, ends cut off, parts moved."""
    whole, chance = _shapes()[shape], random.Random(shape)
    for _ in range(200):
        with suppress(InputError):
            reading = read_doc(_broken(whole, chance), "x.doc")
            assert sum(len(one.text) for one in reading.blocks) <= 20 * len(whole)


def _broken(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    filled = [at for at, one in enumerate(data) if at < 80 or (one and at > 512)]
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.choice(filled)
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                huge = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\0\0\0\0"))
                data[at : at + 4] = huge
            case 2:
                data[at : at + 1] = bytes([whole[at] ^ 1 << chance.randrange(8)])
            case 3:
                other = chance.choice(filled)
                data[at : at + 16] = whole[other : other + 16]
            case _:
                if chance.random() < 0.2:
                    del data[at:]
    return bytes(data)
