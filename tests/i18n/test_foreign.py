"""What other libraries and the system add to a message has a Chinese reading as well, and so has what is put together."""

import builtins
import errno
import os
import re
import socket
import zipfile
from collections.abc import Callable
from importlib import util
from pathlib import Path
from typing import Any

import pytest

import classifier
from classifier.bulk.chunk import Fault
from classifier.bulk.compression import require_pyarrow
from classifier.bulk.lines import parse_line
from classifier.cli.main import _of_the_disk
from classifier.documents.extras import missing
from classifier.errors import ClassifierError
from classifier.extract import formats
from classifier.i18n.sentences import TERMINAL, translated
from classifier.training.portable import unpack
from classifier.web.addresses import networks
from classifier.web.server import listening
from tests.i18n.test_sentences import is_chinese

READ = sorted(
    {
        what
        for path in (Path(classifier.__file__).parent / "documents").rglob("*.py")
        for what in re.findall(r'missing\(name, "([^"]+)"', path.read_text(encoding="utf-8"))
    }
)
MET = ("EFBIG", "EIO", "EBUSY", "ENAMETOOLONG", "EISDIR", "ENOTDIR", "EEXIST", "EMFILE", "ENOMEM", "EINVAL", "ENOSPC",
       "EDQUOT", "EROFS", "EACCES", "ESTALE", "ETXTBSY", "ENOTEMPTY", "EXDEV", "ENOENT")  # fmt: skip


def chinese(text: str) -> bool:
    return is_chinese(re.sub(r"\.?[/\w.]*\.\w+|pip install \S+", "", translated(text, TERMINAL)))


def said(raising: Callable[[], Any]) -> str:
    with pytest.raises(ClassifierError) as raised:
        raising()
    return str(raised.value)


@pytest.mark.parametrize("filename", [None, "/甲/乙.docx"])
@pytest.mark.parametrize("name", MET)
def test_what_a_disk_refuses(name: str, filename: str | None) -> None:
    number = getattr(errno, name)
    assert chinese(_of_the_disk(OSError(number, os.strerror(number), filename)))


@pytest.mark.parametrize("what", READ)
def test_what_a_reader_lacks(what: str) -> None:
    assert len(READ) > 5
    found = translated(said(lambda: missing("甲.bin", what, ImportError())), TERMINAL)
    assert not re.search("[a-z]{3,}", re.sub("LibreOffice|\\.doc|\\.wps|pip install.*|甲.bin|Word|web", "", found)), (
        found
    )


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html"])
def test_what_a_writer_lacks(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _name: None)
    assert util.find_spec("os") is not None
    assert chinese(said(lambda: formats.check(format_)))


def test_what_parquet_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return whole(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    for purpose in ("Parquet", ".zst", "/甲/乙.parquet"):
        assert chinese(said(lambda purpose=purpose: require_pyarrow(purpose)))  # type: ignore[misc]


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert chinese(said(lambda: listening("127.0.0.1", port).__enter__()))


@pytest.mark.parametrize("address", ["abc", "10.1.2.3/8", "1.2.3.4/99"])
def test_an_address_that_is_none(address: str) -> None:
    assert chinese(said(lambda: networks([address])))


def test_files_that_are_no_models(tmp_path: Path) -> None:
    for name, data in (("a", b"PK"), ("b", b"PK\x05\x06" + bytes(18) + b"x" * 9)):
        (tmp_path / name).write_bytes(data)
        message = said(lambda name=name: unpack(tmp_path / name, tmp_path / f"{name}-made"))  # type: ignore[misc]
        assert chinese(message), message
    with zipfile.ZipFile(tmp_path / "c", "w") as archive:
        archive.writestr("manifest.json", "{}" * 90)
    whole = bytearray((tmp_path / "c").read_bytes())
    whole[60] ^= 1
    (tmp_path / "c").write_bytes(whole)
    assert chinese(said(lambda: unpack(tmp_path / "c", tmp_path / "c-made")))


@pytest.mark.parametrize("line", [b'{"text": 3', b"[", b"{'a': 1}", b"nul", b'"\xff"'])
def test_a_line_that_is_no_json(line: bytes) -> None:
    fault = parse_line(line)
    assert isinstance(fault, Fault)
    assert chinese(f"甲.jsonl, line 3: {fault.reason}")
