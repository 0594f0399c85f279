"""`classify train`, end to end: another taxonomy, a model of its own, and labels from it."""

import csv
import json
from pathlib import Path

import pytest

from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from tests.cli.test_label import classify
from tests.conftest import FARMING, OTHER, TOURISM


@pytest.fixture
def work(tmp_path: Path, labels_folder: Path) -> Path:
    """A folder with ./labels, as a person's own workspace has it."""
    assert labels_folder.parent == tmp_path
    return tmp_path


def test_train_in_a_workspace_and_label_with_the_result(work: Path) -> None:
    trained = classify("train", cwd=work)
    assert trained.returncode == 0, trained.stderr.decode()
    folder = Path(trained.stdout.decode().strip())
    assert folder.parent == work / "models"
    assert "macro-F1 on unseen documents" in trained.stderr.decode()
    text = "秋粮播种面积扩大，农技员送来种子。\n景区游客增多，民宿一房难求。\n".encode()
    labelled = classify("-", stdin=text, cwd=work)
    primaries = [json.loads(line)["primary"] for line in labelled.stdout.splitlines()]
    assert primaries == ["farming", "tourism"]


def test_train_with_a_background_of_documents(work: Path) -> None:
    (work / "docs").mkdir()
    texts = [*FARMING, *TOURISM, *OTHER]
    (work / "docs" / "a.txt").write_text("\n".join(texts * 2), encoding="gb18030")
    trained = classify("train", "--background", "docs", "--topics", "2", "--topic-model", "lda", cwd=work)
    assert trained.returncode == 0, trained.stderr.decode()
    manifest = json.loads((Path(trained.stdout.decode().strip()) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["background"] == {
        "paragraphs": 30,
        "words": manifest["background"]["words"],
        "topics": 2,
        "model": "lda",
    }


def test_a_bad_row_is_named_with_file_and_line_and_the_others_are_learnt_from(work: Path) -> None:
    with (work / "labels" / "paragraphs" / "small.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"text": "甲", "labels": ["fishing"]}\n')
    trained = classify("train", cwd=work)
    assert trained.returncode == 0
    assert "small.jsonl:46: unknown label 'fishing'" in trained.stderr.decode()
    (model,) = (work / "models").glob("*/manifest.json")
    assert json.loads(model.read_bytes())["training"]["paragraphs"] >= 45


def test_it_says_which_corrections_the_new_version_follows(work: Path) -> None:
    """Four answers on the same words cannot all be followed; a new kind of paragraph, told often, is."""
    assert classify("train", cwd=work).returncode == 0
    harbour = [f"渔港码头修好第{n}座，渔船回港卸货，鱼市开张。" for n in "一二三四五六七八九"]
    session = LabelFolder(work / "labels").session({"kind": "review"})
    for text in harbour:
        session.confirm(Decision(("farming", "tourism"), text, by="小王"))
    answers = {
        "渔歌，晚唱。": ("farming",),
        "渔歌晚唱！": ("tourism",),
        "渔歌；晚唱": (),
        "渔歌晚唱？": ("tourism", "farming"),
    }
    for text, labels in answers.items():
        session.confirm(Decision(labels, text, by="小王"))
    session.confirm(Decision(("tourism",), TOURISM[1], by="小王"))  # what the version in use says, too: no correction
    trained = classify("train", "--corrections", "改正.csv", cwd=work)
    said = trained.stderr.decode()
    assert trained.returncode == 0, said
    table = list(csv.DictReader((work / "改正.csv").read_text(encoding="utf-8-sig").splitlines()))
    by_text = {row["text"]: row for row in table}
    assert len(set(by_text) & set(answers)) >= 3
    assert TOURISM[1] not in by_text
    followed = [row for row in table if row["followed"] == "True"]
    assert f"follows {len(followed)} of {len(table)} corrections of" in said
    assert {row["text"] for row in followed} & set(harbour)
    for row in table:
        assert (set(row["decided"].split(",")) == set(row["model"].split(","))) == (row["followed"] == "True")
        assert row["before"] != row["decided"]
        assert 0 <= float(row["farming"]) <= 1
    left = [row for row in table if row["followed"] == "False"]
    assert said.count("not followed: ") == min(10, len(left)) >= 2
    refused = classify("train", "--corrections", "改正.docx", cwd=work)
    assert (refused.returncode, b"--corrections" in refused.stderr, b"--output" in refused.stderr) == (2, True, False)
