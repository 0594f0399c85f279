"""What is exported comes back: for every format, whatever the text."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.labelling.decision import Decision
from classifier.labelling.exchange.fasttext import PREFIX
from classifier.labelling.exchange.recognise import read_labels
from classifier.labelling.exporting import WRITERS, as_counts, export
from classifier.text.tokens import Tokeniser
from tests.labelling.exchange.test_formats import NAMES, TAXONOMY

characters = st.characters(codec="utf-8", exclude_characters="\x00")
texts = st.text(characters | st.sampled_from("今年春耕=+-@'\",;\t\n\r_x0041"), min_size=1, max_size=40).filter(
    lambda text: text.strip() and not text.startswith("\ufeff")
)
words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=6)
answers = st.one_of(
    st.tuples(st.lists(st.sampled_from(TAXONOMY.ids), unique=True).map(tuple), st.just("")),
    st.tuples(st.just(()), st.sampled_from(["doubtful", "discarded"])),
)
decisions = st.builds(
    lambda text, answer, doc, by: Decision(answer[0], text, doc=doc, by=by, aside=answer[1], date="2026-01-02"),
    texts, answers, words, words,
)  # fmt: skip


def back(data: bytes, name: str = "labels") -> list[Decision]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = read_labels(str(path), NAMES)
    assert found.problems == ()
    return [replace(one, where="") for one in found.decisions]


@pytest.mark.parametrize("format_", [name for name in WRITERS if name not in {"fasttext", "xlsx"}])
@settings(max_examples=50)
@given(some=st.lists(decisions, min_size=1, max_size=5))
def test_text_labels_and_origin_come_back(format_: str, some: list[Decision]) -> None:
    assert back(export(some, format_, TAXONOMY)) == some


def test_a_text_that_looks_like_markup_comes_back_from_label_studio() -> None:
    some = [Decision((), one, date="2026-01-02") for one in ("</SPAN>", "页面以</p>结尾，<br>换行。")]
    assert back(export(some, "labelstudio", TAXONOMY)) == some


@settings(max_examples=15)
@example(some=[Decision((), "甲\r\n乙\r丙", date="2026-01-02")])
@given(some=st.lists(decisions, min_size=1, max_size=5))
def test_excel_comes_back(some: list[Decision]) -> None:
    """A cell has line feeds alone; the text stays as long as it was."""
    ends = [replace(one, text=(one.text or "").replace("\r\n", " \n").replace("\r", "\n")) for one in some]
    assert back(export(some, "xlsx", TAXONOMY)) == ends


@given(some=st.lists(decisions.filter(lambda one: PREFIX not in (one.text or "")), min_size=1, max_size=5))
def test_fasttext_keeps_labels_and_text_on_one_line(some: list[Decision]) -> None:
    """The format has no document, no person, no line break; text and labels it keeps."""
    found = back(export(some, "fasttext", TAXONOMY))
    assert [(one.labels, one.aside, "".join((one.text or "").split())) for one in found] == [
        (one.labels, one.aside, "".join((one.text or "").split())) for one in some
    ]


@given(some=st.lists(decisions, min_size=1, max_size=5))
def test_word_counts_come_back_as_counts(some: list[Decision]) -> None:
    """Labels and counts come back; no text does."""
    tokeniser = Tokeniser()
    counted = as_counts(some, tokeniser)
    if not counted:
        return
    found = back(export(counted, "jsonl", TAXONOMY))
    assert found == counted
    assert all(one.text is None for one in found)
    assert [one.words for one in found] == [
        tokeniser.counts(one.text or "") for one in some if tokeniser(one.text or "")
    ]
