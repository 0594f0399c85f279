"""What is said in Chinese has Chinese marks between its parts."""

import re
from pathlib import Path

import pytest

from tests.cli.run import run


def test_chinese_sentences_have_chinese_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A colon behind a file's name, too; in English, Chinese names in a list keep what is between them."""
    (tmp_path / "信.csv").write_text("编号,来信内容,日期\n1,路灯坏了没人修。,2021-03-01\n", encoding="utf-8")
    (tmp_path / "坏.jsonl").write_text('{"text": 3', encoding="utf-8")
    for command in (("信.csv", "-o", "a.csv"), ("report", "坏.jsonl"), ("models", "import", "无.zip")):
        said = run(capsys, "--language", "zh", *command, cwd=tmp_path).err.replace("classify: ", "")
        assert not re.search(r"[:,] [\u4e00-\u9fff]", said.replace("编号, 日期", "")), said
    assert "编号, 日期" in run(capsys, "--language", "en", "信.csv", "-o", "b.csv", cwd=tmp_path).err
