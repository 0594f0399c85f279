"""Automatic numbers come as Word prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.number_formats import formatted
from tests.documents.word.making import cell, listed, p, read, table, texts


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> dict[str, str]:
    return {"numbering": f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'}


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 2 10 11 20 21 99 101"),
        ("decimalZero", "01 02 10 11 20 21 99 101"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ ９９ １０１"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ 21 99 101"),
        ("decimalEnclosedCircleChinese", "① ② ⑩ 11 20 21 99 101"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 99 101"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ ⒒ ⒛ 21 99 101"),
        ("ideographEnclosedCircle", "㈠ ㈡ ㈩ 11 20 21 99 101"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 九十九 一〇一"),
        ("taiwaneseCounting", "一 二 十 十一 二十 二十一 九十九 一○一"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 九十九 一百零一"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 九十九 百一"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 九九 一〇一"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰零壹"),
        ("ideographLegalTraditional", "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 玖拾玖 壹佰零壹"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 99 101"),
        ("ideographZodiac", "子 丑 酉 戌 20 21 99 101"),
        ("ideographZodiacTraditional", "甲子 乙丑 癸酉 甲戌 癸未 甲申 壬寅 甲辰"),
        ("upperLetter", "A B J K T U UUUU WWWW"),
        ("lowerLetter", "a b j k t u uuuu wwww"),
        ("upperRoman", "I II X XI XX XXI XCIX CI"),
        ("lowerRoman", "i ii x xi xx xxi xcix ci"),
        ("ordinal", "1st 2nd 10th 11th 20th 21st 99th 101st"),
        ("hex", "1 2 A B 14 15 63 65"),
        ("aFormatOfTheFuture", "1 2 10 11 20 21 99 101"),
    ],
)
def test_numerals(form: str, expected: str) -> None:
    """ECMA-376 Part 1, 17.18.59; beyond the last sign of a set come decimal digits, the sixty pairs go round."""
    assert [formatted(one, form) for one in (1, 2, 10, 11, 20, 21, 99, 101)] == expected.split()


@pytest.mark.parametrize(
    ("number", "expected"),
    [(100, "一百"), (110, "一百一十"), (111, "一百一十一"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"),
     (10000, "一万"), (10010, "一万零一十"), (100000, "十万"), (100000001, "一亿零一"), (10**13, "1" + "0" * 13)],
)  # fmt: skip
def test_chinese_numbers_above_a_hundred(number: int, expected: str) -> None:
    assert formatted(number, "chineseCountingThousand") == expected


@pytest.mark.parametrize("form", ["none", "bullet"])
def test_formats_without_number(form: str) -> None:
    assert formatted(3, form) == ""


@given(
    st.integers(-5, 10**15),
    st.sampled_from(["japaneseCounting", "upperRoman", "lowerLetter", "chineseLegalSimplified"]),
)
def test_any_number_is_written_short(number: int, form: str) -> None:
    assert 0 < len(formatted(number, form)) < 60


def test_the_levels_of_official_documents() -> None:
    """一、 （一） 1. stand directly before the text; a lower level begins anew under each higher one."""
    levels = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2]
    body = "".join(listed("抓落实。", 1, one) for one in levels)
    numbers = ["一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）", "1."]
    assert texts(body, numbering(*OFFICIAL)) == [f"{one}抓落实。" for one in numbers]


def test_what_would_run_together_is_kept_apart() -> None:
    """第一章 总则, 1.1 2026年: a number that ends in a letter, a Han character or a digit has a space after it."""
    parts = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%3、"),
                      level(3, "decimal", "第%4条", '<w:suff w:val="nothing"/>'))  # fmt: skip
    body = listed("总则", 1) + listed("2026年", 1, 1) + listed("5亿元", 1, 2) + listed("为了", 1, 3)
    assert texts(body, parts) == ["第一章 总则", "1.1 2026年", "1、5亿元", "第1条为了"]


def test_a_full_stop_and_a_digit_make_no_decimal() -> None:
    """1. before 5亿元 must not read as 1.5亿元."""
    assert texts(listed("5亿元", 1) + listed("投资", 1), numbering(level(0, "decimal", "%1."))) == [
        "1. 5亿元",
        "2.投资",
    ]


def test_legal_numbering_shows_all_levels_in_digits() -> None:
    parts = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimalZero", "%1.%2", "<w:isLgl/>"))
    assert texts(listed("总则", 1) + listed("目的", 1, 1), parts) == ["第一章 总则", "1.01 目的"]


def test_lists_of_one_definition_count_on() -> None:
    """Two lists share the counters of their definition, but one with a start of its own begins there, once."""
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = "".join(listed("文", one) for one in (1, 2, 1, 3, 3, 1))
    assert [one[0] for one in texts(body, numbering(*OFFICIAL, lists=lists))] == list("一二三七八九")


def test_an_overridden_level_has_its_own_look() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    lists = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{own}</w:num>'
    assert texts(listed("文", 1) + listed("文", 1), numbering(*OFFICIAL, lists=lists)) == ["A)文", "B)文"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", "1 2 1"), ('<w:lvlRestart w:val="0"/>', "1 2 3"), ('<w:lvlRestart w:val="1"/>', "1 2 1")],
)
def test_restarts(restart: str, expected: str) -> None:
    """A level begins anew after any higher one, never, or after the one named."""
    parts = numbering(*OFFICIAL[:1], level(1, "decimal", "%2、", restart))
    body = listed("甲", 1) + listed("乙", 1, 1) * 2 + listed("甲", 1) + listed("乙", 1, 1)
    assert [one[0] for one in texts(body, parts) if "乙" in one] == expected.split()


def test_a_level_that_is_named_for_restart_lets_deeper_ones_go_on() -> None:
    parts = numbering(*OFFICIAL[:2], level(2, "decimal", "%3、", '<w:lvlRestart w:val="1"/>'))
    body = "".join(listed("文", 1, one) for one in (0, 1, 2, 1, 2, 0, 1, 2))
    assert texts(body, parts) == ["一、文", "（一）文", "1、文", "（二）文", "2、文", "二、文", "（一）文", "1、文"]


def test_a_level_passed_over_counts_as_begun() -> None:
    parts = numbering(level(0, "decimal", "%1、"), level(1, "decimal", "%1.%2、"))
    assert texts(listed("甲", 1, 1) + listed("乙", 1), parts) == ["1.1、甲", "2、乙"]


STYLES = """<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="h2"/></w:style>
<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""


def test_numbers_come_from_styles() -> None:
    """A style names its list, a list's level its style; styles inherit; numId 0 turns the number off."""
    parts = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    body = "".join(
        [p("总", '<w:pStyle w:val="h1"/>'), p("分", '<w:pStyle w:val="h2"/>'), p("分", '<w:pStyle w:val="own"/>'),
         p("无", '<w:pStyle w:val="h1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'), p("总", '<w:pStyle w:val="h1"/>')]
    )  # fmt: skip
    reading = read(body, {**parts, "styles": STYLES})
    assert [(one.text, one.role, one.level) for one in reading.blocks] == [
        ("一、总", "heading", 1), ("（一）分", "heading", 2), ("（二）分", "body", None), ("无", "heading", 1), ("二、总", "heading", 1),
    ]  # fmt: skip


def test_a_list_style_lends_its_levels() -> None:
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="list"/></w:abstractNum>'
    parts = numbering(
        *OFFICIAL,
        lists=linked
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>',
    )
    assert texts(listed("文", 2) + listed("文", 2, 1), {**parts, "styles": STYLES}) == ["一、文", "（一）文"]


@pytest.mark.parametrize(
    ("text", "shown"), [("\uf0b7", "•"), ("\uf0d8", "➢"), ("\uf06c", "●"), ("—", "—"), ("\uf0b6", "•"), ("", "")]
)
def test_bullets(text: str, shown: str) -> None:
    assert texts(listed("文", 1), numbering(level(0, "bullet", text))) == [f"{shown}文"]


def test_a_format_of_ones_own_with_leading_zeros() -> None:
    own = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert texts(listed("文", 1) + listed("文", 1), numbering(own)) == ["009、文", "010、文"]


@pytest.mark.parametrize("parts", [{}, {"numbering": ""}, numbering(lists=""), numbering()])
def test_a_list_that_is_not_defined_gives_no_number(parts: dict[str, str]) -> None:
    assert texts(listed("文", 1) + listed("文", "x", 8), parts) == ["文", "文"]


def test_empty_numbered_paragraphs_show_their_number() -> None:
    """Serial numbers of tables are often empty paragraphs with automatic numbers."""
    parts = numbering(level(0, "decimal", "%1"))
    rows = [[listed("", 1), "修路"], [listed("", 1), "建校"]]
    assert texts(table(*rows), parts) == ["1 | 修路", "2 | 建校"]


def test_deleted_paragraphs_take_no_number() -> None:
    gone = listed("", 1).replace("<w:pPr>", "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr>")
    assert texts(listed("甲", 1) + gone + listed("乙", 1), numbering(*OFFICIAL)) == ["一、甲", "二、乙"]


def test_text_boxes_count_apart() -> None:
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{listed('框', 1)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    assert texts(listed("甲", 1) + box + box + listed("乙", 1), numbering(*OFFICIAL)) == [
        "一、甲",
        "一、框",
        "二、框",
        "二、乙",
    ]


def test_numbers_in_cells_count_in_reading_order() -> None:
    parts = numbering(*OFFICIAL)
    assert texts(table([cell(listed("甲", 1)), cell(listed("乙", 1))], [cell(listed("丙", 1)), "丁"]), parts) == [
        "一、甲 | 二、乙",
        "三、丙 | 丁",
    ]
