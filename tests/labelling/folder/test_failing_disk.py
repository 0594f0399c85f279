"""A disk that is full or fails in the middle of a write: nothing that was answered is lost, nothing is taken for sound."""

import logging
import os
from pathlib import Path

import orjson
import pytest

from classifier.errors import LabelError
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder import session as session_module
from classifier.labelling.folder.cache import RememberedFolder
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.session import Session, StaleError
from tests.labelling.folder.faulty_disk import FaultyDisk
from tests.labelling.folder.test_label_folder import TEXT, add, labels_of


def begun(folder: Path) -> Session:
    return LabelFolder(folder).session({"kind": "review"})


@pytest.mark.parametrize("taken", [0, 1, 30, 10_000])
def test_half_a_line_takes_no_later_decision_with_it(taken: int, labels_folder: Path) -> None:
    """Also where the whole line was taken and only then the disk failed."""
    session = begun(labels_folder)
    session.confirm(Decision(("farming",), "第一段。"))
    before = session.path.read_bytes()
    with FaultyDisk(0, taken, full=True).mounted(), pytest.raises(OSError, match="the disk fails"):
        session.confirm(Decision(("farming",), "第二段。"))
    assert session.path.read_bytes() == before
    session.confirm(Decision(("tourism",), "第三段。"))
    assert read_corpus(labels_folder).damage == ()
    assert [labels_of(labels_folder, f"第{n}段。") for n in "一二三"] == [[("farming",)], [], [("tourism",)]]


def test_what_cannot_even_be_cut_back_is_cut_back_before_the_next(labels_folder: Path) -> None:
    session = begun(labels_folder)
    session.confirm(Decision(("farming",), "第一段。"))
    with FaultyDisk(0, 30).mounted(), pytest.raises(OSError, match="the disk fails"):
        session.confirm(Decision(("farming",), "第二段。"))
    assert not session.path.read_bytes().endswith(b"\n")
    session.confirm(Decision(("tourism",), "第三段。"))
    assert len(session.path.read_bytes().splitlines()) == 2
    assert read_corpus(labels_folder).damage == ()


def test_what_a_killed_writer_left_is_set_aside_and_kept(labels_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    session = begun(labels_folder)
    session.confirm(Decision(("farming",), "第一段。"))
    half = b'{"text":"\xe7\xac\xac'
    for path in (session.path, labels_folder / "journal.jsonl"):
        with path.open("ab") as stream:
            stream.write(half)
    with caplog.at_level(logging.WARNING):
        begun(labels_folder).confirm(Decision(("tourism",), "第二段。"))
    for path in (session.path, labels_folder / "journal.jsonl"):
        beside = path.with_name(path.name + ".damaged")
        assert beside.read_bytes() == half + b"\n"
        assert str(beside) in caplog.text
        assert path.read_bytes().endswith(b"\n")
    corpus = read_corpus(labels_folder)
    assert corpus.damage == ()
    assert {"第一段。", "第二段。"} <= {one.text for one in corpus.paragraphs}


def test_a_decision_glued_to_half_a_line_counts_and_the_damage_is_named(labels_folder: Path) -> None:
    """Older programs wrote so after a full disk; within a text or another object nothing is taken for a row."""
    session = begun(labels_folder)
    session.confirm(Decision(("farming",), "第一段。"))
    whole = orjson.dumps({"text": '他说{"text":"甲","labels":[]}', "labels": ["tourism"], "more": {"text": "乙"}})
    with session.path.open("ab") as stream:
        stream.write(b'{"text":"\xe5\x8d\x8a' + whole + b"\n" + whole[:-9] + b"\n\xff\xfe\n")
    session.confirm(Decision((), "最后一段。"))
    corpus = read_corpus(labels_folder)
    places = [one.partition("review.jsonl:")[2].partition(":")[0] for one in corpus.damage]
    assert places == ["2", "3", "4"]
    expected = {"第一段。": ("farming",), "最后一段。": (), '他说{"text":"甲","labels":[]}': ("tourism",)}
    assert {one.text: one.labels for one in corpus.paragraphs if one.text in expected} == expected
    assert len(corpus.paragraphs) == 45 + len(expected)


@pytest.mark.parametrize("left", [0, 1])
def test_undo_that_failed_means_the_same_decision_when_it_is_tried_again(left: int, labels_folder: Path) -> None:
    session = begun(labels_folder)
    for text in ("第一段。", "第二段。"):
        session.confirm(Decision(("farming",), text))
    with FaultyDisk(left).mounted(), pytest.raises(OSError, match="the disk fails"):
        session.take_back()
    assert session.take_back().text == "第二段。"
    assert labels_of(labels_folder, "第一段。") == [("farming",)]
    assert labels_of(labels_folder, "第二段。") == []


def test_undo_that_failed_takes_nothing_back_that_somebody_else_took_back_since(labels_folder: Path) -> None:
    session = begun(labels_folder)
    session.confirm(Decision(("farming",), "第一段。"))
    with FaultyDisk(0).mounted(), pytest.raises(OSError, match="the disk fails"):
        session.take_back()
    LabelFolder(labels_folder).undo()
    with pytest.raises(LabelError, match="nothing was confirmed"):
        session.take_back()


def test_a_batch_whose_taking_back_failed_is_still_the_one_that_is_meant(labels_folder: Path) -> None:
    for label in ("tourism", "farming"):
        add(labels_folder, Decision((label,), "新段。"))
    folder = LabelFolder(labels_folder)
    with FaultyDisk(0).mounted(), pytest.raises(OSError, match="the disk fails"):
        folder.undo()
    assert labels_of(labels_folder, "新段。") == [("farming",)]
    with FaultyDisk(1, full=True).mounted():  # moved, then the journal cannot be told
        folder.undo()
    assert labels_of(labels_folder, "新段。") == [("tourism",)]


def test_the_last_to_arrive_counts_whatever_the_clocks_say(
    labels_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour, label in ((23, "farming"), (1, "tourism"), (12, "farming"), (3, "tourism")):
        monkeypatch.setattr(session_module, "now", lambda hour=hour: f"2026-03-01T{hour:02}:00:00.000000+00:00")
        begun(labels_folder).confirm(Decision((label,), TEXT))
        assert labels_of(labels_folder) == [(label,)]
    assert next(one.at for one in read_decisions(labels_folder).paragraphs if one.text == TEXT)[11:13] == "03"


def test_decisions_of_older_programs_go_by_the_time(labels_folder: Path) -> None:
    session = begun(labels_folder)
    session.confirm(Decision((), "旧段。"))
    rows = [
        {"text": "旧段。", "labels": [one], "at": at} for one, at in (("farming", "2025-02"), ("tourism", "2025-01"))
    ]
    session.path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    assert labels_of(labels_folder, "旧段。") == [("farming",)]
    begun(labels_folder).confirm(Decision((), "旧段。"))
    assert labels_of(labels_folder, "旧段。") == [()]


def test_who_did_not_see_what_counts_is_refused(labels_folder: Path) -> None:
    first, second = begun(labels_folder), begun(labels_folder)
    counts = first.confirm(Decision(("farming",), "新段。"), seen="")
    assert counts is not None
    with pytest.raises(StaleError) as refusal:
        second.confirm(Decision(("tourism",), "新段。"), seen="")
    assert refusal.value.counts == counts
    assert labels_of(labels_folder, "新段。") == [("farming",)]
    assert second.confirm(Decision(("tourism",), "新段。"), seen=counts.version)
    second.take_back()
    assert second.confirm(Decision(("farming",), "新段。"), seen=""), "who says the same overwrites nothing"
    first_is_gone = LabelFolder(labels_folder)
    while first_is_gone.batches():
        first_is_gone.undo()
    with pytest.raises(StaleError, match="taken back meanwhile"):
        first.confirm(Decision(("tourism",), "新段。"), seen=counts.version)
    with pytest.raises(LabelError, match="nothing was confirmed"):
        first.take_back()


def test_a_file_that_looks_the_same_is_read_again_while_it_is_new(labels_folder: Path) -> None:
    """Length and time may be those of before; long after a file was written to, they tell."""
    remembered = RememberedFolder(labels_folder)
    path = labels_folder / "paragraphs" / "more.jsonl"
    path.write_text('{"text": "新段。", "labels": ["farming"]}\n', encoding="utf-8")

    def known() -> list[tuple[str, ...]]:
        return [one.labels for one in remembered.by_key().values() if one.text == "新段。"]

    assert known() == [("farming",)]
    facts = path.stat()
    path.write_text('{"text": "新段。", "labels": ["tourism"]}\n', encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert known() == [("tourism",)]
    for file in (path, labels_folder / "taxonomy.toml", labels_folder / "terms.txt", path.with_name("small.jsonl")):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    assert known() == [("tourism",)]
    assert remembered.corpus() is remembered.corpus()
