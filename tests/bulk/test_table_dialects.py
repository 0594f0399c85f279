"""Tables as offices hold them, scored: any delimiter, workbooks, JSON, folders of Hive, parts of different types."""

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classifier
from classifier.bulk import csv_file, json_file, lines, sheets
from classifier.bulk.chunk import Chunk
from classifier.bulk.csv_file import CsvFile
from classifier.bulk.find_source import find_source
from classifier.bulk.local import Run, score
from classifier.bulk.records import Records
from classifier.bulk.settings import Format, Settings
from classifier.bulk.source import Source
from classifier.bulk.table_file import TableFile, naming_file
from classifier.bulk.text_stream import encoding_of
from classifier.errors import InputError
from tests.bulk.tables import read
from tests.tables.workbooks import xls, xlsx

MODEL = classifier.load()
ONE, TWO = "要持续优化营商环境，为企业办好事。", "新建两所小学，改造老旧小区十二个。"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lines, csv_file, sheets, json_file):
        monkeypatch.setattr(module, "CHUNK_ROWS", 3)


def scored(path: Path, target: str = "o.jsonl", text: str | None = None) -> tuple[list[dict[str, Any]], Source]:
    source = find_source(str(path)).with_text(text)
    kind = Format(target.rsplit(".", 1)[1])
    out = path.parent / target
    score(source, out, MODEL, Settings(source.text or "text", kind), Run(overwrite=True))
    return read(out), source


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_in_any_encoding(tmp_path: Path, mark: str, encoding: str) -> None:
    """Excel writes “Unicode text” as UTF-16 with tabs, CSV in some places with semicolons, and in China as GB18030."""
    found, _ = scored(write(tmp_path / "a.csv", f"编号{mark}内容\r\n1{mark}{ONE}\r\n2{mark}{TWO}\r\n", encoding))
    assert [(row["编号"], row["内容"], row["error"]) for row in found] == [("1", ONE, None), ("2", TWO, None)]


def test_what_stands_above_and_between_the_rows_is_passed_over_and_told(tmp_path: Path) -> None:
    text = f"工单汇总,,\n编号,内容,\n1,{ONE},\n\ufeff编号,内容,\n2,{TWO},,,\n"
    found, source = scored(write(tmp_path / "a.csv", text))
    assert [(row["编号"], row["内容"], row["error"]) for row in found] == [("1", ONE, None), ("2", TWO, None)]
    assert [(path, len(notes)) for path, notes in source.notes.items()] == [(str(tmp_path / "a.csv"), 3)]


def test_notes_name_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", f'标题\t\t\nn\t内容\t\n1\t"{ONE}\t\nn\t内容\t\n2\t{TWO}\t\n')
    notes: list[str] = []
    chunks = list(TableFile(str(path), Format.csv, "内容").chunks(notes))
    rows = [Records(chunk, "内容", ()) for chunk in chunks]
    assert [value for one in rows for value in one.values] == [f'"{ONE}', TWO]
    assert [one.where(row) for one in rows for row in range(len(one.values))] == ["line 3", "line 5"]
    assert notes == [
        "line 1: stands above the headings; passed over",
        "column 3 has no heading and is called column_3",
        "line 4: the headings stand there once more; passed over",
        "line 3: a quotation mark is left open; the row was read as it stands",
    ]


def test_a_few_bytes_that_do_not_fit_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    """One bad byte in a UTF-8 table must not make all of it another encoding's."""
    data = f"n,text\n1,{ONE}\n2,".encode() + b"\xff" + f"{TWO}\n3,{TWO}\n".encode() * 3
    (tmp_path / "a.csv").write_bytes(data)
    found, _ = scored(tmp_path / "a.csv")
    assert [row["text"] for row in found[:1]] == [ONE]
    assert "bytes that are not of the file's encoding" in found[1]["error"]
    assert found[2]["error"] is None
    assert encoding_of("内容\n县里\n".encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("book", [xlsx, xls])
def test_a_workbook_s_rows(tmp_path: Path, book: Any) -> None:
    """All sheets with the text column; other columns stay; cells without a value say why; sheets without are named."""
    sheet = [
        ["工单"],
        ["编号", "内容", "办结"],
        ["001", ONE, True],
        [1234567890, "#N/A", None],
        [3, '=DISPIMG("ID_1",1)'],
    ]
    path = tmp_path / "工单.et"
    path.write_bytes(book({"甲": sheet, "说明": [["怎么填"]], "乙": [["内容", "镇"], [TWO, "东镇"]]}))
    found, _ = scored(path)
    assert [{name: row[name] for name in ("编号", "内容", "办结", "镇")} for row in found] == [
        {"编号": "001", "内容": ONE, "办结": "True", "镇": ""},
        {"编号": "1234567890", "内容": "#N/A", "办结": "", "镇": ""},
        {"编号": "3", "内容": "", "办结": "", "镇": ""},
        {"编号": "", "内容": TWO, "办结": "", "镇": "东镇"},
    ]
    assert [row["error"] for row in found] == [
        None,
        "the text holds the error #N/A; correct it and save the file again",
        "the text is a formula without a stored result; open the file in Excel and save it"
        if book is xlsx
        else "the text is a picture (DISPIMG), not text",
        None,
    ]
    notes: list[str] = []
    list(TableFile(str(path), Format.csv, "内容").chunks(notes))
    assert notes == [
        "sheet 甲, row 1: above the headings; passed over",
        "sheet 说明: has no such column; 1 rows passed over",
    ]


def test_a_workbook_s_columns_are_named_where_none_is_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx({"甲": [["编号", "留言\n详情"], ["1", ONE]]}))
    with pytest.raises(InputError, match="there is no column text; the columns are: 编号, 留言 详情; choose one with"):
        scored(tmp_path / "a.xlsx")
    found, source = scored(tmp_path / "a.xlsx", text="留言详情")
    assert (source.text, found[0]["error"], found[0]["留言 详情"]) == ("留言 详情", None, ONE)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"编号": 1.10, "内容": ONE}, {"编号": 2, "内容": TWO}], ensure_ascii=False),
        json.dumps([{"编号": 1.10, "内容": ONE}, {"编号": 2, "内容": TWO}], ensure_ascii=False, indent=2),
        f'{{\n "编号": 1.10,\n "内容": "{ONE}"\n}}\n{{\n "编号": 2,\n "内容": "{TWO}"\n}}',
        json.dumps({"RECORDS": [{"编号": 1.10, "内容": ONE}, {"编号": 2, "内容": TWO}]}, indent=1),
        json.dumps({"RECORDS": [{"编号": 1.10, "内容": ONE}, {"编号": 2, "内容": TWO}]}),
        f'{{"编号": 1.10, "内容": "{ONE}"}}\n{{"编号": 2, "内容": "{TWO}"}}\n',
    ],
    ids=["array", "pretty array", "objects over lines", "under a key, pretty", "under a key", "lines"],
)
@pytest.mark.parametrize(("name", "encoding"), [("a.json", "utf-8"), ("a.jsonl", "gb18030"), ("a.json", "utf-16")])
def test_json_in_every_form(tmp_path: Path, text: str, name: str, encoding: str) -> None:
    found, _ = scored(write(tmp_path / name, text, encoding))
    assert [(row["编号"], row["内容"], row["error"]) for row in found] == [(1.1, ONE, None), (2, TWO, None)]


def test_json_that_is_cut_off_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[\n{"text": "甲"},\n{"text": ')
    with pytest.raises(InputError, match=r"a\.json: line 3: not valid JSON"):
        scored(path)


def test_lines_that_are_bad_stay_rows(tmp_path: Path) -> None:
    bad = ('{"text": 1\n', f'{{"text": "{ONE}"\n{{"text": "{TWO}"}}\n', "[1]\n", "[1]\n[2]\n")
    for number, text in enumerate(bad):  # an output each: one of errors alone replaces no earlier one
        found, _ = scored(write(tmp_path / "a.jsonl", text), f"{number}.jsonl")
        assert len(found) == text.count("\n")
        assert found[0]["error"]


def test_parts_of_different_types(tmp_path: Path) -> None:
    """A column that is empty in one part, whole numbers beside others, another order."""
    folder = tmp_path / "in"
    folder.mkdir()
    pq.write_table(pa.table({"id": [1], "text": [ONE], "note": pa.array([None], pa.null())}), folder / "a.parquet")
    second = {"text": pa.array([TWO]).dictionary_encode(), "id": [2.5], "note": ["急"]}
    pq.write_table(pa.table(second), folder / "b.parquet")
    found, _ = scored(folder, "o.parquet")
    assert [(row["id"], row["text"], row["note"], row["error"]) for row in found] == [
        (1.0, ONE, None, None), (2.5, TWO, "急", None),
    ]  # fmt: skip
    pq.write_table(pa.table({"id": [[1]], "text": [TWO], "note": ["急"]}), folder / "c.parquet")
    with pytest.raises(InputError, match=r"c\.parquet: the column id holds list"):
        scored(folder)


@pytest.mark.parametrize("type_", [pa.binary(), pa.large_binary(), pa.dictionary(pa.int32(), pa.binary())])
def test_texts_left_as_bytes(tmp_path: Path, type_: pa.DataType) -> None:
    """As Spark and Impala wrote them: sound UTF-8 is text, in the text's column and the others."""
    plain = pa.array([ONE.encode(), None, b"\xff\xfe"], pa.binary())
    column = plain.dictionary_encode().cast(type_) if pa.types.is_dictionary(type_) else plain.cast(type_)
    pq.write_table(pa.table({"text": column, "镇": [b"\xe7\x94\xb2", b"", b"\xff"]}), tmp_path / "a.parquet")
    found, _ = scored(tmp_path / "a.parquet")
    assert [(row["text"], row["镇"], row["error"]) for row in found] == [
        (ONE, "甲", None), (None, "", "the text is null"), ("//4=", "/w==", "the text is not valid UTF-8"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["parquet", "jsonl", "csv"])
def test_a_folder_s_partitions_are_columns(tmp_path: Path, kind: str) -> None:
    for year, text in (("2023", ONE), ("2024", TWO)):
        folder = tmp_path / "in" / f"year={year}" / "place=%E4%B8%9C%E9%95%87"
        folder.mkdir(parents=True)
        if kind == "parquet":
            pq.write_table(pa.table({"text": [text]}), folder / "part.parquet")
        else:
            row = f'{{"text": "{text}"}}\n{{"text": null, "year": 1}}\nx\n' if kind == "jsonl" else f"text\n{text}\n"
            write(folder / f"part.{kind}", row)
    found, _ = scored(tmp_path / "in", "o.jsonl")
    of_text = [row for row in found if row.get("text")]
    assert [(row["text"], str(row["year"]), row["place"]) for row in of_text] == [
        (ONE, "2023", "东镇"),
        (TWO, "2024", "东镇"),
    ]
    if kind == "jsonl":
        assert [row["year"] for row in found] == [2023, 1, 2023, 2024, 1, 2024]
    again, _ = scored(tmp_path / "in", "o.parquet")
    assert [str(row["year"]) for row in again if row["text"]] == ["2023", "2024"]


def test_workbooks_in_folders(tmp_path: Path) -> None:
    """Beside tables a workbook is a table, beside documents a document."""
    for name, other, kind in (("tables", "b.csv", Format.csv), ("documents", "b.txt", None)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.xlsx").write_bytes(xlsx({"甲": [["text"], [ONE]]}))
        write(folder / other, f"text\n{TWO}\n")
        source = find_source(str(folder))
        assert (source.format, len(source.files)) == (kind, 2)
    found, _ = scored(tmp_path / "tables")
    assert [row["text"] for row in found] == [ONE, TWO]


def test_several_columns_that_may_be_the_text_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"内容,正文\n甲,{ONE}\n")
    with pytest.raises(InputError, match=r"a\.csv: any of the columns 内容, 正文 may hold the paragraphs"):
        scored(path)
    assert scored(path, text="正文")[0][0]["error"] is None


cells = st.text(alphabet='甲a",\t\n ', max_size=5)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells), max_size=12), st.sampled_from([",", "\t", ";"]), st.booleans())
def test_each_line_is_a_row_once_whatever_its_marks(rows: list[tuple[str, str]], mark: str, crlf: bool) -> None:
    """Written without any quoting: no 甲 vanishes, none comes twice, whatever the quotation marks look like."""
    body = "".join(f"{a}{mark}{b}" + ("\r\n" if crlf else "\n") for a, b in rows)
    file = CsvFile(io.BytesIO(f"n{mark}text\n{body}".encode()), "a.csv", "text")
    chunks: list[Chunk] = list(file.chunks())
    found = [cell for chunk in chunks for row in Records(chunk, "text", ())._rows for cell in row]
    assert "".join(found).count("甲") == body.count("甲")


@settings(max_examples=200, deadline=None)
@given(kind=st.integers(0, 2), data=st.data())
def test_a_mutated_table_ends_in_rows_or_a_clear_error(kind: int, data: st.DataObject) -> None:
    made = bytearray(FILES[kind][1])
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    stream = io.BytesIO(bytes(made[: data.draw(st.integers(len(made) // 2, len(made)))]))
    said = ""
    try:
        with naming_file("坏"):
            if FILES[kind][0] is Format.csv:
                list(CsvFile(stream, "坏", "text").chunks())
            else:
                list(json_file.read_json(stream, "坏"))
    except InputError as error:
        said = str(error)
    assert not said or (said.startswith("坏") and "\n" not in said)


FILES = (
    (Format.csv, f'标题,\nn,text\n1,"{ONE}"\n2,"{TWO}\n3,{ONE}\n'.encode()),
    (Format.csv, f"n\ttext\r\n1\t{ONE}\r\n".encode("utf-16")),
    (Format.jsonl, json.dumps([{"text": ONE}, {"text": TWO, "n": [1, {}]}], indent=1).encode()),
)
