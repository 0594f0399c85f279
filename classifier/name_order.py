"""The order of names for people: 2月 before 10月, as file managers show them."""

import re
from pathlib import PurePath

_NUMBER = re.compile(r"(\d+)")
Key = tuple[tuple[tuple[tuple[int, str], ...], ...], str]


def by_name(path: str | PurePath) -> Key:
    """Return what sorts a name with its folders, part by part; numbers in it count by their size."""
    return tuple(map(_part, PurePath(path).parts)), str(path)


def _part(part: str) -> tuple[tuple[int, str], ...]:
    """Return its texts and numbers in turn."""
    pieces = enumerate(_NUMBER.split(part))
    return tuple((int(piece), "") if place % 2 else (-1, piece) for place, piece in pieces)
