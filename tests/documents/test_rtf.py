"""RTF: each way in which Chinese is written in it, and each thing that a page shows or does not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.documents.rtf import read_rtf

GBK = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset0 Arial;}{\f2\fnil\fcharset2 Symbol;}}\uc1\pard\f0 "


def escaped(text: str, encoding: str = "gb18030") -> str:
    r"""Return text as \'xx escapes, ASCII as it is."""
    return "".join(chr(one) if one < 0x80 else f"\\'{one:02x}" for one in text.encode(encoding))


def unicode(text: str, substitute: str = "?") -> str:
    r"""Return text as \u escapes, each UTF-16 unit with its substitute."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return "".join(f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}{substitute}" for unit in units)


def blocks(body: str, head: str = GBK) -> list[Block]:
    return [one for one in read_rtf((head + body + "}").encode("latin-1"), "a.rtf").blocks if one.text.strip()]


def texts(body: str, head: str = GBK) -> list[str]:
    return [one.text for one in blocks(body, head)]


def notes(body: str) -> list[Note]:
    return list(read_rtf((GBK + body + "}").encode("latin-1"), "a.rtf").notes)


TEXT, RARE, TRADITIONAL = "种好粮食，建好家园。", "种好粮食，建好喆园。", "種好糧食，建好家園。"
FONTS = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl\f0\fnil\fcharset0 X;\f5\fcharset134 Y;\f6\fcharset136 Z;}"


@pytest.mark.parametrize(
    ("text", "head", "written"),
    [
        (RARE, r"{\rtf1\ansi\ansicpg936\deff0 ", escaped(RARE)),
        (RARE, FONTS + r"\f5 ", escaped(RARE)),
        (TRADITIONAL, FONTS + r"\f6 ", escaped(TRADITIONAL, "big5")),
        (TRADITIONAL, r"{\rtf1\ansi\ansicpg950 ", escaped(TRADITIONAL, "big5")),
        (RARE, r"{\rtf1\ansi\uc1 ", unicode(RARE)),
        (RARE, r"{\rtf1\ansi\uc1 ", unicode(RARE, " ?")),
        (RARE, r"{\rtf1\ansi\uc0 ", unicode(RARE, " ")),
        (RARE, r"{\rtf1\ansi\ansicpg936\uc2 ", "".join(f"\\u{ord(one)}{escaped(one)}" for one in RARE)),
        (RARE, r"{\rtf1\ansi\ansicpg936\uc1 ", "".join(f"\\u{ord(one)}{escaped(one)}" for one in RARE)),
        (RARE, r"{\rtf1\ansi\ansicpg936 ", rf"{{\upr{{{escaped(TEXT)}}}{{\*\ud{{{unicode(RARE)}}}}}}}"),
        (TEXT, FONTS + r"\f0 ", escaped(TEXT)),
        (TEXT, r"{\rtf1\ansi\deff0 ", TEXT.encode("gbk").decode("latin-1")),
        (RARE, r"{\rtf1\ansi\deff0 ", RARE.encode().decode("latin-1")),
    ],
)
def test_chinese_in_every_escape(text: str, head: str, written: str) -> None:
    """The same comes out by code page, by font, by Unicode with each kind of substitute, under a Western font, raw."""
    assert texts(written + r"\par", head) == [text]


def test_a_second_byte_may_be_a_bare_letter_or_an_escaped_backslash() -> None:
    assert texts(r"\'e9F\'bb\'f9\par") == ["镕基"]
    assert texts(r"\'81\\\'b0\'a1\par") == [b"\x81\\\xb0\xa1".decode("gbk")]


def test_characters_outside_of_the_basic_plane() -> None:
    """Two surrogates are one character; half of one is U+FFFD and said."""
    assert texts(unicode("𠮷田") + r"\par") == ["𠮷田"]
    assert texts(r"\u-10187?" + "田".encode("gbk").decode("latin-1") + r"\par") == ["\ufffd田"]
    assert notes(r"\u-10187?x\par") == [Note("undecodable", 1)]


def test_western_text_stays_western_under_a_western_font() -> None:
    assert texts(r"\f1 caf\'e9 \'93Metro\'94\par") == ["café “Metro”"]


def test_bytes_that_fit_nothing_are_shown_and_counted() -> None:
    assert texts(r"\'b0\'a1\'ff\'ff\par") == ["啊\ufffd\ufffd"]
    assert notes(r"\'b0\'a1\'ff\'ff\par") == [Note("undecodable", 2)]


def test_soft_breaks_tabs_and_special_characters() -> None:
    body = escaped("一") + r"\line " + escaped("二") + r"\tab\ldblquote x\rdblquote\emdash\~\bullet\{\}" + r"\par"
    assert texts(body) == ["一\n二\t“x”—\u00a0•{}"]


def test_a_hyphen_that_does_not_break_is_a_hyphen_as_in_word_files() -> None:
    assert texts(r"2021\_2025" + escaped("年") + r"\par") == ["2021-2025年"]


def test_paragraphs_end_at_par_section_page_and_an_escaped_line_end() -> None:
    assert texts("a\\par b\\sect c\\page d\\\ne") == ["a", "b", "c", "d", "e"]


def test_line_ends_of_the_file_mean_nothing() -> None:
    assert texts("\\'d6\r\n\\'d6\r\n\\'b2\\'dd\\par") == ["种草"]


def test_written_numbers_are_kept_and_their_tabs_are_not() -> None:
    listed = r"{\listtext\pard\plain\f0 " + escaped("一、") + r"\tab}" + escaped("抓春耕") + r"\par"
    old = r"{\pntext\f0 2.\tab}{\*\pn\pnlvlbody{\pntxta .}}" + escaped("抓秋收") + r"\par"
    mark = r"{\listtext\f2 \'b7\tab}" + escaped("抓冬修") + r"\par"
    assert texts(listed + old + mark) == ["一、抓春耕", "2. 抓秋收", "• 抓冬修"]


LISTS = (
    r"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc37\levelstartat1{\leveltext\'03\'00"
    + escaped("、")
    + r";}{\levelnumbers\'01;}}{\listlevel\levelnfc0\levelstartat1{\leveltext\'03\'00.\'01;}{\levelnumbers;}}"
    r"{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}}\listid7}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls3}}"
)


def test_numbers_are_worked_out_where_the_file_names_only_the_list() -> None:
    """Levels, restarts after a higher level, bullets: as the list table says."""
    marks = [(0, "a"), (1, "b"), (1, "c"), (0, "d"), (1, "e"), (2, "f")]
    body = "".join(rf"\pard\ls3\ilvl{level} {text}\par" for level, text in marks)
    assert texts(LISTS + body) == ["一、a", "一.1 b", "一.2 c", "二、d", "二.1 e", "• f"]


def test_deleted_text_is_left_out_and_said() -> None:
    """Insertions stay; a deleted paragraph mark joins two paragraphs."""
    body = r"x{\revised y}{\deleted " + escaped("旧字") + r"}z{\deleted\par}w\par"
    assert texts(body) == ["xyzw"]
    assert notes(body) == [Note("deleted_text", 2)]


def test_hidden_text_is_left_out_and_said() -> None:
    body = r"x\v " + escaped("藏字") + r"\v0 y{\v z}\plain w\par"
    assert texts(body) == ["xyw"]
    assert notes(body) == [Note("hidden_text", 3)]


def test_comments_pictures_and_objects_are_counted() -> None:
    body = (
        r"x{\*\atnid A}{\*\annotation\pard no}{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 01}}"
        r"{\object\objemb{\*\objdata 0102}{\result{\pict 01}shown}}{\pict\bin3 }\}}y\par"
    )
    assert texts(body) == ["xshowny"]
    assert notes(body) == [Note("comments", 1), Note("pictures", 2), Note("objects", 1)]


def test_tables_are_rows() -> None:
    row = r"\trowd\trhdr\cellx1\cellx2\pard\intbl a\cell b\par b2\cell\row"
    other = r"\trowd\cellx1\cellx2\pard\intbl c\cell {\b d}\cell\row\pard after\par"
    assert blocks(r"before\par" + row + other) == [
        Block("before"), Block("a | b b2", "column_heading"), Block("c | d", "row"), Block("after"),
    ]  # fmt: skip


def test_a_table_in_a_cell_divides_the_row() -> None:
    inner = r"\pard\intbl\itap2 i\nestcell j\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    body = r"\pard\intbl a\cell b\par" + inner + r"\pard\intbl c\cell\trowd\row\pard\intbl d\cell e\cell\row\pard x\par"
    assert texts(body) == ["a | b", "i | j", "c", "d | e", "x"]


def test_a_table_of_one_column_lays_out_a_page() -> None:
    assert blocks(r"\trowd\pard\intbl a\par b\cell\row\pard\intbl c\cell\row\pard") == [
        Block("a"),
        Block("b"),
        Block("c"),
    ]


def test_footnotes_follow_their_paragraph_or_row() -> None:
    body = r"x{\super\chftn}{\footnote\pard{\super\chftn} n1\par n2}y\par z{\*\footnote\ftnalt e}\par"
    assert blocks(body) == [
        Block("xy"), Block(" n1", "footnote"), Block("n2", "footnote"), Block("z"), Block("e", "footnote"),
    ]  # fmt: skip
    row = r"\pard\intbl a{\footnote n}\cell\cell b\cell\row"
    assert blocks(row) == [Block("a |  | b", "row"), Block("n", "footnote")]


def test_headers_and_footers_stand_once() -> None:
    body = r"{\header\pard H\par}{\footer\pard F\par}a\par\sect{\headerl\pard H\par}b\par"
    assert blocks(body) == [Block("H", "furniture"), Block("a"), Block("b"), Block("F", "furniture")]
    assert notes(body) == [Note("repeated_furniture", 1)]


def test_fields_show_their_results() -> None:
    body = (
        r'{\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt{link}}}{\field\fldedit{\*\fldinst PAGE}{\fldrslt 3}}'
        r"{\field{\*\fldinst EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(p\'edn),"
        + escaped("品")
        + r")}{\fldrslt }}{\field{\*\fldinst SYMBOL 9312 \\u}{\fldrslt x}}\par"
    )
    assert texts(body) == ["link3品①"]
    assert notes(body) == [Note("phonetic", 2)]


def test_letters_of_symbol_fonts_are_signs() -> None:
    """Bytes, Unicode's private use area and SYMBOL fields name the glyphs of a font."""
    fonts = GBK.replace("Symbol;", r"{\*\panose 05050102}Symbol{\*\falt Other};").replace(
        "Arial;", r"Arial;}{\f3\fcharset2 Wingdings;"
    )
    body = r'{\f2 a\'b3}{\f3 o\'fe\u-3844?}{\field{\*\fldinst SYMBOL 82 \\f "Wingdings 2"}}\par'
    assert texts(body, fonts) == ["α≥□☑✓☑"]


def test_text_boxes_stand_once_after_their_paragraph() -> None:
    """Not again in the copy for old readers; WordArt is text as well."""
    shape = (
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn gtextUNICODE}{\sv art}}{\sp{\sn fFlip}{\sv 0}}{\shptxt\pard in\par box\par}}"
        r"{\shprslt{\*\do{\dptxbxtext\pard in\par box\par}}}}"
    )
    assert texts(f"a{shape}b\\par c\\par{{\\*\\do\\dptxbx{{\\dptxbxtext\\pard old\\par}}}}d\\par") == [
        "ab", "art", "in", "box", "c", "d", "old",
    ]  # fmt: skip


def test_headings_by_outline_level_and_by_style() -> None:
    sheet = (
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 "
        + escaped("标题 2")
        + r";}{\s3 Title;}{\s4 toc 1;}}"
    )
    body = (
        r"\pard\outlinelevel2 a\par\pard\s1 b\par\pard\s2 c\par\pard\s3 d\par\pard\s4 e\par\pard\s1\outlinelevel9 f\par"
    )
    assert blocks(sheet + body) == [
        Block("a", "heading", 3), Block("b", "heading", 1), Block("c", "heading", 2), Block("d", "heading", 1),
        Block("e", "furniture"), Block("f"),
    ]  # fmt: skip


def test_what_describes_the_document_is_no_text_of_it() -> None:
    body = r"{\colortbl;\red1;}{\info{\title T}}{\*\generator G}{\*\bkmkstart m}x{\xe{y}}{\*\unknown z}{\unknown w}\par"
    assert texts(body) == ["xw"]


def test_a_file_cut_off_is_read_as_far_as_it_goes() -> None:
    reading = read_rtf(rb"{\rtf1\ansi\ansicpg936 {\b \'d6\'d6\'b2\'dd\par \'d6", "a.rtf")
    assert [one.text for one in reading.blocks] == ["种草", "\ufffd"]
    assert reading.notes == [Note("cut_off", 1), Note("undecodable", 1)]


def test_what_follows_the_end_is_counted() -> None:
    assert read_rtf(rb"{\rtf1 a\par}}" + b"\0\r\nmore", "a.rtf").notes == [Note("trailing", 4)]


@pytest.mark.parametrize(
    "hostile", [r"\bin-99 x", r"\uc9999 \u1 x", r"\itap99999999\intbl x\cell", "{" * 30_000, r"\row\nestrow\nestcell x"]
)
def test_hostile_numbers_neither_hang_nor_swell(hostile: str) -> None:
    reading = read_rtf((GBK + hostile).encode(), "a.rtf")
    assert len("".join(one.text.strip() for one in reading.blocks)) <= len("\x01 x")


def test_it_is_told_by_content_and_named() -> None:
    document = from_bytes((GBK + escaped("种草") + r"\par}").encode(), "a.doc")
    assert (document.format, document.text, document.encoding) == ("rtf", "种草", None)


CHARACTERS = "种草治沙，修渠引水。喆镕𠮷abc1.{}\\"


@given(st.lists(st.tuples(st.sampled_from("pcfbv"), st.text(CHARACTERS, min_size=1), st.booleans()), max_size=12))
def test_each_paragraph_comes_out_once_and_in_order_or_in_the_notes(parts: list[tuple[str, str, bool]]) -> None:
    """Paragraphs, cells, footnotes, boxes and hidden runs, in either way of writing."""
    body, shown, hidden = "", [], 0
    for number, (kind, content, as_unicode) in enumerate(parts):
        text = f"{content}{number}"
        code = "".join(_written(one, as_unicode) for one in text)
        if kind == "v":
            body += rf"{{\v {code}}}"
            hidden += len(text)
        elif kind == "f":
            body += rf"\pard x{{\footnote {code}}}\par "
            shown += ["x", text]
        elif kind == "b":
            body += rf"\pard x{{\shp{{\*\shpinst{{\shptxt {code}\par}}}}{{\shprslt {code}}}}}\par "
            shown += ["x", text]
        elif kind == "c":
            body += rf"\trowd\pard\intbl {code}\cell y\cell\row\pard z\par "
            shown += [f"{text} | y", "z"]
        else:
            body += rf"\pard {code}\par "
            shown.append(text)
    reading = read_rtf((GBK + body + "}").encode("latin-1"), "a.rtf")
    assert [one.text for one in reading.blocks if one.text.strip()] == shown
    assert list(reading.notes) == ([Note("hidden_text", hidden)] if hidden else [])


def _written(one: str, as_unicode: bool) -> str:
    if one in "{}\\":
        return "\\" + one
    return one if one < "\x80" else unicode(one) if as_unicode else escaped(one)
