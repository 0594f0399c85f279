"""Notes: what was left out of a document is said in both languages, and survives being written down."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.notes import SENTENCES, Note


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_kind_says_the_same_in_both_languages(kind: str) -> None:
    english, chinese = SENTENCES[kind]
    assert fields(english) == fields(chinese) <= {"n", "what"}


def test_places_are_named_with_runs_drawn_together() -> None:
    note = Note("pages_without_text", 5, (3, 5, 6, 7, 12))
    assert note.say("en").startswith("pages 3, 5-7, 12: 5 pages hold pictures but no text")
    assert note.say("zh").startswith("第3、5-7、12页：5页只有图像")
    assert Note("undecodable", 1, (4,), "line").say("en").startswith("line 4: 1 byte fits no character")


def test_many_places_are_cut_short() -> None:
    places = tuple(range(1, 100, 2))
    assert Note("recognised", len(places), places).say("en").startswith("pages 1, 3, 5, 7, 9, 11, 13, 15, …: 50 pages")


@given(
    st.sampled_from(sorted(SENTENCES)),
    st.integers(0, 10**6),
    st.lists(st.integers(1, 500), max_size=5),
    st.sampled_from(["page", "line", "row", "sheet", "paragraph"]),
    st.text(max_size=20),
)
def test_a_note_written_down_is_the_same_note(kind: str, amount: int, places: list[int], unit: str, what: str) -> None:
    note = Note(kind, amount, tuple(places), unit, what)  # type: ignore[arg-type]
    assert Note.of_row(note.as_row()) == note


@pytest.mark.parametrize("kind", SENTENCES)
def test_one_is_said_in_the_singular(kind: str) -> None:
    one, two = Note(kind, 1, what="x").say(), Note(kind, 2, what="x").say()
    assert "[" not in one + two
    if "{n}" in SENTENCES[kind][0]:
        assert one.replace("1 ", "2 ", 1) != two
        assert not re.search(r"\b(?:are|were|have)\b", one.partition("1 ")[2])


def test_a_note_of_a_sheet_names_it() -> None:
    note = Note("hidden_rows", 2, (3, 4), "row", sheet="台账")
    assert note.say("en") == "sheet 台账, rows 3-4: 2 hidden rows are left out"
    assert note.say("zh") == "“台账”表第3-4行：隐藏的2行未读入"
    assert Note.of_row(note.as_row()) == note


def test_a_note_of_an_unknown_kind_keeps_its_sentence() -> None:
    row = Note("comments", 2).as_row() | {"kind": "of a later version"}
    assert Note.of_row(row).say("zh") == "2 comments are left out"


@pytest.mark.parametrize("damage", [{"places": 5}, {"places": "5"}, {"amount": "many"}, {"what": None}, {"unit": "cm"}])
def test_a_note_that_somebody_damaged_is_still_a_note(damage: dict[str, int | str | None]) -> None:
    """A table of results is edited by people: reading it back never stops at a note."""
    row = Note("comments", 2, (1, 2)).as_row()
    assert Note.of_row({**row, **damage}).kind in {"comments", "said"}
