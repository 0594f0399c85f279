"""Small inputs in the shape of public reports, each the stand-in for a kind: the commands make of them what is right.

tests/cases/expect.json says for each how it is run (`label`, `score`, `import`; `args` beside) and what must hold:
`has` (stands in a paragraph or row), `not`, `once`, `has_joined` (in one paragraph, white space aside), `no_body_with`,
`rows`, `errors` (rows that say why they have no label), `stored` (after import), `labels` (of the paragraph that begins so).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import run

CASES = Path(__file__).parent / "cases"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CASES / "expect.json").read_text(encoding="utf-8"))


def rows_of(
    name: str, case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, Any]]:
    path, extra, out = CASES / name, case.get("args", []), tmp_path / "out.jsonl"
    if case["run"] == "label":
        done = run(capsys, str(path), "--format", "jsonl", "--all", *extra)
        lines = done.out
    else:
        done = run(capsys, "score", str(path), str(out), "--workers", "1", *extra)
        lines = out.read_text(encoding="utf-8") if out.is_file() else ""
    assert done.code == 0, done.err
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


@pytest.mark.parametrize("name", [name for name, case in EXPECTED.items() if case["run"] != "import"])
def test_a_document_or_table_is_read_whole(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = EXPECTED[name]
    rows = rows_of(name, case, tmp_path, capsys)
    texts = [row.get("text") or json.dumps(row, ensure_ascii=False) for row in rows]
    shown = "\n".join(texts)
    whole = "\n".join([shown, *(json.dumps(row, ensure_ascii=False) for row in rows)])
    assert rows
    assert [one for one in case.get("has", []) if one not in whole] == []
    assert [one for one in case.get("not", []) if one in shown] == []
    assert [one for one in case.get("once", []) if shown.count(one) != 1] == []
    joined = ["".join(text.split()) for text in texts]
    assert [one for one in case.get("has_joined", []) if not any(one in text for text in joined)] == []
    bodies = [row["text"] for row in rows if row.get("kind") == "body"]
    assert [one for one in case.get("no_body_with", []) if any(one in text for text in bodies)] == []
    for start, label in case.get("labels", {}).items():
        assert any(row["text"].strip().startswith(start) and label in row["labels"] for row in rows)
    if case["run"] == "score":
        assert sum(bool(row.get("error")) for row in rows) == case.get("errors", 0)
        assert len(rows) == case.get("rows", len(rows))


@pytest.mark.parametrize("name", [name for name, case in EXPECTED.items() if case["run"] == "import"])
def test_labels_from_elsewhere_are_stored(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, labels, out = EXPECTED[name], tmp_path / "labels", tmp_path / "out.jsonl"
    done = run(capsys, "labels", "import", str(CASES / name), "--labels", str(labels), *case.get("args", []))
    assert done.code == 0, done.err
    run(capsys, "labels", "export", "--format", "jsonl", "--labels", str(labels), "-o", str(out))
    stored = out.read_text(encoding="utf-8").splitlines()
    assert len(stored) == case.get("stored", len(stored)) > 0
