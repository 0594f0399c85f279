"""A report counts the sentences that carry a topic, whether it labels the document or reads what was labelled."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.report import scored_cells
from tests.cli.run import Ran, run

TEXT = (
    "政府工作报告\n\n全年新开工亿元以上项目二十个，签约资金三百亿元。新建公办幼儿园六所，老旧小区改造惠及居民一万户，"
    "城乡居民养老金标准又提高了一档。干部要沉到一线真抓实干，坚决整治推诿扯皮、敷衍塞责。\n"
)
SHARES = ("作风建设", "营商环境", "项目招引", "民生", "无主题", "字数")
WHOLE = {"start": 0, "end": 4, "labels": ["a"], "uncertain": False, "probabilities": {"a": 0.9}}


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    return lambda *args: run(capsys, "--language", "zh", *args, cwd=tmp_path)


def shares(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))
    return {name: row[name] for name in SHARES}


@pytest.mark.parametrize(
    "steps",
    [
        [("报告.txt", "--sentences", "-o", "甲.jsonl")],
        [("报告.txt", "--unit", "sentence", "-o", "甲.jsonl")],
        [("报告.txt", "--unit", "sentence", "-o", "甲.csv")],
        [("报告.txt", "--unit", "sentence", "-o", "甲.csv", "--ids")],
        [("报告.txt", "--unit", "sentence", "-o", "甲.parquet")],
        [("报告.txt", "-o", "乙.jsonl"), ("score", "乙.jsonl", "甲.jsonl", "--sentences", "--prefix", "p_")],
        [("报告.txt", "-o", "乙.jsonl"), ("score", "乙.jsonl", "甲.csv", "--unit", "sentence", "--prefix", "p_")],
    ],
)
def test_what_was_labelled_before_has_the_shares_of_its_sentences(
    steps: list[tuple[str, ...]], classify: Callable[..., Ran], tmp_path: Path
) -> None:
    assert classify("report", "报告.txt", "-o", "文件.csv").code == 0
    expected = shares(tmp_path / "文件.csv")
    assert all(0 < float(expected[name]) < 1 for name in ("作风建设", "项目招引", "民生"))
    for step in steps:
        ran = classify(*step)
        assert ran.code == 0, ran.err
    table = next(path.name for path in tmp_path.iterdir() if path.stem == "甲")
    prefix = ("--prefix", "p_") if "p_" in steps[-1] else ()
    ran = classify("report", table, "-o", "表.csv", *prefix)
    assert ran.code == 0, ran.err
    assert shares(tmp_path / "表.csv") == expected


SAID = "表格里没有逐句的结果，各段按整段计入"


@pytest.mark.parametrize("name", ["甲.csv", "甲.jsonl", "甲.parquet"])
def test_that_paragraphs_count_whole_is_said_where_it_raises_shares(
    name: str, classify: Callable[..., Ran], tmp_path: Path
) -> None:
    assert classify("报告.txt", "-o", name).code == 0
    ran = classify("report", name, "-o", "表.csv")
    assert ran.code == 0
    assert ran.err.count(SAID) == 1
    assert sum(float(shares(tmp_path / "表.csv")[label]) for label in SHARES[:4]) > 1


def test_that_paragraphs_count_whole_is_not_said_where_nothing_changes(
    classify: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "一句.csv").write_text("text\n新建公办幼儿园六所，惠及居民一万户。\n", encoding="utf-8")
    assert classify("score", "一句.csv", "甲.csv").code == 0
    assert classify("报告.txt", "--sentences", "-o", "乙.jsonl").code == 0
    for source in ("甲.csv", "乙.jsonl", "报告.txt"):
        ran = classify("report", source, "-o", "表.csv", "--overwrite")
        assert ran.code == 0, ran.err
        assert SAID not in ran.err


def test_a_paragraph_that_was_corrected_counts_as_its_correction_says(
    classify: Callable[..., Ran], tmp_path: Path
) -> None:
    """Its sentences say what the model said."""
    row = {"text": "新建小学。优化营商环境。", "labels": ["a"], "uncertain": False, "probabilities": {"a": 0.9, "b": 0.2},
           "given": "b", "sentences": [WHOLE | {"end": 5}, WHOLE | {"start": 5, "end": 12, "labels": []}]}  # fmt: skip
    plain = row | {"given": "a"}
    for name, one in (("改过", row), ("未改", plain)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(one, ensure_ascii=False) + "\n", encoding="utf-8")
        ran = classify("report", f"{name}.jsonl", "-o", f"{name}.csv")
        assert ran.code == 0, ran.err
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert float(next(csv.DictReader(stream))["a"]) == (1.0 if name == "改过" else round(5 / 12, 4))


@pytest.mark.parametrize(
    "value",
    [
        None, "", "[", "x", 3, {}, [], [1], [None], [WHOLE | {"end": 3}], [WHOLE | {"start": 1}], [WHOLE, WHOLE],
        [WHOLE | {"labels": "a"}], [WHOLE | {"labels": ["c"]}], [WHOLE | {"labels": [["a"]]}], [WHOLE | {"end": True}],
    ],
)  # fmt: skip
def test_sentences_that_do_not_fit_their_text_are_passed_over(value: object) -> None:
    assert scored_cells.sentences(value, 4, ["a", "b"]) is None  # type: ignore[arg-type]


def test_sentences_are_read_from_a_cell_of_csv_too() -> None:
    for value in ([WHOLE], json.dumps([WHOLE])):
        found = scored_cells.sentences(value, 4, ["a", "b"])  # type: ignore[arg-type]
        assert found is not None
        assert (found[0].labels, found[0].probabilities) == (("a",), {"a": 0.9})
