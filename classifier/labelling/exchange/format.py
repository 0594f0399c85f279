"""What a format of labelled paragraphs has to offer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.decision import Decision
from classifier.labelling.label_names import Names


@dataclass(frozen=True)
class Wanted:
    """Columns that somebody named: of the text, None for the one that its heading tells; of the labels likewise."""

    text: str | None = None
    labels: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any column was named."""
        return bool(self.text or self.labels)


Row = tuple[str, Any]  # the row's place in its file ("line 3", "task 7") and the row, not yet understood


_LISTED = 5  # rows that a note names one by one


@dataclass
class Touched:
    """How many rows of tables to correct a person `corrected`, `read` and left as they were, or did not touch.

    `unsure`: of how many that cannot be said, or nothing can be taken: something in them is wrong, the text was edited.
    """

    corrected: int = 0
    read: int = 0
    untouched: int = 0
    unsure: int = 0

    def __bool__(self) -> bool:
        """Tell whether there was such a table, with rows."""
        return bool(self.corrected or self.read or self.untouched or self.unsure)


@dataclass(frozen=True)
class Source:
    """A file's name and its content: bytes, and text where it is text.

    `wanted`: columns that somebody named. Filled while rows are read: `notes`, what is no row and was passed over;
    `touched`.
    """

    name: str
    data: bytes
    text: str = ""
    wanted: Wanted = Wanted()
    notes: list[str] = field(default_factory=list)
    touched: Touched = field(default_factory=Touched)

    def say(self, note: str) -> None:
        """Note something, once; an empty text is nothing."""
        if note and note not in self.notes:
            self.notes.append(note)

    def say_of(self, places: Sequence[str], what: str) -> None:
        """Note what holds of some places in the file; nothing where there are none."""
        if places:
            more = f" and {len(places) - _LISTED:,} more" if len(places) > _LISTED else ""
            self.notes.append(f"{', '.join(places[:_LISTED])}{more}: {what}")


@dataclass(frozen=True)
class Format:
    """A way to write labelled paragraphs.

    `rows` finds the rows of a file and raises LabelError where there are none to be found. `decide` makes
    decisions of one row (several where several people labelled it; none where it was skipped on purpose) and
    raises LabelError where the row is bad: the others are still good.
    """

    title: str
    rows: Callable[[Source], Iterator[Row]]
    decide: Callable[[Any, Names], Sequence[Decision]]


def need_text(value: object) -> str:
    """Return a paragraph's text; raise LabelError where it is missing, empty or cannot be written down."""
    if not isinstance(value, str) or not value.strip():
        raise LabelError("text is missing or empty")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise LabelError("text holds half a character (a lone surrogate)") from error
    return value


def need_names(value: object) -> list[str]:
    """Return a list of label names; one name alone will do. Raise LabelError for anything else."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise LabelError("labels must be a list of names")
    return names
