"""Patterns and folders: what people type for the files they mean."""

import errno
import os
from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.patterns import files_below, fitting, unopened_below, why_unopened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "甲县/a.txt",
        "甲县/下/b.txt",
        "乙县/c.docx",
        "报告[1].txt",
        "甲县/~$a.docx",
        ".git/d.txt",
        "乙县/.e.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("甲", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲县/a.txt", ["甲县/a.txt"]),
        ("nowhere.txt", ["nowhere.txt"]),
        ("报告[1].txt", ["报告[1].txt"]),
        ("-", ["-"]),
        ("*/*.txt", ["甲县/a.txt"]),
        ("**/*.txt", ["报告[1].txt", "甲县/a.txt", "甲县/下/b.txt"]),
        ("甲县/**", ["甲县/a.txt", "甲县/下/b.txt"]),
        ("*县", ["乙县", "甲县"]),
    ],
)
def test_what_fits(folder: Path, name: str, expected: list[str]) -> None:
    assert fitting(name) == expected


def test_a_pattern_that_nothing_fits_is_an_error(folder: Path) -> None:
    with pytest.raises(InputError, match=r"\*\.wps: no file fits this pattern"):
        fitting("*.wps")


def test_all_files_of_a_folder_but_hidden_ones_and_locks(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in files_below(folder)]
    assert found == ["乙县/c.docx", "报告[1].txt", "甲县/a.txt", "甲县/下/b.txt"]


def test_what_of_a_folder_is_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to nothing, a link to a folder (which may lead in a circle), a folder that nobody may read, a pipe."""
    (folder / "甲县" / "旧.txt").symlink_to(folder / "没有.txt")
    (folder / "甲县" / "乙县的").symlink_to(folder / "乙县")
    (folder / "甲县" / "连.txt").symlink_to(folder / "乙县" / "c.docx")  # a link to a file is one
    (folder / ".git" / "断").symlink_to(folder / "没有.txt")
    os.mkfifo(folder / "管.txt")
    (folder / "密").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "密":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = {path.relative_to(folder).as_posix(): why_unopened(path) for path in unopened_below(folder)}
    assert found == {
        "密": "passed over, being a folder that cannot be opened",
        "管.txt": "passed over, being neither a file nor a folder",
        "甲县/乙县的": "passed over, being a link to a folder",
        "甲县/旧.txt": "passed over, being a link to nothing",
    }
    assert list(found) == sorted(found)
    assert "甲县/连.txt" in [path.relative_to(folder).as_posix() for path in files_below(folder)]
