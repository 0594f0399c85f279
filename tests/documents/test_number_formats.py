"""Numbers as Word prints them: each format at the places where it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.number_formats import NAMES, formatted

CASES = {
    "decimal": {1: "1", 120: "120"},
    "decimalZero": {1: "01", 3: "03", 12: "12"},
    "decimalFullWidth": {1: "１", 12: "１２"},
    "decimalEnclosedCircleToFifty": {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedCircleChinese": {10: "⑩", 11: "11"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "ideographEnclosedCircle": {1: "㈠", 10: "㈩", 11: "11"},
    "chineseCounting": {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 100: "一〇〇", 105: "一〇五"},
    "chineseCountingThousand": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一", 110: "一百一十", 1005: "一千零五", 2010: "二千零一十", 10001: "一万零一", 100_000: "十万", 10010: "一万零一十", 21000: "二万一千"},
    "taiwaneseCounting": {12: "十二", 100: "一○○"},
    "taiwaneseCountingThousand": {101: "一百零一", 10000: "一萬"},
    "japaneseCounting": {10: "十", 12: "十二", 101: "百一", 1110: "千百十"},
    "ideographDigital": {1: "一", 10: "一〇", 11: "一一", 25: "二五", 205: "二〇五"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥", 61: "甲子"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 12: "壹拾贰", 23: "贰拾叁", 105: "壹佰零伍", 306: "叁佰零陆", 110_000: "壹拾壹万"},
    "ideographLegalTraditional": {2: "貳", 3: "參", 6: "陸", 12: "壹拾貳"},
    "japaneseLegal": {15: "壱拾伍", 101: "壱百壱"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA", 54: "BBB", 781: "A"},
    "lowerLetter": {2: "b"},
    "lowerLetterCounted": {1: "a", 26: "z", 27: "aa", 53: "ba", 703: "aaa"},
    "upperLetterCounted": {28: "AB"},
    "upperRoman": {1: "I", 4: "IV", 9: "IX", 40: "XL", 1994: "MCMXCIV", 1999: "MCMXCIX", 4000: "MMMM"},
    "lowerRoman": {8: "viii", 9: "ix"},
    "ordinal": {1: "1st", 12: "12th", 23: "23rd"},
    "numberInDash": {3: "- 3 -"},
    "chicago": {1: "*", 6: "††"},
    "bullet": {1: ""},
    "none": {1: ""},
    "nameOfNoFormat": {7: "7"},
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_numbers_come_as_word_prints_them(name: str) -> None:
    """Each format of a Chinese office's lists gives the signs of Word, plain digits where its signs end."""
    assert {value: formatted(value, name) for value in CASES[name]} == CASES[name]


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_chinese_numbers_tell_counts_apart(one: int, other: int) -> None:
    """No two counts are said alike, however large."""
    same = formatted(one, "chineseCountingThousand") == formatted(other, "chineseCountingThousand")
    assert same == (one == other)


@given(st.integers(-10, 10**7), st.sampled_from([one for one in CASES if one not in {"bullet", "none"}]))
def test_any_count_has_a_form(number: int, name: str) -> None:
    """A damaged file may count from anywhere."""
    assert 1 <= len(formatted(number, name)) <= 200


@given(st.sampled_from([*NAMES.values()]), st.integers())
def test_any_value_gives_a_short_text(name: str, value: int) -> None:
    """Damaged files hold any number: none is refused, none grows beyond what a line can hold."""
    assert len(formatted(value, name)) <= max(200, len(str(value)))


@pytest.mark.parametrize(
    "name", ["chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "upperRoman"]
)
def test_different_numbers_look_different(name: str) -> None:
    """No two numbers of a list are printed alike."""
    assert len({formatted(value, name) for value in range(1, 12_000)}) == 11_999


def test_codes_of_binary_files_have_their_names() -> None:
    """The codes that Chinese lists use stand where [MS-OSHARED] has them."""
    assert {code: NAMES[code] for code in (0, 22, 23, 30, 37, 38, 39, 57, 59, 255)} == {
        0: "decimal", 22: "decimalZero", 23: "bullet", 30: "ideographTraditional", 37: "chineseCounting",
        38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 59: "russianUpper", 255: "none",
    }  # fmt: skip
