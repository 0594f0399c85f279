"""Zip archives of documents: their members by name, each a file of its own. Archives inside are opened once.

.rar and .7z are not opened: rarfile calls a program that must be installed, py7zr brings eight packages along.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from classifier.documents.decode import decode
from classifier.documents.extras import damaged
from classifier.documents.recognise import format_of
from classifier.errors import InputError
from classifier.files import UNPACKED_MOST
from classifier.unzip import BROKEN, Allowance, BoundedZip, TooLargeError, too_large

MEMBERS_MOST = 20_000
_TOTAL_MOST = 10 * UNPACKED_MOST
_RATIO_MOST = 500  # a blank page's picture shrinks so far, a text never
_RATIO_FROM = 5_000_000  # bytes under which a ratio tells nothing
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1  # APPNOTE 6.3.10, 4.4.4
_UNICODE_PATH = 0x7075  # the same, 4.6.9
_LEFT_BY_SYSTEMS = re.compile(r"\.|~\$|__MACOSX$|(?:Thumbs\.db|desktop\.ini)$", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """A file in an archive. `name`: the archive's, then its own, with folders: archive.zip/folder/member.docx."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Unread:
    """A file, or a member of an archive, that could not be read, and why."""

    name: str
    error: InputError


def members(data: bytes, name: str) -> Iterator[Member | Unread]:
    """Yield the members of a zip archive in its order, folders and what systems leave behind passed over.

    A member that cannot be unpacked is an Unread. Raises InputError where the archive itself cannot be opened, holds
    nothing, or more than MEMBERS_MOST files.
    """
    yield from _members(data, name, Allowance(_TOTAL_MOST), nested=False)


def count_members(data: bytes, name: str) -> int:
    """Return how many files an archive holds, those of archives inside it not counted.

    Raises InputError where it cannot be opened, holds nothing, or more than MEMBERS_MOST files.
    """
    return len(_files(_opened(data, name), name))


def _members(data: bytes, name: str, allowance: Allowance, nested: bool) -> Iterator[Member | Unread]:
    archive = _opened(data, name, allowance)
    for entry, member in _files(archive, name):
        try:
            content = _unpacked(archive, entry, member)
            if format_of(content, member) == "zip":
                _check_depth(member, nested)
                yield from _members(content, member, allowance, nested=True)
            else:
                yield Member(member, content)
        except InputError as error:
            yield Unread(member, error)


def _check_depth(name: str, nested: bool) -> None:
    if nested:
        raise InputError(f"{name}: an archive in an archive in an archive is not opened; unpack it")


def _opened(data: bytes, name: str, allowance: Allowance | None = None) -> BoundedZip:
    try:
        return BoundedZip(data, allowance)
    except BROKEN as error:
        damaged(name, "zip archive", error)


def _files(archive: BoundedZip, name: str) -> list[tuple[zipfile.ZipInfo, str]]:
    """Return the members that are files, with their names."""
    files = []
    for entry in archive.members:
        parts = [part for part in _name(entry).replace("\\", "/").split("/") if part not in {"", ".", ".."}]
        is_folder = entry.is_dir() or _name(entry).endswith("\\")
        if parts and not is_folder and not any(map(_LEFT_BY_SYSTEMS.match, parts)):
            shown = ("".join(c if c.isprintable() else "\ufffd" for c in part) for part in parts)
            files.append((entry, str(PurePosixPath(name, *shown))))
    if not files:
        raise InputError(f"{name}: the archive holds no files; nothing to label")
    if len(files) > MEMBERS_MOST:
        raise InputError(f"{name}: holds more than {MEMBERS_MOST:,} files; unpack it and name its folder")
    return files


def _unpacked(archive: BoundedZip, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return a member's content; raise InputError where it is protected, a bomb, one too many, or damaged."""
    if entry.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: is protected by a password; take the password off and save it again")
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > UNPACKED_MOST:  # refused before any of it is unpacked
        raise InputError(too_large(name))
    if entry.file_size > _RATIO_FROM and ratio > _RATIO_MOST:
        raise InputError(f"{name}: would unpack to {ratio:.0f} times its size; it is not opened")
    try:
        return archive.read(entry)
    except NotImplementedError as error:
        raise InputError(f"{name}: packed in a way that is not read; unpack the archive and name its files") from error
    except TooLargeError as error:
        raise InputError(too_large(name)) from error
    except BROKEN as error:
        damaged(name, "member of the archive", error)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: in UTF-8 where the archive says so, else in what its bytes are, GBK mostly.

    zipfile takes names without a mark for cp437; Windows, WinRAR and WPS write the system's code page.
    """
    if entry.flag_bits & _UTF8_NAME or entry.orig_filename.isascii():
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:  # zipfile has found a better name itself
        return entry.orig_filename
    unicode_path = _unicode_path(entry.extra, raw)
    if unicode_path is not None:
        return unicode_path
    try:
        text, encoding = decode(raw, "")
    except InputError:
        encoding = ""
    if encoding in {"utf-8", "gb18030", "big5hkscs"}:
        return text
    return raw.decode("gb18030", errors="replace")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name in Info-ZIP's extra field, None where there is none or it belongs to an older name."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", errors="replace")
    return None
