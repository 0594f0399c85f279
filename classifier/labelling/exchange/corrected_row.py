"""A row of a table to correct: its cells by what they hold, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classifier.errors import LabelError
from classifier.labelling.exchange.correction_columns import (
    CHECKED,
    CUT,
    ERROR,
    Corrected,
    text_check,
)
from classifier.tables.formula_guard import unguarded


class Line(NamedTuple):
    """A row: where it stands, its cells, and what is wrong with them, "" where nothing is.

    `without_text`: what is wrong with the cell of the text alone, which matters only where somebody said something.
    """

    where: str
    cells: Sequence[str]
    wrong: str = ""
    without_text: str = ""


@dataclass(frozen=True)
class CorrectedRow:
    """The cells of a row by what they hold; `marks`: by the headings of their columns.

    `without_text`: why the text's cell has no value.
    """

    text: str
    given: str
    check: str
    labels: str | None
    marks: Mapping[str, str]
    others: Mapping[str, str]
    span: tuple[str, str] | None = None
    without_text: str = ""

    @classmethod
    def of(cls, line: Line, at: Corrected) -> "CorrectedRow":
        """Return a row's cells; raise LabelError where something is wrong with them."""
        cells = line.cells
        if line.wrong:
            raise LabelError(line.wrong)

        def cell(place: int) -> str:
            return cells[place].strip() if place < len(cells) else ""

        text = cells[at.text] if at.text < len(cells) else ""
        marks = {name: cell(place) for place, name in at.marks.items()}
        others = {role: cell(place) for role, place in at.others.items()}
        labels = None if at.labels is None else unguarded(cell(at.labels))
        span = None if at.span is None else (cell(at.span[0]), cell(at.span[1]))
        return cls(text, cell(at.given), cell(at.check), labels, marks, others, span, line.without_text)

    @property
    def is_remark(self) -> bool:
        """Whether it is none of the table's rows: somebody wrote something below or between."""
        written = self.text.strip() or self.given or self.check
        return not (written or (self.without_text and self.says))

    @property
    def is_silent(self) -> bool:
        """Whether nobody said anything of it, neither the model nor a person."""
        return not (self.given or self.check or self.says or self.unscored)

    @property
    def says(self) -> bool:
        """Whether anything stands in the cells that people fill in."""
        return bool(self.labels or any(self.marks.values()) or self.others.get(CHECKED))

    @property
    def whole(self) -> str | None:
        """The text that the row was written with, None where it is another now."""
        return next((one for one in (self.text, unguarded(self.text)) if text_check(one) == self.check), None)

    @property
    def sound(self) -> bool:
        """Whether the text is what was written."""
        return self.check == CUT or self.whole is not None

    @property
    def unscored(self) -> str:
        """Why the row could not be scored and has no answer to correct, "" where it has one."""
        return "" if self.given or self.check else self.others.get(ERROR, "")
