"""The whole loop with a taxonomy that nothing in the code knows: agriculture, ecology, culture and tourism, safety."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from classifier.model.store import current, open_model, versions
from classifier.own_outputs import is_own_output
from tests.cli.run import run

ROOT = Path(__file__).parents[2]
FIELDS = ROOT / "scripts" / "demo" / "fields"
OWN_TOPICS = ("--background", "labels/paragraphs/fields.jsonl", "--topics", "8")  # few words: quick to train with


@pytest.fixture
def work(tmp_path: Path) -> Path:
    shutil.copytree(FIELDS, tmp_path / "labels", ignore=shutil.ignore_patterns("speech.txt"))
    return tmp_path


def test_another_taxonomy_trains_labels_suggests_and_compares(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def classify(*args: str) -> str:
        ran = run(capsys, *args, cwd=work)
        assert ran.code in {0, 3}, ran.err
        return ran.out + ran.err

    speech = str(FIELDS / "speech.txt")
    seeds = classify("suggest", speech, "-n", "4", "-o", "next.jsonl")
    assert "knows other labels: the taxonomy's seed words choose" in seeds
    assert "no learning curve of these labels yet" in seeds
    assert "learning curve of all labels" not in seeds
    assert "农业 agriculture: " in (work / "next.jsonl").read_text(encoding="utf-8")

    first = Path(classify("train", *OWN_TOPICS).split("\n", 1)[0])
    assert (first.parent, current(work / "models")) == (work / "models", first.name)

    labelled = [json.loads(line) for line in classify(speech).splitlines()]
    primaries = {row["text"][:4]: row["primary"] for row in labelled}
    assert (primaries["玉米熟一"], primaries["入河的排"]) == ("agriculture", "ecology")
    assert (primaries["红叶节快"], primaries["秋收用电"]) == ("culture_tourism", "safety")

    chosen = classify("suggest", speech, "-n", "5")
    assert "close call: " in chosen
    assert "learning curve of all labels" in chosen

    classify("labels", "export", speech, "--format", "csv", "-o", "speech.csv")
    rows = (work / "speech.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("text,label,doc")
    answers = {"玉米": "农业", "入河": "生态", "红叶": "文旅", "秋收": "安全；农业", "同志": "无主题"}
    filled = ["文本,标签"] + [
        f'"{row["text"]}",{answers[row["text"][:2]]}' for row in labelled if row["text"][:2] in answers
    ]
    (work / "filled.csv").write_text("\n".join(filled), encoding="utf-8")
    assert "5 stored" in classify("labels", "import", "filled.csv")

    second = Path(classify("train", "--weight", "2").split("\n", 1)[0])
    assert second != first
    compared = classify("compare", first.name, second.name, "--changed", "变.xlsx")
    assert "91 paragraphs of" in compared
    assert "culture_tourism" in compared
    in_chinese = classify("--language", "zh", "compare", first.name, second.name, "--changed", "变.csv")
    assert "各标签平均" in in_chinese
    assert not re.search("culture_tourism|agriculture|better|worse|same|people|none", in_chinese), in_chinese
    assert [cell.value for cell in load_workbook(work / "变.xlsx").active[1]] == [
        "where", "people", first.name, second.name, "text",
    ]  # fmt: skip
    assert (work / "变.csv").read_text(encoding="utf-8-sig").startswith("出处,人工标注,")
    assert is_own_output(work / "变.csv")
    assert run(capsys, "compare", first.name, second.name, "--changed", "变.docx", cwd=work).code == 2
    assert open_model(second).manifest["training"]["paragraphs"] == 91

    classify("models", "promote", second.name)
    assert "in use again" in classify("models", "rollback")
    refused = run(capsys, "models", "export", second.name, "-o", "carried.docx", cwd=work)
    assert (refused.code, (work / "carried.docx").exists()) == (2, False)
    classify("models", "export", second.name, "-o", "carried.zip")
    if current(work / "models") == second.name:
        classify("models", "promote", first.name)
    classify("models", "remove", second.name)
    assert "is whole and stored" in classify("models", "import", "carried.zip")
    assert f"{second.name}" in classify("models", "list")
    assert "How well it does" in classify("models", "show", second.name)
    assert "## 准确程度" in classify("--language", "zh", "models", "show", second.name)


KILLED_WHILE_STORING = """
import os, signal
from classifier.model import store
store.sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
"""


def train(work: Path, before: str = "") -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "CLASSIFIER_HOME": str(work / "home")}
    code = before + "from classifier.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "train", *OWN_TOPICS], cwd=work, env=environment, stderr=subprocess.PIPE
    )


def test_two_trainings_at_once_and_a_killed_one(work: Path) -> None:
    """Both versions are whole, one of them is in use; killed while it stores, a training leaves that one serving."""
    both = [train(work), train(work)]
    assert [one.wait(timeout=600) for one in both] == [0, 0], [one.stderr.read() for one in both if one.stderr]
    for one in both:
        assert one.stderr is not None
        one.stderr.close()
    models = work / "models"
    names, entries = versions(models), list(models.iterdir())
    assert len(names) == 2
    for name in names:
        open_model(models / name).scorer()
    serving = current(models)
    assert serving in names

    killed = train(work, KILLED_WHILE_STORING)
    _, said = killed.communicate(timeout=600)
    assert killed.returncode == -signal.SIGKILL, said
    assert len(list(models.iterdir())) > len(entries)  # what it left half written
    assert current(models) == serving
    assert versions(models) == names
    for name in names:
        open_model(models / name).scorer()
