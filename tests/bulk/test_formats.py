"""Tables in, tables out: order kept, columns untouched, results the same in every format."""

import csv
import datetime
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.bulk import batches, csv_file, lines, records
from classifier.bulk.csv_file import CsvFile
from classifier.bulk.find_source import find_source, table_format
from classifier.bulk.lines import columns_of
from classifier.bulk.local import Run, score, score_to_stream
from classifier.bulk.settings import Format, Settings
from classifier.errors import InputError
from tests.bulk.tables import BAD, read, rows, write

ADDED = ["labels", "primary", "uncertain", "work_style", "business_environment", "project_recruitment", "livelihood"]
ADDED += ["error", "model"]
MODEL = classifier.load()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lines, csv_file, batches):
        monkeypatch.setattr(module, "CHUNK_ROWS", 17)


def run(source: Path, target: Path, **settings: Any) -> None:
    kind = table_format(target)
    packed = {".gz": "gz", ".zst": "zst"}.get(target.suffix, "")
    chosen = Settings(
        **{"format": kind or Format.jsonl, "compression": packed, "part_rows": None if kind else 50} | settings
    )
    score(find_source(str(source)), target, MODEL, chosen, Run())


def results(table: list[dict[str, Any]]) -> list[list[Any]]:
    """Return the added columns in the form of JSON, whatever the format was."""
    kept = []
    for row in table:
        labels = row["labels"] if isinstance(row["labels"], list) else [x for x in row["labels"].split(",") if x]
        numbers = [None if row[name] in ("", None) else float(row[name]) for name in ADDED[3:7]]
        uncertain = str(row["uncertain"]).lower() == "true"
        kept.append([labels, row["primary"], uncertain, *numbers, row["error"] or None, row["model"]])
    return kept


@pytest.mark.parametrize("target", ["o.jsonl", "o.csv", "o.parquet", "o.jsonl.gz", "o.jsonl.zst", "o.csv.gz", "parts"])
@pytest.mark.parametrize("source", ["i.jsonl", "i.csv", "i.parquet", "i.jsonl.gz", "i.jsonl.zst", "i.csv.zst"])
def test_every_format_to_every_format(tmp_path: Path, source: str, target: str) -> None:
    table = rows(120)
    run(write(tmp_path / source, table), tmp_path / target)
    found = read(tmp_path / target)
    as_text = any(".csv" in Path(name).suffixes for name in (source, target))
    expected = [{name: str(value) for name, value in row.items()} for row in table] if as_text else table
    assert [{name: row[name] for name in table[0]} for row in found] == expected
    assert list(found[0]) == [*table[0], *ADDED]
    scored = MODEL.probabilities([row["text"] for row in table])
    assert [row[3:7] for row in results(found)] == [[round(x, 6) for x in one.values()] for one in scored]


def test_json_lines_are_passed_on_as_the_bytes_they_were(tmp_path: Path) -> None:
    """Numbers, order, spaces, escapes: nothing is read and written anew."""
    given_lines = [
        '{"text":"粮食丰收。","n":1.10,"big":123456789012345678901234567890, "x" : null}',
        '{ "x":NaN, "text" : "\\u7cae\\u98df", "twice":1,"twice":2 }',
        '{"text":"half \\ud800"}',
        "",
        '{"text":5}',
    ]
    (tmp_path / "i.jsonl").write_text("\ufeff" + "\r\n".join(given_lines) + "\n", encoding="utf-8")
    run(tmp_path / "i.jsonl", tmp_path / "o.jsonl")
    out = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(out) == 4
    for before, after in zip([line for line in given_lines if line], out, strict=True):
        assert after.startswith(before.rstrip()[:-1].rstrip() + ',"labels":[')
    assert json.loads(out[2])["error"] == "the text holds half a character (a lone surrogate)"


def test_bad_rows_stop_nothing_and_lose_nothing(tmp_path: Path) -> None:
    table = [{"id": number, "text": value} for number, value in enumerate(["粮食丰收。", *BAD])]
    path = write(tmp_path / "i.jsonl", table)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"id": 100}\n[1, 2]\n{"text": \n"just text"\n{}\n')
    for target in ("o.jsonl", "o.csv", "o.parquet"):
        run(path, tmp_path / target)
        found = results(read(tmp_path / target))
        assert len(found) == len(table) + 5
        assert next(row[-2] for row in found) is None
        assert all(row[0] == [] and row[1] == "none" and row[-2] for row in found[1:])
    assert [row["unreadable"] for row in read(tmp_path / "o.parquet")[-4:]] == [
        "[1, 2]",
        '{"text":',
        '"just text"',
        None,
    ]
    assert read(tmp_path / "o.parquet")[-5]["error"] == "the row has no text"
    assert read(tmp_path / "o.jsonl")[-1]["error"] == "the row has no text"


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(["粮食丰收。", None, "古镇游客多。"], pa.large_string()),
            "day": pa.array([datetime.date(2024, 1, 2), None, datetime.date(2024, 1, 3)]),
            "money": pa.array([Decimal("1.10"), Decimal("2.00"), None]),
            "inside": pa.array([{"a": [1, 2]}, None, {"a": []}]),
            "raw": pa.array([b"\xff", b"", None]),
            "kind": pa.array(["x", "y", "x"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "i.parquet")
    run(tmp_path / "i.parquet", tmp_path / "o.parquet")
    found = pq.read_table(tmp_path / "o.parquet")
    assert found.select(table.column_names).equals(table)
    assert found["error"].to_pylist() == [None, "the text is null", None]
    run(tmp_path / "i.parquet", tmp_path / "o.jsonl")
    first = read(tmp_path / "o.jsonl")[0]
    assert [first[name] for name in ("day", "money", "inside", "raw", "kind")] == [
        "2024-01-02",
        "1.10",
        {"a": [1, 2]},
        "/w==",
        "x",
    ]
    run(tmp_path / "i.parquet", tmp_path / "o.csv")
    assert [read(tmp_path / "o.csv")[0][name] for name in ("day", "inside")] == ["2024-01-02", '{"a":[1,2]}']


def test_parquet_text_that_is_no_utf8(tmp_path: Path) -> None:
    broken = pa.array([b"\xe7\xb2\xae\xe9\xa3\x9f", b"\xed\xa0\x80"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": broken}), tmp_path / "i.parquet")
    run(tmp_path / "i.parquet", tmp_path / "o.parquet")
    assert pq.read_table(tmp_path / "o.parquet")["error"].to_pylist() == [None, "the text is not valid UTF-8"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "utf-8"])
def test_csv_as_offices_have_it(tmp_path: Path, encoding: str) -> None:
    """Encodings of Excel, line breaks in cells, rows too short and too long, a semblance of a formula: all comes through."""
    text = '编号,内容\r\n1,"优化营商环境，\r\n减轻企业负担。"\r\n\r\n2\r\n3,粮食丰收。,多,余\r\n=1+1,粮食丰收。\r\n007,\r\n'
    (tmp_path / "i.csv").write_bytes(text.encode(encoding))
    run(tmp_path / "i.csv", tmp_path / "o.csv", text="内容")
    found = read(tmp_path / "o.csv")
    assert [row["编号"] for row in found] == ["1", "2", "3", "=1+1", "007"]
    assert found[0]["内容"] == "优化营商环境，\r\n减轻企业负担。"
    assert found[0]["labels"] == "business_environment"
    assert [row["error"] for row in found] == [
        "", "the row has 1 cells, the header 2", 'the row has 4 cells, the header 2; what is too much: ["多", "余"]', "",
        "the text is empty",
    ]  # fmt: skip


def test_csv_bytes_of_no_encoding_come_out_as_they_went_in(tmp_path: Path) -> None:
    (tmp_path / "i.csv").write_bytes(
        b"text,x\n" + "粮食丰收。,".encode() * 9000 + b"\n\xff\xfe,1\n" + "粮食,2\n".encode()
    )
    run(tmp_path / "i.csv", tmp_path / "o.csv")
    out = (tmp_path / "o.csv").read_bytes()
    assert b"\n\xff\xfe,1," in out
    assert b"the text holds bytes that are not of the file's encoding" in out


@given(
    st.lists(
        st.lists(st.text(alphabet='甲a",\n\r;= \t', min_size=1, max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=30,
    )
)
def test_csv_chunks_hold_the_records(table: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["text", "b"], *table])
    data = stream.getvalue().encode()
    chunks = list(CsvFile(io.BytesIO(data), "x.csv").chunks())
    found = [cells for chunk in chunks for cells in records.Records(chunk, "text", []).cells(["text", "b"])]
    assert found == table
    places = [records.Records(chunk, "text", []).where(0) for chunk in chunks]
    assert places[0] == "line 2"


def test_an_unclosed_quotation_mark_is_a_clear_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_LONGEST", 1000)
    (tmp_path / "i.csv").write_text('text\n粮食\n"' + "字\n" * 1000, encoding="utf-8")
    with pytest.raises(InputError, match=r"i.csv, record on line 2 or after: .*a quotation mark is not closed"):
        run(tmp_path / "i.csv", tmp_path / "o.csv")


@pytest.mark.parametrize("name", ["i.jsonl", "i.csv", "i.parquet"])
def test_a_missing_text_column_names_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        InputError, match=rf"{name}: there is no column 正文; the columns are: id, text, 源; choose one with"
    ):
        run(write(tmp_path / name, rows(3)), tmp_path / "o.jsonl", text="正文")


@pytest.mark.parametrize("name", ["i.jsonl", "i.csv", "i.parquet"])
def test_columns_of_the_same_name_are_not_lost(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, [row | {"labels": "own"} for row in rows(30)])
    with pytest.raises(InputError, match=r"there is a column labels already, .*--prefix"):
        run(path, tmp_path / "o.jsonl")
    run(path, tmp_path / "p.jsonl", prefix="new_")
    assert [row["labels"] for row in read(tmp_path / "p.jsonl")] == ["own"] * 30
    assert list(read(tmp_path / "p.jsonl")[0])[-9:] == ["new_" + column for column in ADDED]


def test_a_column_of_numbers_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the column id holds int64, not text"):
        run(write(tmp_path / "i.parquet", rows(3)), tmp_path / "o.jsonl", text="id")


def test_a_folder_of_tables_in_order(tmp_path: Path) -> None:
    folder, table = tmp_path / "in", rows(90)
    (folder / "sub").mkdir(parents=True)
    for place, start in (("a.csv", 0), ("b.csv.gz", 30), ("sub/c.csv", 60)):
        write(folder / place, table[start : start + 30])
    (folder / "_SUCCESS").touch()
    (folder / "notes.docx").touch()
    assert find_source(str(folder)).passed_over == (str(folder / "notes.docx"),)
    run(folder, tmp_path / "o.parquet")
    assert [row["id"] for row in read(tmp_path / "o.parquet")] == [str(row["id"]) for row in table]


def test_folders_that_do_not_fit(tmp_path: Path) -> None:
    for folder, files in (("mixed", ["a.csv", "b.jsonl"]), ("other", ["a.csv", "b.csv"]), ("empty", [])):
        (tmp_path / folder).mkdir()
        for number, name in enumerate(files):
            table = rows(3) if folder != "other" or number == 0 else [{"text": "粮食", "more": "1"}]
            write(tmp_path / folder / name, table)
    with pytest.raises(InputError, match=r"several formats \(csv, jsonl\); choose one with --input-format"):
        find_source(str(tmp_path / "mixed"))
    with pytest.raises(
        InputError, match=r"b.csv: the columns are not those of .*a.csv: text, more instead of id, text, 源"
    ):
        run(tmp_path / "other", tmp_path / "o.csv")
    with pytest.raises(InputError, match="holds no tables and no documents"):
        find_source(str(tmp_path / "empty"))
    with pytest.raises(InputError, match="no such file or folder"):
        find_source(str(tmp_path / "nowhere"))


def test_a_folder_of_documents(tmp_path: Path) -> None:
    """The rows are those of `classify label`, and a document that cannot be read is a row that says so."""
    folder = tmp_path / "in"
    folder.mkdir()
    speech = "一、优化营商环境\n要减轻企业负担，推行一网通办。\n来源：某县融媒体中心\n"
    (folder / "a.txt").write_text(speech, encoding="gb18030")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.md").write_text("新建两所小学。\n", encoding="utf-8")
    run(folder, tmp_path / "o.jsonl")
    found = read(tmp_path / "o.jsonl")
    model = MODEL
    expected = [one for name in ("a.txt", "c.md") for one in model.label_document(classifier.read(str(folder / name)))]
    sound = [row for row in found if row["error"] is None or "Chinese" in row["error"]]
    assert [(row["file"], row["start"], row["end"], row["text"], row["labels"]) for row in sound] == [
        (one.file, one.start, one.end, one.text, list(one.labels)) for one in expected
    ]
    (bad,) = [row for row in found if row["text"] is None]
    assert bad["file"] == str(folder / "b.txt")
    assert "cannot be read" in bad["error"]
    run(folder, tmp_path / "o.parquet")
    assert [row["text"] for row in read(tmp_path / "o.parquet")] == [row["text"] for row in found]


def test_an_archive_of_documents_is_its_documents(tmp_path: Path) -> None:
    """Each member has rows of its own under its own name; one that cannot be read is a row that says so."""
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("甲/一.txt", "要减轻企业负担，推行一网通办。\n")
        archive.writestr("二.txt", "")
        archive.writestr("三.txt", "新建两所小学。\n")
    run(folder, tmp_path / "o.jsonl")
    name = str(folder / "a.zip")
    assert [(row["file"].removeprefix(name), row["text"]) for row in read(tmp_path / "o.jsonl")] == [
        ("/甲/一.txt", "要减轻企业负担，推行一网通办。"),
        ("/二.txt", None),
        ("/三.txt", "新建两所小学。"),
    ]


@pytest.mark.parametrize("target", ["o.jsonl", "o.csv", "o.parquet", "parts"])
def test_an_empty_table(tmp_path: Path, target: str) -> None:
    (tmp_path / "i.csv").write_text("text,x\n", encoding="utf-8")
    run(tmp_path / "i.csv", tmp_path / target)
    assert read(tmp_path / target) == []


def test_parts_have_their_rows(tmp_path: Path) -> None:
    run(write(tmp_path / "i.parquet", rows(120)), tmp_path / "parts", format=Format.parquet)
    counted = [pq.read_metadata(part).num_rows for part in sorted((tmp_path / "parts").iterdir())]
    assert sum(counted) == 120
    assert max(counted) <= 50
    assert [row["id"] for row in read(tmp_path / "parts")] == list(range(120))


def test_a_workbook_is_no_stream(tmp_path: Path) -> None:
    source, stream = write(tmp_path / "i.jsonl", rows(3)), io.BytesIO()
    with pytest.raises(InputError, match="name a file that ends in"):
        score_to_stream(find_source(str(source)), stream, MODEL, Settings(format=Format.xlsx), Run())
    assert stream.getvalue() == b""


@pytest.mark.parametrize("kind", [one for one in Format if one is not Format.xlsx])
def test_onto_a_stream_as_into_a_file(tmp_path: Path, kind: Format) -> None:
    source = write(tmp_path / "i.jsonl", rows(60))
    stream = io.BytesIO()
    score_to_stream(find_source(str(source)), stream, MODEL, Settings(format=kind), Run())
    run(source, tmp_path / f"o.{kind}")
    assert stream.getvalue() == (tmp_path / f"o.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        (["1", "2", "null"], "int64"), (["1", "1.5"], "double"), (["true", "null"], "bool"), (["1", '"a"'], "string"),
        (["[1]", "null"], "string"), (["9223372036854775808"], "string"), (["9007199254740993", "0.5"], "string"),
        (["1", "true"], "string"), (["null"], "string"),
    ],
)  # fmt: skip
def test_types_that_lose_nothing(values: list[str], type_: str) -> None:
    stream = io.BytesIO("".join(f'{{"a": {value}}}\n' for value in values).encode())
    assert columns_of(stream) == {"a": type_}
