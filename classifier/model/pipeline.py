"""The scikit-learn pipeline that is trained: word counts → features → labels."""

from sklearn.pipeline import Pipeline

from classifier.model.background import Background
from classifier.model.features import ParagraphFeatures
from classifier.model.label_classifier import LabelModel
from classifier.model.settings import Settings


def new_pipeline(labels: tuple[str, ...], background: Background, settings: Settings) -> Pipeline:
    """Return an unfitted pipeline. It takes word counts, never text: tokens come from one place."""
    model = LabelModel(labels, settings.regularisation, settings.seed, settings.sentence_weight, settings.ratio_power)
    return Pipeline([("features", new_features(background, settings)), ("labels", model)])


def new_features(background: Background, settings: Settings) -> ParagraphFeatures:
    """Return the unfitted first step of a pipeline, word counts → features."""
    return ParagraphFeatures(
        background,
        settings.word_min_documents,
        settings.piece_length,
        settings.topic_weight,
        settings.neighbour_weight,
    )
