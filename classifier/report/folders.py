"""Which folder a document belongs to when folders are compared: the first below the one that holds them all."""

import re
from collections.abc import Iterable
from itertools import takewhile

_SLASH = re.compile(r"[/\\]")  # a table may have been written on Windows


def parent_of(path: str) -> str:
    """Return the folders of a document as they were named, "" for none: 材料/甲县/报告.txt → 材料/甲县."""
    return "/".join(_SLASH.split(path)[:-1])


def first_below_all(parents: Iterable[str]) -> dict[str, str]:
    """Return for each folder its first part below the folder that holds all of them, "" for that one itself.

    材料/甲县/2021 and 材料/乙县 → 甲县 and 乙县.
    """
    parts = {parent: parent.split("/") if parent else [] for parent in parents}
    shared = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, zip(*parts.values(), strict=False)))
    return {parent: some[shared] if len(some) > shared else "" for parent, some in parts.items()}
