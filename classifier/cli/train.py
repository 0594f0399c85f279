"""`classify train`: a labels folder in, a new model version out."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from classifier.cli.say import say


class Topics(StrEnum):
    """Kinds of topic model."""

    nmf = "nmf"
    lda = "lda"


HELP = """Train a model from labelled paragraphs and make it the one in use.

\b
    classify train
    classify train --labels my-labels --models my-models
    classify train --background corpus.jsonl.gz --topic-model lda

Reads taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz of the labels folder, evaluates
by cross-validation that keeps documents whole, and stores the model with its figures (CARD.md).
The same labels and settings give the same probabilities.
"""


def train(
    labels: Annotated[
        Path | None, typer.Option(help="Labels folder.", show_default="./labels, else the labels of this package")
    ] = None,
    models: Annotated[
        Path | None,
        typer.Option(
            help="Where the new version is stored.", show_default="./models beside ./labels, else a folder of your own"
        ),
    ] = None,
    background: Annotated[
        Path | None,
        typer.Option(
            help="Unlabelled text to learn topics from: JSON Lines (.gz too) or a folder.",
            show_default="topics of the model in use",
        ),
    ] = None,
    topic_model: Annotated[Topics, typer.Option(help="Kind of topic model; needs --background.")] = Topics.nmf,
    topics: Annotated[int, typer.Option(min=2, help="Number of topics; needs --background.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of every random choice.")] = 0,
) -> None:
    """Train a model from labelled paragraphs and make it the one in use."""
    from classifier import places  # noqa: PLC0415 - training imports scikit-learn, which --help does not need
    from classifier.labelling.corpus import read_corpus  # noqa: PLC0415
    from classifier.model.settings import Settings  # noqa: PLC0415
    from classifier.training.train import train as run  # noqa: PLC0415

    settings = replace(Settings(), topic_model=topic_model.value, topics=topics, seed=seed)
    source, target = labels or places.labels_folder(), models or places.models_folder()
    say(f"labels from {source}")
    corpus = read_corpus(source)
    say(f"{len(corpus.paragraphs):,} paragraphs")
    if corpus.foreign_tokens:
        say(
            f"{corpus.foreign_tokens:,} of them were cut into words by other rules than today's: "
            "extract them anew if you can"
        )
    stored = run(corpus, background_of(background, corpus, settings), settings, target, say)
    figures = stored.manifest["evaluation"]["by_text"]["all"]
    low, high = figures["macro_f1_95"]
    say(
        f"macro-F1 on unseen documents {figures['macro_f1']:.3f} [{low:.3f}, {high:.3f}]; "
        f"see {stored.folder / 'CARD.md'}"
    )
    typer.echo(stored.folder)


def background_of(path: Path | None, corpus: Any, settings: Any) -> Any:
    """Return the background of a given corpus, else that of the model in use, else None."""
    from classifier import places  # noqa: PLC0415
    from classifier.errors import ModelError  # noqa: PLC0415
    from classifier.labelling.unlabelled import background_texts  # noqa: PLC0415
    from classifier.model.background import fit_background  # noqa: PLC0415
    from classifier.model.store import find_model  # noqa: PLC0415

    if path is not None:
        say(f"learning topics from {path}")
        labelled = [one.words for one in corpus.paragraphs]
        return fit_background([corpus.tokeniser.counts(text) for text in background_texts(path)], settings, labelled)
    try:
        stored = find_model(None, places.model_folders())
    except ModelError:
        return None
    say(f"topics of {stored.version}")
    return stored.pipeline()["features"].background
