"""Bytes to text: what is damaged or mixed is read and said, what is no text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.decode import decode, decode_damaged
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.errors import InputError

LINE = "县里开会研究夏粮收购，要求各乡镇早作准备，不让农民卖粮难。\n"
OLD_SCRIPT = "縣裡開會研究夏糧收購，要求各鄉鎮早作準備，不讓農民賣糧難。\n"


def undecodable(amount: int, *lines: int) -> Note:
    return Note("undecodable", amount, lines, "line")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_byte_that_fits_no_character_is_shown_and_its_line_named(encoding: str) -> None:
    lines = [LINE.encode(encoding), *(LINE.encode("utf-8" if encoding != "gb18030" else encoding) for _ in range(3))]
    lines[2] = lines[2][:-1] + b"\xff\n"
    found = decode_damaged(b"".join(lines), "a.txt")
    assert found.text == LINE * 2 + LINE[:-1] + "\ufffd\n" + LINE
    assert (found.encoding, found.notes) == (encoding, (undecodable(1, 3),))


@pytest.mark.parametrize(("encoding", "cut", "amount"), [("utf-8", 2, 2), ("gb18030", 1, 1), ("big5", 1, 1)])
def test_a_text_cut_off_inside_its_last_character(encoding: str, cut: int, amount: int) -> None:
    """Two bytes of three are left in UTF-8, one of two elsewhere: shown as one U+FFFD."""
    text = ((OLD_SCRIPT if encoding == "big5" else LINE) * 3).strip()
    data = text.encode(encoding)
    data = data[: len(data) - 3 + cut] if encoding == "utf-8" else data[:-1]
    found = decode_damaged(data, "a.txt")
    assert (found.text, found.notes) == (text[:-1] + "\ufffd", (undecodable(amount, 3),))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_half_a_unit_at_its_end(encoding: str) -> None:
    found = decode_damaged((LINE * 2).strip().encode(encoding)[:-1], "a.txt")
    assert (found.text, found.notes) == ((LINE * 2).strip()[:-1] + "\ufffd", (undecodable(1, 2),))


@pytest.mark.parametrize(("other", "text"), [("gb18030", LINE), ("big5hkscs", OLD_SCRIPT)])
def test_a_file_of_two_encodings_is_read_by_stretches(other: str, text: str) -> None:
    data = LINE.encode() * 3 + text.encode(other) * 2 + b"2026\n" + LINE.encode()
    found = decode_damaged(data, "a.txt")
    assert found.text == LINE * 3 + text * 2 + "2026\n" + LINE
    said = f"UTF-8 ×5, {other.upper()} ×3"
    assert (found.encoding, found.notes) == ("utf-8", (Note("mixed_encodings", 2, (4, 5, 6), "line", said),))


def test_a_file_mostly_in_gb18030_with_a_part_in_utf_8() -> None:
    found = decode_damaged(LINE.encode("gb18030") * 4 + LINE.encode(), "a.txt")
    assert (found.text, found.encoding) == (LINE * 5, "gb18030")
    assert found.notes == (Note("mixed_encodings", 2, (5, 6), "line", "GB18030 ×4, UTF-8 ×2"),)


def test_short_lines_of_gb18030_that_are_sound_utf_8_by_chance() -> None:
    """一同 in GB18030 is sound UTF-8 for two other letters; nobody writes lines of such letters."""
    assert len("一同".encode("gb18030").decode("utf-8")) == 2
    assert decode_damaged(("一同\n" * 3 + LINE).encode("gb18030"), "a.txt").text == "一同\n" * 3 + LINE


def test_null_bytes_behind_and_inside_a_text() -> None:
    """A disk that lost power fills a file's end with null bytes."""
    found = decode_damaged(LINE.encode() * 9 + b"\0" * 500, "a.txt")
    assert (found.text, found.notes) == (LINE * 9, (Note("damaged", 500, what="NUL ×500"),))
    for encoding in ("utf-8", "gb18030"):
        found = decode_damaged(LINE.encode(encoding) * 9 + b"\0" + LINE.encode(encoding), "a.txt")
        assert (found.text, found.notes) == (LINE * 9 + "\ufffd" + LINE, (undecodable(1, 10),))


def test_many_damaged_lines_are_counted_and_the_first_hundred_named() -> None:
    found = decode_damaged((LINE.encode()[:-1] + b"\xff\n") * 300, "a.txt")
    assert found.notes == (undecodable(300, *range(1, 101)),)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x7fELF\2\1\1" + bytes(range(200)) * 9,
        b"\xff\xfe" + bytes(range(3, 256)) * 5,
        LINE.encode()[:40] + bytes(range(256)) * 5,
    ],
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.bin: (not a text|begins like utf-16)"):
        decode_damaged(data, "a.bin")


def test_the_strict_way_refuses_damage_and_mixtures() -> None:
    """Tables of labels are not read with characters missing."""
    assert decode(LINE.encode("gb18030"), "a.csv") == (LINE, "gb18030")
    for data in (b"\xff" + LINE.encode() * 3, LINE.strip().encode("gb18030")[:-1], LINE.encode("utf-16")[:-1]):
        with pytest.raises(InputError, match=r"a\.csv: is damaged \(line 1: 1 byte fits no character"):
            decode(data, "a.csv")
    with pytest.raises(InputError, match="several encodings"):
        decode(LINE.encode() * 3 + LINE.encode("gb18030"), "a.csv")


def test_notes_travel_with_the_document() -> None:
    assert from_bytes(LINE.encode() + b"\xff", "a.txt").notes == (undecodable(1, 2),)


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_lines_of_either_encoding_come_out_whole_and_in_order(utf8: list[bool]) -> None:
    lines = [f"第{number}条　各乡镇按月上报粮食收购进度。" for number in range(len(utf8))]
    data = b"\n".join(line.encode("utf-8" if one else "gb18030") for line, one in zip(lines, utf8, strict=True))
    assert decode_damaged(data, "a.txt").text.split("\n") == lines


@given(st.text(alphabet=LINE, min_size=8, max_size=60), st.integers(0, 59), st.integers(0x80, 0xBF))
def test_one_stray_byte_in_utf_8_costs_one_character_at_most(text: str, place: int, byte: int) -> None:
    line = LINE * 3 + text
    data = line.encode()
    cut = len(line[: len(LINE) + place % len(LINE)].encode())
    found = decode_damaged(data[:cut] + bytes([byte]) + data[cut:], "a.txt").text
    assert found.replace("\ufffd", "") == line


def test_hz_is_decoded_and_what_only_looks_like_it_is_not() -> None:
    text = "全县春耕 S001 已经展开。\n农资供应充足。\n"
    assert decode(text.encode("hz"), "a.txt") == (text, "hz")
    assert decode("写作 ~{H+~} 的例子".encode(), "a.txt") == ("写作 ~{H+~} 的例子", "utf-8")
