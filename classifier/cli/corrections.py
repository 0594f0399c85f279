"""After a training: which of one's corrections the new model follows, and which it does not."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.say import say
from classifier.i18n.language import language, spoken
from classifier.labelling.taxonomy import NONE, NONE_ZH
from classifier.model.decide import percent

if TYPE_CHECKING:
    from classifier.labelling.taxonomy import Taxonomy
    from classifier.training.corrections import Answer, Correction, Corrections

_SHOWN = 10
_OPENING = 30  # characters


def say_corrections(corrections: "Corrections", version: str, taxonomy: "Taxonomy", output: Path | None) -> None:
    """Say how many corrections the new version follows, the first that it does not; write all to `output`."""
    left = corrections.not_followed
    if corrections.found:
        count = f"{len(corrections.found) - len(left):,} of {len(corrections.found):,}"
        what = f"corrections of {corrections.before}" if corrections.before else "decisions"
        say(f"{version} follows {count} {what}")
    for one in left[:_SHOWN]:
        text = one.text if len(one.text) <= _OPENING else f"{one.text[:_OPENING]}…"
        said = f"{_names(one.now.labels, taxonomy)} ({_odds(one, taxonomy)})"
        say(f"not followed: {text or one.where}: decided {_names(one.decided, taxonomy)}, the model says {said}")
    if output is not None:
        _write(corrections, taxonomy, output)
        say(f"all {len(corrections.found):,} written to {output}")
    elif len(left) > _SHOWN:
        say(f"… and {len(left) - _SHOWN:,} more; --corrections FILE writes them all")


def _names(labels: Sequence[str], taxonomy: "Taxonomy") -> str:
    names = [taxonomy.find(label).named(language()) for label in labels]
    return spoken(", ", "、").join(names) or spoken(NONE, NONE_ZH)


def _odds(correction: "Correction", taxonomy: "Taxonomy") -> str:
    """Return the probabilities of the labels that are on one side only."""
    others = set(correction.decided) ^ set(correction.now.labels)
    return spoken(", ", "、").join(
        f"{taxonomy.find(label).named(language())} {percent(correction.now.probabilities[label])}" for label in others
    )


def _write(corrections: "Corrections", taxonomy: "Taxonomy", output: Path) -> None:
    from classifier.cli.answers_table import label_cell, write_answers, yes_or_no  # noqa: PLC0415

    said = ["text", "where", "decided", "before", "model", "followed"]
    heading = spoken(said, ["正文", "出处", "人工标注", "原模型", "新模型", "是否照做"])

    def labels(answer: "Answer | None") -> str:
        return "" if answer is None else label_cell(answer.labels, [taxonomy])

    rows = [
        [
            one.text, one.where, label_cell(one.decided, [taxonomy]), labels(one.before), labels(one.now),
            yes_or_no(one.followed), *(f"{one.now.probabilities[label]:.6f}" for label in taxonomy.ids),
        ]
        for one in sorted(corrections.found, key=lambda one: one.followed)
    ]  # fmt: skip
    ids = [spoken(label.id, f"{label.zh}概率") for label in taxonomy.labels]
    write_answers(output, [[*heading, *ids], *rows])
