"""The ending of the output's name is its format; what a command cannot write is refused before any work is done."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, TypeVar

import typer

from classifier.cli.say import say
from classifier.errors import InputError
from classifier.i18n.language import spoken
from classifier.patterns import files_of

F = TypeVar("F")
T = TypeVar("T")


def format_of(
    output: Path | None, asked: F | None, endings: Mapping[str, F], otherwise: F, option: str = "--output"
) -> F:
    """Return the format that the output's ending names, `otherwise` where there is no output or it has no ending.

    `asked`: what --format says. `endings`: those that the command writes (.csv), each with its format. Raises
    BadParameter for another ending, and where ending and --format are not the same. `option`: what gave the output.
    """
    ending = output.suffix.lower() if output is not None else ""
    named = endings.get(ending)
    if ending and named is None:
        raise typer.BadParameter(
            f"{output}: {ending} is not written; end the name in {_listed(list(endings))}", param_hint=option
        )
    if asked is not None and named is not None and asked != named:
        fitting = [one for one, format_ in endings.items() if format_ == asked]
        raise typer.BadParameter(f"{output}: {asked} is written under {_listed(fitting)}", param_hint="--format")
    return asked or named or otherwise


def _listed(names: list[str]) -> str:
    comma, either = spoken((", ", " or "), ("、", " 或 "))
    return either.join([comma.join(names[:-1]), names[-1]] if len(names) > 1 else names)


def check_output(
    output: Path | None, inputs: Sequence[str | Path], own: Callable[[Path], bool] = lambda _: False
) -> None:
    """Raise InputError where an output is a folder, or a file that is read, however it is spelt or linked to.

    It would be lost. So too for a new output in a folder that is read, where the next run would take it for a source.
    Raises MissingExtraError for a workbook where a package that writes it is not installed.
    `inputs`: documents, folders, patterns; `own`: tells of a file that lies in a folder or fits a pattern whether an
    earlier run wrote it, so that it may be written anew.
    """
    if output is None:
        return
    if output.suffix.lower() == ".xlsx":
        from classifier.extract.formats import check  # noqa: PLC0415 - brings what writes Word

        check("xlsx")
    if not output.exists():
        _check_outside(output, inputs)
        return
    if output.is_dir():
        raise InputError(f"{output}: is a folder; name another output")
    if any(Path(one).exists() and output.samefile(one) for one in inputs):
        raise InputError(f"{output}: input and output are the same; name another output")
    if any(output.samefile(one) for one in files_of(map(str, inputs))) and not own(output):
        raise InputError(f"{output}: is one of the files that are read; name another output, or one outside the folder")


def _check_outside(output: Path, inputs: Sequence[str | Path]) -> None:
    """Raise InputError for a new output in a folder that is read: the next run would read it as well."""
    place = output.resolve()
    for folder in map(Path, inputs):
        if folder.is_dir() and place.is_relative_to(folder.resolve()):
            raise InputError(f"{output}: lies in the folder that is read, {folder}; name a place outside it")


def begun(results: Iterator[T], failures: Sequence[object], output: Path | None) -> Iterator[T]:
    """Return results as they come; leave the command where there are none since nothing could be read.

    A name that was mistyped shall not put an empty file in the place of what was written there before.
    """
    first = next(results, None)
    if first is None:
        if failures and output is not None:
            say_kept(output)
            raise typer.Exit(2)
        return iter(())
    return chain((first,), results)


def say_kept(*outputs: Path | None) -> None:
    """Say that outputs which are there stay as they were, since nothing could be read that might take their place."""
    for output in outputs:
        if output is not None and output.exists():
            say(f"{output}: stays as it was, for nothing could be read")


def put(output: Path | None, write: Callable[[IO[bytes]], object]) -> None:
    """Let something be written to a file, whole or not at all, and say so; None: to standard output."""
    if output is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from classifier.files import replacing  # noqa: PLC0415

    with replacing(output) as part, part.open("wb") as stream:
        write(stream)
    say(f"written to {output}")
