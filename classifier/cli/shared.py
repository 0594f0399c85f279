"""What several commands ask for: the folder of labels, the model, precision."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classifier.api import Model
    from classifier.labelling.folder.decision_index import FolderDecisions
    from classifier.labelling.folder.label_folder import LabelFolder
    from classifier.similar import LabelledParagraphs


class Unit(StrEnum):
    """What a row is."""

    paragraph = "paragraph"
    sentence = "sentence"


LabelsOption = Annotated[
    Path | None,
    typer.Option("--labels", help="Labels folder.", show_default="./labels, else a folder of your own that is named"),
]
DecisionsOption = Annotated[
    Path | None,
    typer.Option(
        "--labels",
        help="Labels folder: what people decided there stands in place of the model's answers.",
        show_default="./labels, else a folder of your own",
    ),
]
ModelOnlyOption = Annotated[
    bool, typer.Option("--model-only", help="Show what the model says, whatever people decided.")
]
IdsOption = Annotated[
    bool, typer.Option("--ids", help="Tables: labels by their ids, as programs read them, in any language.")
]
ModelOption = Annotated[str | None, typer.Option("--model", help="Model to use: a version or a folder.")]
PrecisionOption = Annotated[
    float | None,
    typer.Option(
        "--precision",
        min=0.5,
        max=0.99,
        help="Give labels only where such answers were right that often on unseen documents.",
        show_default="where precision and recall balance",
    ),
]


def open_labels(folder: Path | None, model: str | None = None) -> "LabelFolder":
    """Return a labels folder to write into; one that is new gets the taxonomy and terms of the model in use."""
    from classifier.labelling.folder.label_folder import LabelFolder  # noqa: PLC0415
    from classifier.places import own_labels  # noqa: PLC0415

    path = folder or own_labels()
    if not (path / "taxonomy.toml").is_file():
        from classifier.api import load  # noqa: PLC0415
        from classifier.labelling.folder.init import begin  # noqa: PLC0415

        loaded = load(model)
        begin(path, loaded.taxonomy, loaded.tokeniser.terms)
        say(f"new labels folder {path} with the taxonomy of model {loaded.version}")
    else:
        say(f"labels in {path}")
    return LabelFolder(path)


def decisions_for(ids: "Iterable[str]", folder: Path | None, *, model_only: bool) -> "FolderDecisions | None":
    """Return the decisions to show in place of answers with the labels `ids`, and say where there are any but unfit.

    None where there are none. A folder that was named must be one; one that is only found stops nothing.
    """
    from classifier.places import own_labels  # noqa: PLC0415

    if model_only:
        if folder is not None:
            raise typer.BadParameter("goes without --labels", param_hint="--model-only")
        return None
    if folder is None and not (own_labels() / "taxonomy.toml").is_file():  # most often, and the rest takes its time
        return None
    from classifier.decisions import fitting, open_decisions  # noqa: PLC0415
    from classifier.errors import LabelError  # noqa: PLC0415

    try:
        found = open_decisions(folder)
    except LabelError as error:
        if folder is not None:
            raise
        say(f"{error}; what people decided is not shown")
        return None
    if found is None or found.empty:
        return None
    if found.damaged:
        say(f"{found.folder}: {found.damaged:,} lines cannot be understood; `classify labels audit` names them")
    if fitting(found, ids) is None:
        say(f"{found.folder}: knows other labels than the model; what people decided there is not shown")
    return fitting(found, ids)


def similar_for(model: "Model", folder: Path | None) -> "LabelledParagraphs":
    """Return the labelled paragraphs to hold answers against, and say where they are not those it learnt from.

    `folder`: the labels folder that was named; None for the user's own.
    """
    from classifier.similar import open_similar  # noqa: PLC0415

    found = open_similar(model, folder)
    if found.note:
        say(found.note)
    return found


def existing_labels(folder: Path | None) -> Path:
    """Return a labels folder that must be there already.

    None for the user's own. Raises LabelError where it has not been begun.
    """
    from classifier.errors import LabelError  # noqa: PLC0415
    from classifier.places import own_labels  # noqa: PLC0415

    path = folder or own_labels()
    if not (path / "taxonomy.toml").is_file():
        raise LabelError(f"{path}: no labels folder yet; `classify labels import` or `classify review` begins one")
    return path


def loaded_or_none(model: str | None) -> "Model | None":
    """Return the model in use, None where none is installed and none was asked for."""
    from classifier.api import load  # noqa: PLC0415
    from classifier.errors import ModelError  # noqa: PLC0415

    try:
        return load(model)
    except ModelError:
        if model is not None:
            raise
        return None
