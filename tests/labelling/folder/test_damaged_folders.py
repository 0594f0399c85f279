"""What is taken back is kept whatever came before it; word counts and the text they were made of are one paragraph."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from classifier.errors import LabelError, TrainingError
from classifier.labelling import exporting
from classifier.labelling.corpus import Corpus, read_corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.recognise import Incoming
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports import conflicts
from classifier.labelling.imports.importing import Outcome, import_labels
from classifier.labelling.taxonomy import read_taxonomy
from classifier.model.settings import Settings
from classifier.training.active_learning.strategy import RANDOM, Likeness, Pool, by_model, choose
from classifier.training.load_labels import gather
from classifier.training.train import check_enough
from tests.labelling.folder.test_label_folder import TEXT, add, labels_of

NEW = "合作社新添两台插秧机，山里又开了三家民宿。"


def session(folder: Path, *texts: str) -> None:
    """Review some texts, all of them farming."""
    begun = LabelFolder(folder).session({"kind": "review"})
    for text in texts:
        begun.confirm(Decision(("farming",), text))


def undone(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted((folder / "undone").iterdir()))


def test_a_review_that_goes_on_after_undo_loses_nothing(labels_folder: Path) -> None:
    begun = LabelFolder(labels_folder).session({"kind": "review", "by": "甲"})
    for text in ("第一段。", "第二段。", "第三段。"):
        begun.confirm(Decision(("farming",), text))
    LabelFolder(labels_folder).undo()
    begun.confirm(Decision(("farming",), "第四段。"))
    assert labels_of(labels_folder, "第四段。") == [("farming",)]
    assert labels_of(labels_folder, "第一段。") == []
    last = LabelFolder(labels_folder).undo()
    assert last.facts["by"] == "甲"
    assert all(text in undone(labels_folder) for text in ("第一段。", "第二段。", "第三段。", "第四段。"))


def test_a_name_that_is_taken_in_undone_is_left_alone(labels_folder: Path) -> None:
    """Single decisions that were taken back lie there under their batch's name."""
    session(labels_folder, "第一段。", "第二段。")
    assert LabelFolder(labels_folder).forget(lambda row: row["text"] == "第一段。") == 1
    batch = LabelFolder(labels_folder).undo()
    names = sorted(file.name for file in (labels_folder / "undone").iterdir())
    assert names == [f"{batch.name}-2.jsonl", f"{batch.name}.jsonl"]
    assert all(text in undone(labels_folder) for text in ("第一段。", "第二段。"))


def test_word_counts_keep_their_ending_in_undone(labels_folder: Path) -> None:
    add(labels_folder, Decision(("farming",), words={"粮食": 1}))
    (labels_folder / "undone").mkdir()
    (batch,) = LabelFolder(labels_folder).batches()
    (labels_folder / "undone" / f"{batch.name}.jsonl.gz").write_bytes(b"older")
    LabelFolder(labels_folder).undo()
    assert (labels_folder / "undone" / f"{batch.name}.jsonl.gz").read_bytes() == b"older"
    assert (labels_folder / "undone" / f"{batch.name}-2.jsonl.gz").is_file()


def test_nothing_can_be_taken_back_where_undo_came_first(labels_folder: Path) -> None:
    begun = LabelFolder(labels_folder).session({"kind": "review"})
    begun.confirm(Decision(("farming",), "第一段。"))
    LabelFolder(labels_folder).undo()
    with pytest.raises(LabelError, match="nothing was confirmed"):
        begun.take_back()
    begun.confirm(Decision(("farming",), "第二段。"))
    begun.take_back()
    assert labels_of(labels_folder, "第二段。") == []
    with pytest.raises(LabelError, match="nothing was confirmed"):
        begun.take_back()
    assert "第一段。" in undone(labels_folder)


def test_a_review_goes_on_where_single_decisions_of_it_were_forgotten(labels_folder: Path) -> None:
    """What is left of it can be taken back, what was forgotten cannot once more."""
    begun = LabelFolder(labels_folder).session({"kind": "review"})
    for text in ("很长很长很长很长的第一段。", "第二段。"):
        begun.confirm(Decision(("farming",), text))
    LabelFolder(labels_folder).forget(lambda row: str(row["text"]).startswith("很长"))
    begun.confirm(Decision(("farming",), "第三段。"))
    assert begun.take_back().text == "第三段。"
    assert labels_of(labels_folder, "第二段。") == [("farming",)]
    assert begun.take_back().text == "第二段。"
    assert labels_of(labels_folder, "第二段。") == []
    with pytest.raises(LabelError, match="nothing was confirmed"):
        begun.take_back()


def test_an_empty_review_is_not_what_undo_takes_back(labels_folder: Path) -> None:
    add(labels_folder, Decision(("tourism",), TEXT))
    begun = LabelFolder(labels_folder).session({"kind": "review"})
    begun.confirm(Decision((), TEXT))
    begun.take_back()
    assert LabelFolder(labels_folder).undo().facts["kind"] == "import"
    assert labels_of(labels_folder) == [("farming",)]


def counted(folder: Path, text: str, *labels: str) -> Decision:
    words = read_corpus(folder).tokeniser.counts(text)
    return Decision(labels, words=words, where="counts.jsonl: line 1", facts={"tokeniser": "x"})


def bring(folder: Path, *decisions: Decision, resolve: conflicts.Resolve = conflicts.refuse) -> Outcome:
    files = [Incoming("file", "JSON Lines", tuple(decisions), 0, ())]
    return import_labels(LabelFolder(folder), files, resolve, False, {"kind": "import"})


def known(folder: Path) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(one.text, one.labels) for one in read_decisions(folder).paragraphs if one.at]


def test_counts_of_a_text_that_is_known_are_nothing_new(labels_folder: Path) -> None:
    add(labels_folder, Decision(("farming",), NEW))
    outcome = bring(labels_folder, counted(labels_folder, NEW, "farming"))
    assert (outcome.stored, outcome.already) == (0, 1)
    assert known(labels_folder) == [(NEW, ("farming",))]


def test_counts_with_another_answer_are_a_conflict_and_leave_the_text(labels_folder: Path) -> None:
    add(labels_folder, Decision(("farming",), NEW))
    with pytest.raises(LabelError, match=f"“{NEW}”: farming .*; tourism "):
        bring(labels_folder, counted(labels_folder, NEW, "tourism"))
    outcome = bring(labels_folder, counted(labels_folder, NEW, "tourism"), resolve=conflicts.newest)
    assert (outcome.stored, len(outcome.conflicts)) == (1, 1)
    assert known(labels_folder) == [(NEW, ("tourism",))]
    (row,) = [one for one in read_decisions(labels_folder).paragraphs if one.at]
    assert "tokeniser" not in row.facts


def test_a_text_takes_the_place_of_its_counts(labels_folder: Path) -> None:
    counts = counted(labels_folder, NEW, "farming")
    assert bring(labels_folder, counts).stored == 1
    with pytest.raises(LabelError, match="1 paragraphs have different labels"):
        bring(labels_folder, Decision(("tourism",), NEW, where="a.csv: line 2"))
    assert bring(labels_folder, Decision(("farming",), NEW, where="a.csv: line 2")).stored == 1
    assert known(labels_folder) == [(NEW, ("farming",))]


@pytest.mark.parametrize("turned", [False, True])
def test_text_and_counts_in_one_import_are_one_paragraph(turned: bool, labels_folder: Path) -> None:
    both = [Decision(("farming",), NEW, where="a.csv: line 2"), counted(labels_folder, NEW, "farming")]
    outcome = bring(labels_folder, *(reversed(both) if turned else both))
    assert (outcome.stored, outcome.merged) == (1, 1)
    assert known(labels_folder) == [(NEW, ("farming",))]


def test_what_a_folder_hands_on_as_counts_comes_back_as_nothing_new(labels_folder: Path) -> None:
    """Also of two texts with the same words and different answers."""
    add(labels_folder, Decision(("farming",), "甲乙丙，粮食丰收。"), Decision(("tourism",), "粮食丰收，甲乙丙。"))
    corpus = read_corpus(labels_folder)
    counts = exporting.as_counts(exporting.stored_decisions(read_decisions(labels_folder)), corpus.tokeniser)
    before = known(labels_folder)
    outcome = bring(labels_folder, *counts)
    assert (outcome.stored, outcome.conflicts) == (0, ())
    assert known(labels_folder) == before
    named = exporting.stored_decisions(read_decisions(labels_folder))
    assert exporting.export(named, "csv", read_taxonomy(labels_folder))  # needs text of them all


def test_a_conflict_that_the_stored_answer_wins_is_counted_apart(labels_folder: Path) -> None:
    older = Decision(("tourism",), TEXT, date="2001-01-01", where="a.csv: line 2")
    add(labels_folder, Decision(("farming",), TEXT))
    same = Decision(("farming",), "景区新添三条游线。", where="a.csv: line 3")
    add(labels_folder, same)
    outcome = bring(labels_folder, older, same, resolve=conflicts.newest)
    assert (outcome.stored, outcome.already, outcome.kept, len(outcome.conflicts)) == (0, 1, 1, 1)


def test_conflicts_come_in_the_order_of_the_file(labels_folder: Path) -> None:
    """Whoever is asked goes down the file, whatever order the folder has."""
    texts = [one.text for one in read_decisions(labels_folder).paragraphs if one.labels == ("farming",)][:3]
    turned = [Decision(("tourism",), text, where="a.csv: line 2") for text in reversed(texts)]
    outcome = bring(labels_folder, *turned, resolve=conflicts.newest)
    assert [conflict.text for conflict, _ in outcome.conflicts] == texts[::-1]


def test_a_folder_is_begun_only_for_what_is_stored(labels_folder: Path, tmp_path: Path) -> None:
    new, read = tmp_path / "new", read_corpus(labels_folder)
    unbegun = Corpus(read.taxonomy, read.tokeniser, ())

    def bring_new(decisions: Sequence[Decision], resolve: conflicts.Resolve) -> Outcome:
        files = [Incoming("file", "JSON Lines", tuple(decisions), 0, ())]
        return import_labels(LabelFolder(new), files, resolve, False, {"kind": "import"}, unbegun)

    both = [Decision((label,), NEW, where=f"a.csv: line {n}") for n, label in enumerate(read.taxonomy.ids)]
    with pytest.raises(LabelError, match="different labels"):
        bring_new(both, conflicts.refuse)
    assert bring_new([Decision((), NEW, confirmed=False, where="a.csv: line 2")], conflicts.refuse).stored == 0
    assert not new.exists()
    assert bring_new(both[:1], conflicts.refuse).stored == 1
    assert known(new) == [(NEW, (read.taxonomy.ids[0],))]


def test_training_without_the_package_s_labels_needs_others() -> None:
    with pytest.raises(TrainingError, match="no labels of your own"):
        gather([], with_default=False)


def test_every_label_that_is_too_small_is_named(small_corpus: Corpus) -> None:
    none = [one for one in small_corpus.paragraphs if not one.labels]
    with pytest.raises(TrainingError) as refusal:
        check_enough(Corpus(small_corpus.taxonomy, small_corpus.tokeniser, tuple(none)), Settings())
    lines = str(refusal.value).splitlines()
    assert [line.split()[0] for line in lines] == ["farming", "tourism"]
    assert all(line.endswith("are needed: label more of it") for line in lines)


def test_a_close_call_is_near_its_threshold(small_corpus: Corpus) -> None:
    probability = np.array([[0.01, 0.0], [0.3, 0.0], [0.95, 0.0]])
    _, reasons = by_model(probability, np.array([0.4, 0.5]), [20, 20], small_corpus.taxonomy)
    assert reasons[0] == "representative of many: 农业 farming (1%)"
    assert reasons[1] == "close call: 农业 farming (30%)"
    assert reasons[2] == "representative of many: 农业 farming (95%)"


@pytest.mark.parametrize(("wanted", "controls"), [(1, 0), (4, 0), (5, 1), (6, 1), (14, 1), (20, 2)])
def test_five_or_more_hold_a_random_control(wanted: int, controls: int) -> None:
    pool = Pool(Likeness(sparse.csr_matrix(np.eye(40))), [str(n) for n in range(40)], np.array([], int))
    chosen = choose(pool, [np.ones(40)], [["why"] * 40], wanted, seed=0)
    assert [one.reason for one in chosen].count(RANDOM) == controls
    assert len(chosen) == wanted
