"""Boil a trained pipeline down to the arrays that the scorer runs on."""

from typing import Any

import numpy as np

from classifier.model.features import ParagraphFeatures
from classifier.model.labels import LabelModel
from classifier.model.scorer import Scorer


def compile_scorer(pipeline: Any) -> Scorer:
    """Return the scorer that gives the same probabilities as a fitted pipeline."""
    features: ParagraphFeatures = pipeline["features"]
    model: LabelModel = pipeline["labels"]
    words = list(features.words_)
    _, piece_columns, topic_columns = features.blocks
    coefficients = model.coef_.T
    without_topics = coefficients.copy()
    without_topics[topic_columns] = 0
    piece_evidence = features.piece_idf_.astype(float)[:, None] * features.piece_weight * coefficients[piece_columns]
    return Scorer(
        words=tuple(words),
        idf=features.idf_.astype(float),
        unknown_idf=features.unknown_idf_,
        evidence=np.asarray(features.rows(words) @ without_topics),
        pieces=tuple(features.pieces_),
        piece_evidence=piece_evidence,
        piece_length=features.piece_length,
        topic_words=np.array([features.words_[word] for word in features.background.topic_words], int),
        loadings=features.background.loadings,
        topic_evidence=coefficients[topic_columns] * features.topic_weight,
        intercept=model.intercept_,
        slope=model.slope_,
        offset=model.offset_,
        threshold=model.threshold_,
        low=model.low_,
        high=model.high_,
    )
