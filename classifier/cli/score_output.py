"""What `classify score` writes and where: checked before anything is scored, so that nothing is written over."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from classifier.cli.say import say
from classifier.cli.score_input import STDIO
from classifier.cli.shared import Unit
from classifier.errors import InputError
from classifier.i18n.language import language
from classifier.tables.names import in_chinese

if TYPE_CHECKING:
    from classifier.bulk.settings import Settings
    from classifier.bulk.source import Source
    from classifier.labelling.taxonomy import Taxonomy


class TableFormat(StrEnum):
    """Kinds of table."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


def settings_of(
    output: str,
    source: "Source",
    format_: TableFormat | None,
    prefix: str,
    strict: bool,
    part_rows: int,
) -> "Settings":
    """Return how a source is written to an output. `format_`: what was asked for; `part_rows`: of a folder of parts.

    Raises InputError for an output that has no place or would be part of its input, and where its name tells no format.
    """
    from classifier.bulk.compression import SUFFIXES  # noqa: PLC0415
    from classifier.bulk.find_source import output_format  # noqa: PLC0415
    from classifier.bulk.settings import Format, Settings  # noqa: PLC0415

    path = Path(output)
    compression = SUFFIXES.get(path.suffix.lower(), "")
    named = output_format(path)
    asked = None if format_ is None else Format(format_.value)
    if output != STDIO:
        _check_place(path, source)
    if path.suffix and named is None and output != STDIO and not path.is_dir() and (compression or asked is None):
        raise InputError(
            f"{output}: the name does not tell a format; end it in .jsonl, .csv, .parquet or .xlsx, "
            "or name a folder (no ending) for parts"
        )
    if output != STDIO and path.exists() and path.is_dir() == (named is not None):
        raise InputError(f"{output}: is a {'folder' if path.is_dir() else 'file'}; name another output")
    if named is not None and asked not in {None, named}:
        raise typer.BadParameter(f"{asked} is not what {output} is called after", param_hint="--format")
    kind = named or asked or source.format or Format.jsonl
    parts = None if named is not None or output == STDIO else part_rows
    return Settings(source.text or "text", kind, prefix, parts, compression, strict)


def check_sentences(settings: "Settings") -> None:
    """Raise BadParameter where the results have no place for what was asked for."""
    if settings.sentences and settings.format.value != TableFormat.jsonl.value:
        raise typer.BadParameter(
            f"{settings.format} has no place for it; take --unit sentence", param_hint="--sentences"
        )
    if settings.sentences and settings.unit.value != Unit.paragraph.value:
        raise typer.BadParameter("goes with --unit paragraph", param_hint="--sentences")


def to_correct(settings: "Settings", asked: bool | None, taxonomy: "Taxonomy", *, ids: bool) -> "Settings":
    """Return settings for a table to correct where it is one: a workbook, if nobody says otherwise.

    Labels stand in it under their Chinese names where the command speaks Chinese, with `ids` under their ids. Raises
    BadParameter where the format is for machines.
    """
    kind = settings.format.value
    if asked and kind not in {"csv", "xlsx"}:
        raise typer.BadParameter(f"{kind} is not corrected by hand; write .xlsx or .csv", param_hint="--correctable")
    correctable = kind == "xlsx" if asked is None else asked
    chinese = correctable and not ids and language() == "zh"
    names = tuple((label.id, label.zh) for label in taxonomy.labels) if chinese else ()
    return replace(settings, correctable=correctable, names=names)


def with_book(settings: "Settings", source: "Source") -> "Settings":
    """Return settings for a workbook: the input's own where it can be kept; say where it cannot."""
    if settings.format.value != "xlsx":
        return settings
    from classifier.bulk.books import why_new  # noqa: PLC0415
    from classifier.extract.formats import check  # noqa: PLC0415

    check("xlsx")
    why = why_new(source, settings.unit)
    if why:
        say(f"{source.name}: {why}: the output is a new workbook, without other sheets, formats and formulas")
    return replace(settings, in_place=why is None)


def shown_name(column: str, settings: "Settings") -> str:
    """Return what an added column is called in the output."""
    name = settings.prefix + column
    return in_chinese(name, settings.prefix) if settings.names else name


def say_how_to_correct(output: str, settings: "Settings") -> None:
    """Say how a table that was written is corrected, by what its columns are called there."""
    from classifier.labelling.exchange.correction_columns import CHECKED, heading  # noqa: PLC0415

    labels = shown_name("labels", settings)
    checked = heading("checked", language()) if settings.format.value == "xlsx" or settings.names else CHECKED
    say(
        f"to correct: change {labels} there, or tick what you read under {settings.prefix}{checked}; "
        f"then: `classify labels import {output}`"
    )


def _check_place(output: Path, input_: "Source") -> None:
    """Raise InputError for an output that has no place, or that would become part of its own input."""
    if not output.name or not output.parent.is_dir():
        raise InputError(f"{output.parent}: there is no such folder; make it first")
    source = Path(input_.name)
    if source.is_dir() and source.resolve() != output.resolve() and output.resolve().is_relative_to(source.resolve()):
        raise InputError(f"{output}: lies in the folder that is to be scored; name a place outside it")
    check_not_read(output, [source, *map(Path, input_.files)])


def check_not_read(output: Path, read: Sequence[Path]) -> None:
    """Raise InputError for an output that is one of the files that are read, or a folder that holds one of them."""
    if output.exists() and any(one.exists() and output.samefile(one) for one in read):
        raise InputError(f"{output}: input and output are the same; name another output")
    above = [folder for one in read if one.exists() for folder in one.absolute().parents] if output.is_dir() else []
    if any(output.samefile(folder) for folder in above):
        raise InputError(f"{output}: is the folder that the input lies in; name another output")
