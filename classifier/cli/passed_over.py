"""What is said of files that a command passes over among those it reads, and of what people decided in them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.kept_work import not_imported
from classifier.cli.say import say, say_files

if TYPE_CHECKING:
    from classifier.labelling.taxonomy import Taxonomy

_OWN = "passed over, being an output of classify"
_LABELS = "passed over, being labels and no document"
_OTHER = "passed over, being of another kind"


def say_other_kinds(over: Sequence[str]) -> list[Path]:
    """Say which files of folders are passed over, and why; return those that this program wrote."""
    from classifier.bulk.find_source import input_format  # noqa: PLC0415 - few commands pass anything over
    from classifier.bulk.labelled_tables import is_labelled  # noqa: PLC0415
    from classifier.own_outputs import is_of_labels, is_own_output  # noqa: PLC0415
    from classifier.patterns import why_unopened  # noqa: PLC0415

    why: dict[str, list[str]] = {_OWN: [], _LABELS: [], _OTHER: []}
    for path in map(Path, over):
        ours = is_own_output(path) or is_labelled(path, input_format(path))
        reason = why_unopened(path) or (_LABELS if is_of_labels(path) else _OWN if ours else _OTHER)
        why.setdefault(reason, []).append(str(path))
    for reason, paths in why.items():
        say_files(reason, paths)
    return [Path(path) for path in why[_OWN]]


def say_corrections(own: Sequence[Path], labels: Path | None, taxonomy: "Taxonomy", *, model_only: bool) -> None:
    """Say which of our outputs, passed over, hold what a person decided and no labels folder has: it does not count.

    `labels`: the folder that was named, None for the user's own; `taxonomy`: its labels where it has not been begun.
    `model_only`: nobody's decisions count, and nothing is said.
    """
    from classifier.bulk.find_source import input_format  # noqa: PLC0415 - few commands pass anything over
    from classifier.bulk.labelled_tables import holds_suggestions  # noqa: PLC0415
    from classifier.bulk.settings import Format  # noqa: PLC0415

    into = "" if labels is None else f" --labels {labels}"
    for path in own if not model_only else ():
        if input_format(path) is not Format.csv:
            continue
        rows = not_imported(path, labels, taxonomy, any_table=holds_suggestions(path, Format.csv))
        if rows is None:
            say(
                f"{path}: is a table to correct that has lost the columns which tell what was corrected there; "
                "nothing of it counts here"
            )
        elif rows:
            say(
                f"{path}: holds {rows:,} rows that somebody corrected, ticked or edited and that are not imported, "
                f"so that they do not count here: run `classify labels import {path}{into}` first"
            )
