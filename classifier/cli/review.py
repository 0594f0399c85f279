"""`classify review`: decide paragraph by paragraph in the terminal."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.keyboard import keys
from classifier.cli.say import say, say_damage
from classifier.cli.shared import LabelsOption, ModelOption, open_labels

if TYPE_CHECKING:
    from rich.console import Console

    from classifier.api import Model, Result
    from classifier.labelling.candidates import Candidate
    from classifier.labelling.review import Review
    from classifier.labelling.taxonomy import Taxonomy

HELP = """Label paragraph by paragraph in the terminal, the model's suggestion and its reasons beside each.

\b
    classify suggest new/ -n 50 -o next.jsonl && classify review next.jsonl
    classify review report.docx

Enter or space confirms what is shown. Digits set labels (the first takes the place of the suggestion, further
ones add or take away), 0 none; d sets the paragraph aside as doubtful (存疑), x as junk (废弃); u takes the last
decision back, s skips, q leaves. Every confirmed decision is on disk at once. What is labelled already is not
shown again; `classify labels undo` takes a whole review back. Where somebody else has decided on the paragraph that
is shown, both answers are, and w stores yours all the same.
"""


def review(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Documents, tables, or what suggest wrote.")],
    labels: LabelsOption = None,
    model: ModelOption = None,
    by: Annotated[str, typer.Option(help="Who decides; kept with each decision.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Show what is labelled already, too.")] = False,
) -> None:
    """Label paragraph by paragraph in the terminal, the model's suggestion and its reasons beside each."""
    from classifier.api import load  # noqa: PLC0415
    from classifier.labelling.candidates import read_pool, unlabelled  # noqa: PLC0415
    from classifier.labelling.review import Review  # noqa: PLC0415
    from classifier.labelling.taxonomy import read_taxonomy  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.BadParameter("a review needs a terminal; for tables there is: classify labels export --format xlsx")
    items = read_pool(files, say)
    folder, loaded = open_labels(labels, model), load(model)
    there = folder.remembered.corpus()
    say_damage(there.damage if there else ())
    taxonomy = read_taxonomy(folder.folder)
    if not again:
        fresh = unlabelled(items, folder.folder)
        if len(fresh) < len(items):
            say(f"{len(items) - len(fresh):,} of {len(items):,} are labelled already (--again shows them)")
        items = fresh
    if not items:
        say("nothing to review")
        return
    known = loaded if set(loaded.taxonomy.ids) == set(taxonomy.ids) else None
    suggested = [_suggested(one, known) for one in items]
    facts = {"kind": "review", "origin": files, "by": by}
    state = Review(items, suggested, taxonomy.ids, folder.session(facts), by, known.version if known else "")
    _run(state, taxonomy, known)
    say(
        f"{state.decided:,} decided, {len(state.past) - state.decided:,} skipped, {len(items) - len(state.past):,} left"
    )


def _suggested(one: "Candidate", model: "Model | None") -> tuple[str, ...]:
    return () if model is None else model.label_paragraph(one.text).labels


def _run(state: "Review", taxonomy: "Taxonomy", model: "Model | None") -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False)
    going = True
    with keys() as next_key:
        while going:
            _show(console, state, taxonomy, model)
            try:
                going = state.press(next_key())
            except (KeyboardInterrupt, EOFError):
                going = False


def _show(console: "Console", state: "Review", taxonomy: "Taxonomy", model: "Model | None") -> None:
    from rich.markup import escape  # noqa: PLC0415
    from rich.padding import Padding  # noqa: PLC0415

    one = state.items[state.place]
    console.rule(escape(f"{state.place + 1} of {len(state.items)} · {one.doc}"), align="left", style="dim")
    if state.counts is not None:
        console.print(f"[bold]{escape(_decided(state, taxonomy))}[/]")
    elif state.late:
        console.print(
            "[bold]what was decided here was taken back meanwhile; yours is not stored: w stores it, s leaves it so[/]"
        )
    if one.reason:
        console.print(f"[dim]chosen: {escape(one.reason)}[/]")
    console.print(Padding(escape(one.text), (1, 2)))
    result = None if model is None else model.label_paragraph(one.text, explain=True)
    for number, label in enumerate(taxonomy.labels, start=1):
        mark = "[bold green]●[/]" if label.id in state.labels else "[dim]○[/]"
        line = f" {number} {mark} {label.name}{_why(result, label.id)}"
        console.print(line, no_wrap=True, overflow="ellipsis")
    shown = " + ".join(taxonomy.find(label).zh for label in state.labels) or "none 无"
    console.print(f"\nEnter: [bold]{escape(shown)}[/]   [dim]0 none · d 存疑 · x 废弃 · u undo · s skip · q leave[/]")


def _decided(state: "Review", taxonomy: "Taxonomy") -> str:
    """Return what counts for the paragraph shown, and what to do where that came meanwhile."""
    from classifier.labelling.decision import ASIDE  # noqa: PLC0415

    counts = state.counts
    if counts is None:
        return ""
    said = (
        ASIDE[counts.aside] if counts.aside else " + ".join(taxonomy.find(one).zh for one in counts.labels) or "none 无"
    )
    by = str(counts.facts.get("by") or "")
    line = f"decided {'meanwhile' if state.late else 'already'}: {said}{f' ({by})' if by else ''}"
    return f"{line}; yours is not stored: w stores it all the same, s leaves it so" if state.late else line


def _why(result: "Result | None", label: str) -> str:
    from rich.markup import escape  # noqa: PLC0415

    from classifier.cli.rows import in_words  # noqa: PLC0415
    from classifier.model.decide import percent  # noqa: PLC0415

    if result is None:
        return ""
    return f" [bold]{percent(result.probabilities[label]):>4}[/] [dim]{escape(in_words(result, label))}[/]"
