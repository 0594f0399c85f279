"""Where labels and models lie: beside the work, in the user's own folder, or inside the package."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SPEECH = "scripts/demo/speech.txt"
"""A sample to try, written for this project."""


def packaged(name: str) -> Path:
    """Return what came with this installation by the path it has in a checkout: `labels`, `models`, SPEECH.

    A wheel carries it inside the package (force-include in pyproject.toml).
    """
    inside = PACKAGE / "data" / name
    return inside if inside.exists() else PACKAGE.parent / name


def user_folder() -> Path:
    """Return the folder for this user's own models and labels (CLASSIFIER_HOME overrides it)."""
    if home := os.environ.get("CLASSIFIER_HOME"):
        return Path(home)
    import platformdirs  # noqa: PLC0415 - 10 ms that most commands need not spend

    return Path(platformdirs.user_data_dir("local-government-classifier", appauthor=False))


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time (inside CLASSIFIER_HOME where that is set)."""
    if home := os.environ.get("CLASSIFIER_HOME"):
        return Path(home) / "cache"
    import platformdirs  # noqa: PLC0415 - as above

    return Path(platformdirs.user_cache_dir("local-government-classifier", appauthor=False))


def open_documents_folder() -> Path:
    """Return the folder in which a server keeps the documents that are open in it."""
    return user_folder() / "open-documents"


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder holds somebody's own labels: `labels/taxonomy.toml`.

    Not a checkout of this project: what people decide there must not change the labels and models that it ships.
    """
    labels = folder / "labels"
    return (labels / "taxonomy.toml").is_file() and labels.resolve() != packaged("labels").resolve()


def own_labels() -> Path:
    """Return the folder for this user's own labels: ./labels where it exists, else one in the user's own folder."""
    here = Path.cwd()
    return here / "labels" if is_workspace(here) else user_folder() / "labels"


def labels_folder() -> Path:
    """Return the labels to look at: this user's own where there are any, else those of the package."""
    own = own_labels()
    return own if (own / "taxonomy.toml").is_file() else packaged("labels")


def begun_labels() -> list[Path]:
    """Return the folder for this user's own labels where it has been begun, else nothing."""
    return [own_labels()] if (own_labels() / "taxonomy.toml").is_file() else []


def models_folder() -> Path:
    """Return where new models are stored: ./models in a workspace, else the user's own folder."""
    here = Path.cwd()
    return here / "models" if is_workspace(here) else user_folder() / "models"


def model_folders() -> list[Path]:
    """Return the folders in which a model is looked for, the nearest first."""
    found = [models_folder(), user_folder() / "models", packaged("models")]
    return list(dict.fromkeys(found))
