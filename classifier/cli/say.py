"""Messages to the person at the terminal, on standard error: standard output is for results."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from classifier.documents.notes import Note

_DAMAGED = 20  # rows that are named
_NAMED = 3  # files passed over that are named


def say(message: str) -> None:
    """Say something on standard error."""
    typer.echo(f"classify: {message}", err=True)


def say_damage(damage: Sequence[str]) -> None:
    """Say which rows of a labels folder are left out, since they cannot be understood."""
    for one in damage[:_DAMAGED]:
        say(f"left out: {one}")
    if len(damage) > _DAMAGED:
        say(f"… and {len(damage) - _DAMAGED:,} more rows left out; classify labels audit lists them all")


def say_other_kinds(over: Sequence[str]) -> None:
    """Say which files of folders are passed over."""
    say_files("passed over, being of another kind", over)


def say_files(what: str, files: Sequence[str]) -> None:
    """Say something of files, the first of them by name; nothing where there are none."""
    if files:
        more = f" and {len(files) - _NAMED:,} more" if len(files) > _NAMED else ""
        say(f"{what}: {', '.join(files[:_NAMED])}{more}")


def say_notes(name: str, notes: "Iterable[Note]") -> None:
    """Say what was left out of a document, or read with doubt, a line each, in the system's language."""
    from classifier.cli.pages import language_of  # noqa: PLC0415 - it imports this module

    for note in notes:
        say(f"{name}: {note.say(language_of(None).value)}")
