"""JSON Lines are cut into the same chunks however they are read, and read as JSON line by line."""

import io
from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.bulk import lines
from classifier.bulk.chunk import Chunk, Fault
from classifier.bulk.lines import Lines, read_lines
from classifier.bulk.settings import Format
from classifier.errors import InputError

BOM = b"\xef\xbb\xbf"


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    """Chunks of few lines and bytes, read some bytes at a time."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("CHUNK_ROWS", 3), ("CHUNK_BYTES", 40), ("_BLOCK", 7), ("_LONGEST_LINE", 120)):
            patch.setattr(lines, name, value)
        yield


def by_line(data: bytes) -> list[tuple[bytes, int]]:
    """Return payload and first line of each chunk: it ends with its third line or the one that makes 40 bytes full."""
    found, first, chunk = [], 1, b""
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        chunk += line
        if number - first == 2 or len(chunk) >= 40:
            found.append((chunk, first))
            first, chunk = number + 1, b""
    found += [(chunk, first)] if chunk else []
    return [(payload.removeprefix(BOM) if first == 1 else payload, first) for payload, first in found]


@given(st.lists(st.text(alphabet="字a ", max_size=30).map(str.encode), max_size=20), st.booleans(), st.booleans())
def test_chunks_end_where_they_would_line_by_line(texts: list[bytes], bom: bool, ended: bool) -> None:
    data = (BOM if bom else b"") + b"\n".join(texts) + (b"\n" if ended else b"")
    found = [(chunk.payload, chunk.first) for chunk in read_lines(io.BytesIO(data), "x.jsonl")]
    assert found == by_line(data)


def test_a_line_without_end_is_refused() -> None:
    data = b"{}\n{}\n{}\n{}\n" + b"a" * 200
    chunks = read_lines(io.BytesIO(data), "x.jsonl")
    assert next(chunks).payload == b"{}\n{}\n{}\n"
    with pytest.raises(InputError, match=r"x\.jsonl, line 5: longer than"):
        next(chunks)


ROW = st.sampled_from(
    [b'{"text":"a"}', b'{"text": 1}', b"{}", b'{"text":"\\ud800"}', b'{"text":NaN}', b"[1]", b"{", b" ", b"", b"\xff"]
)


@given(st.lists(ROW, max_size=6))
def test_a_row_is_read_as_it_would_be_alone(rows: list[bytes]) -> None:
    def read(*some: bytes) -> Lines:
        return Lines(Chunk(Format.jsonl, b"\n".join(some), "x.jsonl", 5), "text", ["labels"])

    together, alone = read(*rows), [read(row) for row in rows if row.strip()]
    assert list(map(repr, together.values)) == [repr(one.values[0]) for one in alone]
    assert list(together.objects()) == [next(iter(one.objects())) for one in alone]
    places = [f"line {5 + place}" for place, row in enumerate(rows) if row.strip()]
    assert [together.where(row) for row in range(len(alone))] == places
    for value, row in zip(together.values, (row for row in rows if row.strip()), strict=True):
        assert (
            isinstance(value, Fault) or value == orjson.loads(row.replace(b"NaN", b"null")).get("text") or b"NaN" in row
        )
