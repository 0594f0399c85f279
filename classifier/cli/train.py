"""`classify train`: labels folders in, a new model version out, in use if it is not worse."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.labels_import import say_passed_over
from classifier.cli.progress import steps
from classifier.cli.say import say, say_damage

if TYPE_CHECKING:
    from classifier.labelling.corpus import Corpus
    from classifier.model.background import Background
    from classifier.model.settings import Settings
    from classifier.training.evaluation import Progress
    from classifier.training.promotion import NewVersion


class Topics(StrEnum):
    """Kinds of topic model."""

    nmf = "nmf"
    lda = "lda"


HELP = """Train a model from labelled paragraphs and use it if it is not worse than the one in use.

\b
    classify train
    classify train --labels my-labels --labels theirs --weight 3
    classify train --labels my-labels --without-default --models my-models
    classify train --background corpus.jsonl.gz --topic-model lda

Trains from scratch on all labels: yours and, where they know the same labels, those of this package, of which
yours take the place where both speak of a paragraph. Evaluates by cross-validation that keeps documents whole,
stores the model with its figures (CARD.md), compares it with the version in use on documents that neither has
seen, and makes it the one in use if it is not worse. Says which of your corrections (decisions that the version in use
before answered otherwise) the new one follows. The same labels and settings give the same probabilities.
"""


def train(
    labels: Annotated[
        list[Path] | None,
        typer.Option(
            help="Labels folder; may be given several times.", show_default="./labels, else your own, if there is one"
        ),
    ] = None,
    with_default: Annotated[
        bool | None,
        typer.Option(
            "--with-default/--without-default",
            help="Add the labels of this package.",
            show_default="with them where the label ids are the same",
        ),
    ] = None,
    weight: Annotated[
        float,
        typer.Option(min=0.01, max=100, help="How much one of your paragraphs counts against one of this package."),
    ] = 1.0,
    models: Annotated[
        Path | None,
        typer.Option(
            help="Where the new version is stored.", show_default="./models beside ./labels, else a folder of your own"
        ),
    ] = None,
    promote: Annotated[
        bool | None,
        typer.Option(
            "--promote/--no-promote",
            help="Use the new version, or do not, whatever the comparison says.",
            show_default="use it if it is not worse",
        ),
    ] = None,
    background: Annotated[
        Path | None,
        typer.Option(
            help="Unlabelled text to learn topics from: JSON Lines (.gz too) or a folder.",
            show_default="topics of the model in use",
        ),
    ] = None,
    topic_model: Annotated[
        Topics | None, typer.Option(help="Kind of topic model; needs --background.", show_default="nmf")
    ] = None,
    topics: Annotated[
        int | None, typer.Option(min=2, help="Number of topics; needs --background.", show_default="60")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of every random choice.")] = 0,
    corrections: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write which of your corrections the new version follows, and which not (.csv, .xlsx)."
        ),
    ] = None,
) -> None:
    """Train a model from labelled paragraphs and use it if it is not worse than the one in use."""
    from classifier import places  # noqa: PLC0415 - training imports scikit-learn, which --help does not need
    from classifier.cli.answers_table import check_answers  # noqa: PLC0415
    from classifier.cli.corrections import say_corrections  # noqa: PLC0415
    from classifier.model.settings import Settings  # noqa: PLC0415
    from classifier.training.corrections import corrections as find_corrections  # noqa: PLC0415
    from classifier.training.promotion import train_version, version_in_use  # noqa: PLC0415
    from classifier.training.train import check_writable  # noqa: PLC0415

    if background is None and (topics or topic_model):
        option = "--topics" if topics else "--topic-model"
        raise typer.BadParameter("needs --background: else the topics of the model in use are kept", param_hint=option)
    usual = Settings(seed=seed)
    kind = topic_model.value if topic_model else usual.topic_model
    settings = replace(usual, topic_model=kind, topics=topics or usual.topics)
    corpus = _corpus(labels, with_default, weight)
    target = models or places.models_folder()
    check_writable(target)
    if corrections is not None:
        read = [*(labels or places.begun_labels()), *([background] if background else [])]
        check_answers(corrections, "--corrections", read)
    before = version_in_use(list(dict.fromkeys([target, *places.model_folders()])))
    with steps() as progress:
        new = train_version(corpus, background_of(background, corpus, settings), settings, target, progress)
        stored = new.stored
        figures = stored.manifest["evaluation"]["by_text"]["all"]
        low, high = figures["macro_f1_95"]
        say(
            f"{stored.version}: macro-F1 on unseen documents {figures['macro_f1']:.3f} [{low:.3f}, {high:.3f}]; "
            f"see {stored.folder / 'CARD.md'}"
        )
        _promote(new, promote, progress)
    say_corrections(find_corrections(corpus, stored, before), stored.version, stored.taxonomy, corrections)
    typer.echo(stored.folder)


def _corpus(labels: list[Path] | None, with_default: bool | None, weight: float) -> "Corpus":
    """Read all labels that are to be learnt and say what they are."""
    from classifier.places import begun_labels  # noqa: PLC0415
    from classifier.training.load_labels import gather  # noqa: PLC0415

    if not labels:
        say_passed_over()
    found = gather(labels or begun_labels(), with_default, weight)
    corpus, own = found.corpus, found.own
    say_damage(corpus.damage)
    ours = [paragraph for paragraph in corpus.paragraphs if not paragraph.shipped]
    parts = [f"{len(corpus.paragraphs) - len(ours):,} paragraphs of this package"] if found.with_default else []
    if own:
        heavy = f", each counting {weight:g} times" if weight != 1 else ""
        parts.append(f"{len(ours):,} of {', '.join(map(str, own))}{heavy}")
    say(f"labels: {' and '.join(parts)}")
    if corpus.aside:
        say(f"{corpus.aside:,} set aside (存疑/废弃) are not learnt from")
    if corpus.foreign_tokens:
        say(
            f"{corpus.foreign_tokens:,} of them were cut into words by other rules than today's: "
            "extract them anew if you can"
        )
    return corpus


def _promote(new: "NewVersion", wanted: bool | None, progress: "Progress") -> None:
    """Make the new version current where it may be, and say why or why not."""
    from classifier.model.registry import use  # noqa: PLC0415
    from classifier.model.store import locked_models  # noqa: PLC0415
    from classifier.training.promotion import settle  # noqa: PLC0415

    stored = new.stored
    if wanted is False:
        say(f"{stored.version} is stored, not in use; classify models promote {stored.version} puts it to use")
        return
    if wanted:
        with locked_models(stored.folder.parent):
            use(stored.folder.parent, stored.version)
        say(f"{stored.version} is in use, as --promote asks")
        return
    outcome = settle(new, progress, promoting=True)
    if outcome.promoted:
        say(f"{stored.version} is in use: {outcome.why}")
    else:
        say(f"{stored.version} is NOT in use: {outcome.why} (classify models promote {stored.version} puts it to use)")


def background_of(path: Path | None, corpus: "Corpus", settings: "Settings") -> "Background | None":
    """Return the background of a given corpus, else that of the model in use, else None."""
    from classifier.labelling.background_source import background_texts  # noqa: PLC0415
    from classifier.model.background import fit_background  # noqa: PLC0415
    from classifier.training.load_labels import background_in_use  # noqa: PLC0415

    if path is not None:
        say(f"learning topics from {path}")
        labelled = [paragraph.words for paragraph in corpus.paragraphs]
        return fit_background([corpus.tokeniser.counts(text) for text in background_texts(path)], settings, labelled)
    found = background_in_use()
    if found is None:
        return None
    say(f"topics of {found[0]}")
    return found[1]
