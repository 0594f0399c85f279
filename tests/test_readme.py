"""What the READMEs tell of the default model is what its card says, and what `make demo` prints is what they show."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import classifier

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
NAMES = ("作风建设", "营商环境", "项目招引", "民生")


@dataclass(frozen=True)
class Figures:
    """The figures of a part of the corpus, as they stand in the card. `primary`: per cent."""

    paragraphs: str
    macro_f1: str
    primary: str


def squeezed(text: str) -> str:
    """Return a text without the breaks of its lines, which in Chinese leave nothing behind."""
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", " ".join(text.split()))


@pytest.fixture(scope="module")
def card(default_model: classifier.Model) -> str:
    return (default_model.stored.folder / "CARD.md").read_text(encoding="utf-8")


def figures(card: str, part: str) -> Figures:
    found = re.search(
        rf"### On {part}: ([\d,]+) paragraphs.*?Macro-F1 (\d\.\d+ \[.*?\]); primary label right in ([\d.]+)%",
        card, re.DOTALL,
    )  # fmt: skip
    assert found, part
    return Figures(*found.groups())


def row(card: str, begins: str) -> list[str]:
    """Return the cells of the first row of a table that begins so, without that first cell."""
    found = re.search(rf"^\| {re.escape(begins)} \| (.*) \|$", card, re.MULTILINE)
    assert found, begins
    return found[1].split(" | ")


def whole(percentage: str) -> str:
    return f"{float(percentage.rstrip('%')):.0f}"


@pytest.mark.parametrize("name", READMES)
def test_quality_is_what_the_card_says(name: str, card: str) -> None:
    everything, found = figures(card, "all"), figures(card, "found text")
    said = {
        "README.md": (
            f"macro-F1 {everything.macro_f1} on all {everything.paragraphs} labelled paragraphs, {found.macro_f1} on the "
            f"{found.paragraphs} found (not written) ones; the primary label is right in {everything.primary} % and "
            f"{found.primary} %."
        ),
        "README.zh.md": (
            f"全部 {everything.paragraphs} 个标注段落的宏平均 F1 为 {everything.macro_f1}，其中 {found.paragraphs} 个真实段落为 "
            f"{found.macro_f1}；首要标签正确率分别为 {everything.primary}% 和 {found.primary}%。"
        ),
    }
    assert said[name] in squeezed((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", READMES)
def test_what_certainty_is_worth_is_what_the_card_says(name: str, card: str) -> None:
    """The card's rows "labelled by the model" and, of the precisions asked for, that of 0.90: precision (recall)."""
    all_, most, half = (whole(row(card, f"{share}%")[1]) for share in (100, 80, 50))
    asked = [re.fullmatch(r"0\.(\d\d) \(0\.(\d\d)\)", cell) for cell in row(card, "0.90")]
    reached = [one.groups() for one in asked if one]
    assert len(reached) == len(NAMES)
    precise = "-".join(sorted({min(given for given, _ in reached), max(given for given, _ in reached)}))
    english = ", ".join(f"{label} {recall} %" for label, (_, recall) in zip(NAMES, reached, strict=True))
    rows = {
        "README.md": (
            f"| take all answers | primary label right in {all_} % |",
            f"| read the least certain 20 % yourself | right in {most} % of the rest |",
            f"| read the least certain half yourself | right in {half} % of the rest |",
            f"| `--precision 0.9` | labels right in {precise} %; of all there are, found: {english} |",
        ),
        "README.zh.md": (
            f"| 全部采用 | 首要标签 {all_}% 正确 |",
            f"| 最没把握的 20% 由人来读 | 其余 {most}% 正确 |",
            f"| 最没把握的一半由人来读 | 其余 {half}% 正确 |",
            f"| `--precision 0.9` | 给出的标签 {precise}% 正确；应有的标签中找到："
            f"{english.replace(', ', '、').replace(' %', '%')} |",
        ),
    }
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [one for one in rows[name] if one not in lines] == []


@pytest.mark.parametrize("name", READMES)
def test_the_number_of_topics_is_the_models(name: str, card: str, default_model: classifier.Model) -> None:
    count = len(default_model.topics)
    assert f"; {count} topics (" in card
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"# the (\d+) topics it knows|模型认得的 (\d+) 个主题", readme) in (
        [(str(count), "")], [("", str(count))],
    )  # fmt: skip


def test_the_row_that_is_shown_is_the_one_that_comes_out(default_model: classifier.Model) -> None:
    """The README's JSON line, but for what is cut (…) and rounded there."""
    block = re.search(r"```json\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    shown = json.loads(block[1].replace(", …}", "}").replace(", …]", "]"))
    speech = classifier.read(str(ROOT / "scripts" / "demo" / "speech.txt"))
    found = json.loads(json.dumps(default_model.label_document(speech)[shown["index"]].as_row()))
    text, topics = shown.pop("text"), shown.pop("topics")
    assert found["text"].startswith(text.removesuffix("…"))
    assert {label: round(value, 3) for label, value in found["probabilities"].items()} == shown["probabilities"]
    for one, other in zip(topics, found["topics"], strict=False):
        assert (one["id"], one["strength"]) == (other["id"], round(other["strength"], 2))
        assert one["words"] == other["words"][: len(one["words"])]
    rest = {key: value for key, value in shown.items() if key not in {"file", "probabilities"}}
    assert topics
    assert rest == {key: found[key] for key in rest}
    assert set(found) == {*shown, "text", "topics"}


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_demo_prints_what_the_readmes_show(tmp_path: Path) -> None:
    """Every line of the table, on a terminal of 92 columns."""
    bin_ = Path(sys.executable).parent
    result = subprocess.run(
        ["make", "--silent", "--old-file=.venv/ready", "demo", f"BIN={bin_}"], cwd=ROOT, capture_output=True, check=False,
        env=os.environ | {"COLUMNS": "92", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    printed = result.stdout.decode().split("\n\nnext: ")[0].rstrip("\n")
    assert printed.startswith("scripts/demo/speech.txt")
    for name in READMES:
        assert f"```\n{printed}\n```" in (ROOT / name).read_text(encoding="utf-8"), name
