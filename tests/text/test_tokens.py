"""Tokens: one road, two engines, the same words."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.labelling.taxonomy import read_terms
from classifier.places import packaged
from classifier.text.cut import cutter
from classifier.text.normalise import normalise
from classifier.text.tokens import Tokeniser
from classifier.text.units import units_of

TERMS = read_terms(packaged("labels"))
RUST, PYTHON = Tokeniser(TERMS, "rjieba"), Tokeniser(TERMS, "jieba")
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
HAN = st.text(
    alphabet=st.one_of(st.sampled_from(COMMON), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5)), max_size=40
)


@given(HAN)
def test_rust_and_python_cut_alike(text: str) -> None:
    assert RUST(text) == PYTHON(text)


@pytest.mark.parametrize("run", ["\u3437\u3447", "\u9fd6\u9fda", "\u4d9c\u3918\u9fdc"])
def test_rare_characters_side_by_side_are_cut_differently(run: str) -> None:
    """The one difference known: Han outside U+4E00-9FD5 next to each other. One alone is cut off by both."""
    assert RUST(f"全县{run}工作") == ["全县", run, "工作"]
    assert PYTHON(f"全县{run}工作") == ["全县", *run, "工作"]
    assert RUST(f"全县{run[0]}工作") == PYTHON(f"全县{run[0]}工作") == ["全县", run[0], "工作"]


@pytest.mark.parametrize("term", TERMS)
def test_terms_stay_whole(term: str) -> None:
    """A term between other words is one token, in both engines."""
    sentence = f"要持续推进{term}工作。"
    assert term in RUST(sentence)
    assert RUST(sentence) == PYTHON(sentence)


@given(st.text())
def test_tokens_joined_give_the_han_text_back(text: str) -> None:
    clean = normalise(text)
    assert "".join(RUST(text)) == "".join(c for c in clean if "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff")


@given(st.text())
def test_located_words_are_the_words(text: str) -> None:
    located = list(RUST.located(text))
    assert list(RUST.located(text).counts().items()) == list(RUST.counts(text).items())
    assert [word for word, _, _ in located] == RUST(text)
    assert all(normalise(text[start:end]) == word for word, start, end in located if text[start:end].isalnum())


def test_located_words_show_the_authors_own_letters() -> None:
    text = "召開(kāi)營商環(huán)境大會"
    shown = {word: text[start:end] for word, start, end in RUST.located(text)}
    assert shown == {"召开": "召開", "营商环境": "營商環(huán)境", "大会": "大會"}


def test_falls_back_to_jieba_where_rjieba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    cutter.cache_clear()
    fallback = Tokeniser(TERMS)
    try:
        assert fallback("优化营商环境，狠抓作风建设。") == ["优化", "营商环境", "狠抓", "作风建设"]
        assert "lcut" in repr(fallback._cut)
    finally:
        cutter.cache_clear()


def test_engine_asked_for_by_name_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    cutter.cache_clear()
    with pytest.raises(ImportError):
        Tokeniser((), "rjieba")("文")
    cutter.cache_clear()


def test_name_tells_tokenisers_apart() -> None:
    assert Tokeniser(("甲乙",)).name != Tokeniser(()).name
    assert Tokeniser(("甲乙", "丙丁")).name == Tokeniser(("丙丁", "甲乙")).name


def test_words_cut_before_the_particle_was_normalised_hold_where_it_changes_nothing() -> None:
    """Counts of found text, whose text is not kept, need not be thrown away for it."""
    now = Tokeniser(("甲乙",))
    before = now.name.replace("normalise2", "normalise1")
    assert now.still_gives(["著力"], now.name)
    assert now.still_gives(["成效", "显著", "著名"], before)
    assert not now.still_gives(["著力"], before)
    assert not now.still_gives(["围绕", "著"], before)
    assert not now.still_gives(["成效"], Tokeniser(()).name)
    assert not now.still_gives(["成效"], None)


@given(st.lists(st.text("粮食丰收。！甲a \n办好民生实事")))
def test_words_are_counted_alike_with_sentences_and_without(texts: list[str]) -> None:
    """Cut once, a paragraph gives what a model scores and what it is compared by."""
    tokeniser = Tokeniser()
    assert [list(one.items()) for one in units_of(texts, tokeniser).counts()] == [
        list(tokeniser.counts(text).items()) for text in texts
    ]
