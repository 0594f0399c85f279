"""Radicals in a text mean the ideographs they look like."""

import unicodedata

import pytest

from classifier.text.normalise import align, characters, normalise
from classifier.text.radicals import IDEOGRAPHS
from classifier.text.tokens import Tokeniser


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("改善⺠⽣", "改善民生"),
        ("作⻛建设", "作风建设"),
        ("部⻔⻓效", "部门长效"),
        ("⻢上办、⻅实效", "马上办、见实效"),
        ("⾨⼾", "门户"),
    ],
)
def test_as_the_ideograph(text: str, meant: str) -> None:
    assert normalise(text) == meant
    assert align(text) == (meant, list(range(len(text))))
    assert Tokeniser()(text) == Tokeniser()(meant)


def test_every_radical_has_its_ideograph() -> None:
    """All assigned code points of U+2E80-2FDF but one, which Unicode gives none (a repetition mark)."""
    radicals = [code for code in range(0x2E80, 0x2FE0) if unicodedata.name(chr(code), "")]
    table = characters()
    assert [code for code in radicals if code not in table] == [0x2E80]
    meant = [ord(table[code] or "") for code in radicals[1:]]
    assert all(0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF for code in meant)


def test_the_table_adds_to_compatibility_normalising_only() -> None:
    assert all(unicodedata.normalize("NFKC", chr(code)) == chr(code) for code in IDEOGRAPHS)
