"""`classify review`: decide paragraph by paragraph in the terminal."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.keyboard import keys
from classifier.cli.say import say, say_damage
from classifier.cli.shared import LabelsOption, ModelOption, open_labels

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.labelling.review import Review
    from classifier.labelling.taxonomy import Taxonomy

HELP = """Label paragraph by paragraph in the terminal, the model's suggestion and its reasons beside each.

\b
    classify suggest new/ -n 50 -o next.jsonl && classify review next.jsonl
    classify review report.docx

Enter or space confirms what is shown. Digits set labels (the first takes the place of the suggestion, further
ones add or take away), 0 none; d sets the paragraph aside as doubtful (存疑), x as junk (废弃); u takes the last
decision back, s skips, q leaves. t goes through the paragraph's sentences, each decided by the same keys: that says
nothing of the paragraph, and its labels say nothing of a sentence; t again goes back to the whole. Every confirmed
decision is on disk at once. What is labelled already is not shown again; `classify labels undo` takes a whole review
back. Where somebody else has decided on what is shown, both answers are, and w stores yours all the same.
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
        raise typer.BadParameter("a review needs a terminal; for tables there is: classify FILE -o check.xlsx")
    items = read_pool(files, say)
    folder, loaded = open_labels(labels, model), load(model)
    there = folder.remembered.corpus()
    say_damage(there.damage if there else ())
    taxonomy = read_taxonomy(folder.folder)
    if not again:
        fresh = unlabelled(items, folder.remembered.by_key())
        if len(fresh) < len(items):
            say(f"{len(items) - len(fresh):,} of {len(items):,} are labelled already (--again shows them)")
        items = fresh
    if not items:
        say("nothing to review")
        return
    known = loaded if set(loaded.taxonomy.ids) == set(taxonomy.ids) else None
    results = known.label_paragraphs([item.text for item in items], sentences=True) if known else []
    suggested = [result.labels for result in results] or [()] * len(items)
    told = [{(part.start, part.end): part.labels for part in result.sentences or ()} for result in results]
    facts = {"kind": "review", "origin": files, "by": by}
    state = Review(items, suggested, taxonomy.ids, folder.session(facts), by, known.version if known else "", told=told)
    _run(state, taxonomy, known)
    skipped, left = len(state.past) - state.decided, len(items) - len(state.past)
    sentences = f"; {len(state.corrected):,} sentences decided" if state.corrected else ""
    say(f"{state.decided:,} decided, {skipped:,} skipped, {left:,} left{sentences}")


def _run(state: "Review", taxonomy: "Taxonomy", model: "Model | None") -> None:
    from rich.console import Console  # noqa: PLC0415

    from classifier.cli.review_screen import show  # noqa: PLC0415

    console = Console(highlight=False)
    going = True
    with keys() as next_key:
        while going:
            show(console, state, taxonomy, model)
            try:
                going = state.press(next_key())
            except (KeyboardInterrupt, EOFError):
                going = False
