"""The streams of a compound file (OLE) that Word's text is in ([MS-CFB], read by olefile)."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classifier.documents.binary_word.little_endian import u32
from classifier.documents.extras import missing

if TYPE_CHECKING:
    from olefile import OleFileIO

_SECTOR = 512  # the smallest
_WANTED = ("WordDocument", "0Table", "1Table", "Data")


@dataclass(frozen=True)
class Streams:
    """`word`: the text; `tables`: streams that say what it means, by name; `data`: long properties."""

    word: bytes
    tables: dict[str, bytes]
    data: bytes


def read_streams(data: bytes, name: str) -> Streams:
    """Return the streams. Raises MissingExtraError without olefile, ValueError or OSError where the file is damaged."""
    try:
        import olefile  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "old Word files (.doc, .wps)", error)
    # A sector table larger than the file can fill is a lie, and would be built in memory.
    if max(u32(data, 0x2C), u32(data, 0x48)) > len(data) // _SECTOR:
        raise ValueError("its table of sectors is damaged")
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        found = {one: _stream(ole, one, len(data)) for one in _WANTED}
    return Streams(found["WordDocument"], found, found["Data"])


def _stream(ole: "OleFileIO", stream: str, most: int) -> bytes:
    if not ole.exists(stream):
        return b""
    if ole.get_size(stream) > most:
        raise ValueError(f"its part {stream} is longer than the file")
    content: bytes = ole.openstream(stream).read()
    return content
