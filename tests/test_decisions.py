"""What a person decided stands in place of the model's answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import with_decisions
from classifier.api import Model, Result
from classifier.labelling.decided import Decided, carried
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence

TEXT = "要深化放管服改革，推行一网通办。新建两所小学，改造老旧小区。会议结束后合影留念。"
FIRST, SECOND, THIRD = (0, 16), (16, 30), (30, 40)
LABELS = ("work_style", "business_environment", "project_recruitment", "livelihood")


@dataclass(frozen=True)
class Said:
    """Decisions by hand."""

    known: dict[str, LabelledParagraph]
    ids: frozenset[str] = field(default_factory=lambda: frozenset(LABELS))

    def find(self, text: str) -> LabelledParagraph | None:
        return self.known.get(text)


def decision(
    labels: Sequence[str] = (), sentences: tuple[LabelledSentence, ...] = (), *, judged: bool = True, aside: str = ""
) -> Said:
    facts = {"by": "小王", "date": "2026-11-29T08:00:00"}
    one = LabelledParagraph(
        {}, tuple(labels), "d", "f:1", TEXT, facts=facts, at="2026-11-29T08:00:00", aside=aside, sentences=sentences,
        judged=judged,
    )  # fmt: skip
    return Said({TEXT: one})


@pytest.fixture(scope="module")
def answer(default_model: Model) -> Result:
    found = default_model.label_paragraph(TEXT, sentences=True, explain=True)
    assert set(found.labels) == {"business_environment", "livelihood"}
    assert [(one.start, one.end) for one in found.sentences or ()] == [FIRST, SECOND, THIRD]
    return found


def test_labels_are_replaced_and_nothing_else(answer: Result) -> None:
    (found,) = with_decisions([answer], decision(["livelihood"]))
    assert (found.labels, found.primary, found.uncertain) == (("livelihood",), "livelihood", False)
    assert found.as_row()["decided"] == {"by": "小王", "date": "2026-11-29T08:00:00"}
    same = replace(found, labels=answer.labels, uncertain=answer.uncertain, sentences=answer.sentences, decided=None)
    assert same == answer


def test_sentences_follow_what_was_given_to_their_paragraph(answer: Result) -> None:
    """What else the model finds in them does not count; a label that none carries counts for all."""
    (found,) = with_decisions([answer], decision(["livelihood"]))
    assert [one.labels for one in found.sentences or ()] == [(), ("livelihood",), ()]
    assert found.shares is not None
    assert found.shares["business_environment"] == 0
    (other,) = with_decisions([answer], decision(["work_style"]))
    assert [one.labels for one in other.sentences or ()] == [("work_style",)] * 3
    assert all(one.decided and not one.uncertain for one in other.sentences or ())
    (none,) = with_decisions([answer], decision())
    assert none.primary == "none"
    assert [one.labels for one in none.sentences or ()] == [()] * 3


def test_a_sentence_s_labels_leave_the_paragraph_as_the_model_says(answer: Result) -> None:
    said = decision(sentences=(LabelledSentence(*THIRD, ("work_style",), by="小李", date="2026-11-28"),), judged=False)
    (found,) = with_decisions([answer], said)
    assert (found.labels, found.decided) == (answer.labels, None)
    assert found.sentences is not None
    assert answer.sentences is not None
    assert found.sentences[:2] == answer.sentences[:2]
    last = found.sentences[2]
    assert (last.labels, last.decided, last.uncertain) == (("work_style",), Decided("小李", "2026-11-28"), False)
    assert last.probabilities == answer.sentences[2].probabilities
    assert [one.decided is not None for one in found.by_sentence()] == [False, False, True]


def test_a_sentence_that_was_cut_otherwise_takes_the_place_of_those_it_meets(answer: Result) -> None:
    said = decision(sentences=(LabelledSentence(0, 30, ("work_style",), by="小李"),), judged=False)
    (found,) = with_decisions([answer], said)
    assert [(one.start, one.end, one.labels) for one in found.sentences or ()] == [
        (0, 30, ("work_style",)),
        (30, 40, ()),
    ]


@pytest.mark.parametrize("aside", ["doubtful", "discarded"])
def test_what_is_set_aside_replaces_nothing(aside: str, answer: Result) -> None:
    assert with_decisions([answer], decision(aside=aside)) == [answer]


def test_a_folder_with_other_labels_replaces_nothing(answer: Result) -> None:
    other = replace(decision(["livelihood"]), ids=frozenset(["farming"]))
    assert with_decisions([answer], other) == [answer]
    assert with_decisions([answer], None) == [answer]


@given(
    given=st.none() | st.lists(st.sampled_from("abc"), unique=True),
    parts=st.lists(st.tuples(st.lists(st.sampled_from("abc"), unique=True), st.booleans()), min_size=1),
)
def test_every_label_that_was_given_is_carried_and_people_s_sentences_stay(
    given: list[str] | None, parts: list[tuple[list[str], bool]]
) -> None:
    found = carried(given, parts)
    assert len(found) == len(parts)
    some_of_the_model = any(not own for _, own in parts)
    for (labels, own), now in zip(parts, found, strict=True):
        assert len(set(now)) == len(now)
        if given is None or (own and some_of_the_model):
            assert now == tuple(labels)
        elif not own:
            assert set(now) <= set(given)
    if given is not None:
        assert set(given) <= {label for now in found for label in now}


@given(by=st.sampled_from(["", "小王", "王 小明", "?"]), date=st.sampled_from(["", "2026-11-29", "2026-11-29T08:00"]))
def test_a_cell_says_who_and_on_which_day(by: str, date: str) -> None:
    found = Decided.read(str(Decided(by, date)))
    assert found == Decided("" if by == "?" else by, date[:10])
    assert Decided.read(Decided(by, date).as_row()) == Decided(by, date)
    assert Decided.read("") is None
    assert Decided.read(None) is None
