"""How plainly each feature speaks for or against a label, counted before anything is fitted.

Features are scaled by the size of their log-count ratio (Wang and Manning 2012, "Baselines and bigrams: simple, good
sentiment and topic classification", section 2.3), so that the same regularisation leaves a word that stands nearly
always with a label, or nearly never, more of its weight than one that stands anywhere. They take the whole ratio; a
small power of it was better here (benchmarks/quality.md). The scale is multiplied into the weights afterwards: the
model stays one weight a feature and label.
"""

import numpy as np
from scipy import sparse

from classifier.model.arithmetic import Floats
from classifier.text.joined_texts import Ints

_SMOOTHING = 1.0  # what each feature is taken to have beyond what was counted, on either side
_LEAST = 1e-4  # a feature that says nothing keeps a scale over 0


def ratio_scale(X: sparse.csr_matrix, y: Ints, weight: Floats, power: float) -> Floats:
    """Return each feature's scale (features); their mean square by how often they occur is 1.

    `X` (rows × features), of which the absolute values count; `y` (rows): 0 or 1; `weight` (rows): how much a row
    counts; `power` of the log-count ratio, 0 for a scale of 1 throughout.
    """
    size = abs(X)
    inside = _SMOOTHING + size.T @ (weight * y)
    outside = _SMOOTHING + size.T @ (weight * (1 - y))
    ratio = np.abs(np.log((inside / inside.sum()) / (outside / outside.sum())))
    scale = (_LEAST + ratio) ** power
    occurring = np.asarray(size.sum(axis=0)).ravel()
    if not occurring.any():
        return np.ones(X.shape[1])
    return np.asarray(scale / np.sqrt(np.average(scale**2, weights=occurring)))
