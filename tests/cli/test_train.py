"""`classify train`, end to end: another taxonomy, a model of its own, and labels from it."""

import json
from pathlib import Path

import pytest

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
