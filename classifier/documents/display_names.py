"""What documents are called where people see them: the file's name, with its folders where names repeat."""

from collections.abc import Sequence
from itertools import count
from pathlib import PurePath


def display_names(names: Sequence[str]) -> list[str]:
    """Return a name for each document, no two the same: 报告.txt, or 甲县/报告.txt beside 乙县/报告.docx.

    `names`: as they were read, with their folders. One that was read twice gets a number the second time.
    """
    parts = [PurePath(name).parts or (name,) for name in names]
    depth = [1] * len(names)
    while deeper := _repeated(parts, depth):
        for place in deeper:
            depth[place] += 1
    shown = ["/".join(some[-deep:]).replace("//", "/") for some, deep in zip(parts, depth, strict=True)]
    taken: set[str] = set()
    return [_numbered(one, taken, frozenset(shown)) for one in shown]


def _repeated(parts: Sequence[tuple[str, ...]], depth: Sequence[int]) -> list[int]:
    """Return the places of names that are still the same and have more folders to show."""
    ends = [_plain(some[-deep:]) for some, deep in zip(parts, depth, strict=True)]
    whole: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for end, some in zip(ends, parts, strict=True):
        whole.setdefault(end, set()).add(some[:-1])
    return [
        place
        for place, (end, some) in enumerate(zip(ends, parts, strict=True))
        if len(whole[end]) > 1 and len(some) > depth[place]
    ]


def _plain(end: tuple[str, ...]) -> tuple[str, ...]:
    """Return the end of a path without the ending of the name, which tells no county from another."""
    return (*end[:-1], PurePath(end[-1]).stem)


def _numbered(name: str, taken: set[str], others: frozenset[str]) -> str:
    """Return a name that is not taken, nor one that another document has by itself."""
    found = (
        name
        if name not in taken
        else next(one for number in count(2) if (one := f"{name} ({number})") not in taken and one not in others)
    )
    taken.add(found)
    return found
