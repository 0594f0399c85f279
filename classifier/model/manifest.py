"""What a model's manifest says, as plain data: what it was made of, and how well it did on documents not seen.

Keys that a model of an older program may lack are NotRequired. Figures are from 0 to 1 unless said otherwise.
"""

from typing import Any, NotRequired, TypedDict

from classifier.labelling.taxonomy import TaxonomyRows


class FileFacts(TypedDict):
    """A file of the model folder; `sha256` in lower-case hexadecimal digits."""

    bytes: int
    sha256: str


class BackgroundFacts(TypedDict):
    """The unlabelled corpus: how many paragraphs, words and topics; `model`: the kind of topic model."""

    paragraphs: int
    words: int
    topics: int
    model: str


class TopicFacts(TypedDict):
    """A topic: leading words, the part of the background that it leads, its correlation with each label (-1 to 1)."""

    id: str
    words: list[str]
    share: NotRequired[float | None]
    coherence: NotRequired[float | None]
    labels: NotRequired[dict[str, float]]


class SentenceFacts(TypedDict):
    """The labelled sentences; in how many `paragraphs` they stand, `alone` of which have no labels as a whole."""

    sentences: int
    paragraphs: int
    alone: int
    labels: dict[str, int]


class TrainingFacts(TypedDict):
    """The labelled paragraphs. `own`: those that are not the package's. `fingerprint`: of texts and labels."""

    paragraphs: int
    documents: int
    labels: dict[str, int]
    none: int
    origins: dict[str, int]
    own: int
    set_aside: int
    tokenised_otherwise: int
    fingerprint: str
    sentences: NotRequired[SentenceFacts]
    labels_as_of: NotRequired[str | None]


class DecisionFacts(TypedDict):
    """From which probability on a label is given, and where decisions on it are too often wrong."""

    threshold: float
    threshold_90: list[float]
    uncertain_from: float
    uncertain_to: float


class PrecisionRow(TypedDict):
    """The threshold for a wanted precision, what it `reached` and how many labelled paragraphs it finds."""

    precision: float
    threshold: float
    reached: float
    recall: float


PrecisionTable = dict[str, list[PrecisionRow]]
"""Label id → its rows, the lowest precision first; a precision that no threshold reached has none."""


class Reached(TypedDict):
    """What thresholds picked on other folds came to."""

    precision: float
    recall: float


class Covered(TypedDict):
    """Accuracy among the most confident part (`coverage`) of the paragraphs."""

    coverage: float
    labels_right: float
    primary_right: float


class Certainty(TypedDict):
    """Precision thresholds and accuracy against coverage."""

    paragraphs: int
    precision: PrecisionTable
    precision_on_other_folds: dict[str, dict[str, Reached | None]]
    abstention: list[Covered]


class LabelFigures(TypedDict):
    """How well a label was told; `f1_95`: the 95 % interval from resampling documents."""

    precision: float
    recall: float
    f1: float
    f1_95: list[float]
    calibration_error: float
    paragraphs: int


class Figures(TypedDict):
    """How well a kind of text (all, found, written) was told."""

    paragraphs: int
    documents: int
    macro_f1: float
    macro_f1_95: list[float]
    primary_accuracy: float
    labels: dict[str, LabelFigures]


class SentenceLabelFigures(TypedDict):
    """How well a label of sentences was told."""

    precision: float
    recall: float
    f1: float
    calibration_error: float
    sentences: int


class SentenceFigures(TypedDict):
    """How well sentences were told."""

    sentences: int
    macro_f1: float
    labels: dict[str, SentenceLabelFigures]
    precision: PrecisionTable


class WrongAnswer(TypedDict):
    """A paragraph that was answered wrongly; `gap`: how far the worst probability lies from what is right."""

    where: str
    labelled: list[str]
    answered: list[str]
    gap: float


class Evaluation(TypedDict):
    """A cross-validation, documents kept whole. `confusion`: primary label → answered label → paragraphs."""

    method: str
    by_text: dict[str, Figures]
    certainty: NotRequired[Certainty]
    confusion: dict[str, dict[str, int]]
    wrong: list[WrongAnswer]
    sentences: NotRequired[SentenceFigures | None]


class CurvePoint(TypedDict):
    """Macro-F1 after learning from so many paragraphs."""

    paragraphs: int
    macro_f1: float


class LearningCurve(TypedDict):
    """Macro-F1 by labels learnt from. `gain`: what the last third brought; `gain_95`: its 95 % interval."""

    of: str
    points: list[CurvePoint]
    gain: float
    gain_95: list[float]


class Manifest(TypedDict):
    """A model's facts. The first five are checked when a model is opened; the program that reads needs no others."""

    version: str
    taxonomy: TaxonomyRows
    terms: list[str]
    topics: list[TopicFacts]
    files: NotRequired[dict[str, FileFacts]]
    format: NotRequired[int]
    created: NotRequired[str]
    tokeniser: NotRequired[str]
    settings: NotRequired[dict[str, Any]]  # the fields of Settings, those of other programs among them
    background: NotRequired[BackgroundFacts]
    training: NotRequired[TrainingFacts]
    decision: NotRequired[dict[str, DecisionFacts]]
    evaluation: NotRequired[Evaluation]
    learning_curve: NotRequired[LearningCurve]
