"""Decisions found by text: the same as reading the whole folder finds, whatever was kept on disk before."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import places
from classifier.errors import LabelError
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.decided import of_a_person
from classifier.labelling.decision import Decision
from classifier.labelling.folder import decision_index, kept_keys
from classifier.labelling.folder.decision_index import DecisionIndex, open_decisions
from classifier.labelling.folder.journal import Journal, read_journal
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.text.tokens import Tokeniser
from tests.conftest import TAXONOMY

TEXTS = ("春耕备耕抓得紧。景区游客多了。", "会议如期召开。", "渔港修好了码头。")
IN_THE_FOLDER = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。"  # a text for training, which nobody decided on
LABELS = st.sampled_from([(), ("farming",), ("tourism", "farming")])
SPANS = st.sampled_from([(0, 3), (3, 7), (0, 7)])


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    text, by = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(["", "甲", "乙"]))
    kind = draw(st.sampled_from(["whole", "spaced", "words", "sentence", "aside", "both"]))
    if kind == "sentence":
        return Decision((), text, by=by, sentences=(LabelledSentence(*draw(SPANS), draw(LABELS), by=by),), judged=False)
    if kind == "words":
        return Decision(draw(LABELS), words=_words(text), by=by)
    if kind == "aside":
        return Decision((), text, by=by, aside="doubtful")
    parts = (LabelledSentence(*draw(SPANS), draw(LABELS), by=by),) if kind == "both" else ()
    return Decision(draw(LABELS), f" {text}" if kind == "spaced" else text, by=by, sentences=parts)


def _words(text: str) -> dict[str, int]:
    return Tokeniser(()).counts(text)


def seen(one: LabelledParagraph | None) -> object:
    if one is None:
        return None
    parts = [(part.start, part.end, part.labels, part.by) for part in one.labelled_sentences]
    return one.judged, one.labels, one.aside, one.facts.get("by"), parts, one.at, one.seq


def by_reading_all(folder: Path, text: str) -> LabelledParagraph | None:
    corpus = read_decisions(folder)
    names = {text_key(text), words_key(corpus.tokeniser.counts(text))}
    found = [one for one in corpus.every if one.key in names]
    return (
        of_a_person(found[-1]) if found else None
    )  # of two in files that are no batch the later one, as the page has it


@given(
    plain=st.lists(decisions(), max_size=3),
    batches=st.lists(st.lists(decisions(), min_size=1, max_size=3), max_size=4),
    undone=st.booleans(),
)
@settings(max_examples=60)
def test_the_same_as_reading_the_whole_folder(
    plain: list[Decision], batches: list[list[Decision]], undone: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("labels")
    (folder / "paragraphs").mkdir()
    (folder / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
    lines = "".join(json.dumps(one.as_row()) + "\n" for one in plain)
    (folder / "paragraphs" / "old.jsonl").write_text(lines, encoding="utf-8")
    labels, index = LabelFolder(folder), DecisionIndex(folder)
    for batch in batches:
        assert index.now() is not None
        with labels.locked():
            labels.add(batch, {"kind": "import"})
    if undone and batches:
        labels.undo()
    for text in TEXTS:
        expected = seen(by_reading_all(folder, text))
        for found in (index.now(), open_decisions(folder), open_decisions(folder)):
            assert found is not None
            assert seen(found.find(text)) == expected
            assert seen(found.find(f"{text[:2]}\n {text[2:]}")) == expected


def test_what_stands_in_a_folder_for_training_is_nobody_s_decision(labels_folder: Path) -> None:
    found = open_decisions(labels_folder)
    assert found is not None
    assert found.find(IN_THE_FOLDER) is None
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("tourism",), IN_THE_FOLDER, by="小王"))
    now = open_decisions(labels_folder)
    assert now is not None
    assert (one := now.find(IN_THE_FOLDER)) is not None
    assert (one.labels, one.facts["by"], one.judged) == (("tourism",), "小王", True)


def test_the_labels_of_the_package_are_nobody_s_decisions() -> None:
    """Also where the folder is named: its rows do not say by whom."""
    folder = places.packaged("labels")
    found = open_decisions(folder)
    assert found is not None
    texts = [one.text for one in read_corpus(folder).paragraphs if one.text is not None]
    assert len(texts) > 4_000
    assert [text for text in texts[:300] if found.find(text) is not None] == []


def test_a_file_that_has_not_changed_is_not_read_again(labels_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("tourism",), TEXTS[0]))
    _long_ago(labels_folder)
    assert open_decisions(labels_folder) is not None
    monkeypatch.setattr(kept_keys, "_keys", _refuse)
    found = open_decisions(labels_folder)
    assert found is not None
    assert found.find(TEXTS[0]) is not None
    assert found.find(TEXTS[1]) is None
    session.confirm(Decision((), TEXTS[1]))
    with pytest.raises(AssertionError, match=r"review\.jsonl was read"):
        open_decisions(labels_folder)


def _refuse(_data: bytes, path: Path, *_: object, **__: object) -> None:
    raise AssertionError(f"{path} was read")


def _long_ago(folder: Path) -> None:
    for path in folder.rglob("*.jsonl"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"{"), lambda path: path.write_text('{"format": 0}')])
def test_a_spoilt_cache_is_made_anew(labels_folder: Path, spoil: Callable[[Path], object]) -> None:
    LabelFolder(labels_folder).session({"kind": "review"}).confirm(Decision(("tourism",), TEXTS[0]))
    _long_ago(labels_folder)
    open_decisions(labels_folder)
    (kept,) = (places.cache_folder() / "decisions").glob("*.json")
    assert "春耕" not in kept.read_text(encoding="utf-8")
    spoil(kept)
    found = open_decisions(labels_folder)
    assert found is not None
    assert found.find(TEXTS[0]) is not None
    assert len(kept.read_bytes()) > 100


def test_a_cache_that_cannot_be_written_stops_nothing(labels_folder: Path) -> None:
    LabelFolder(labels_folder).session({"kind": "review"}).confirm(Decision(("tourism",), TEXTS[0]))
    _long_ago(labels_folder)
    places.cache_folder().mkdir(parents=True)
    (places.cache_folder() / "decisions").write_text("in the way", encoding="utf-8")
    found = open_decisions(labels_folder)
    assert found is not None
    assert found.find(TEXTS[0]) is not None


def test_damaged_lines_are_counted_and_the_others_found(labels_folder: Path) -> None:
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("tourism",), TEXTS[0]))
    with session.path.open("ab") as file:
        file.write(b'{"text": "half\n{"labels": []}\n')
    found = open_decisions(labels_folder)
    assert found is not None
    assert found.damaged == 2
    assert found.find(TEXTS[0]) is not None


def test_a_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_decisions() is None
    with pytest.raises(LabelError, match="no labels folder"):
        open_decisions(tmp_path)


def test_a_folder_that_looks_as_it_did_is_not_read_again(labels_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server asks for every paragraph that it labels. What was written just now may change unseen: read again."""
    read: list[Path] = []

    def journal(folder: Path) -> Journal:
        read.append(folder)
        return read_journal(folder)

    monkeypatch.setattr(decision_index, "read_journal", journal)
    index = DecisionIndex(labels_folder)
    index.now()
    index.now()
    assert len(read) == 2
    for path in (path for path in labels_folder.rglob("*") if path.is_file()):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    settled = index.now()
    assert index.now() is settled
    assert len(read) == 3
    with LabelFolder(labels_folder).locked():
        LabelFolder(labels_folder).add([Decision(("tourism",), IN_THE_FOLDER, by="甲")], {"kind": "import"})
    found = index.now()
    assert found is not None
    known = found.find(IN_THE_FOLDER)
    assert known is not None
    assert known.labels == ("tourism",)
    assert len(read) == 4
