"""What a decision costs does not grow with the folder, and what is remembered is what the disk says."""

import gc
import os
import weakref
from pathlib import Path

import orjson
import pytest

from classifier import long_lived
from classifier.labelling.corpus import Count, paragraph_of, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder import cache, looked_at, understanding
from classifier.labelling.folder.cache import RememberedFolder
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.session import stamped
from classifier.labelling.label_file import Row
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import Taxonomy

COUNTED = Path("/proc/self/io")
LONG_AGO = 1_000_000_000  # seconds


def filled(folder: Path, decisions: int, files: int = 1) -> LabelFolder:
    """Give a labels folder decisions that were stored long ago."""
    labels = LabelFolder(folder)
    for number in range(files):
        some = [Decision(("farming",), f"第{number}年第{one}项工作。") for one in range(decisions // files)]
        with labels.locked():
            batch = labels.add(some, {"kind": "review"})
        os.utime(folder / batch.file, (LONG_AGO, LONG_AGO))
    for path in (folder / "taxonomy.toml", folder / "terms.txt", *(folder / "paragraphs").iterdir()):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return LabelFolder(folder)


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where each row stands that was understood."""
    rows: list[str] = []

    def noted(row: Row, where: str, taxonomy: Taxonomy, counts: Count) -> LabelledParagraph:
        rows.append(where)
        return paragraph_of(row, where, taxonomy, counts)

    monkeypatch.setattr(understanding, "paragraph_of", noted)
    return rows


def bytes_read() -> int:
    return int(COUNTED.read_text().split()[1])


@pytest.mark.skipif(not COUNTED.exists(), reason="only Linux counts the bytes that a program reads")
def test_a_decision_reads_as_much_in_a_large_folder_as_in_a_small_one(tmp_path: Path, labels_folder: Path) -> None:
    """Its own lines and the journal's last, but not what was stored before it: in the folder or in its session."""

    def cost(decisions: int) -> int:
        folder = tmp_path / str(decisions)
        folder.mkdir()
        for name in ("taxonomy.toml", "terms.txt"):
            (folder / name).write_bytes((labels_folder / name).read_bytes())
        (folder / "paragraphs").mkdir()
        session = filled(folder, 4 * decisions, files=4).session({"kind": "review"})
        for number in range(decisions):
            session.confirm(Decision(("tourism",), f"第0年第{number}项工作。"))
        before = bytes_read()
        for number in range(20):
            session.confirm(Decision((), f"第1年第{number}项工作。"))
            session.take_back()
            session.confirm(Decision((), f"另外第{number}项工作。"))
        return bytes_read() - before

    cost(1)  # what is read once
    small, large = cost(10), cost(200)
    assert small > 0
    assert large < 1.2 * small


def test_a_decision_is_understood_alone(labels_folder: Path, understood: list[str]) -> None:
    labels = filled(labels_folder, 300)
    assert len(labels.remembered.by_key()) == 345
    session = labels.session({"kind": "review"})
    understood.clear()
    for number in range(5):
        session.confirm(Decision(("tourism",), f"第0年第{number}项工作。"))
    assert understood == [f"{session.path}:{number}" for number in range(1, 6)]
    session.take_back()
    session.take_back()
    assert len(understood) == 5
    corpus = labels.remembered.corpus()
    assert corpus is not None
    assert sum(one.labels == ("tourism",) and "第0年" in str(one.text) for one in corpus.paragraphs) == 3


def test_what_others_write_is_seen_line_by_line(labels_folder: Path, understood: list[str]) -> None:
    """Another program decides, takes back and decides otherwise; a line is met while it is being written."""
    here, there = LabelFolder(labels_folder), LabelFolder(labels_folder)
    session = there.session({"kind": "review"})
    for number in range(30):
        session.confirm(Decision(("tourism",), f"第{number}段。"))
    assert len(here.remembered.by_key()) == 75
    understood.clear()

    def told(text: str) -> tuple[str, ...] | None:
        one = next((one for one in here.remembered.by_key().values() if one.text == text), None)
        return one.labels if one else None

    session.confirm(Decision((), "第3段。"))
    assert told("第3段。") == ()
    session.take_back()
    assert told("第3段。") == ("tourism",)
    session.take_back()
    session.confirm(Decision(("farming",), "第4段。"))
    session.confirm(Decision(("farming",), "第5段。"))
    assert (told("第29段。"), told("第4段。"), told("第5段。")) == (None, ("farming",), ("farming",))
    line = stamped(Decision((), "第6段。"), 99)
    with session.path.open("ab") as stream:
        stream.write(line[:40])
        stream.flush()
        assert told("第6段。") == ("tourism",)
        stream.write(line[40:])
    assert told("第6段。") == ()
    own = [one for one in understood if one.startswith(f"{session.path}:")]
    assert len(own) < 12, "what stands as it stood is not understood again"


def test_a_batch_that_somebody_edits_is_read_as_a_whole(labels_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where an editor leaves length and time as they were, once the file has settled."""
    labels = filled(labels_folder, 10)
    path = labels_folder / labels.batches()[0].file
    remembered = RememberedFolder(labels_folder)

    def farming() -> int:
        return sum(one.labels == ("farming",) and "第0年" in str(one.text) for one in remembered.by_key().values())

    assert farming() == 10
    path.write_bytes(path.read_bytes().replace(b'"farming"', b'"tourism"', 1))
    assert farming() == 9
    facts = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"farming"', b'"tourism"', 1))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    monkeypatch.setattr(looked_at, "_SETTLED", 0)
    assert farming() == 8
    with path.open("ab") as stream:
        stream.write(stamped(Decision(("farming",), "第0年又一项工作。"), 2))
    assert farming() == 9


def test_files_come_and_go(labels_folder: Path) -> None:
    """A file of one's own, a batch, one taken back, other labels: each time as who reads the folder for the first time."""
    labels = LabelFolder(labels_folder)
    remembered = RememberedFolder(labels_folder)

    def same() -> None:
        corpus, fresh = remembered.corpus(), read_decisions(labels_folder)
        assert corpus is not None
        assert (corpus.paragraphs, corpus.sentences_only, corpus.damage, corpus.aside) == (
            fresh.paragraphs, fresh.sentences_only, fresh.damage, fresh.aside,
        )  # fmt: skip
        assert remembered.taxonomy() == fresh.taxonomy

    same()
    with labels.locked():
        labels.add([Decision(("tourism",), "新段。"), Decision((), "旧段。")], {"kind": "import"})
    same()
    own = labels_folder / "paragraphs" / "own.jsonl"
    own.write_bytes(orjson.dumps({"text": "新段。", "labels": []}) + b"\n{broken\n")
    same()
    with labels.locked():
        labels.add([Decision(("tourism",), words={"农业": 1})], {"kind": "import"})
    same()
    session = labels.session({"kind": "review"})
    session.confirm(Decision(("farming",), "又一段。", aside=""))
    same()
    labels.undo()
    same()
    labels.undo()
    same()
    own.unlink()
    same()
    with (labels_folder / "journal.jsonl").open("ab") as stream:
        stream.write(b"[]\n")
    same()
    taxonomy = labels_folder / "taxonomy.toml"
    taxonomy.write_text(taxonomy.read_text() + '[[label]]\nid = "more"\nzh = "更多"\nen = "more"\n', encoding="utf-8")
    same()
    (labels_folder / "terms.txt").write_text("旧段\n", encoding="utf-8")
    same()


def test_a_text_is_kept_once_however_often_it_is_decided(labels_folder: Path) -> None:
    labels = LabelFolder(labels_folder)
    session = labels.session({"kind": "review"})
    said = [Decision((label,), "新段落，反复改。", facts={"task": "7"}) for label in ("tourism", "farming", "tourism")]
    for one in said:
        session.confirm(one)
    with labels.locked():
        labels.add(said[:2], {"kind": "import"})
    rows = labels.remembered.by_fact("task")["7"]
    assert [one.labels[0] for one in rows] == ["tourism", "farming", "tourism", "tourism", "farming"]
    assert len({id(one.text) for one in rows}) == len({id(one.words) for one in rows}) == 1
    labels.undo()
    session.take_back()
    assert [one.labels[0] for one in labels.remembered.by_fact("task")["7"]] == ["tourism", "farming"]
    labels.undo()
    assert "7" not in labels.remembered.by_fact("task")


def test_the_collector_passes_over_a_large_folder(labels_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would walk through all of it now and then, and every request would wait for that."""
    monkeypatch.setattr(cache, "_MANY", 200)
    monkeypatch.setattr(long_lived, "gc", gc)  # tests of the server do without
    labels = filled(labels_folder, 300)
    watched = {id(one) for one in labels.remembered.by_key().values()}
    try:
        assert len(watched) == 345
        assert not watched & {id(one) for one in gc.get_objects()}
        session = labels.session({"kind": "review"})
        taken = weakref.ref(session.confirm(Decision(("tourism",), "新段。")) or labels)
        session.take_back()
        assert taken() is None, "what is taken back is freed without the collector"
    finally:
        gc.unfreeze()
