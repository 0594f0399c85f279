"""Numbers before paragraphs: each form at the places where it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents import ordinals


@pytest.mark.parametrize(
    ("form", "numbers", "expected"),
    [
        (ordinals.chinese, [1, 10, 11, 20, 99, 100, 101, 110, 1005, 2010, 10001, 100_000], "一 十 十一 二十 九十九 一百 一百零一 一百一十 一千零五 二千零一十 一万零一 100000"),
        (ordinals.chinese_digits, [1, 10, 11, 205], "一 一〇 一一 二〇五"),
        (ordinals.legal, [1, 10, 23, 105], "壹 壹拾 贰拾叁 壹佰零伍"),
        (ordinals.legal_traditional, [2, 3, 6], "貳 參 陸"),
        (ordinals.circled, [1, 20, 21, 35, 36, 50, 51], "① ⑳ ㉑ ㉟ ㊱ ㊿ 51"),
        (ordinals.heavenly_stem, [1, 10, 11], "甲 癸 11"),
        (ordinals.earthly_branch, [1, 12, 13], "子 亥 13"),
        (ordinals.upper_roman, [1, 4, 9, 40, 1994, 4000], "I IV IX XL MCMXCIV 4000"),
        (ordinals.lower_roman, [8], "viii"),
        (ordinals.upper_letter, [1, 26, 27, 53], "A Z AA AAA"),
        (ordinals.lower_letter_counted, [1, 26, 27, 53, 703], "a z aa ba aaa"),
        (ordinals.full_width, [1, 12], "１ １２"),
        (ordinals.two_digits, [1, 12], "01 12"),
    ],
)  # fmt: skip
def test_forms(form: ordinals.Ordinal, numbers: list[int], expected: str) -> None:
    assert " ".join(map(form, numbers)) == expected


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_chinese_numbers_tell_counts_apart(one: int, other: int) -> None:
    assert (ordinals.chinese(one) == ordinals.chinese(other)) == (one == other)


@given(st.integers(-10, 10**7))
def test_any_count_has_a_form(number: int) -> None:
    """A damaged file may count from anywhere."""
    forms = [
        ordinals.chinese,
        ordinals.legal,
        ordinals.circled,
        ordinals.heavenly_stem,
        ordinals.upper_roman,
        ordinals.upper_letter,
        ordinals.upper_letter_counted,
        ordinals.chinese_digits,
    ]
    assert all(1 <= len(form(number)) <= 40 for form in forms)
