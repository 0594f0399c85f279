"""What README and docs/ tell of the default model is what its card says, and what `make demo` prints is what they show."""

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
from tests.docs.blocks import blocks
from tests.docs.reader import COLUMNS

ROOT = Path(__file__).parents[1]
PAIRS = (("README.md", "README.zh.md"), ("docs/model.md", "docs/model.zh.md"))
MODEL, USE = PAIRS[1], ("docs/use.md", "docs/use.zh.md")
LINES_MOST = 120  # of a README
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


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("pair", PAIRS)
def test_quality_is_what_the_card_says(pair: tuple[str, str], card: str) -> None:
    everything, found = figures(card, "all"), figures(card, "found text")
    unsure = figures(card, "found text, chosen by uncertainty")
    said = (
        f"macro-F1 {everything.macro_f1} on all {everything.paragraphs} labelled paragraphs, {found.macro_f1} on the "
        f"{found.paragraphs} found (not written) ones; the primary label is right in {everything.primary} % and "
        f"{found.primary} %. Not among these {found.paragraphs} are {unsure.paragraphs} found ones that were chosen because a "
        f"model was unsure of them: {unsure.macro_f1}.",
        f"全部 {everything.paragraphs} 个标注段落的宏平均 F1 为 {everything.macro_f1}，其中 {found.paragraphs} 个真实段落为 "
        f"{found.macro_f1}；首要标签正确率分别为 {everything.primary}% 和 {found.primary}%。这 {found.paragraphs} 段不含因模型没有"
        f"把握而挑选的 {unsure.paragraphs} 个真实段落：{unsure.macro_f1}",
    )
    assert [name for name, one in zip(pair, said, strict=True) if one not in squeezed(read(name))] == []


def test_the_surer_half_is_as_right_as_the_card_says(card: str) -> None:
    half, found = whole(row(card, "50%")[1]), figures(card, "found text").paragraphs
    assert f"Of the surest half of the {found} it is right in {half} %." in squeezed(read("README.md"))
    assert f"{found} 段中最有把握的一半，{half}% 正确。" in squeezed(read("README.zh.md"))


@pytest.mark.parametrize("name", PAIRS[0])
def test_a_first_page_fits_on_a_few_screens(name: str) -> None:
    assert len(read(name).splitlines()) <= LINES_MOST


@pytest.mark.parametrize("name", MODEL)
def test_what_certainty_is_worth_is_what_the_card_says(name: str, card: str) -> None:
    """The card's rows "labelled by the model" and, of the precisions asked for, that of 0.90: precision (recall)."""
    all_, most, half = (whole(row(card, f"{share}%")[1]) for share in (100, 80, 50))
    asked = [re.fullmatch(r"0\.(\d\d) \(0\.(\d\d)\)", cell) for cell in row(card, "0.90")]
    reached = [one.groups() for one in asked if one]
    assert len(reached) == len(NAMES)
    precise = "-".join(sorted({min(given for given, _ in reached), max(given for given, _ in reached)}))
    english = ", ".join(f"{label} {recall} %" for label, (_, recall) in zip(NAMES, reached, strict=True))
    rows = {
        "docs/model.md": (
            f"| take all answers | primary label right in {all_} % |",
            f"| read the least certain 20 % yourself | right in {most} % of the rest |",
            f"| read the least certain half yourself | right in {half} % of the rest |",
            f"| `--precision 0.9` | labels right in {precise} %; of all there are, found: {english} |",
        ),
        "docs/model.zh.md": (
            f"| 全部采用 | 首要标签 {all_}% 正确 |",
            f"| 最没把握的 20% 由人来读 | 其余 {most}% 正确 |",
            f"| 最没把握的一半由人来读 | 其余 {half}% 正确 |",
            f"| `--precision 0.9` | 给出的标签 {precise}% 正确；应有的标签中找到："
            f"{english.replace(', ', '、').replace(' %', '%')} |",
        ),
    }
    lines = read(name).splitlines()
    assert [one for one in rows[name] if one not in lines] == []


@pytest.mark.parametrize("name", USE)
def test_the_number_of_topics_is_the_models(name: str, card: str, default_model: classifier.Model) -> None:
    count = len(default_model.topics)
    assert f"; {count} topics (" in card
    assert re.findall(r"# the (\d+) topics it knows|模型认得的 (\d+) 个主题", read(name)) in (
        [(str(count), "")], [("", str(count))],
    )  # fmt: skip


@pytest.mark.parametrize("name", USE)
def test_the_row_that_is_shown_is_the_one_that_comes_out(name: str, default_model: classifier.Model) -> None:
    """The JSON line, but for what is cut (…) and rounded there."""
    block = re.search(r"```json\n(.*?)\n```", read(name), re.DOTALL)
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


def set_up(folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Set up beside a constraints.txt that pip cannot read, so that no network is needed."""
    for name in (
        "scripts/start.py",
        "pyproject.toml",
        "classifier/__init__.py",
        "classifier/errors.py",
        "classifier/platforms.py",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "constraints.txt").write_text("no requirement ==\n", encoding="utf-8")
    environment = {one: value for one, value in os.environ.items() if not one.startswith("LC_")}
    return subprocess.run(
        [sys.executable, folder / "scripts" / "start.py", "--setup"], capture_output=True, check=False,
        env=environment | {"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_a_set_up_that_fails_says_what_to_do(tmp_path: Path) -> None:
    """Without a traceback; here there is no constraints.txt that pip could read, nor a network that it would need."""
    result = set_up(tmp_path)
    told = result.stderr.decode()
    assert (result.returncode, "已停止：" in told, "Traceback" in told) == (1, True, False), told


def test_a_set_up_goes_on_after_an_environment_that_was_not_made_whole(tmp_path: Path) -> None:
    """So Debian leaves it where python3-venv is missing: without pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    told = set_up(tmp_path).stderr.decode()
    assert ("No module named pip" in told, "已停止：" in told) == (False, True), told
    python = tmp_path / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(("name", "language"), [(USE[0], "C.UTF-8"), (USE[1], "zh_CN.UTF-8")])
def test_make_demo_prints_what_the_docs_show(name: str, language: str) -> None:
    """The table that `classify speech.txt` shows there, on a terminal as wide."""
    bin_ = Path(sys.executable).parent
    ours = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}  # a make in a make says its folder
    environment = {one: value for one, value in os.environ.items() if one not in ours}
    result = subprocess.run(
        ["make", "--silent", "--old-file=.venv/ready", "demo", f"BIN={bin_}"], cwd=ROOT, capture_output=True, check=False,
        env=environment | {"COLUMNS": COLUMNS, "LANG": language, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    table, _, then = result.stdout.decode().partition("\n\n下一步，" if name.endswith(".zh.md") else "\n\nnext: ")
    first, *lines = [one.rstrip() for one in table.splitlines()]
    assert (first, "serve --open" in then) == ("scripts/demo/speech.txt", True)
    (step,) = blocks(name)[0].steps
    assert step.command == "classify speech.txt"
    assert step.shows == ("speech.txt", *lines)
