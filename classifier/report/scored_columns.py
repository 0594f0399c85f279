"""Which columns of a scored table hold what: the text, its document, the labels and their probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifier.bulk.labelled_tables import prefixes_in
from classifier.labelling.taxonomy import Taxonomy
from classifier.report import scored_cells as cells
from classifier.report.table_columns import COMPARE, DOCUMENT, first_of
from classifier.report.tables import Row


@dataclass(frozen=True)
class Columns:
    """Names of a table's columns. `prefix` stands before those that scoring added.

    `document` None: the whole table is one document. `date` None: told by the headings (`table_columns.date_in`).
    `compare`: side by side in the report.
    `sentence`: where a row is a sentence, the column that holds it; None where it is a paragraph.
    """

    text: str = "text"
    prefix: str = ""
    document: str | None = None
    date: str | None = None
    compare: tuple[str, ...] = ()
    sentence: str | None = None


def found_columns(wanted: Columns, names: Sequence[str]) -> Columns:
    """Return the columns with those that are not named looked for among a table's."""
    return replace(
        wanted,
        document=wanted.document or first_of(DOCUMENT, names),
        compare=tuple(name for name in wanted.compare or COMPARE if name in names),
        sentence=_sentence_column(wanted, names),
    )


def prefix_in(names: Sequence[str]) -> str:
    """Return what stands before the names of the columns that scoring added (--prefix), "" where nobody can tell."""
    found = prefixes_in(names)
    return found.pop() if len(found) == 1 else ""


def _sentence_column(wanted: Columns, names: Sequence[str]) -> str | None:
    """Return the column with a sentence that `classify score --unit sentence` added, None where a row is a text."""
    column, starts = wanted.prefix + "sentence", (wanted.prefix + "sentence_start", wanted.prefix + "start")
    return column if column in names and column != wanted.text and any(start in names for start in starts) else None


def label_ids(rows: Sequence[Row], names: Sequence[str], prefix: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the labels: keys of `probabilities`, else the taxonomy's columns, else those behind `uncertain`."""
    for row in rows:
        if (found := cells.json_object(row.get(prefix + "probabilities"))) is not None:
            return tuple(found)
    if any(prefix + id_ in names for id_ in taxonomy.ids):
        return tuple(id_ for id_ in taxonomy.ids if prefix + id_ in names)
    if prefix + "uncertain" not in names:
        return ()
    behind = names[names.index(prefix + "uncertain") + 1 :]
    ends = [behind.index(name) for name in (prefix + "error", prefix + "model", "topics") if name in behind]
    return tuple(name.removeprefix(prefix) for name in behind[: min(ends, default=0)])
