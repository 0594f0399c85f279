"""A file that is looked at again and again: no more of it is read again than must be.

Programs add lines at its end and cut lines off there, and each line differs from all others, for it holds a time and a
number. So where the last known line stands as it stood, those before it do, too. Somebody's editor may change anything:
whatever looks otherwise than after such a write is read as a whole.
"""

import gzip
import time
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

_SETTLED = 2_000_000_000  # ns: a file written to so lately may change again without its time and length showing it

Look = tuple[int, int, int]  # what can be seen of a file without reading it: which one it is, its time, its length


def has_settled(look: Look, now: int) -> bool:
    """Tell whether a file that looks so at a time (ns) can no longer change without looking otherwise."""
    return look[1] < now - _SETTLED


@dataclass(frozen=True)
class News:
    """What a file says otherwise than before: its first `kept` lines stand as they stood, `lines` follow them.

    `broken`: why what is packed in it cannot be unpacked to its end, "" where it can or nothing is packed.
    """

    kept: int
    lines: list[bytes]
    broken: str = ""


class LookedAt:
    """A file's lines, known by where they end and by their hashes: 16 bytes a line.

    `grows`: programs alone write into it, at its end. `torn`: a last line without its end is none; it is still being
    written, or was left by who was killed.
    """

    def __init__(self, path: Path, *, grows: bool, torn: bool) -> None:
        self.path = path
        self._grows = grows and path.suffix != ".gz"
        self._torn = torn
        self._look: Look | None = None
        self._settled = False
        self._broken = ""
        self._ends = array("q")  # in bytes, of what is unpacked
        self._hashes = array("q")

    def is_as(self, look: Look | None) -> bool:
        """Tell whether a look is enough to know that the file is as it was; None where there is no file to look at."""
        return self._look is None if look is None else self._settled and look == self._look

    def news(self, look: Look, *, sure: bool = False) -> News | None:
        """Return what has changed by a look that was taken just now, None for nothing.

        `sure`: since the look before, this program alone has written, and nobody else could. Raises OSError where it
        cannot be read; then nothing of it is known any more.
        """
        now, first = time.time_ns(), self._look is None
        try:
            found = self._from_last(look) if self._only_grown(look, now, sure) else None
            found = found or self._whole()
        except BaseException:
            self._look, self._settled = None, False
            self._take(News(0, []))
            raise
        same = not found.lines and found.kept == len(self._ends) and found.broken == self._broken
        self._take(found)
        self._look, self._settled = look, sure or has_settled(look, now)
        return None if same and not first else found

    def _only_grown(self, look: Look, now: int, sure: bool) -> bool:
        """Tell whether lines were added or cut off, at most: then the rest need not be read."""
        known = self._look
        if not self._grows or known is None or look[0] != known[0]:
            return False
        if look == known:
            return sure or not has_settled(look, now)  # once it has settled it is compared as a whole
        return look[2] != known[2]

    def _from_last(self, look: Look) -> News | None:
        """Read on from the last known line that fits into the file; None where that stands there no longer."""
        kept = bisect_right(self._ends, look[2])
        if not kept:
            return None
        with self.path.open("rb") as stream:
            stream.seek(self._ends[kept - 2] if kept > 1 else 0)
            lines = self._ended(stream)
        stands = bool(lines) and hash(lines[0]) == self._hashes[kept - 1]
        return News(kept, lines[1:]) if stands else None

    def _whole(self) -> News:
        data, broken = self.path.read_bytes(), ""
        if self.path.suffix == ".gz":
            data, broken = _unpacked(data)
        kept = 0
        lines: list[bytes] = []
        for line in self._ended(BytesIO(data)):
            if not lines and kept < len(self._hashes) and hash(line) == self._hashes[kept]:
                kept += 1
            else:
                lines.append(line)
        return News(kept, lines, broken)

    def _ended(self, lines: Iterable[bytes]) -> list[bytes]:
        return [line for line in lines if not self._torn or line.endswith(b"\n")]

    def _take(self, news: News) -> None:
        del self._ends[news.kept :], self._hashes[news.kept :]
        end = self._ends[-1] if self._ends else 0
        for line in news.lines:
            end += len(line)
            self._ends.append(end)
            self._hashes.append(hash(line))
        self._broken = news.broken


def _unpacked(data: bytes) -> tuple[bytes, str]:
    """Return what is packed with gzip and why it breaks off, "" where it does not."""
    found = bytearray()
    try:
        with gzip.open(BytesIO(data)) as stream:
            for line in stream:
                found += line
    except (OSError, EOFError, zlib.error) as error:
        return bytes(found), str(error)
    return bytes(found), ""
