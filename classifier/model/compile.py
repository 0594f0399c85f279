"""Boil a trained pipeline down to the arrays that the scorer runs on."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.pipeline import Pipeline

from classifier.model.arithmetic import Floats
from classifier.model.features import ParagraphFeatures, piece_lengths
from classifier.model.label_classifier import LabelModel
from classifier.model.scorer import Scorer


def compile_scorer(pipeline: Pipeline) -> Scorer:
    """Return the scorer that gives the same probabilities as a fitted pipeline."""
    features: ParagraphFeatures = pipeline["features"]
    model: LabelModel = pipeline["labels"]
    words = list(features.words_)
    word_columns, piece_columns, topic_columns = features.blocks
    coefficients = model.coef_.T.astype(float)
    inner = features.piece_block(words)
    piece_idf = features.piece_idf_.astype(float)
    return Scorer(
        words=tuple(words),
        idf=features.idf_.astype(float),
        unknown_idf=features.unknown_idf_,
        word_weights=_single(features.word_block(words) @ coefficients[word_columns]),
        inner_weights=_single(inner @ coefficients[piece_columns]),
        inner_length=_single(piece_lengths(inner)),
        pieces=tuple(features.pieces_),
        piece_idf=piece_idf,
        piece_weights=_single(piece_idf[:, None] * coefficients[piece_columns]),
        piece_length=features.piece_length,
        topic_words=np.array([features.words_[word] for word in features.background.topic_words], int),
        loadings=features.background.loadings,
        topic_weights=coefficients[topic_columns] * features.topic_weight,
        intercept=model.intercept_,
        evidence_weights=model.weights_,
        evidence_intercept=model.offset_,
        threshold=model.threshold_,
        low=model.low_,
        high=model.high_,
        neighbour_weight=features.neighbour_weight,
        sentence_slope=model.sentence_slope_,
        sentence_intercept=model.sentence_offset_,
        sentence_threshold=model.sentence_threshold_,
        sentence_low=model.sentence_low_,
        sentence_high=model.sentence_high_,
    )


def _single(values: ArrayLike) -> Floats:
    """Round to single precision, half the size on disk; probabilities move by less than 1e-6."""
    return np.asarray(values, np.float32).astype(float)
