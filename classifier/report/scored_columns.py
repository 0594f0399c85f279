"""Which columns of a scored table hold what: the text, its document, the labels and their probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifier.bulk.labelled_tables import prefixes_in
from classifier.labelling.exchange.correction_columns import PROBABILITY, probability_heading
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
    """Return the column with a sentence that `--unit sentence` added, None where a row is a text.

    In what `classify FILE` wrote to be corrected the text is the sentence, and its checksum names the paragraph.
    """
    if wanted.text == "paragraph" and {"text", "sentence_start"} <= {*names}:
        return "text"
    column, starts = wanted.prefix + "sentence", (wanted.prefix + "sentence_start", wanted.prefix + "start")
    return column if column in names and column != wanted.text and any(start in names for start in starts) else None


def ids_by_heading(names: Sequence[str], prefix: str, taxonomy: Taxonomy) -> dict[str, str]:
    """Return what columns of probabilities that are headed by a label's Chinese name (民生概率) are called by its id.

    A label that the taxonomy does not know is called by that name.
    """
    start = prefix + "uncertain"
    behind = names[names.index(start) + 1 :] if start in names else ()
    ids = {label.zh: label.id for label in taxonomy.labels}
    own = [name.removeprefix(prefix).removesuffix(PROBABILITY) for name in behind if name.endswith(PROBABILITY)]
    found = {prefix + probability_heading(name): prefix + ids.get(name, name) for name in own}
    return {heading: name for heading, name in found.items() if heading in behind and name not in names}


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
