"""What is said to the person at the terminal, in their language.

Messages go to standard error; `tell` writes results for people to standard output.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from classifier.documents.notes import Note

_DAMAGED = 20  # rows that are named
_NAMED = 3  # files passed over that are named
ROWS_NAMED = 20  # rows of tables left out that are named
_NARROW = re.compile(r": (?=[\u4e00-\u9fff“《（])|, (?=第 ?\d)")  # behind a name, where Chinese follows


def say(message: str) -> None:
    """Say something on standard error."""
    typer.echo(f"classify: {_read(message)}", err=True)


def tell(message: str = "") -> None:
    """Write something that people read on standard output."""
    typer.echo(_read(message))


def say_damage(damage: Sequence[str]) -> None:
    """Say which rows of a labels folder are left out, since they cannot be understood."""
    for one in damage[:_DAMAGED]:
        say(f"left out: {one}")
    if len(damage) > _DAMAGED:
        say(f"… and {len(damage) - _DAMAGED:,} more rows left out; classify labels audit lists them all")


def say_files(what: str, files: Sequence[str], most: int = _NAMED) -> None:
    """Say something of files, the first of them by name, `most` at most; nothing where there are none."""
    if files:
        more = f" and {len(files) - most:,} more" if len(files) > most else ""
        say(f"{what}: {', '.join(files[:most])}{more}")


def say_notes(name: str, notes: "Iterable[Note]") -> None:
    """Say what was left out of a document, or read with doubt, a line each."""
    from classifier.i18n.language import language  # noqa: PLC0415 - only what has something to say needs it

    for note in notes:
        say(f"{name}: {note.say(language())}")


def _read(message: str) -> str:
    from classifier.i18n.language import language  # noqa: PLC0415 - only what has something to say needs it
    from classifier.i18n.sentences import in_the_readers_language  # noqa: PLC0415

    if language() == "en":
        return message
    return _NARROW.sub(lambda mark: "：" if mark[0][0] == ":" else "，", in_the_readers_language(message))
