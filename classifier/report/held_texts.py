"""Which documents a table holds: by their names, and by what stands in them, for other folders have such names, too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier.documents.archive import Unread
from classifier.documents.read import read_all
from classifier.errors import InputError
from classifier.labelling.paragraph_keys import folded
from classifier.report.items import Item
from classifier.report.sources import is_spreadsheet

_KEPT, _LENGTH = 3, 60  # the longest paragraphs of a document tell it from others; characters of each


@dataclass
class _Document:
    """`openings`: of its longest paragraphs, as they are compared. `recognised`: it is a scan, slow to read again."""

    openings: list[str] = field(default_factory=list)
    recognised: bool = False


class HeldTexts:
    """Knows the documents that tables held: 报告.docx of this folder is none of them where a table means another."""

    def __init__(self) -> None:
        self._documents: dict[str, _Document] = {}

    def add(self, document: str, item: Item) -> None:
        """Take in a paragraph that a table holds of a document."""
        known = self._documents.setdefault(document, _Document())
        if item.error is None:
            known.recognised |= item.result.recognised
            opening = folded(item.result.text[: 2 * _LENGTH])[:_LENGTH]
            known.openings = sorted({*known.openings, opening}, key=lambda one: (-len(one), one))[:_KEPT]

    def told_apart(self, paths: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the documents that are to be read, then those that are not, being held by a table.

        One whose name a table gives to another text is read, and called by its whole path.
        """
        named = {Path(name).resolve(): one for name, one in self._documents.items()} if paths else {}
        fresh, held = [], []
        for path in paths:
            whole = Path(path).resolve()
            if whole not in named:
                fresh.append(path)
            elif _is_of(named[whole], path):
                held.append(path)
            else:
                fresh.append(str(whole))
        return fresh, held


def _is_of(document: _Document, path: str) -> bool:
    """Tell whether what a table holds of a document stands in a file; so it does in one that was changed a little."""
    if document.recognised or not document.openings or is_spreadsheet(path):  # of whose columns others may be read now
        return True
    try:
        text = "".join(folded(one.text) for one in read_all(path) if not isinstance(one, Unread))
    except InputError:  # what the table holds is all there is
        return True
    return 2 * sum(one in text for one in document.openings) >= len(document.openings)
