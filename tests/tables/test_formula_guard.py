"""What a spreadsheet would run is kept from running, and no text is changed by that."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.api import Result
from classifier.cli.rows import csv_lines
from classifier.labelling.exchange.table_output import write_csv
from classifier.tables.formula_guard import guarded, unguarded

TEXTS = st.text(st.sampled_from("'=+-@\t\r甲1"), max_size=5)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-甲", "@甲", "\t甲", "\r甲", "'=1"])
def test_what_is_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "甲", "1-2", "a=b", "＝甲", "“甲”"])
def test_other_texts_stay(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(TEXTS)
def test_every_writer_of_csv_keeps_every_text(text: str) -> None:
    """Results of `classify`, and labels that are handed on, read again as `labels import` and reports read them."""
    result = Result("a.txt", 0, 0, 1, "body", text, (), False, {}, "m")
    labelled, exported = b"".join(csv_lines([[result]], ())), write_csv([["text"], [text]])
    for data in (labelled, exported):
        (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert unguarded(row["text"]) == text
