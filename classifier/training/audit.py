"""What may be wrong in a labelled corpus: rows that do not fit, contradictions, doubtful labels."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from classifier.errors import MissingExtraError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.quality.duplicates import near_duplicates
from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.training.evaluation import OutOfFold
from classifier.training.sentence_calibration import ENOUGH, labelled_rows, sentence_probability

LONGEST = 2000  # characters: no paragraph, but a whole text on one line

Kind = Literal["format", "passes", "same text", "near-duplicate", "length", "label", "sentence"]


@dataclass(frozen=True)
class Finding:
    """Something to look at. `where` is file:line; `text` the paragraph's opening, None where only counts are known.

    Kinds: "format" (the row cannot be trained on), "passes" (independent readings differ and nobody settled it),
    "same text" (once labelled so, once so), "near-duplicate" (nearly the same text, other labels), "length"
    (no words, or over-long), "label" (models trained on other documents contradict it), "sentence" (they contradict the
    label of a sentence).
    """

    kind: Kind
    where: str
    message: str
    text: str | None = None


Names = Mapping[str, str]  # what labels are called in messages, by id; the id itself where it is not there


def audit(corpus: Corpus, out_of_fold: OutOfFold | None, names: Names | None = None) -> list[Finding]:
    """Return what may be wrong, by kind in the order of `Kind`, the surest first.

    `out_of_fold`: what models said of documents they had not seen; None: no label is called doubtful. `names`: what
    labels are called, by id; None: the ids.
    Raises MissingExtraError where cleanlab is not installed.
    """
    rows = corpus.paragraphs
    found = [Finding("format", *_place_and_message(problem)) for problem in corpus.damage]
    called = names or {}
    for check in (_passes, _same_text, _near_duplicates):
        found += check(rows, called)
    found += _lengths(rows)
    if out_of_fold is None:
        return found
    found += _doubtful(rows, corpus.taxonomy.ids, out_of_fold, called)
    return found + list(_doubtful_sentences(corpus.taxonomy.ids, out_of_fold, called))


def _place_and_message(problem: str) -> tuple[str, str]:
    where, _, message = problem.partition(": ")
    return where, message


def _passes(rows: Sequence[LabelledParagraph], called: Names) -> Iterator[Finding]:
    for row in rows:
        if len({frozenset(labels) for labels in row.annotations.values()}) > 1 and not row.facts.get("settled"):
            said = "; ".join(f"{by}: {_named(labels, called)}" for by, labels in row.annotations.items())
            yield _finding("passes", row, f"readings differ ({said}) and nothing says that it was settled")


def _same_text(rows: Sequence[LabelledParagraph], called: Names) -> Iterator[Finding]:
    first: dict[str, LabelledParagraph] = {}
    for row in rows:
        before = first.setdefault(" ".join((row.text or "").split()), row) if row.text else row
        if set(before.labels) != set(row.labels):
            yield _finding(
                "same text",
                row,
                f"labelled {_named(row.labels, called)}, but {_named(before.labels, called)} at {before.where}",
            )


def _near_duplicates(rows: Sequence[LabelledParagraph], called: Names) -> Iterator[Finding]:
    for pair in sorted(near_duplicates(rows), key=lambda pair: -pair.overlap):
        one, other = rows[pair.second], rows[pair.first]
        if set(one.labels) != set(other.labels) and (one.text is None or one.text != other.text):
            message = f"labelled {_named(one.labels, called)}; {pair.overlap:.0%} the same as {other.where}: "
            yield _finding("near-duplicate", one, message + _named(other.labels, called))


def _lengths(rows: Sequence[LabelledParagraph]) -> Iterator[Finding]:
    for row in rows:
        if not row.words:
            yield _finding("length", row, "holds no Chinese word")
        elif row.text is not None and len(row.text) > LONGEST:
            yield _finding("length", row, f"{len(row.text):,} characters are a text, not a paragraph: split it")


def _doubtful(
    rows: Sequence[LabelledParagraph], ids: Sequence[str], said: OutOfFold, called: Names
) -> Iterator[Finding]:
    for row, message in _contradicted([one.labels for one in rows], said.probability, ids, called):
        yield _finding("label", rows[row], message)


def _doubtful_sentences(ids: Sequence[str], said: OutOfFold, called: Names) -> Iterator[Finding]:
    """Yield the labelled sentences whose labels models of other documents contradict; none where few have labels."""
    rows, y_true = labelled_rows(said), said.table.sentence_labels
    if not len(rows) or y_true[rows].sum(axis=0).min() < ENOUGH:
        return
    first = said.table.offsets[:-1]
    owners = np.searchsorted(first, rows, "right") - 1
    given = [tuple(ids[k] for k in np.flatnonzero(y_true[row]).tolist()) for row in rows]
    for place, message in _contradicted(given, sentence_probability(said, rows), ids, called):
        owner = int(owners[place])
        paragraph, sentence = said.paragraphs[owner], said.paragraphs[owner].sentences[rows[place] - first[owner]]
        text = None if paragraph.text is None else " ".join(paragraph.text[sentence.start : sentence.end].split())[:80]
        yield Finding("sentence", paragraph.where, f"characters {sentence.start} to {sentence.end} are {message}", text)


def _contradicted(
    label_sets: Sequence[Sequence[str]], probability: Floats, ids: Sequence[str], called: Names
) -> Iterator[tuple[int, str]]:
    """Yield the rows whose labels confident learning (Northcutt et al. 2021) holds for wrong, the surest first."""
    find, quality = confident_learning()
    numbers = [[ids.index(label) for label in labels] for labels in label_sets]
    wrong, score = find(numbers, probability, n_jobs=1), quality(numbers, probability)
    for row in sorted(wrong.any(axis=1).nonzero()[0].tolist(), key=lambda row: float(score[row])):
        rather = ", ".join(
            f"{'not ' if ids[k] in label_sets[row] else ''}{_named(ids[k : k + 1], called)} ({probability[row, k]:.2f})"
            for k in wrong[row].nonzero()[0]
        )
        yield row, f"labelled {_named(label_sets[row], called)}; other documents speak for: {rather}"


def confident_learning() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return cleanlab's functions that find doubtful labels, and rank them; raise MissingExtraError without it."""
    try:
        from cleanlab.multilabel_classification.filter import find_multilabel_issues_per_class  # noqa: PLC0415
        from cleanlab.multilabel_classification.rank import get_label_quality_scores  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            'finding doubtful labels needs cleanlab: pip install "local-government-classifier[audit]"'
        ) from error
    return find_multilabel_issues_per_class, get_label_quality_scores


def _finding(kind: Kind, paragraph: LabelledParagraph, message: str) -> Finding:
    return Finding(
        kind, paragraph.where, message, None if paragraph.text is None else " ".join(paragraph.text.split())[:80]
    )


def _named(labels: Sequence[str], called: Names) -> str:
    return ", ".join(called.get(label, label) for label in labels or (NONE,))
