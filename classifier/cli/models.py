"""`classify models`: the versions there are, which is in use, carrying them elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.commands import Command, Group
from classifier.cli.say import say

if TYPE_CHECKING:
    from classifier.training.portable import Portable

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show, use, go back from, carry and remove trained models.",
)
Version = Annotated[str, typer.Argument(metavar="VERSION", help="A version, or a model folder's path.")]


@app.command("list", cls=Command)
def list_() -> None:
    """List all versions; * is in use."""
    from classifier import places  # noqa: PLC0415
    from classifier.cli.columns import padded  # noqa: PLC0415
    from classifier.i18n.language import spoken  # noqa: PLC0415
    from classifier.model.registry import listed  # noqa: PLC0415

    headings = spoken(
        ("version", "trained", "paragraphs", "macro-F1", "folder"), ("版本", "训练时间", "段落", "宏平均F1", "文件夹")
    )
    first, second, third, fourth, last = headings
    typer.echo(f"  {padded(first, 20)}{padded(second, 18)}{padded(third, -10)}{padded(fourth, -10)}  {last}")
    for one in listed(places.model_folders()):
        mark = "*" if one.in_use else " "
        if one.stored is None:
            typer.echo(f"{mark} {one.version:<20}{one.problem}")
            continue
        said = one.summary
        typer.echo(
            f"{mark} {one.version:<20}{said.created:<18}{said.paragraphs:>10}{said.macro_f1:>10}  {one.folder.parent}"
        )


@app.command(cls=Command)
def show(
    version: Annotated[str | None, typer.Argument(metavar="[VERSION]", help="The one in use if none is given.")] = None,
) -> None:
    """Show a version's card: what it was trained on and how well it does."""
    from classifier import places  # noqa: PLC0415
    from classifier.errors import ModelError  # noqa: PLC0415
    from classifier.i18n.language import spoken  # noqa: PLC0415
    from classifier.i18n.model_card import card_in_chinese  # noqa: PLC0415
    from classifier.labelling.taxonomy import NONE, NONE_ZH  # noqa: PLC0415
    from classifier.model.store import CARD, find_model  # noqa: PLC0415

    stored = find_model(version, places.model_folders())
    path = stored.folder / CARD
    if not path.is_file():
        raise ModelError(f"{path}: is missing; the model folder is not whole")
    typer.echo(f"{stored.folder}\n")
    card = path.read_text(encoding="utf-8")
    names = {label.id: label.zh for label in stored.taxonomy.labels} | {NONE: NONE_ZH}
    typer.echo(spoken(card, card_in_chinese(card, names)))


@app.command(cls=Command)
def promote(version: Version) -> None:
    """Put a version to use."""
    from classifier import places  # noqa: PLC0415
    from classifier.model.registry import promote as run  # noqa: PLC0415

    say(f"{run(version, places.model_folders()).version} is in use")


@app.command(cls=Command)
def rollback() -> None:
    """Go back to the version that was in use before."""
    from classifier import places  # noqa: PLC0415
    from classifier.model.registry import rollback as run  # noqa: PLC0415

    say(f"{run(places.models_folder(), places.model_folders()).version} is in use again")


@app.command(cls=Command)
def remove(version: Version) -> None:
    """Delete a version that is not in use."""
    from classifier import places  # noqa: PLC0415
    from classifier.model.registry import remove as run  # noqa: PLC0415

    say(f"removed {run(version, places.model_folders())}")


@app.command(cls=Command)
def export(
    version: Annotated[str | None, typer.Argument(metavar="[VERSION]", help="The one in use if none is given.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default="VERSION.model.zip")] = None,
    without_labels: Annotated[
        bool, typer.Option("--without-labels", help="Leave out the word counts it was trained on (needed to compare).")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be in the file.")] = False,
) -> None:
    """Write a version to one file, to carry it to another machine; it names no document, file or folder of this one."""
    from classifier import places  # noqa: PLC0415
    from classifier.cli.output_format import format_of  # noqa: PLC0415
    from classifier.model.store import find_model  # noqa: PLC0415
    from classifier.training.portable import portable  # noqa: PLC0415
    from classifier.training.pseudonyms import own_pseudonyms  # noqa: PLC0415

    format_of(output, None, {".zip": "zip"}, "zip")
    stored = find_model(version, places.model_folders())
    target = output or Path(f"{stored.version}.model.zip")
    leaving = portable(stored, own_pseudonyms(), with_labels=not without_labels)
    for line in _contents(leaving):
        say(line)
    if dry_run:
        say("nothing was written (--dry-run)")
        return
    leaving.write(target)
    say(f"{stored.version} written to {target} ({target.stat().st_size / 1e6:.1f} MB)")


def _contents(leaving: "Portable") -> Iterator[str]:
    """Say what a model file tells whoever gets it."""
    yield f"what {leaving.version} tells whoever gets the file:"
    yield f"- {leaving.words:,} words with their weights, topics, figures, the taxonomy and its {leaving.terms:,} terms"
    rows = leaving.paragraphs
    if rows:
        words = len({word for row in rows for word in row.words})
        docs = sorted({row.doc for row in rows if not (row.shipped or row.has_own_doc)})
        yield (
            f"- {len(rows):,} paragraphs as word counts without order ({words:,} different words, rare names among "
            "them perhaps), with their labels; --without-labels leaves them out"
        )
        if docs:
            yield f"- {len(docs):,} documents of yours, called {', '.join(docs[:3])}{' …' if len(docs) > 3 else ''}"
    yield "- no text, no name of a document, file, folder or person who labelled"


@app.command("import", cls=Command)
def import_(file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `classify models export`.")]) -> None:
    """Take in a version from a file, after checking it; `promote` puts it to use."""
    from classifier import places  # noqa: PLC0415
    from classifier.training.portable import unpack  # noqa: PLC0415

    stored = unpack(file, places.models_folder())
    say(f"{stored.version} is whole and stored in {stored.folder}")
    say(f"classify models promote {stored.version} puts it to use")
