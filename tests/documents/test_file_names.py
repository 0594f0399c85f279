"""Names in other bytes than UTF-8, as archives of Windows leave them on Linux, are read as Chinese and stop nothing."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.file_names import readable
from tests.cli.run import run

TEXT = "新建两所小学，改造老旧小区十二个，低保金发放到位。\n"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"a/b.txt", "a/b.txt"),
        ("材料/报告.txt".encode(), "材料/报告.txt"),
        ("材料/".encode() + "甲县报告.txt".encode("gbk"), "材料/甲县报告.txt"),
        ("材料/乗車.txt".encode("gb18030"), "材料/乗車.txt"),
        (b"a/\xff\xff.txt", "a/\ufffd\ufffd.txt"),
    ],
)
def test_bytes_of_a_name(path: bytes, shown: str) -> None:
    assert readable(path.decode("utf-8", "surrogateescape")) == shown


@given(st.text(alphabet=st.characters()))
def test_any_name_can_be_written(path: str) -> None:
    found = readable(path)
    assert found.encode().decode() == found
    assert readable(found) == found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
@pytest.mark.parametrize(
    "command",
    [
        ("材料", "-o", "o.csv"),
        ("材料", "-o", "o.jsonl"),
        ("材料", "-o", "o.xlsx"),
        ("extract", "材料", "-o", "o.csv"),
        ("extract", "材料", "-o", "o.jsonl"),
        ("report", "材料", "-o", "o.csv"),
        ("score", "材料", "o.csv"),
        ("score", "材料", "o.jsonl"),
        ("suggest", "材料", "-o", "o.csv"),
    ],
)
def test_every_output_holds_such_a_name(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "材料").mkdir()
    for name in ("甲县报告.txt", "乙县报告.txt"):
        path = os.path.join(os.fsencode(tmp_path / "材料"), name.encode("gbk"))  # noqa: PTH118 - of bytes
        Path(os.fsdecode(path)).write_text(TEXT + name[0], encoding="utf-8")
    ran = run(capsys, *command, cwd=tmp_path)
    assert ran.code == 0, ran.err
    (output,) = tmp_path.glob("o.*")
    if output.suffix != ".xlsx" and "report" not in command:
        assert "甲县报告.txt" in output.read_text(encoding="utf-8-sig")
