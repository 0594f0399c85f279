"""Labels of sentences from files: every shape, what is merged and what contradicts, and back out again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import LabelError
from classifier.i18n.language import speaking
from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.columns import SAMPLE
from classifier.labelling.exchange.recognise import Incoming, understood
from classifier.labelling.exporting import as_counts, decision_of, export, stored_decisions, unwritten_sentences
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports.conflicts import Conflict, Resolve, newest, refuse
from classifier.labelling.imports.importing import Outcome, import_labels
from classifier.labelling.label_names import Names
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.taxonomy import read_taxonomy
from tests.conftest import TAXONOMY

TEXT = "粮食增产两成。古镇游客盈门，民宿一房难求。渔港修好了码头。"
Said = list[tuple[int, int, tuple[str, ...] | None]]
Import = Callable[..., Outcome]
Read = Callable[..., Incoming]


@pytest.fixture
def read(labels_folder: Path) -> Read:
    names = Names(read_taxonomy(labels_folder))

    def one(content: str, name: str = "labels.dat") -> Incoming:
        return understood(content.encode(), name, names)

    return one


@pytest.fixture
def take(labels_folder: Path, read: Read) -> Import:
    def taken(*contents: str, resolve: Resolve = refuse) -> Outcome:
        files = [read(content, f"file-{number}") for number, content in enumerate(contents, start=1)]
        assert [problem for one in files for problem in one.problems] == []
        return import_labels(LabelFolder(labels_folder), files, resolve, False, {"kind": "import"})

    return taken


def line(**row: Any) -> str:
    return json.dumps({"text": TEXT, **row}, ensure_ascii=False) + "\n"


def parts(*some: tuple[int, int, list[str]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "labels": labels} for start, end, labels in some]


def said(folder: Path, text: str = TEXT) -> tuple[tuple[str, ...] | None, Said]:
    one = next(one for one in read_decisions(folder).every if one.text == text)
    return one.labels if one.judged else None, [(part.start, part.end, part.labels) for part in one.sentences]


STUDIO = [
    {"type": "labels", "from_name": "s", "to_name": "text", "value": {"start": 0, "end": 7, "text": TEXT[:7], "labels": ["农业"]}},
    {"type": "labels", "from_name": "s", "to_name": "text", "value": {"start": 7, "end": 21, "labels": ["文旅"]}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        (line(sentences=parts((0, 7, ["农业"]), (7, 21, ["tourism"]))), None),
        (line(labels=["farming"], sentences=parts((0, 7, ["farming"]), (7, 21, ["文旅"]))), ("farming",)),
        (line(start=0, end=7, labels=["farming"]) + line(start=7, end=21, labels=["tourism"]), None),
        (f"text,start,end,label\n{TEXT},0,7,农业\n{TEXT},7,21,文旅\n", None),
        (f"文本,start,end,标签\n{TEXT},0.0,7.0,农业\n{TEXT},7,21,文旅\n{TEXT},,,农业\n", ("farming",)),
        (f"text,start,end,农业,文旅\n{TEXT},0,7,1,0\n{TEXT},7,21,0,1\n", None),
        (json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": STUDIO}]}]), None),
    ],
)
def test_every_shape_is_understood(
    take: Import, labels_folder: Path, content: str, labels: tuple[str, ...] | None
) -> None:
    outcome = take(content)
    assert (outcome.stored, outcome.sentences) == (int(labels is not None), 2)
    assert said(labels_folder) == (labels, [(0, 7, ("farming",)), (7, 21, ("tourism",))])
    again = take(content)
    assert (again.batch, again.stored, again.sentences, again.conflicts) == (None, 0, 0, ())


def test_what_a_document_says_of_its_paragraphs_is_no_sentence(read: Read) -> None:
    """Start and end in the columns of a labelled document are places in the document."""
    table = f"file,index,start,end,kind,text,labels\na.txt,0,3,9,body,{TEXT},farming\n"
    row = line(file="a.txt", index=0, start=3, end=9, kind="body", labels=["farming"])
    plain = f"text,start,end,label\n{TEXT},0,{len(TEXT)},farming\n"
    other = f"text,start,end,label\n{TEXT},09:00,10:00,farming\n"
    for content in (table, row, plain, other):
        (one,) = read(content).decisions
        assert (one.judged, one.sentences) == (True, ())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (line(sentences=parts((0, 99, []))), "0 to 99 is not within the text"),
        (line(sentences=parts((0, 7, ["fishing"]))), "no label is called 'fishing'"),
        (line(sentences=parts((0, 7, ["存疑"]))), "a paragraph is set aside, not a sentence"),
        (line(sentences=[{"start": 0, "end": 7}]), "labels are missing"),
        (line(start=5, end=99, labels=[]), "no sentence stands from 5 to 99"),
        (f"text,start,end,label\n{TEXT},0,7,farming\n{TEXT},7,99,farming\n", "line 3: no sentence stands from 7 to 99"),
        (f"text,start,end,label\n{TEXT},0,7,farming\n{TEXT},7,x,farming\n", "line 3: start and end must be whole numbers"),
        (
            json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": [
                {"type": "labels", "value": {"start": 0, "end": 7, "text": "别的", "labels": ["农业"]}}
            ]}]}]),
            "the labelled stretch 0 to 7 is not in the text",
        ),
    ],
)  # fmt: skip
def test_a_bad_sentence_is_a_bad_row(read: Read, content: str, problem: str) -> None:
    (found,) = read(content).problems
    assert problem in found


def test_places_of_a_browser_are_counted_in_characters(take: Import, labels_folder: Path) -> None:
    text = "𠮷野家开业。春耕忙。"
    value = {"start": 7, "end": 11, "text": "春耕忙。", "labels": ["农业"]}
    take(json.dumps([{"data": {"text": text}, "annotations": [{"result": [{"type": "labels", "value": value}]}]}]))
    assert said(labels_folder, text) == (None, [(6, 10, ("farming",))])


def test_conflicts_are_about_the_sentence_and_nothing_else_changes(take: Import, labels_folder: Path) -> None:
    seen: list[Conflict] = []

    def stored_counts(conflicts: Sequence[Conflict]) -> list[int]:
        seen.extend(conflicts)
        return [0] * len(conflicts)

    take(line(labels=["farming"], sentences=parts((0, 7, ["farming"]), (7, 21, ["tourism"]))))
    other = line(sentences=parts((0, 7, []), (7, 21, ["tourism"]), (21, 29, [])))
    with pytest.raises(LabelError, match="different labels"):
        take(other)
    outcome = take(other, resolve=stored_counts)
    assert [(one.text, one.answers) for one in seen] == [("粮食增产两成。", ("farming", "none"))]
    assert (outcome.sentences, outcome.kept) == (1, 1)
    assert said(labels_folder) == (("farming",), [(0, 7, ("farming",)), (7, 21, ("tourism",)), (21, 29, ())])
    outcome = take(other, resolve=newest)
    assert said(labels_folder) == (("farming",), [(0, 7, ()), (7, 21, ("tourism",)), (21, 29, ())])
    LabelFolder(labels_folder).undo()
    LabelFolder(labels_folder).undo()
    assert said(labels_folder) == (("farming",), [(0, 7, ("farming",)), (7, 21, ("tourism",))])


def test_two_files_may_cut_a_text_differently(take: Import, labels_folder: Path) -> None:
    one, other = line(sentences=parts((0, 21, ["tourism"]))), line(sentences=parts((0, 7, ["farming"]), (7, 21, [])))
    with pytest.raises(LabelError, match="“粮食增产两成。” farming, “古镇游客盈门，民宿一房难” none"):
        take(one, other)
    take(one, other, resolve=lambda conflicts: [1] * len(conflicts))
    assert said(labels_folder) == (None, [(0, 7, ("farming",)), (7, 21, ())])


def test_conflicts_are_told_in_the_language_that_is_spoken(take: Import) -> None:
    one, other = line(sentences=parts((0, 21, ["tourism"]))), line(sentences=parts((0, 7, ["farming"]), (7, 21, [])))
    with speaking("zh"), pytest.raises(LabelError, match="“粮食增产两成。” 农业，“古镇游客盈门，民宿一房难” 无"):
        take(one, other)


def test_a_sentence_may_come_with_other_spaces_than_the_stored_text(take: Import, labels_folder: Path) -> None:
    wrapped = TEXT.replace("古镇", "\n古镇 ")
    take(line(labels=["tourism"]))
    take(
        json.dumps({"text": wrapped, "sentences": parts((0, 8, ["farming"]), (8, 23, ["tourism"]))}, ensure_ascii=False)
    )
    assert said(labels_folder) == (("tourism",), [(0, 7, ("farming",)), (7, 21, ("tourism",))])


cut = st.lists(st.integers(0, 29), min_size=1, max_size=6, unique=True).map(sorted)
answers = st.lists(st.sampled_from(["farming", "tourism"]), unique=True).map(tuple)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    ends = draw(cut)
    spans = [(start, end) for start, end in pairwise(ends) if TEXT[start:end].strip()]
    by, date = draw(st.sampled_from(["", "甲", "乙"])), "2026-01-02"
    some = tuple(LabelledSentence(*span, draw(answers), by=by, date=date) for span in spans)
    judged = not some or draw(st.booleans())
    return Decision(draw(answers) if judged else (), TEXT, by=by, date=date, sentences=some, judged=judged)


@pytest.mark.parametrize("format_", ["jsonl", "csv", "xlsx"])
@settings(max_examples=20)
@given(one=decisions())
def test_what_is_exported_comes_back(format_: str, one: Decision, tmp_path_factory: pytest.TempPathFactory) -> None:
    folders = [tmp_path_factory.mktemp("folder") for _ in range(2)]
    for folder in folders:
        (folder / "paragraphs").mkdir()
        (folder / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
    with (labels := LabelFolder(folders[0])).locked():
        labels.add([one], {})
    before = stored_decisions(read_decisions(folders[0]))
    taxonomy = read_taxonomy(folders[0])
    back = understood(export(before, format_, taxonomy), "export", Names(taxonomy))
    assert back.problems == ()
    import_labels(LabelFolder(folders[1]), [back], refuse, False, {})
    assert stored_decisions(read_decisions(folders[1])) == before


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_sentence_stays_one_whatever_the_rows_above_it_are(format_: str, labels_folder: Path) -> None:
    """One as long as its text, and one below more rows than are looked at to tell the columns."""
    taxonomy = read_taxonomy(labels_folder)
    whole = Decision((), TEXT, date="2026-01-02", sentences=(LabelledSentence(0, 29, ()),), judged=False)
    above = [Decision(("farming",), f"第{number}村种下早稻。", date="2026-01-02") for number in range(SAMPLE)]
    part = replace(whole, sentences=(LabelledSentence(0, 7, ("farming",)),))
    for some in ([whole], [*above, part]):
        found = understood(export(some, format_, taxonomy), "export", Names(taxonomy)).decisions
        assert [(one.judged, one.sentences) for one in found] == [(one.judged, one.sentences) for one in some]


def test_what_a_format_cannot_hold_is_counted(take: Import, labels_folder: Path) -> None:
    take(
        line(labels=["farming"], sentences=parts((0, 7, ["farming"]))),
        line(text="另一段文字。", sentences=parts((0, 6, []))),
    )
    corpus = read_decisions(labels_folder)
    every = [decision_of(one) for one in corpus.every]
    assert [unwritten_sentences(every, one) for one in ("fasttext", "labelstudio", "jsonl", "csv")] == [2, 2, 0, 0]
    texts = [one["data"]["text"] for one in json.loads(export(every, "labelstudio", corpus.taxonomy))]
    assert TEXT in texts
    assert "另一段文字。" not in texts
    assert all(not one.sentences and one.text is None for one in as_counts(every, corpus.tokeniser))
