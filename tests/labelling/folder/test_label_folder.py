"""A labels folder that grows: whole batches, the way back, two writers, a killed one."""

import multiprocessing
from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder

TEXT = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。"  # stands in the small corpus as farming


def labels_of(folder: Path, text: str = TEXT) -> list[tuple[str, ...]]:
    return [one.labels for one in read_corpus(folder).paragraphs if one.text == text]


def add(folder: Path, *decisions: Decision) -> None:
    store = LabelFolder(folder)
    with store.locked():
        store.add(decisions, {"kind": "import"})


def test_the_newest_decision_counts_and_undo_brings_the_old_one_back(labels_folder: Path) -> None:
    before = (labels_folder / "paragraphs" / "small.jsonl").read_bytes()
    add(labels_folder, Decision(("tourism",), TEXT + " "))  # the same but for its spaces
    add(labels_folder, Decision((), TEXT))
    assert labels_of(labels_folder) == [()]
    LabelFolder(labels_folder).undo()
    assert labels_of(labels_folder, TEXT + " ") == [("tourism",)]
    LabelFolder(labels_folder).undo()
    assert labels_of(labels_folder) == [("farming",)]
    assert len(list((labels_folder / "undone").iterdir())) == 2
    assert (labels_folder / "paragraphs" / "small.jsonl").read_bytes() == before
    with pytest.raises(LabelError, match="no import or review to take back"):
        LabelFolder(labels_folder).undo()


def test_what_is_set_aside_is_kept_out_and_counted(labels_folder: Path) -> None:
    add(labels_folder, Decision((), TEXT, aside="discarded"))
    corpus = read_corpus(labels_folder)
    assert labels_of(labels_folder) == []
    assert (len(corpus.paragraphs), corpus.aside) == (44, 1)


def test_counts_of_a_text_that_is_there_take_its_place(labels_folder: Path) -> None:
    words = read_corpus(labels_folder).tokeniser.counts(TEXT)
    add(labels_folder, Decision(("tourism",), words=words))
    assert labels_of(labels_folder) == []
    add(labels_folder, Decision(("farming",), TEXT))
    assert labels_of(labels_folder) == [("farming",)]


def test_a_session_confirms_one_by_one_and_takes_back(labels_folder: Path) -> None:
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("tourism",), TEXT))
    session.confirm(Decision(("tourism",), "另一段。"))
    session.take_back()
    assert labels_of(labels_folder) == [("tourism",)]
    assert labels_of(labels_folder, "另一段。") == []
    session.take_back()
    assert labels_of(labels_folder) == [("farming",)]
    with pytest.raises(LabelError, match="nothing was confirmed"):
        session.take_back()


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_line_cut_off_in_the_middle_takes_nothing_else_with_it(cut: int, labels_folder: Path) -> None:
    """Whoever is killed while writing loses the line being written at most."""
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("tourism",), TEXT))
    session.confirm(Decision(("tourism",), "另一段。"))
    session.path.write_bytes(session.path.read_bytes()[:-cut])
    assert labels_of(labels_folder) == [("tourism",)]
    journal = labels_folder / "journal.jsonl"
    with journal.open("ab") as stream:
        stream.write(b'{"batch": "half')
    add(labels_folder, Decision((), "又一段。"))
    assert labels_of(labels_folder, "又一段。") == [()]


def test_a_batch_named_but_never_written_means_nothing(labels_folder: Path) -> None:
    """Killed between journal and file: nothing was imported, and undo takes back what was imported before."""
    add(labels_folder, Decision(("tourism",), TEXT))
    LabelFolder(labels_folder).session({"kind": "review"})
    assert labels_of(labels_folder) == [("tourism",)]
    LabelFolder(labels_folder).undo()
    assert labels_of(labels_folder) == [("farming",)]


def _write(folder: Path, name: str) -> None:
    session = LabelFolder(folder).session({"kind": "review"})
    for number in range(15):
        session.confirm(Decision(("farming",), f"{name}写的第{number}段。"))
        add(folder, Decision(("tourism",), f"{name}导入的第{number}段。"))


def test_two_writers_at_once_lose_nothing(labels_folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(labels_folder, name)) for name in ("甲", "乙")]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [one.exitcode for one in writers] == [0, 0]
    stored = {one.text for one in read_decisions(labels_folder).paragraphs if one.at}
    assert stored == {f"{name}{what}的第{n}段。" for name in "甲乙" for what in ("写", "导入") for n in range(15)}


def test_a_journal_that_is_damaged_is_named_and_its_batches_stay_what_they_are(labels_folder: Path) -> None:
    """A batch whose line is lost is known by its name: its decisions still count before those of other files."""
    add(labels_folder, Decision(("tourism",), TEXT))
    add(labels_folder, Decision((), "另一段。"))
    journal = labels_folder / "journal.jsonl"
    first, second = journal.read_text().splitlines()
    journal.write_text(f"[]\n{first[:30]}\n{second}\n")
    corpus = read_corpus(labels_folder)
    assert [one.partition("journal.jsonl")[2][:26] for one in corpus.damage] == [
        ":1: not a journal's line: ",
        ":2: not a journal's line: ",
    ]
    assert labels_of(labels_folder) == [("tourism",)]
    assert labels_of(labels_folder, "另一段。") == [()]


@pytest.mark.parametrize("lost", ["removed", "cut", "older"])
def test_decisions_count_as_they_arrived_though_the_journal_is_lost(lost: str, labels_folder: Path) -> None:
    """By hand or from an older copy: who decides on is in a file that no line names, and it counts no less for that."""
    labels = LabelFolder(labels_folder)
    older, younger = (labels.session({"kind": "review"}) for _ in range(2))
    older.confirm(Decision(("farming",), TEXT))
    younger.confirm(Decision((), TEXT))
    journal = labels_folder / "journal.jsonl"
    first, second = journal.read_text().splitlines(keepends=True)
    if lost == "removed":
        journal.unlink()
    else:
        journal.write_text(second + first[:30] if lost == "cut" else second)
    assert labels_of(labels_folder) == [()]
    counts = older.confirm(Decision(("tourism",), TEXT))
    assert counts is not None
    assert counts.labels == ("tourism",), "what was stored last counts"
    assert labels_of(labels_folder) == [("tourism",)]
    add(labels_folder, Decision(("farming",), "另一段。"))
    younger.confirm(Decision(("farming",), TEXT))
    assert labels_of(labels_folder) == [("farming",)]
    assert labels.remembered.decided(counts.key) == read_corpus(labels_folder).paragraphs[-1]


@pytest.mark.parametrize("lost", ["all", "last", "first"])
def test_a_batch_that_the_journal_does_not_name_is_taken_back_as_a_whole(lost: str, labels_folder: Path) -> None:
    """Known by its file's name, which begins with the time; the batch before it follows."""
    folder = LabelFolder(labels_folder)
    for text in ("甲段", "乙段"):
        with folder.locked():
            folder.add([Decision(("farming",), text), Decision((), f"{text}又一")], {"kind": "import"})
    journal = labels_folder / "journal.jsonl"
    first, second = journal.read_text().splitlines(keepends=True)
    journal.write_text({"all": "", "last": first, "first": second}[lost])
    if lost == "all":
        journal.unlink()
    names = [one.name for one in folder.batches()]
    assert len(names) == 2
    assert (folder.batches()[-1].facts["kind"], folder.batches()[-1].at[:4]) == ("import", names[-1][:4])
    assert folder.undo(names[-1], 2).name == names[-1]
    assert {one.text for one in read_decisions(labels_folder).paragraphs if one.at} == {"甲段", "甲段又一"}
    assert folder.undo().name == names[0]
    assert folder.batches() == []


def test_a_batch_that_the_journal_does_not_name_is_told(labels_folder: Path) -> None:
    add(labels_folder, Decision(("tourism",), TEXT))
    add(labels_folder, Decision((), "另一段。"))
    journal = labels_folder / "journal.jsonl"
    lost = LabelFolder(labels_folder).batches()[0].file
    journal.write_text(journal.read_text().splitlines(keepends=True)[1])
    remembered = LabelFolder(labels_folder).remembered.corpus()
    assert remembered is not None
    for corpus in (read_corpus(labels_folder), remembered):
        assert len(corpus.damage) == 1
        assert corpus.damage[0].startswith(f"{journal}: does not name the batch {lost}")


def test_a_decision_is_taken_back_from_a_batch_that_the_journal_does_not_name(labels_folder: Path) -> None:
    labels = LabelFolder(labels_folder)
    add(labels_folder, Decision(("tourism",), TEXT, facts={"annotation": 7}))
    (labels_folder / "journal.jsonl").unlink()
    assert labels.forget(lambda row: row.get("annotation") == 7) == 1
    assert labels_of(labels_folder) == [("farming",)]
