"""Spark gives the local engine's rows."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import classifier
from classifier.bulk.find_source import find_source
from classifier.bulk.local import Run
from classifier.bulk.local import score as score_here
from classifier.bulk.settings import Format, Settings, Unit
from classifier.errors import InputError
from classifier.labelling.folder.init import begin
from tests.bulk.tables import read, rows, write

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs a Java runtime", allow_module_level=True)

from pyspark.sql import SparkSession

from classifier.bulk import spark

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
)


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        # A Java machine that lives for seconds: what it spends on compiling well, and on several collectors, is lost.
        short = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        patch.setenv("PYSPARK_SUBMIT_ARGS", f'--driver-java-options "{short}" pyspark-shell')
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        found = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        yield found
        found.stop()


def here(
    table: list[dict[str, Any]], folder: Path, unit: Unit = Unit.paragraph, decisions: str = ""
) -> list[dict[str, Any]]:
    """Return what the local engine gives."""
    source = write(folder / "in.parquet", table)
    target = folder / "out.parquet"
    score_here(
        find_source(str(source)),
        target,
        classifier.load(),
        Settings(format=Format.parquet, unit=unit, decisions=decisions),
        Run(),
    )
    return read(target)


def test_every_row_is_the_local_engines(session: SparkSession, tmp_path: Path) -> None:
    """Several partitions, some of them empty, nulls and other bad texts among the rows."""
    table = rows(500)
    for place, bad in ((3, None), (77, ""), (200, "。！"), (301, "。" * 1000)):
        table[place]["text"] = bad
    frame = session.createDataFrame(table, "id long, text string, `源` string").repartition(12, "源")
    labelled = spark.score(frame)
    assert labelled.rdd.getNumPartitions() == 12
    assert len({row["源"] for row in table}) == 7  # so five partitions at least are empty
    assert labelled.columns[:3] == ["id", "text", "源"]
    found = sorted((row.asDict() for row in labelled.collect()), key=lambda row: row["id"])
    assert found == here(table, tmp_path)


def test_every_sentence_is_the_local_engines(session: SparkSession, tmp_path: Path) -> None:
    """A row a sentence, with the same bits and places; a text that cannot be scored keeps its row."""
    table = rows(120)
    for place, row in enumerate(table):
        row["text"] = "".join([row["text"], "新建两所小学😀。", "好！"][: 1 + place % 3])
    table[3]["text"], table[77]["text"] = None, "。！"
    frame = session.createDataFrame(table, "id long, text string, `源` string").repartition(5, "源")
    labelled = spark.score(frame, unit="sentence")
    assert labelled.columns[:7] == ["id", "text", "源", "start", "end", "sentence", "labels"]
    found = sorted((row.asDict() for row in labelled.collect()), key=lambda row: (row["id"], row["start"] or 0))
    assert len(found) > len(table)
    assert found == here(table, tmp_path, Unit.sentence)


@pytest.mark.parametrize("unit", Unit)
def test_what_people_decided_stands_there_as_the_local_engine_has_it(
    unit: Unit, session: SparkSession, tmp_path: Path
) -> None:
    model = classifier.load()
    table = rows(60)
    folder = tmp_path / "labels"
    begin(folder, model.taxonomy, model.tokeniser.terms)
    decided = [
        {"text": table[3]["text"], "labels": ["work_style"], "doc": "a", "by": "办公室", "date": "2026-11-03"},
        {"text": table[8]["text"], "labels": [], "doc": "a", "by": "办公室", "date": "2026-11-04"},
    ]
    (folder / "paragraphs").mkdir(exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in decided)
    (folder / "paragraphs" / "a.jsonl").write_text(lines, encoding="utf-8")
    frame = session.createDataFrame(table, "id long, text string, `源` string").repartition(4, "源")
    labelled = spark.score(frame, unit=unit.value, labels=folder)
    shutil.rmtree(folder / "paragraphs")  # it travels: no worker needs the folder
    found = sorted((row.asDict() for row in labelled.collect()), key=lambda row: (row["id"], row.get("start") or 0))
    (folder / "paragraphs").mkdir()
    (folder / "paragraphs" / "a.jsonl").write_text(lines, encoding="utf-8")
    assert found == here(table, tmp_path, unit, str(folder))
    assert {(row["id"], row["decided"]) for row in found if row["decided"]} == {
        (3, "办公室 2026-11-03"), (8, "办公室 2026-11-04"),
    }  # fmt: skip
    assert next(row["labels"] for row in found if row["id"] == 3) == ["work_style"]


def test_another_column_a_prefix_another_model(session: SparkSession, small_model) -> None:  # type: ignore[no-untyped-def]
    model = classifier.load(str(small_model.folder))
    frame = session.createDataFrame([("春耕备耕抓得紧，化肥种子备得足。",)], "content string")
    (row,) = spark.score(frame, "content", prefix="p_", model=model).collect()
    assert row["p_labels"] == ["farming"]
    assert row["p_farming"] == round(model.probabilities([row["content"]])[0]["farming"], 6)
    assert row["p_model"] == model.version


def test_columns_that_do_not_fit(session: SparkSession) -> None:
    frame = session.createDataFrame([(1, "粮食", "own")], "id long, text string, labels string")
    with pytest.raises(InputError, match="there is no column 正文; the columns are: id, text, labels"):
        spark.score(frame, "正文")
    with pytest.raises(InputError, match="the column id holds bigint, not text"):
        spark.score(frame, "id")
    with pytest.raises(InputError, match="there is a column labels already"):
        spark.score(frame)


def test_an_empty_frame(session: SparkSession) -> None:
    assert spark.score(session.createDataFrame([], "text string")).collect() == []
