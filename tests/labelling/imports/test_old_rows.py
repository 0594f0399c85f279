"""Rows that a folder handed on come back later: what was decided since by somebody who came after them counts."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.recognise import Incoming, understood
from classifier.labelling.exporting import export, stored_decisions
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports.conflicts import Resolve, newest, refuse
from classifier.labelling.imports.importing import Outcome, import_labels
from classifier.labelling.label_names import Names
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.taxonomy import read_taxonomy

TEXT = "应急队伍全部到岗，消防演练按计划进行。"
FORMATS = [("jsonl", "a.jsonl"), ("csv", "a.csv"), ("xlsx", "a.xlsx"), ("labelstudio", "a.json")]


def bring(folder: Path, *files: Incoming, resolve: Resolve = newest) -> Outcome:
    return import_labels(LabelFolder(folder), files, resolve, False, {"kind": "import"})


def decide(folder: Path, *labels: str, date: str = "", sentence: bool = False) -> None:
    """Let somebody decide in a session, one after another; `date`: another than now that the decision bears."""
    part = (LabelledSentence(0, 9, labels, date=date),)
    one = Decision((), TEXT, sentences=part, judged=False) if sentence else Decision(labels, TEXT, date=date)
    LabelFolder(folder).session({"kind": "review"}).confirm(one)


def exported(folder: Path, format_: str, name: str) -> Incoming:
    """Return what the folder hands on, read again."""
    taxonomy = read_taxonomy(folder)
    mine = [one for one in stored_decisions(read_decisions(folder)) if one.text == TEXT]
    return understood(export(mine, format_, taxonomy), name, Names(taxonomy))


def counts(folder: Path) -> Sequence[str]:
    [one] = [one for one in read_decisions(folder).every if one.text == TEXT]
    return one.labels if one.judged else [label for part in one.labelled_sentences for label in part.labels or ()]


@pytest.mark.parametrize(("format_", "name"), FORMATS)
@pytest.mark.parametrize("resolve", [newest, refuse])
def test_a_row_that_was_decided_anew_since_says_nothing_new(
    format_: str, name: str, resolve: Resolve, labels_folder: Path
) -> None:
    """Neither is it a conflict. It has no date of its own: the time at which it was stored goes along."""
    decide(labels_folder, "farming")
    old = exported(labels_folder, format_, name)
    assert old.decisions[0].date
    decide(labels_folder, "tourism")
    outcome = bring(labels_folder, old, resolve=resolve)
    assert (outcome.batch, outcome.outdated) == (None, 1)
    assert counts(labels_folder) == ("tourism",)


@pytest.mark.parametrize(("format_", "name"), FORMATS)
def test_the_order_of_arrival_counts_and_not_the_date_of_the_old_row(
    format_: str, name: str, labels_folder: Path
) -> None:
    """What came later may bear an earlier date: a list of the year before, that somebody chose."""
    decide(labels_folder, "farming", date="2025-06-01")
    old = exported(labels_folder, format_, name)
    decide(labels_folder, "tourism", date="2020-01-01")
    assert bring(labels_folder, old).outdated == 1
    assert counts(labels_folder) == ("tourism",)


def test_a_newer_row_counts_still(labels_folder: Path) -> None:
    decide(labels_folder, "farming", date="2025-06-01")
    decide(labels_folder, "tourism", date="2020-01-01")
    names = Names(read_taxonomy(labels_folder))
    rows = f"文本,标签,日期\n{TEXT},农业,2025-06-02\n".encode()
    assert bring(labels_folder, understood(rows, "a.csv", names)).outdated == 0
    assert counts(labels_folder) == ("farming",)
    undated = f"文本,标签\n{TEXT},文旅\n".encode()
    bring(labels_folder, understood(undated, "a.csv", names))
    assert counts(labels_folder) == ("tourism",)


@pytest.mark.parametrize(("format_", "name"), FORMATS[:3])
def test_sentences_too(format_: str, name: str, labels_folder: Path) -> None:
    decide(labels_folder, "farming", sentence=True)
    old = exported(labels_folder, format_, name)
    decide(labels_folder, "tourism", sentence=True)
    assert bring(labels_folder, old, resolve=refuse).outdated == 1
    assert counts(labels_folder) == ["tourism"]


@pytest.mark.parametrize(("worked_on", "counted"), [(None, "tourism"), (12.5, "farming")])
def test_a_task_that_nobody_worked_on_in_label_studio_keeps_its_date(
    worked_on: float | None, counted: str, labels_folder: Path
) -> None:
    """Label Studio gives every annotation that it takes in the time at which it did."""
    decide(labels_folder, "farming")
    mine = [one for one in stored_decisions(read_decisions(labels_folder)) if one.text == TEXT]
    [task] = json.loads(export(mine, "labelstudio", read_taxonomy(labels_folder)))
    decide(labels_folder, "tourism")
    times = {"created_at": "2999-01-01T00:00:00Z", "updated_at": "2999-01-01T00:00:00Z", "lead_time": worked_on}
    task["annotations"][0] |= times
    names = Names(read_taxonomy(labels_folder))
    bring(labels_folder, understood(json.dumps([task]).encode(), "a.json", names))
    assert counts(labels_folder) == (counted,)
