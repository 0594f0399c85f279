"""Labels by sentence, through the real command."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.test_label import classify, rows

TEXT = (
    "全年新开工亿元以上项目二十个，签约资金三百亿元。新建公办幼儿园六所，老旧小区改造惠及居民一万户，"
    "城乡居民养老金标准又提高了一档。干部要沉到一线真抓实干，坚决整治推诿扯皮、敷衍塞责。"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(f"政府工作报告\n\n{TEXT}\n", encoding="utf-8")
    return path


def test_sentences_stand_with_their_paragraph(document: Path) -> None:
    """Spans tile the paragraph's text; shares are of its characters."""
    body = rows(classify(str(document), "--sentences"))[-1]
    parts = [body["text"][one["start"] : one["end"]] for one in body["sentences"]]
    assert "".join(parts) == body["text"] == TEXT
    leading = [one["labels"][0] for one in body["sentences"]]
    assert leading == ["project_recruitment", "livelihood", "work_style"]
    of_livelihood = [part for part, one in zip(parts, body["sentences"], strict=True) if "livelihood" in one["labels"]]
    assert body["shares"]["livelihood"] == round(sum(map(len, of_livelihood)) / len(TEXT), 4)
    assert body["shares"]["business_environment"] == 0
    assert "sentences" not in rows(classify(str(document)))[-1]


def test_a_row_a_sentence(document: Path) -> None:
    """Each row has the sentence's own place in the document; labels asked for choose sentences."""
    whole = document.read_text(encoding="utf-8")
    done = classify(str(document), "--unit", "sentence", "--format", "csv", "--only", "作风建设")
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))
    assert row["text"].startswith("干部要沉到一线")
    assert whole[int(row["start"]) : int(row["end"])] == row["text"]
    assert row["labels"] == "work_style"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--sentences", "--format", "csv"], "take --unit sentence"),
        (["--sentences", "-o", "a.xlsx"], "take --unit sentence"),
        (["--sentences", "-o", "a.parquet"], "take --unit sentence"),
        (["--sentences", "-o", "a.docx"], "take --format jsonl"),
        (["--unit", "sentence", "--explain"], "goes with --unit paragraph"),
        (["--unit", "sentence", "--format", "html"], "the page goes by paragraphs"),
        (["--unit", "sentence", "--format", "md"], "the document goes by paragraphs"),
    ],
)
def test_what_does_not_go_together_is_refused(document: Path, options: list[str], problem: str) -> None:
    done = classify(str(document), *options)
    assert done.returncode == 2
    assert problem in " ".join(done.stderr.decode().replace("│", " ").split())
