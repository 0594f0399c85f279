"""What may be wrong in a labelled corpus: rows that do not fit, contradictions, doubtful labels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from classifier.errors import MissingExtraError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.quality.duplicates import near_duplicates
from classifier.labelling.taxonomy import NONE
from classifier.training.evaluation import OutOfFold

LONGEST = 2000  # characters: no paragraph, but a whole text on one line

Kind = Literal["format", "passes", "same text", "near-duplicate", "length", "label"]


@dataclass(frozen=True)
class Finding:
    """Something to look at. `where` is file:line; `text` the paragraph's opening, None where only counts are known.

    Kinds: "format" (the row cannot be trained on), "passes" (independent readings differ and nobody settled it),
    "same text" (once labelled so, once so), "near-duplicate" (nearly the same text, other labels), "length"
    (no words, or over-long), "label" (models trained on other documents contradict it).
    """

    kind: Kind
    where: str
    message: str
    text: str | None = None


def audit(corpus: Corpus, out_of_fold: OutOfFold) -> list[Finding]:
    """Return what may be wrong, by kind in the order of `Kind`, the surest first.

    `out_of_fold`: what models said of documents they had not seen.
    Raises MissingExtraError where cleanlab is not installed.
    """
    rows = corpus.paragraphs
    found = [Finding("format", *_place_and_message(problem)) for problem in corpus.damage]
    for check in (_passes, _same_text, _near_duplicates, _lengths):
        found += check(rows)
    return found + list(_doubtful(rows, corpus.taxonomy.ids, out_of_fold))


def _place_and_message(problem: str) -> tuple[str, str]:
    where, _, message = problem.partition(": ")
    return where, message


def _passes(rows: Sequence[LabelledParagraph]) -> Iterator[Finding]:
    for one in rows:
        if len({frozenset(labels) for labels in one.annotations.values()}) > 1 and not one.facts.get("settled"):
            said = "; ".join(f"{by}: {_named(labels)}" for by, labels in one.annotations.items())
            yield _finding("passes", one, f"readings differ ({said}) and nothing says that it was settled")


def _same_text(rows: Sequence[LabelledParagraph]) -> Iterator[Finding]:
    first: dict[str, LabelledParagraph] = {}
    for one in rows:
        before = first.setdefault(" ".join((one.text or "").split()), one) if one.text else one
        if set(before.labels) != set(one.labels):
            yield _finding(
                "same text", one, f"labelled {_named(one.labels)}, but {_named(before.labels)} at {before.where}"
            )


def _near_duplicates(rows: Sequence[LabelledParagraph]) -> Iterator[Finding]:
    for pair in sorted(near_duplicates(rows), key=lambda pair: -pair.overlap):
        one, other = rows[pair.second], rows[pair.first]
        if set(one.labels) != set(other.labels) and (one.text is None or one.text != other.text):
            message = f"labelled {_named(one.labels)}; {pair.overlap:.0%} the same as {other.where}: "
            yield _finding("near-duplicate", one, message + _named(other.labels))


def _lengths(rows: Sequence[LabelledParagraph]) -> Iterator[Finding]:
    for one in rows:
        if not one.words:
            yield _finding("length", one, "holds no Chinese word")
        elif one.text is not None and len(one.text) > LONGEST:
            yield _finding("length", one, f"{len(one.text):,} characters are a text, not a paragraph: split it")


def _doubtful(rows: Sequence[LabelledParagraph], ids: Sequence[str], said: OutOfFold) -> Iterator[Finding]:
    """Yield the rows whose labels confident learning (Northcutt et al. 2021) holds for wrong."""
    find, quality = _cleanlab()
    given = [[ids.index(label) for label in one.labels] for one in rows]
    wrong = find(given, said.probability, n_jobs=1)
    score = quality(given, said.probability)
    for row in sorted(wrong.any(axis=1).nonzero()[0].tolist(), key=lambda row: float(score[row])):
        rather = ", ".join(
            f"{'not ' if ids[k] in rows[row].labels else ''}{ids[k]} ({said.probability[row, k]:.2f})"
            for k in wrong[row].nonzero()[0]
        )
        yield _finding("label", rows[row], f"labelled {_named(rows[row].labels)}; other documents speak for: {rather}")


def _cleanlab() -> tuple[Callable[..., Any], Callable[..., Any]]:
    try:
        from cleanlab.multilabel_classification.filter import find_multilabel_issues_per_class  # noqa: PLC0415
        from cleanlab.multilabel_classification.rank import get_label_quality_scores  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            'finding doubtful labels needs cleanlab: pip install "local-government-classifier[audit]"'
        ) from error
    return find_multilabel_issues_per_class, get_label_quality_scores


def _finding(kind: Kind, one: LabelledParagraph, message: str) -> Finding:
    return Finding(kind, one.where, message, None if one.text is None else " ".join(one.text.split())[:80])


def _named(labels: Sequence[str]) -> str:
    return ", ".join(labels) or NONE
