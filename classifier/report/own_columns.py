"""Which columns of a scored table are the rows' own: by them a row is told from another, whatever is said of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from classifier.json_types import JsonValue
from classifier.labelling.exchange.correction_columns import CHECKED, GIVEN, heading
from classifier.report.scored_cells import number
from classifier.report.tables import Row
from classifier.tables.names import kept_columns

_ADDED = (
    "labels", "primary", "uncertain", "probabilities", "sentences", "shares", "error", "model", "decided", GIVEN,
    CHECKED, heading("checked", "zh"),
)  # fmt: skip
_SPANS = (("sentence_start", "sentence_end"), ("start", "end"))  # the second where a table has no such column itself


@dataclass(frozen=True)
class OwnColumns:
    """What of a table's rows is their own. `text`: the column of the text; `added`: those that are not the rows' own.

    `said`: the labels of a row, None where they are not to be held against another's; `counted`: those that count in
    their place. `start`: of a table of sentences, the column that tells where in its text one begins; "" where a row is
    a whole text.
    """

    text: str
    added: Collection[str] = ()
    said: Callable[[Row], str | None] = lambda _: None
    start: str = ""
    counted: Callable[[Row, str | None], str | None] = lambda _, said: said

    def cells(self, row: Row) -> Mapping[str, JsonValue]:
        """Return the other cells of a row that are its own."""
        return {name: value for name, value in row.items() if name not in self.added and name != self.text}

    def begins(self, row: Row) -> int | None:
        """Return where in its text a sentence begins, None for a whole text."""
        return number(row.get(self.start), 0) if self.start else None


def own_columns(
    text: str, names: Collection[str], prefix: str, labels: Iterable[str], said: Callable[[Row], str | None] | None
) -> OwnColumns:
    """Return the own columns of a scored table. `said`: None where its rows are sentences, with labels of their own."""
    added = {*(prefix + name for name in (*_ADDED, *labels)), *kept_columns(names)}
    if said is not None:
        return OwnColumns(text, frozenset(added), said)
    begins, ends = next(span for span in _SPANS if prefix + span[0] in names)
    inside = {prefix + name for name in ("sentence", begins, ends)}
    return OwnColumns(text, frozenset(added | inside), start=prefix + begins)
