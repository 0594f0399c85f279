"""What people did in a table is not written over: `classify FILE -o check.xlsx`, run again, would lose it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.errors import InputError

if TYPE_CHECKING:
    from classifier.labelling.taxonomy import Taxonomy

_TABLES = {".xlsx", ".csv", ""}  # outputs in which somebody may have worked

OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace an output that holds corrections which are not imported.")
]


def check_kept_work(
    output: Path | None, labels: Path | None, taxonomy: "Taxonomy", *, overwrite: bool, any_table: bool = False
) -> None:
    """Raise InputError where an output is there and holds what a person did and no labels folder has, or may hold it.

    `labels`: the labels folder that was named, None for the user's own; `taxonomy`: its labels where it has not been
    begun. `any_table`: the labels of tables that were not written to be corrected count as well.
    """
    if overwrite or output is None or output.suffix.lower() not in _TABLES or not output.is_file():
        return
    rows = not_imported(output, labels, taxonomy, any_table=any_table)
    if rows is None:
        raise InputError(
            f"{output}: is a table to correct that has lost the columns which tell what was corrected there; "
            "name another output, or replace it with --overwrite"
        )
    if rows:
        raise InputError(
            f"{output}: holds {rows:,} rows that somebody corrected, ticked or edited and that are not imported; run "
            f"`classify labels import {output}` first, name another output, or replace it with --overwrite"
        )


def not_imported(table: Path, labels: Path | None, taxonomy: "Taxonomy", *, any_table: bool) -> int | None:
    """Return how many rows of a table hold what a person did and no labels folder has; None where nobody can say.

    The parameters are those of `check_kept_work`.
    """
    from classifier.labelling.folder.label_folder import LabelFolder  # noqa: PLC0415
    from classifier.labelling.imports.unimported import unimported  # noqa: PLC0415
    from classifier.labelling.taxonomy import read_taxonomy  # noqa: PLC0415
    from classifier.places import own_labels  # noqa: PLC0415

    path = labels or own_labels()
    begun = (path / "taxonomy.toml").is_file()
    folder = LabelFolder(path) if begun else None
    known = read_taxonomy(path) if begun else taxonomy
    return unimported(str(table), known, folder, any_table=any_table)
