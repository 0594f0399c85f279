"""Archives are unpacked within bounds: one member, all members together, archives inside included."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import unzip
from classifier.documents.recognise import format_of
from classifier.errors import InputError
from classifier.unzip import BROKEN, Allowance, BoundedZip, TooLargeError, check_unpacked_size


def packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(0, 120))
def test_no_more_comes_out_than_is_allowed(contents: list[bytes], left: int) -> None:
    """A member that goes beyond is refused and costs nothing: smaller ones behind it are still read."""
    archive = BoundedZip(packed({str(number): one for number, one in enumerate(contents)}), Allowance(left))
    for member, content in zip(archive.members, contents, strict=True):
        if len(content) <= left:
            assert archive.read(member) == archive.read(member) == content  # read twice, charged once
            left -= len(content)
        else:
            with pytest.raises(TooLargeError):
                archive.read(member)


def test_a_member_has_a_bound_of_its_own() -> None:
    archive = BoundedZip(packed({"a": b"x" * 10}))
    assert archive.read(archive.members[0], 10) == b"x" * 10
    with pytest.raises(TooLargeError):
        archive.read(archive.members[0], 9)


def test_a_member_that_says_too_little_is_damaged_and_not_unpacked() -> None:
    """Ten megabytes that say ten bytes: no more than these are unpacked, and the checksum is wrong."""
    data = packed({"a": b"x" * 10_000_000})
    lying = data.replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    archive = BoundedZip(lying, Allowance(1000))
    with pytest.raises(zipfile.BadZipFile):
        archive.read(archive.members[0])


def test_archives_share_an_allowance() -> None:
    allowance = Allowance(15)
    first, second = (BoundedZip(packed({"a": b"x" * 10}), allowance) for _ in range(2))
    first.read(first.members[0])
    with pytest.raises(TooLargeError):
        second.read(second.members[0])


def test_a_size_that_is_said_is_checked_before_another_library_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"a": b"x" * 600, "b": b"x" * 600})
    check_unpacked_size(data, "a.xlsx", InputError)
    monkeypatch.setattr(unzip, "UNPACKED_MOST", 1000)
    with pytest.raises(InputError, match=r"^a\.xlsx: would unpack to more than"):
        check_unpacked_size(data, "a.xlsx", InputError)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", packed({"a": b"x"})[:-9]])
def test_what_is_no_archive_raises_what_is_listed(data: bytes) -> None:
    with pytest.raises(BROKEN):
        BoundedZip(data)


def test_telling_a_format_unpacks_little() -> None:
    """A part called mimetype may be anything: it is not unpacked to see its first bytes."""
    data = packed({"mimetype": b"application/epub+zip" + b" " * 3_000_000, "word/document.xml": b"<a/>"})
    assert format_of(data, "a") == "docx"
    assert format_of(packed({"mimetype": b"application/epub+zip\n"}), "a") == "epub"
