"""Fields whose instruction holds what the page shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.field_codes import Shown, shown_by


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r' EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(pǐn),品) ', "品"),
        (r"EQ \o\ac(○,二)", "㊁"),
        (r"EQ \o\ac(○,甲)", "甲"),
        (r"EQ \o(\s\up 5(AB),\s\do 2(CD))", "ABCD"),
        (r"EQ \b\lc\{(甲)", "甲"),
        ("MACROBUTTON NoMacro [填写单位]", "[填写单位]"),
        (r"eq \f(1,2)", "1/2"),
        (r"EQ \r(3,x)", "3√x"),
        (r"EQ \l(a,b)", "a,b"),
        (r"EQ \a\al\co2(甲,乙,丙,丁)", "甲 乙 丙 丁"),
        (r"EQ \x(框)\d\fo10()后", "框后"),
        (r"EQ a\,b(c)", "a,b(c)"),
        (r"EQ \o(", ""),
        ("EQ", ""),
        (r"SYMBOL 61692 \f Wingdings", "✓"),
        (r"SYMBOL 168 \f Wingdings \s 10", "□"),
        (r"SYMBOL 0x2460 \u", "①"),
        ("SYMBOL 55296", "\ufffd"),
        ("EQUATION", None),
        ('HYPERLINK "x"', None),
        ("", None),
    ],
)
def test_fields(instruction: str, shown: str | None) -> None:
    found = shown_by(instruction)
    assert (found and found.text) == shown


def test_what_is_left_out_of_a_phonetic_guide_is_counted() -> None:
    code = r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(pǐn),品)'
    assert shown_by(code) == Shown("品", 3)


@given(st.text("EQ \\oadsfxr(),;1品"))
def test_any_instruction_ends(code: str) -> None:
    shown = shown_by("EQ " + code)
    assert shown is not None
    assert set(shown.text) <= set(code) | set(" /√")
