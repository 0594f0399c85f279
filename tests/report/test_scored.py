"""Tables that were scored: every format, columns found, and clear words where something is wrong."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier.errors import InputError
from classifier.report.columns import OWN_PLACE, PARENT
from classifier.report.items import Item
from classifier.report.opened_table import open_table
from classifier.report.scored_columns import Columns
from tests.report.making import TAXONOMY

ROW = {
    "text": "春耕备耕抓得紧，化肥种子备得足。", "date": "2023-05-03", "place": "甲县", "labels": ["farming"], "primary": "farming",
    "uncertain": False, "probabilities": {"farming": 0.9, "tourism": 0.2}, "model": "m1",
}  # fmt: skip
FLAT = {key: value for key, value in ROW.items() if key not in {"probabilities", "model"}} | {
    "farming": 0.9, "tourism": 0.2, "error": None, "model": "m1",
}  # fmt: skip
CSV = "text,date,place,labels,primary,uncertain,farming,tourism,error,model\n春耕备耕抓得紧，化肥种子备得足。,2023-05-03,甲县,farming,farming,False,0.9,0.2,,m1\n"


def written(folder: Path, kind: str) -> Path:
    path = folder / f"scored.{kind}"
    line = json.dumps(ROW, ensure_ascii=False) + "\n"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist([FLAT]), path)
    elif kind == "jsonl.gz":
        path.write_bytes(gzip.compress(line.encode()))
    elif kind == "jsonl":
        path.write_bytes(b"\xef\xbb\xbf" + line.encode())
    elif kind == "tsv":
        path.write_text(CSV.replace(",", "\t"), encoding="utf-8")
    elif kind == "csv.gz":
        path.write_bytes(gzip.compress(CSV.encode("utf-8-sig")))
    elif kind == "csv.zst":
        path.write_bytes(pa.compress(CSV.encode("utf-16"), "zstd", asbytes=True))
    else:
        path.write_text(CSV, encoding="gb18030")  # as Excel saves it
    return path


def items(path: Path, **columns: object) -> list[Item]:
    return list(open_table(path, Columns(**columns), TAXONOMY).items())  # type: ignore[arg-type]


def told(folder: Path, place: str) -> dict[str, str]:
    """Return what is known of a row beside its columns."""
    return {OWN_PLACE: place, PARENT: str(folder).replace("\\", "/")}


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "csv", "csv.gz", "csv.zst", "tsv", "parquet"])
def test_every_format_gives_the_same(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, kind)
    (one,) = items(path)
    facts = {"place": "甲县"} | told(tmp_path, "甲县")
    assert (one.document, one.date, dict(one.facts), one.error) == (str(path), "2023-05-03", facts, None)
    assert one.result.text == ROW["text"]
    assert (one.result.labels, one.result.uncertain) == (("farming",), False)
    assert dict(one.result.probabilities) == {"farming": 0.9, "tourism": 0.2}


def test_columns_can_be_named(tmp_path: Path) -> None:
    row = {"内容": "古镇游客比去年多了两成。", "县": "乙县", "篇": "甲文", "天": "2020年1月2日"} | {
        f"p_{key}": value for key, value in ROW.items() if key in {"labels", "uncertain", "probabilities"}
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (one,) = items(tmp_path / "t.jsonl", text="内容", prefix="p_", document="篇", date="天", compare=("县",))
    assert (one.document, one.date, dict(one.facts)) == ("甲文", "2020-01-02", {"县": "乙县"} | told(tmp_path, "乙县"))


def test_headings_are_known_whatever_their_case_and_width(tmp_path: Path) -> None:
    """What the other tables call a document and a place, reports do as well."""
    row = {"Ｆile": "甲文", "地点": "乙县", "日 期": "2020-01-02"} | {
        key: value for key, value in ROW.items() if key in {"text", "labels", "uncertain", "probabilities"}
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (one,) = items(tmp_path / "t.jsonl")
    assert (one.document, one.date, dict(one.facts)) == (
        "甲文",
        "2020-01-02",
        {"地点": "乙县"} | told(tmp_path, "乙县"),
    )


def test_labels_of_an_unknown_taxonomy_are_the_columns_behind_uncertain(tmp_path: Path) -> None:
    text = CSV.replace("farming", "xx").replace("tourism", "yy")
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    table = open_table(tmp_path / "t.csv", Columns(), TAXONOMY)
    assert table.labels == ("xx", "yy")
    assert [label.zh for label in table.taxonomy(TAXONOMY).labels] == ["xx", "yy"]


def test_a_row_that_was_not_scored_says_why(tmp_path: Path) -> None:
    row = FLAT | {"labels": [], "farming": None, "tourism": None, "error": "the row has no text", "text": None}
    (tmp_path / "t.jsonl").write_text(json.dumps(FLAT) + "\n" + json.dumps(row), encoding="utf-8")
    assert [one.error for one in items(tmp_path / "t.jsonl")] == [
        None,
        f"{tmp_path / 't.jsonl'}, line 2: the row has no text",
    ]


def test_texts_that_our_csv_made_harmless_are_shown_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(CSV.replace("春耕", "'=春耕"), encoding="utf-8")
    assert items(tmp_path / "t.csv")[0].result.text.startswith("=春耕")


def test_a_lone_surrogate_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps(ROW | {"text": "半个\ud800字"}), encoding="utf-8")
    assert items(tmp_path / "t.jsonl")[0].result.text == "半个\ud800字"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no rows"),
        ('{"text": "a"}', "has no labels"),
        ('{"a": 1}', "no column text; the columns are: a"),
        ("[1]", "line 1: the line is not a JSON object"),
        ('{"text": 1', "line 1: the line is not valid JSON"),
        (json.dumps(ROW) + "\n" + json.dumps(ROW | {"text": 7}), "line 2: text holds no text"),
        (json.dumps(ROW | {"labels": ["mining"]}), "label mining has no probability; the labels are: farming, tourism"),
        (json.dumps(ROW | {"probabilities": {"farming": 2, "tourism": 0}}), "not a probability between 0 and 1"),
        (
            json.dumps(ROW | {"probabilities": {"farming": float("nan"), "tourism": 0}}),
            "not a probability between 0 and 1",
        ),
        (json.dumps(ROW | {"probabilities": {"farming": "x", "tourism": 0}}), "farming is 'x', not a probability"),
        (json.dumps(ROW | {"labels": 5}), "labels is 5, no list of labels"),
        (json.dumps(ROW | {"probabilities": {"farming": [0.5], "tourism": 0}}), "not a probability"),
        (json.dumps(ROW | {"uncertain": "maybe"}), "uncertain is 'maybe', neither true nor false"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "t.jsonl").write_text(content, encoding="utf-8")
    said = what_is_said(tmp_path / "t.jsonl")
    assert message in said
    assert said.startswith(str(tmp_path / "t.jsonl"))


def what_is_said(path: Path) -> str:
    """Return why a table, or the last of its rows, cannot be read."""
    try:
        return items(path)[-1].error or ""
    except InputError as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"text,text\na,b\n", "two columns are called text"),
        (
            "t.csv",
            CSV.encode() + b"a,b,c,farming,farming,False,0.9,0.2,,m,k\n",
            "line 3: the row has 11 cells, the header 10",
        ),
        ("t.csv.gz", b"no gzip", "damaged or not whole"),
        ("t.parquet", b"PAR1 and no more", "not a whole Parquet file"),
    ],
)
def test_broken_files_are_one_clear_error(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert message in what_is_said(tmp_path / name)
