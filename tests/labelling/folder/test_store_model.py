"""What always holds of a labels folder, whoever writes into it and whatever fails: a model beside the real store.

Several writers, each with a disk of its own that may fill, fail or stop the program at any write, and clocks that jump.
LABEL_STORE_STEPS=10000 takes that many steps; `pytest -s` then says how many were taken and of what kind.
"""

import datetime
import os
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from classifier.errors import LabelError
from classifier.labelling.corpus import LabelledParagraph, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder import label_folder as folder_module
from classifier.labelling.folder import session as session_module
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.session import Session, StaleError, version
from tests.conftest import TAXONOMY
from tests.labelling.folder.faulty_disk import FaultyDisk, Killed

STEPS = int(os.environ.get("LABEL_STORE_STEPS", "500"))
LENGTH = 50  # steps of one run, at most
OLD = "老账本里的一段。"
TEXTS = (OLD, "春耕备耕抓得紧。", "景区游客多了。", "会议如期召开。")
WRITERS = st.integers(0, 2)
PLACES = st.integers(0, len(TEXTS) - 1)
LABELS = st.sampled_from([(), ("farming",), ("tourism",), ("tourism", "farming")])


@dataclass
class Entry:
    """A decision that was stored, as far as anybody was told. `doubtful`: a failure was told, but it may be there."""

    number: int
    text: str
    batch: str
    doubtful: bool = False


@dataclass
class Writer:
    """A program that writes: a window of the page, a terminal. `seen`: the versions that its page shows."""

    folder: LabelFolder
    session: Session | None = None
    disk: FaultyDisk = field(default_factory=FaultyDisk)
    seen: dict[str, str] = field(default_factory=dict)
    past: list[Entry] = field(default_factory=list)
    leaving: Entry | None = None  # taken back, though a failure was told


def _number(line: bytes) -> int | None:
    """Return the number of a decision's line; None of one that broke off, and of one that is older than this test."""
    number: int | None = orjson.loads(line).get("n") if line.endswith(b"\n") else None
    return number


class Store(RuleBasedStateMachine):
    """The model: entries in the order of their arrival; of those on one paragraph the last counts."""

    taken: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / "labels"
        (self.folder / "paragraphs").mkdir(parents=True)
        (self.folder / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
        old = orjson.dumps({"text": OLD, "labels": ["farming"]})
        (self.folder / "paragraphs" / "old.jsonl").write_bytes(old + b"\n")
        self.entries: list[Entry] = []
        self.number = 0
        self.clock = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
        self.patch = pytest.MonkeyPatch()
        for module in (folder_module, session_module):
            self.patch.setattr(module, "now", self.now)
        self.writers = [Writer(LabelFolder(self.folder)) for _ in range(3)]

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    def now(self) -> str:
        self.clock += datetime.timedelta(microseconds=7)
        return self.clock.isoformat(timespec="microseconds")

    # what is on the disk

    def counting(self) -> dict[str, LabelledParagraph]:
        corpus = read_decisions(self.folder)
        assert corpus.damage == ()
        return {str(one.text): one for one in corpus.paragraphs}

    def counting_without_failed(self, writer: Writer) -> dict[str, LabelledParagraph]:
        """What counts once a writer has taken off what his failed write left, as he does before he writes again."""
        failed = {one.number for one in writer.past if one.doubtful}
        if not failed:
            return self.counting()
        with tempfile.TemporaryDirectory() as root:
            folder = Path(shutil.copytree(self.folder, Path(root) / "labels"))
            for file in (folder / "paragraphs").glob("*.jsonl"):
                lines = file.read_bytes().splitlines(True)
                file.write_bytes(b"".join(line for line in lines if _number(line) not in failed))
            return {str(one.text): one for one in read_decisions(folder).paragraphs}

    def present(self) -> set[int]:
        files = [one for one in (self.folder / "paragraphs").glob("*.jsonl") if one.name != "old.jsonl"]
        lines = [line for file in files for line in file.read_bytes().splitlines(True) if line.endswith(b"\n")]
        return {orjson.loads(line)["n"] for line in lines}

    def settle(self) -> None:
        """What a failure left in doubt may be gone by now; what was answered as stored may not."""
        there = self.present()
        for one in self.entries:
            assert one.doubtful or one.number in there, f"{one} is lost"
        self.entries = [one for one in self.entries if one.number in there]
        assert there == {one.number for one in self.entries}, "something is there that nobody decided"

    # steps

    def made(self, place: int, labels: tuple[str, ...], **more: str) -> tuple[Decision, Entry]:
        self.number += 1
        decision = Decision(labels, TEXTS[place], facts={"n": self.number}, **more)  # type: ignore[arg-type]
        return decision, Entry(self.number, TEXTS[place], "")

    @initialize()
    def begin(self) -> None:
        for writer in self.writers:
            self.restart(writer)

    def restart(self, writer: Writer) -> None:
        """A program ends, whatever it was doing, and begins anew. What it left in doubt is there for good, or gone."""
        there = self.present()
        self.entries = [one for one in self.entries if not one.doubtful or one.number in there]
        for one in self.entries:
            one.doubtful = one.doubtful and one not in writer.past
        writer.folder, writer.session, writer.leaving = LabelFolder(self.folder), None, None
        writer.past.clear()
        if writer.disk.kill:
            writer.disk = FaultyDisk()
        try:
            with writer.disk.mounted():
                writer.session = writer.folder.session({"kind": "review"})
        except OSError:
            self.taken["restart on a faulty disk"] += 1

    @rule(which=WRITERS)
    def restarts(self, which: int) -> None:
        self.restart(self.writers[which])
        self.taken["restart"] += 1

    @rule(which=WRITERS)
    def looks(self, which: int) -> None:
        self.writers[which].seen = {text: version(one) for text, one in self.counting().items()}
        self.taken["look"] += 1

    @rule(which=WRITERS, place=PLACES, labels=LABELS, hours=st.integers(-5000, 5000))
    def decides_on_what_counts(self, which: int, place: int, labels: tuple[str, ...], hours: int) -> None:
        self.clock += datetime.timedelta(hours=hours)
        self.looks(which)
        self.decides(which, place, labels)

    @rule(which=WRITERS, place=PLACES, labels=LABELS)
    def decides(self, which: int, place: int, labels: tuple[str, ...]) -> None:
        writer = self.writers[which]
        if writer.session is None:
            self.restart(writer)
        if writer.session is None:
            return
        before = self.counting_without_failed(writer).get(TEXTS[place])
        decision, entry = self.made(place, labels)
        seen = writer.seen.get(TEXTS[place], "")
        stale = seen != version(before) and (before is None or before.labels != labels)
        try:
            with writer.disk.mounted():
                counts = writer.session.confirm(decision, seen)
        except StaleError as error:
            told = version(error.counts)
            assert stale
            assert told == version(before)
            self.confirmed_cut_back(writer)
            self.taken["refused as stale"] += 1
            return
        except (OSError, Killed) as error:
            self.failed(writer, [entry], error)
            return
        assert not stale
        assert counts is not None
        assert counts.facts["n"] == self.number
        self.confirmed_cut_back(writer)
        writer.seen[TEXTS[place]] = counts.version
        entry.batch = writer.session.batch.name
        self.entries.append(entry)
        writer.past.append(entry)
        writer.leaving = None
        self.taken["decision"] += 1

    @rule(which=WRITERS, place=PLACES, labels=LABELS, times=st.integers(1, 3))
    def decides_and_undoes(self, which: int, place: int, labels: tuple[str, ...], times: int) -> None:
        for _ in range(times):
            self.decides_on_what_counts(which, place, labels, 0)
        for _ in range(times):
            self.undoes(which)

    @rule(which=WRITERS)
    def undoes(self, which: int) -> None:
        """Exactly one is taken back: this writer's last, the same one where it failed before."""
        writer = self.writers[which]
        if writer.session is None:
            return
        wanted = writer.leaving or next((one for one in reversed(writer.past) if not one.doubtful), None)
        try:
            with writer.disk.mounted():
                back = writer.session.take_back()
        except LabelError:
            assert wanted is None
            self.confirmed_cut_back(writer)
            return
        except (OSError, Killed) as error:
            if wanted is not None and not writer.leaving and wanted.number not in self.present():
                self.entries.remove(wanted)
                writer.past.remove(wanted)
                writer.leaving = wanted
            self.failed(writer, [], error)
            return
        assert wanted is not None
        assert back.facts["n"] == wanted.number
        self.confirmed_cut_back(writer)
        if not writer.leaving:
            self.entries.remove(wanted)
            writer.past.remove(wanted)
        assert wanted.number not in self.present()
        writer.leaving = None
        self.taken["undo"] += 1

    @rule(which=WRITERS, places=st.lists(PLACES, min_size=1, max_size=3, unique=True), labels=LABELS)
    def imports(self, which: int, places: list[int], labels: tuple[str, ...]) -> None:
        writer = self.writers[which]
        both = [self.made(place, labels, date="2019-09-03") for place in places]
        entries = [entry for _, entry in both]
        try:
            with writer.disk.mounted(), writer.folder.locked():
                batch = writer.folder.add([decision for decision, _ in both], {"kind": "import"})
        except (OSError, Killed) as error:
            self.failed(writer, entries, error, session=False)
            return
        for one in entries:
            one.batch = batch.name
        self.entries += entries
        self.taken["import"] += 1

    @rule(which=WRITERS)
    def takes_a_batch_back(self, which: int) -> None:
        writer = self.writers[which]
        batches = writer.folder.batches()
        if not batches:
            return
        last = batches[-1]
        try:
            with writer.disk.mounted():
                assert writer.folder.undo(last.name).name == last.name
        except (OSError, Killed) as error:
            if not (self.folder / last.file).exists():
                killed = isinstance(error, Killed)
                assert killed, "it is taken back, but a failure was told"
                self.without(last.file)
            self.failed(writer, [], error)
            return
        self.without(last.file)
        self.taken["batch taken back"] += 1

    @rule(which=WRITERS, left=st.integers(0, 6), taken=st.integers(0, 400), how=st.sampled_from(["full", "kill", "io"]))
    def disk_will_fail(self, which: int, left: int, taken: int, how: str) -> None:
        disk = FaultyDisk(left, taken, full=how == "full", kill=how == "kill")
        self.writers[which].disk = disk
        self.taken["disk that will fail"] += 1

    @precondition(lambda self: any(one.disk.left is not None for one in self.writers))
    @rule()
    def disks_are_mended(self) -> None:
        for one in self.writers:
            one.disk.mend()

    # what a step leaves

    def failed(self, writer: Writer, entries: list[Entry], error: BaseException, session: bool = True) -> None:
        """A failure was told. What is there all the same stays, or goes as soon as its session writes again."""
        there = self.present()
        for one in entries:
            if one.number in there:
                one.doubtful, one.batch = session, self.batch_of(one.number)
                self.entries.append(one)
                writer.past += [one] if session else []
        left = "and there all the same" if there & {one.number for one in entries} else ""
        self.taken[f"{'killed' if isinstance(error, Killed) else 'failed'} {left}".strip()] += 1
        if isinstance(error, Killed):
            self.restart(writer)

    def confirmed_cut_back(self, writer: Writer) -> None:
        """Whoever writes again has taken off first what his failed write left."""
        there = self.present()
        for one in [one for one in writer.past if one.doubtful]:
            assert one.number not in there
            self.entries = [other for other in self.entries if other is not one]
            writer.past.remove(one)

    def without(self, file: str) -> None:
        name = Path(file).name.partition(".")[0]
        self.entries = [one for one in self.entries if one.batch != name]
        for writer in self.writers:
            writer.past = [one for one in writer.past if one.batch != name]

    def batch_of(self, number: int) -> str:
        found = (file for file in (self.folder / "paragraphs").glob("*.jsonl") if f'"n":{number},' in file.read_text())
        return next(found).stem

    @invariant()
    def the_last_to_arrive_counts(self) -> None:
        self.settle()
        expected = {OLD: 0} | {one.text: one.number for one in self.entries}
        assert {text: one.facts.get("n", 0) for text, one in self.counting().items()} == expected

    @invariant()
    def everybody_reads_the_same(self) -> None:
        """Who remembers what was read before sees what somebody sees who reads it for the first time."""
        expected = {one.key: one.version for one in self.counting().values()}
        for writer in self.writers:
            assert {key: one.version for key, one in writer.folder.remembered.by_key().items()} == expected


def test_what_a_failed_write_left_is_seen_by_nobody_who_writes_again() -> None:
    """A line that is whole on a disk that failed, and could not be cut back: its own writer takes it off first."""
    store = Store()
    store.begin()
    store.disk_will_fail(which=1, left=0, taken=400, how="io")
    store.decides_on_what_counts(which=1, place=1, labels=(), hours=0)
    assert [one.doubtful for one in store.entries] == [True]
    store.disks_are_mended()
    store.everybody_reads_the_same()
    store.decides(which=1, place=1, labels=("tourism", "farming"))
    assert [(one.number, one.doubtful) for one in store.entries] == [(2, False)]
    store.the_last_to_arrive_counts()
    store.teardown()


TestStore = Store.TestCase
TestStore.settings = settings(max_examples=max(1, STEPS // LENGTH), stateful_step_count=LENGTH, deadline=None)


def test_whoever_saw_what_his_failed_write_left_is_refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It counted while it was there; it is gone when he writes again, so what he saw counts no longer."""
    monkeypatch.setattr(Store, "taken", Counter())  # the steps of all are counted below
    store = Store()
    store.begin()
    store.disk_will_fail(how="io", left=4, taken=223, which=1)
    store.decides_and_undoes(labels=("farming",), place=0, times=3, which=1)
    store.disk_will_fail(how="full", left=1, taken=14, which=1)
    store.decides_and_undoes(labels=("tourism",), place=0, times=2, which=1)
    assert Store.taken["refused as stale"] == 1
    store.teardown()


def test_steps_of_every_kind_were_taken() -> None:
    """A model whose steps never happen says nothing."""
    sys.stdout.write(f"\n{sum(Store.taken.values()):,} steps: {dict(Store.taken)}\n")
    if Store.taken:  # else this test runs alone, or in a process of its own
        assert {"decision", "undo", "import", "refused as stale", "batch taken back", "restart"} <= set(Store.taken)
