"""Tables of how paragraphs are labelled, by people and by models, as .csv or .xlsx in the reader's language."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.output_format import check_output, format_of
from classifier.files import replacing
from classifier.i18n.language import language, spoken
from classifier.labelling.taxonomy import NONE_ZH

if TYPE_CHECKING:
    from classifier.labelling.taxonomy import Taxonomy

_ENDINGS = {".csv": "csv", ".xlsx": "xlsx"}


def check_answers(output: Path | None, option: str, inputs: Sequence[str | Path]) -> None:
    """Raise what stops such a table before any work is done; `option` names the output."""
    format_of(output, None, _ENDINGS, "csv", option)
    check_output(output, inputs)


def label_cell(labels: Sequence[str], taxonomies: "Sequence[Taxonomy]") -> str:
    """Return labels as such a table tells them: ids, in Chinese their names; a label is looked up in the taxonomies."""
    if language() == "en":
        return ",".join(labels) or "none"
    names = {one.id: one.zh for taxonomy in reversed(taxonomies) for one in taxonomy.labels}
    return "、".join(names.get(label, label) for label in labels) or NONE_ZH


def yes_or_no(value: bool) -> str:
    """Return a truth as such a table tells it."""
    return spoken(str(value), "是" if value else "否")


def write_answers(output: Path, rows: Iterable[list[str]]) -> None:
    """Write headings and rows in the format that the name's ending tells, whole or not at all."""
    from classifier.labelling.exchange.table_output import write_csv, write_excel  # noqa: PLC0415

    write = write_excel if output.suffix.lower() == ".xlsx" else write_csv
    with replacing(output) as part:
        part.write_bytes(write(rows))
