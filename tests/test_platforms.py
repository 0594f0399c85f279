"""Windows and macOS, told here: their names, files in use, processes, consoles and languages."""

import errno
import io
import os
import signal
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import platforms
from classifier.files import replacing, write_text
from classifier.platforms import is_plain_name, shown_place


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(platforms, "_WAITS", (0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "CON", "con", "Aux.txt", "nul.tar.gz", "COM1", "lpt¹", "CONIN$", "name.", "name ", " name", ".hidden",
     "a/b", "a\\b", "C:x", "a?b", "a\nb", "x" * 201, "名" * 67, "nul .txt"],
)  # fmt: skip
def test_names_that_some_system_refuses_are_told(name: str) -> None:
    assert not is_plain_name(name)


@pytest.mark.parametrize("name", ["20261129-97b22e-2", "会议 新闻（一）", "console", "COM10", "a.b.c", "名" * 66])
def test_ordinary_names_are_fine(name: str) -> None:
    assert is_plain_name(name)


@given(st.text(max_size=30))
def test_a_plain_name_is_one_part_of_a_path_on_windows_and_elsewhere(name: str) -> None:
    if is_plain_name(name):
        assert PureWindowsPath(name).name == name == Path(name).name
        assert not PureWindowsPath(name).drive


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (str(PureWindowsPath(r"C:\Users\某某\我的 文档\labels\paragraphs\a.jsonl")) + ":12", "paragraphs/a.jsonl:12"),
        (r"\\server\share\labels\paragraphs\a.jsonl:1", "paragraphs/a.jsonl:1"),
        ("/home/x/labels/extracted/b.jsonl.gz:3", "extracted/b.jsonl.gz:3"),
        ("b.jsonl:3", "b.jsonl:3"),
    ],
)
def test_a_place_is_shown_without_the_folders_above_it(where: str, shown: str) -> None:
    assert shown_place(where) == shown


def refusing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let os.replace say so often that another program has the file open, and return how often it was asked."""
    asked: list[int] = []
    really = os.replace

    def replace(source: Path, target: Path) -> None:
        asked.append(1)
        if len(asked) <= times:
            raise PermissionError(errno.EACCES, "being used by another process", str(source))
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    return asked


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_open_elsewhere_is_replaced_when_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = refusing(2, monkeypatch)
    write_text(tmp_path / "x", "新")
    assert (tmp_path / "x").read_text(encoding="utf-8") == "新"
    assert len(asked) == 3


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_never_let_go_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "x", "旧")
    asked = refusing(99, monkeypatch)
    with pytest.raises(PermissionError):
        write_text(tmp_path / "x", "新")
    assert (tmp_path / "x").read_text(encoding="utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert len(asked) == 4


def test_elsewhere_a_refusal_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = refusing(1, monkeypatch)
    with pytest.raises(PermissionError):
        write_text(tmp_path / "x", "新")
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["名" * 85, "x" * 255])
def test_a_file_of_the_longest_name_is_written(tmp_path: Path, name: str) -> None:
    with replacing(tmp_path / name) as part:
        part.write_bytes(b"1")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.usefixtures("windows")
def test_windows_ends_a_process_with_its_children_by_its_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append([str(one) for one in command]))
    platforms.end_with_children(4321, "SIGKILL")
    assert asked[0][0].endswith("taskkill.exe")
    assert asked[0][1:] == ["/F", "/T", "/PID", "4321"]


def test_a_process_group_is_ended(tmp_path: Path) -> None:
    code = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        platforms.end_with_children(process.pid, "SIGTERM")
        assert process.stdout.read() == b""  # its child, which held the pipe too, has ended
        assert process.wait() == -signal.SIGTERM
    platforms.end_with_children(process.pid, "SIGKILL")


@pytest.mark.usefixtures("windows")
def test_windows_gives_a_pool_61_processes_at_most() -> None:
    assert [platforms.most_workers(one) for one in (1, 61, 128)] == [1, 61, 61]


def test_elsewhere_a_pool_has_what_it_wants() -> None:
    assert platforms.most_workers(128) == 128


@pytest.mark.parametrize("number", [errno.EADDRINUSE, 10048, 10013])
def test_a_port_in_use_is_told_on_every_system(number: int) -> None:
    assert platforms.port_in_use(OSError(number, "in use"))
    assert not platforms.port_in_use(OSError(errno.EADDRNOTAVAIL, "no such address"))


@pytest.mark.parametrize(
    ("environment", "language", "chinese"),
    [
        ({}, 0x0804, True),
        ({}, 0x0404, True),
        ({}, 0x0409, False),
        ({"LANG": "en_US.UTF-8"}, 0x0804, False),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "C"}, 0x0409, True),
    ],
)
def test_the_language_of_windows_counts_where_the_environment_names_none(
    environment: dict[str, str], language: int, chinese: bool, windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: language)
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert platforms.speaks_chinese() is chinese


def printed(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    under = io.BytesIO()
    stream = io.TextIOWrapper(under, encoding=encoding, newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    platforms.prepare_output()
    stream.write(text)
    stream.flush()
    stream.detach()
    return under.getvalue()


def test_a_console_in_code_page_936_shows_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("民生 ▐▐ ✓ 🙂 é", "cp936", monkeypatch).decode("gbk") == r"民生 ## \u2713 \U0001f642 é"


def test_utf_8_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("民生 ▏ 🙂", "utf-8", monkeypatch).decode() == "民生 ▏ 🙂"


@pytest.mark.parametrize("encoding", ["cp936", "cp1252"])
@pytest.mark.parametrize("command", [["--help"], ["text.txt", "--format", "table"]])
def test_no_command_fails_for_the_console_s_encoding(tmp_path: Path, encoding: str, command: list[str]) -> None:
    (tmp_path / "text.txt").write_text("㐀新建两所小学🙂，改造老旧小区é。\n", encoding="utf-8")
    root = Path(__file__).parent.parent
    environment: dict[str, Any] = os.environ | {
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": str(root),
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from classifier.cli.main import main; main()", *command],
        cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    done.stdout.decode(encoding)
