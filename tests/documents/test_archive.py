"""Zip archives: every member a document of its own, its name as it was given, nothing opened that would not end."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from classifier.documents import archive as module
from classifier.documents.archive import Member, Unread, members
from classifier.documents.document import Document
from classifier.documents.read import all_from_bytes, from_bytes, read, read_all, read_each
from classifier.errors import InputError

TEXT = "各村春耕备耕情况良好。"


def packed(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def named(raw: bytes, extra: bytes = b"") -> bytes:
    """Return an archive with one member whose name is these bytes, without the mark that says UTF-8."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        one = zipfile.ZipInfo("x" * len(raw))
        one.extra = extra
        archive.writestr(one, TEXT)
    return stream.getvalue().replace(b"x" * len(raw), raw)


def names(data: bytes) -> list[str]:
    return [one.name for one in members(data, "a.zip")]


def test_members_in_order_with_their_folders() -> None:
    data = packed({"一/二.txt": TEXT, "b.txt": TEXT, "一/": "", "c\\d.txt": TEXT, "/e.txt": TEXT, "../f.txt": TEXT})
    assert names(data) == ["a.zip/一/二.txt", "a.zip/b.txt", "a.zip/c/d.txt", "a.zip/e.txt", "a.zip/f.txt"]


def test_what_systems_leave_behind_is_passed_over() -> None:
    left = [".DS_Store", "__MACOSX/._a.txt", "Thumbs.db", "b/desktop.ini", "~$报告.docx", ".git/config"]
    assert names(packed(dict.fromkeys([*left, "a.txt"], TEXT))) == ["a.zip/a.txt"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "big5"])
def test_names_without_a_mark_are_read_in_what_they_are(encoding: str) -> None:
    name = "關於項目建設的通知.txt" if encoding == "big5" else "关于春耕备耕的通知.txt"
    assert names(named(name.encode(encoding))) == [f"a.zip/{name}"]


def test_the_unicode_name_of_info_zip_counts_where_it_belongs_to_the_name() -> None:
    raw = "旧名.txt".encode("gbk")
    for checksum, expected in [(zlib.crc32(raw), "通知.txt"), (7, "旧名.txt")]:
        field = struct.pack("<BI", 1, checksum) + "通知.txt".encode()
        assert names(named(raw, struct.pack("<HH", 0x7075, len(field)) + field)) == [f"a.zip/{expected}"]


def test_archives_inside_are_opened_once() -> None:
    innermost = packed({"c.txt": TEXT})
    found = list(members(packed({"b.zip": packed({"b.txt": TEXT, "c.zip": innermost}), "a.txt": TEXT}), "a.zip"))
    assert [(type(one), one.name) for one in found] == [
        (Member, "a.zip/b.zip/b.txt"), (Unread, "a.zip/b.zip/c.zip"), (Member, "a.zip/a.txt"),
    ]  # fmt: skip


def encrypted(data: bytes) -> bytes:
    """Return an archive whose first member says that it is encrypted."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.index(mark) + place] |= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encrypted(packed({"a.txt": TEXT})), r"a\.zip/a\.txt: is protected by a password"),
        (
            packed({"a.txt": TEXT * 9}, zipfile.ZIP_STORED).replace(TEXT.encode()[:6], b"xxxxxx", 1),
            r"a\.zip/a\.txt: cannot be read as",
        ),
        (packed({"a.txt": b"0" * 9_000_000}), r"a\.zip/a\.txt: would unpack to \d+ times its size"),
        (packed({"a.exe": bytes(range(256)) * 9}), r"a\.zip/a\.exe: not a text"),
        (
            packed({"a.rar": b"Rar!\x1a\x07\x01\0" + b"x" * 80}),
            r"a\.zip/a\.rar: an archive of a kind that is not opened",
        ),
    ],
)
def test_members_that_cannot_be_read_are_named_and_the_others_read(data: bytes, message: str) -> None:
    found = list(all_from_bytes(_with(data, "b.txt"), "a.zip"))
    assert [type(one) for one in found] == [Unread, Document]
    with pytest.raises(InputError, match=message):
        raise found[0].error if isinstance(found[0], Unread) else AssertionError


def _with(data: bytes, name: str) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, TEXT)
    return stream.getvalue()


def test_bombs_by_size_and_by_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNPACKED_MOST", 1000)
    monkeypatch.setattr(module, "_TOTAL_MOST", 500)  # what is refused costs nothing
    found = list(members(packed({"a.txt": "x" * 1001, "b.txt": "x" * 400, "c.txt": "x" * 200}), "a.zip"))
    assert [type(one) for one in found] == [Unread, Member, Unread]
    monkeypatch.setattr(module, "MEMBERS_MOST", 2)
    with pytest.raises(InputError, match="holds more than 2 files"):
        list(members(packed(dict.fromkeys("abc", TEXT)), "a.zip"))


def test_archives_without_files_and_damaged_ones_are_said() -> None:
    with pytest.raises(InputError, match="the archive holds no files"):
        list(all_from_bytes(packed({"a/": ""}), "a.zip"))
    with pytest.raises(InputError, match="is damaged"):
        list(all_from_bytes(packed({"a.txt": TEXT})[:-9], "a.zip"))


def test_read_gives_the_only_document_and_says_what_else_is_there() -> None:
    document = from_bytes(packed({"照片.exe": bytes(range(256)) * 9, "通知.txt": TEXT}), "a.zip")
    assert (document.name, document.text, document.format) == ("a.zip/通知.txt", TEXT, "txt")
    [note] = document.notes
    assert note.kind == "unread_member"
    assert note.what.startswith("a.zip/照片.exe: not a text")


def test_read_refuses_several_documents_and_none() -> None:
    with pytest.raises(InputError, match=r"an archive of 2 files, of which only one can be opened here.*read_all"):
        from_bytes(packed({"a.txt": TEXT, "b.txt": TEXT}), "a.zip")
    with pytest.raises(
        InputError, match=r"none of the archive's 1 files can be read: a\.zip/a\.txt: the file is empty"
    ):
        from_bytes(packed({"a.txt": ""}), "a.zip")


def test_read_all_gives_one_document_for_an_ordinary_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(packed({"c.txt": TEXT, "d.txt": ""}))
    text, archive, nowhere = (str(tmp_path / name) for name in ("a.txt", "b.zip", "nowhere.txt"))
    assert list(read_all(text)) == [read(text)]
    assert [one.name for one in read_all(archive)] == [f"{archive}/c.txt", f"{archive}/d.txt"]
    with pytest.raises(InputError, match="no such file"):
        list(read_all(nowhere))
    assert [(type(one), one.name) for one in read_each([nowhere, archive])] == [
        (Unread, nowhere), (Document, f"{archive}/c.txt"), (Unread, f"{archive}/d.txt"),
    ]  # fmt: skip
