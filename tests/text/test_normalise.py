"""Normalising: one spelling for what means the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.normalise import align, characters, normalise
from classifier.text.pinyin import SYLLABLES, is_pinyin

MIXED = st.text(
    alphabet=st.one_of(st.sampled_from("節會乾発務（()）jiéhuìāa km\n\u200b\u3000 ⼯ＡＢ"), st.characters()),
    max_size=60,
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("春節(jié)後", "春节后"),
        ("全市總結(jié)表彰", "全市总结表彰"),
        ("會（huì）議", "会议"),
        ("開( kāi )會", "开会"),
        ("女(nǚ)士", "女士"),
        ("方案(A)", "方案(A)"),
        ("全程(km)", "全程(km)"),
        ("项目(ppp)", "项目(ppp)"),
        ("第一项(a)", "第一项(a)"),
        ("ＧＤＰ增长", "GDP增长"),
        ("营\u200b商\ufeff环境", "营商环境"),
        ("营商\n环境", "营商环境"),
        ("营商\r\n\u3000\u3000环境", "营商环境"),
        ("会 议 纪 要", "会议纪要"),
        ("作风建设 营商环境", "作风建设 营商环境"),
        ("⼯作", "工作"),
        ("招\ud800商", "招商"),
    ],
)
def test_one_spelling(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@given(MIXED)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(MIXED)
def test_alignment_is_the_same_normalising(text: str) -> None:
    """`align` gives what `normalise` gives, and places that rise inside the text."""
    clean, places = align(text)
    assert clean == normalise(text)
    assert len(places) == len(clean)
    assert all(0 <= a < b < len(text) for a, b in pairwise(places))


def test_syllable_table_holds_the_standard_syllables() -> None:
    """Some of each initial are in, spellings that Mandarin lacks are out."""
    assert {"zhuang", "lüe", "xiong", "er", "wo", "yuan", "shei", "rua"} <= SYLLABLES
    assert not {"km", "ppp", "fi", "ki", "zhi1", "app", "bong"} & SYLLABLES
    assert 400 <= len(SYLLABLES) <= 420


@pytest.mark.parametrize("letters", ["jié", "lǜ", "lve", "chuàng", "ā", "de"])
def test_pinyin(letters: str) -> None:
    assert is_pinyin(letters)


@pytest.mark.parametrize("letters", ["a", "km", "cm", "ppp", "usb", "x"])
def test_not_pinyin(letters: str) -> None:
    assert not is_pinyin(letters)


def test_characters_are_replaced_once() -> None:
    """What a character becomes is itself left alone: `normalise` stops after a round that only replaced characters."""
    table = characters()
    assert not [new for new in table.values() if new is not None and ord(new) in table]
