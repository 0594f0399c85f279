"""/api/score and `classify score` are one: the same file gives the same rows, or the same refusal."""

import gzip
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier.web.scoring import ENDINGS
from tests.cli.test_label import classify
from tests.conftest import FARMING, TOURISM
from tests.tables.workbooks import xlsx

A, B = FARMING[0], TOURISM[0]
BOM = b"\xef\xbb\xbf"


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


ROWS = [{"text": A, "id": 1}, {"text": B, "id": 2}]
ODD = [
    {"text": A, "更多": ["原样", {"a": None}]}, {"text": "abc 123"}, {"text": "。！？"}, {"text": "字"}, {"text": None},
    {"text": ""}, {"text": "  "}, {"text": 7}, {"text": True}, {"text": [A]}, {"text": {"a": 1}}, {"no": 1}, [], 5, "x",
    {"text": "字" * 1_000_001}, {"text": A, "n": 12345678901234567890123}, {"text": B},
]  # fmt: skip
TABLES: dict[str, tuple[str, bytes]] = {
    "lines": (".jsonl", lines(*ROWS)),
    "lines: odd rows": (".jsonl", lines(*ODD)),
    "lines: a byte order mark": (".jsonl", BOM + lines(*ROWS)),
    "lines: Windows, blank ones, no last break": (".jsonl", lines(*ROWS).replace(b"\n", b"\r\n\r\n").rstrip()),
    "lines: broken ones": (".jsonl", lines(ROWS[0]) + b'{"text": "\xe7\n{\n]\n{"text": NaN}\n' + lines(ROWS[1])),
    "lines: half a character": (".jsonl", b'{"text": "\\ud800"}\n' + lines(ROWS[0])),
    "lines: a key twice": (".jsonl", f'{{"text": "{A}", "text": "{B}"}}\n'.encode()),
    "lines: UTF-16": (".jsonl", lines(*ROWS * 9).decode().encode("utf-16")),
    "lines: GB18030": (".jsonl", lines(*ROWS * 9).decode().encode("gb18030")),
    "lines: another name for the text": (".jsonl", lines({"内容": A, "编号": 1}, {"内容": B, "编号": 2})),
    "lines: labels there already": (".jsonl", lines({"text": A, "labels": "mine", "model": "old"})),
    "lines: an error there late": (".jsonl", lines(*ROWS * 30, {"text": A, "error": "x"})),
    "lines: one that holds all": (".jsonl", json.dumps([*ROWS]).encode()),
    "lines: several texts": (".jsonl", lines({"正文": A, "内容": B})),
    "lines: none": (".jsonl", b""),
    "lines: blanks alone": (".jsonl", b"\n \n\n"),
    "lines: packed": (".jsonl.gz", gzip.compress(lines(*ROWS))),
    "lines: packed and cut off": (".jsonl.gz", gzip.compress(lines(*ROWS * 200), mtime=0)[:-20]),
    "lines: not packed though it says so": (".jsonl.gz", lines(*ROWS)),
    "json: an array": (".json", json.dumps(ROWS, indent=1).encode()),
    "json: rows under a key": (".json", json.dumps({"data": ROWS}, ensure_ascii=False).encode()),
    "json: broken": (".json", b"[{"),
    "csv": (".csv", f"id,text\n1,{A}\n2,{B}\n".encode()),
    "csv: a byte order mark": (".csv", BOM + f"text,id\n{A},1\n{B},2\n".encode()),
    "csv: semicolons": (".csv", f"id;text\n1;{A}\n2;{B}\n".encode()),
    "csv: tabs": (".csv", f"id\ttext\n1\t{A}\n2\t{B}\n".encode()),
    "tsv: UTF-16, as Excel's Unicode text": (".tsv", f"id\ttext\r\n1\t{A}\r\n2\t{B}\r\n".encode("utf-16")),
    "csv: GB18030": (".csv", f"编号,内容\n1,{A}\n2,{B}\n".encode("gb18030")),
    "csv: quoting": (".csv", f'id,text\n1,"{A}\n{B}"\n2,"他说""好"",\n{A}"\n3,{B}"半\n'.encode()),
    "csv: a name twice": (".csv", f"text,id,id\n{A},1,2\n".encode()),
    "csv: the text's name twice": (".csv", f"text,text\n{A},{B}\n".encode()),
    "csv: columns without a name": (".csv", f"text,,\n{A},1,2\n{B},3,4\n".encode()),
    "csv: rows too short and too long": (".csv", f"id,text,n\n1,{A}\n2,{B},3,4\n5,{A},6\n".encode()),
    "csv: labels there already": (".csv", f"text,labels,predicted_error\n{A},x,y\n".encode()),
    "csv: a title above": (".csv", f"某区来信\n\nid,text\n1,{A}\n2,{B}\n".encode()),
    "csv: the headings once more": (".csv", f"id,text\n1,{A}\nid,text\n2,{B}\n".encode()),
    "csv: bytes of no character": (".csv", b"id,text\n1,\xff\xfe\xfd\n" + f"2,{A}\n".encode() * 30),
    "csv: no column that may be it": (".csv", b"a,b\n1,2\n"),
    "csv: empty": (".csv", b""),
    "csv: headings alone": (".csv", b"id,text\n"),
    "csv: packed": (".csv.gz", gzip.compress(f"id,text\n1,{A}\n".encode())),
    "a workbook": (".xlsx", xlsx({"表": [["编号", "内容"], ["1", A], ["2", B]]})),
    "a workbook that is none": (".xlsx", b"PK\x03\x04 broken"),
    "a table that is none": (".parquet", b"PAR1 broken"),
}  # fmt: skip


def by_command(folder: Path, ending: str, data: bytes, prefix: str) -> tuple[list[str], str]:
    """Return the rows that the command gives, and what it says where it refuses."""
    source, target = folder / f"body{ending}", folder / "out.jsonl"
    source.write_bytes(data)
    options = ["--prefix", prefix] if prefix else []
    done = classify("score", str(source), str(target), "--workers", "1", *options)
    rows = target if target.exists() else folder / "out.jsonl.scoring" / "parts" / "part"
    shown = rows.read_text(encoding="utf-8").splitlines() if rows.exists() else []
    return shown, done.stderr.decode() if done.returncode else ""


def by_api(client: TestClient, ending: str, data: bytes, prefix: str) -> tuple[list[str], str]:
    """Return the same of the API; what it passed over is no row."""
    kind = next(kind for kind, one in ENDINGS.items() if one == ending.removesuffix(".gz"))
    headers = {"Content-Type": kind} | ({"Content-Encoding": "gzip"} if ending.endswith(".gz") else {})
    answer = client.post("/api/score", content=data, headers=headers, params={"prefix": prefix})
    if answer.status_code != 200:
        assert answer.status_code == 422, answer.text
        return [], str(answer.json()["detail"])
    shown = answer.text.splitlines()
    problem = json.loads(shown[-1]).get("problem") if shown else None
    if problem is not None:
        return shown[:-1], str(problem["detail"])
    return [one for one in shown if not one.startswith('{"notes":')], ""


CASES = [(name, "") for name in TABLES] + [(name, "predicted_") for name in TABLES if " there " in name]


@pytest.mark.parametrize(("name", "prefix"), CASES)
def test_the_same_file_gives_the_same_rows(client: TestClient, tmp_path: Path, name: str, prefix: str) -> None:
    ending, data = TABLES[name]
    rows, said = by_command(tmp_path, ending, data, prefix)
    shown, refused = by_api(client, ending, data, prefix)
    assert shown == rows
    assert bool(refused) == bool(said), (refused, said)
    if refused:
        first = said.removeprefix("classify: ").split("; ")[0].strip().replace(f"{tmp_path}/body{ending}", "body")
        assert refused.split("; ")[0] == first


def test_a_refusal_does_not_hold_the_whole_table(client: TestClient) -> None:
    """What is no table is one long heading; a message that repeats it helps nobody."""
    found = client.post("/api/score", content=b"a" * 300_000, headers={"Content-Type": "text/csv"})
    assert found.status_code == 422
    assert "there is no column text" in found.json()["detail"]
    assert len(found.content) < 1_000
