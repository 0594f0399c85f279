"""Decisions on single sentences: what counts beside the paragraph's, what is kept, refused and taken back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import LabelError
from classifier.labelling.corpus import Corpus, LabelledParagraph, read_corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.merge import read_several
from classifier.labelling.folder.session import StaleError
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.paragraph_keys import folded
from classifier.labelling.sentence_places import labelled_in, moved, stretch_version
from classifier.labelling.taxonomy import read_taxonomy
from classifier.labelling.what_counts import joined

TEXT = "粮食增产两成。古镇游客盈门，民宿一房难求。渔港修好了码头。"
FIRST, SECOND, THIRD = (0, 7), (7, 21), (21, 29)
Said = tuple[int, int, tuple[str, ...] | None]


def on(span: tuple[int, int], *labels: str, text: str = TEXT, by: str = "") -> Decision:
    return Decision((), text, by=by, sentences=(LabelledSentence(*span, labels, by=by),), judged=False)


def whole(*labels: str, text: str = TEXT, by: str = "") -> Decision:
    return Decision(labels, text, by=by)


def said(one: LabelledParagraph) -> list[Said]:
    return [(part.start, part.end, part.labels) for part in one.sentences]


def found(corpus: Corpus, text: str = TEXT) -> LabelledParagraph:
    return next(one for one in corpus.every if one.text and folded(one.text) == folded(text))


def test_a_sentence_says_nothing_of_its_paragraph(labels_folder: Path) -> None:
    labels = LabelFolder(labels_folder)
    labels.session({}).confirm(on(SECOND, "tourism", by="甲"), seen="")
    corpus = read_corpus(labels_folder)
    assert TEXT not in {one.text for one in corpus.paragraphs}
    (alone,) = corpus.sentences_only
    assert (alone.judged, said(alone)) == (False, [(*SECOND, ("tourism",))])
    assert alone.sentences[0].by == "甲"
    row = json.loads((labels_folder / labels.batches()[0].file).read_text(encoding="utf-8"))
    assert "labels" not in row
    assert row["sentences"] == [{"start": 7, "end": 21, "labels": ["tourism"]}]


def test_paragraph_and_sentences_are_decided_apart_and_neither_undoes_the_other(labels_folder: Path) -> None:
    session = LabelFolder(labels_folder).session({})
    for decision in (on(FIRST, "farming", by="甲"), whole("tourism", by="乙"), on(SECOND, by="丙"), whole(by="丁")):
        session.confirm(decision)
    one = found(read_corpus(labels_folder))
    assert (one.labels, one.facts["by"], said(one)) == ((), "丁", [(*FIRST, ("farming",)), (*SECOND, ())])
    assert [part.by for part in one.sentences] == ["甲", "丙"]
    session.take_back()
    assert found(read_corpus(labels_folder)).labels == ("tourism",)
    session.take_back()
    assert said(found(read_corpus(labels_folder))) == [(*FIRST, ("farming",))]
    session.take_back()
    assert not found(read_decisions(labels_folder)).judged
    session.take_back()
    assert read_decisions(labels_folder).sentences_only == ()


def test_a_newer_decision_takes_the_place_of_those_it_meets(labels_folder: Path) -> None:
    session = LabelFolder(labels_folder).session({})
    for decision in (on(FIRST, "farming"), on((0, 21), "tourism"), on(THIRD), on(SECOND, "farming")):
        session.confirm(decision)
    assert said(found(read_decisions(labels_folder))) == [(*SECOND, ("farming",)), (*THIRD, ())]


def test_who_did_not_see_what_counts_is_refused_only_where_it_clashes(labels_folder: Path) -> None:
    labels = LabelFolder(labels_folder)
    one, other = labels.session({}), labels.session({})
    one.confirm(on(FIRST, "farming"), seen="")
    other.confirm(on(SECOND, "tourism"), seen="")  # another sentence
    other.confirm(whole("farming"), seen="")  # the paragraph
    other.confirm(on(FIRST, "farming"), seen="")  # the same answer
    with pytest.raises(StaleError, match="on this sentence meanwhile") as stale:
        other.confirm(on(FIRST), seen="")
    seen = stretch_version(labelled_in(stale.value.counts, TEXT), *FIRST)
    other.confirm(on(FIRST), seen=seen)
    other.take_back()
    other.take_back()
    one.take_back()
    with pytest.raises(StaleError, match="on this sentence was taken back"):
        other.confirm(on(FIRST), seen=seen)
    with pytest.raises(StaleError, match="on this paragraph meanwhile"):
        one.confirm(whole("tourism"), seen="")


def test_a_whole_batch_of_sentences_is_taken_back(labels_folder: Path) -> None:
    labels = LabelFolder(labels_folder)
    with labels.locked():
        labels.add([whole("farming"), on(FIRST, "farming")], {})
    with labels.locked():
        labels.add([on(FIRST), on(SECOND, "tourism")], {})
    assert said(found(read_decisions(labels_folder))) == [(*FIRST, ()), (*SECOND, ("tourism",))]
    labels.undo()
    assert said(found(read_decisions(labels_folder))) == [(*FIRST, ("farming",))]
    labels.undo()
    assert TEXT not in {one.text for one in read_decisions(labels_folder).every}


def test_sentences_stand_where_they_do_in_a_text_with_other_spaces(labels_folder: Path) -> None:
    wrapped = "粮食增产\n两成。 古镇游客盈门，民宿一房难求。\n渔港修好了码头｡"
    session = LabelFolder(labels_folder).session({})
    session.confirm(on(SECOND, "tourism"))
    session.confirm(whole("tourism", text=TEXT.replace("码头。", "码头｡")))
    session.confirm(whole("tourism", text=wrapped))
    one = found(read_decisions(labels_folder), wrapped)
    (part,) = one.sentences
    assert one.text == wrapped
    assert wrapped[part.start : part.end].strip() == TEXT[7:21]


@given(st.text(st.sampled_from("粮食ａ①…。 \n\u3000ｶ"), max_size=30), st.text(st.sampled_from(" \n\u3000"), max_size=3))
def test_a_place_holds_the_same_letters_in_either_form(text: str, space: str) -> None:
    other = space.join(text) + space
    for start in range(len(text)):
        for part in moved([LabelledSentence(start, len(text), ("a",))], text, other):
            assert folded(other[part.start : part.end]) == folded(text)[len(folded(text[:start])) :]


def test_two_folders_lose_nothing(labels_folder: Path, tmp_path: Path) -> None:
    """The package labels a paragraph and its first sentence; one folder the second, another the paragraph anew."""
    shipped = {"text": TEXT, "labels": ["farming"], "sentences": [{"start": 0, "end": 7, "labels": ["farming"]}]}
    (labels_folder / "paragraphs" / "more.jsonl").write_text(json.dumps(shipped), encoding="utf-8")
    own = [tmp_path / "one", tmp_path / "two"]
    for folder in own:
        begin(folder, read_taxonomy(labels_folder), [])
    LabelFolder(own[0]).session({}).confirm(on(SECOND, "tourism", by="甲"))
    LabelFolder(own[0]).session({}).confirm(on((0, 3), "tourism", text="新的一段。"))
    LabelFolder(own[1]).session({}).confirm(whole("tourism", by="乙"))
    beside = read_several(own[:1], labels_folder)
    assert (found(beside).labels, found(beside).shipped) == (("farming",), True)
    every = read_several(own, labels_folder)
    assert said(found(beside)) == said(found(every)) == [(*FIRST, ("farming",)), (*SECOND, ("tourism",))]
    assert (found(every).labels, found(every).shipped) == (("tourism",), False)
    assert [one.text for one in every.sentences_only] == ["新的一段。"]
    assert len(every.paragraphs) == 46


def test_a_correction_of_counted_text_keeps_what_was_said_of_its_sentences(labels_folder: Path) -> None:
    """What the package knows as word counts is corrected by somebody who has the text."""
    cut = read_decisions(labels_folder).tokeniser
    parts = [{"start": a, "end": b, "words": cut.counts(TEXT[a:b])} for a, b in (FIRST, SECOND, THIRD)]
    parts[0]["labels"], parts[1]["labels"] = ["farming"], ["tourism"]
    row = {"words": cut.counts(TEXT), "labels": ["farming"], "sentences": parts}
    (labels_folder / "extracted").mkdir()
    (labels_folder / "extracted" / "found.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    counted = next(one for one in read_decisions(labels_folder).paragraphs if one.text is None)
    LabelFolder(labels_folder).session({}).confirm(on(SECOND))
    one = found(read_decisions(labels_folder))
    assert (one.labels, said(one)) == (("farming",), [(*FIRST, ("farming",)), (*SECOND, ())])
    assert all(part.words is None for part in one.sentences)
    assert len(read_decisions(labels_folder).paragraphs) == 46
    assert joined(counted, replace(counted, labels=(), sentences=())).sentences == counted.sentences


spans = st.integers(0, 28).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 29)))
kinds = st.one_of(
    st.builds(lambda labels: whole(*labels), st.lists(st.sampled_from(["farming", "tourism"]), unique=True)),
    st.builds(lambda span, labels: on(span, *labels), spans, st.lists(st.sampled_from(["farming"]), unique=True)),
)


@given(st.lists(kinds, max_size=8))
def test_what_counts_is_what_was_said_last_of_each_character(decisions: Sequence[Decision]) -> None:
    def stored(one: Decision, seq: int) -> LabelledParagraph:
        return LabelledParagraph({}, one.labels, "d", "", one.text, seq=seq, sentences=one.sentences, judged=one.judged)

    counts: LabelledParagraph | None = None
    for seq, one in enumerate(decisions, start=1):
        new = stored(one, seq)
        counts = joined(counts, new) if counts else new
    if counts is None:
        return
    judged = [one.labels for one in decisions if one.judged]
    assert (counts.judged, counts.labels) == ((True, judged[-1]) if judged else (False, ()))
    last = [part for one in decisions for part in one.sentences]
    kept = [
        part for place, part in enumerate(last) if not any(one.meets(part.start, part.end) for one in last[place + 1 :])
    ]
    assert {(part.start, part.end, part.labels) for part in counts.sentences} >= {
        (part.start, part.end, part.labels) for part in kept
    }
    assert all(a.end <= b.start for a, b in zip(counts.sentences, counts.sentences[1:], strict=False))


def test_a_row_without_any_label_is_damaged(labels_folder: Path) -> None:
    rows = [{"text": TEXT}, {"text": TEXT, "sentences": [{"start": 0, "end": 7}]}, {"text": TEXT, "sentences": []}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (labels_folder / "paragraphs" / "bad.jsonl").write_text(lines, encoding="utf-8")
    assert len(read_corpus(labels_folder).damage) == 3
    only = labels_folder / "paragraphs"
    for path in only.iterdir():
        path.unlink()
    with pytest.raises(LabelError, match="holds no labelled paragraphs"):
        read_corpus(labels_folder)
    LabelFolder(labels_folder).session({}).confirm(on(FIRST))
    corpus = read_corpus(labels_folder)
    assert (corpus.paragraphs, len(corpus.sentences_only)) == ((), 1)
