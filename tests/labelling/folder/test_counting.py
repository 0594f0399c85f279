"""What counts, kept up decision by decision, is what it is when all decisions are looked at together."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.json_types import JsonObject
from classifier.labelling.folder.counting import Counting, Tally
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.what_counts import all_together

TEXTS = ("春耕备耕抓得紧。化肥备得足。", "春耕 备耕抓得紧。化肥备得足。", "景区游客多了。", "会议如期召开。")
LABELS = st.sampled_from([(), ("farming",), ("tourism", "farming")])
SENTENCES = st.sampled_from([(), (LabelledSentence(0, 8, ("farming",), at="t"),), (LabelledSentence(3, 9, ()),)])


def words_of(text: str) -> dict[str, int]:
    return {text[:2]: 1, text[-3:]: 2}


@st.composite
def paragraphs(draw: st.DrawFn, *, stored: bool) -> LabelledParagraph:
    """A decision; one in thirty is known by its word counts alone, where it may be."""
    text = draw(st.sampled_from(TEXTS))
    sentences = draw(SENTENCES)
    judged = not sentences or draw(st.booleans())
    facts: JsonObject = draw(st.sampled_from([{}, {"suggested": []}, {"suggested": ["farming"]}]))
    one = LabelledParagraph(
        words_of(text), draw(LABELS) if judged else (), "", "here", text, facts=facts, sentences=sentences,
        judged=judged, aside=draw(st.sampled_from(["", "", "doubtful"])) if judged else "",
        at=draw(st.sampled_from(["2026-03-01", "2026-03-02"])) if stored else "",
    )  # fmt: skip
    if draw(st.integers(0, 29)) == 0:
        one = replace(one, text=None, sentences=())
    return replace(one, doc=draw(st.sampled_from(["a.txt", one.key])))


STEPS = st.lists(
    st.tuples(st.lists(paragraphs(stored=True), max_size=3), st.lists(st.integers(0, 40), max_size=2), st.booleans()),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(first=st.lists(paragraphs(stored=False), max_size=4), steps=STEPS)
def test_one_by_one_or_all_together(
    first: list[LabelledParagraph], steps: list[tuple[list[LabelledParagraph], list[int], bool]]
) -> None:
    later: list[LabelledParagraph] = []
    counting = Counting(first, later)
    for number, (made, places, late) in enumerate(steps, start=1):
        gone = [later[place] for place in dict.fromkeys(places) if place < len(later)]
        seq = max(1, number - 3 * late)
        new = [replace(one, seq=seq, at=f"{one.at}T{number:02}:{place:02}") for place, one in enumerate(made)]
        later = sorted([*(one for one in later if not any(one is other for other in gone)), *new], key=lambda x: x.seq)
        if not counting.change(gone, new):
            assert any(one.text is None for one in (*first, *later, *gone))
            counting = Counting(first, later)
        every = all_together(first, later)
        assert counting.every() == every
        judged = {one.key: one for one in every if one.judged}
        assert counting.by_key == {one.key: one for one in every} | judged
        assert counting.tally == sum(map(Tally.of, every), Tally())
        assert counting.last >= max((one.seq for one in later), default=0)


def test_a_tally_counts_decisions_and_answers_to_suggestions() -> None:
    told = LabelledParagraph({}, ("farming",), "", "", "甲", facts={"suggested": ["farming"]}, at="2026", seq=1)
    other = replace(told, text="乙", labels=(), seq=2)
    aside = replace(told, text="丙", labels=(), aside="doubtful", seq=3)
    inside = replace(
        told, text="丁", labels=(), judged=False, sentences=(LabelledSentence(0, 1, (), at="2026"),), seq=4
    )
    counting = Counting([replace(told, text="戊", at="")], [told, other])
    assert counting.tally == Tally(2, 2, 1)
    assert counting.change([], [aside, inside])
    assert counting.tally == Tally(4, 2, 1)
    assert counting.change([told], [replace(told, text="乙", seq=5)])
    assert counting.tally == Tally(3, 1, 1)
