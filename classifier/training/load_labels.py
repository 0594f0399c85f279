"""What a training learns from: one's own labels beside those of the package, and the topics of the model in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier import places
from classifier.errors import ModelError, TrainingError
from classifier.labelling.corpus import Corpus
from classifier.labelling.folder.merge import read_several, same_labels
from classifier.model.background import Background
from classifier.model.store import find_model


@dataclass(frozen=True)
class Gathered:
    """Labels to learn from. `own`: the folders beside those of the package; `with_default`: whether those are in."""

    corpus: Corpus
    own: tuple[Path, ...]
    with_default: bool


def gather(folders: Sequence[Path], with_default: bool | None = None, weight: float = 1.0) -> Gathered:
    """Read labels folders, and those of the package where they are wanted or, not asked, know the same label ids.

    Without any folder the package's labels are all there is. Raises TrainingError where they are not wanted and there
    are no others, LabelError where a folder cannot be read, holds no labels, or has other labels than the rest.
    """
    default = places.packaged("labels")
    own = [folder for folder in folders if folder.resolve() != default.resolve()]
    if with_default is False and not own:
        raise TrainingError(
            "no labels of your own to train from, and those of this package are not wanted (--without-default): "
            "name a labels folder with --labels; `classify labels import` or `classify review` begins one"
        )
    wanted = with_default if with_default is not None else len(own) < len(folders) or same_labels(own, default)
    wanted = wanted or not own
    return Gathered(read_several(own, default if wanted else None, weight), tuple(own), wanted)


def background_in_use() -> tuple[str, Background] | None:
    """Return the version in use and its topics, None where no model is installed."""
    try:
        stored = find_model(None, places.model_folders())
    except ModelError:
        return None
    background: Background = stored.pipeline()["features"].background
    return stored.version, background
