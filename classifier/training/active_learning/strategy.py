"""What to label next: uncertain paragraphs, rare labels first, typical rather than odd, unlike each other.

Each paragraph gets a worth; the best is taken, paragraphs like it lose worth, and so on. A share is drawn at random:
it keeps the choice honest, for what a model is sure of and wrong about is chosen by nothing else.
Before there is a model, the seed words of the taxonomy take the place of its probabilities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.count_matrix import Counts
from classifier.model.pipeline import new_features
from classifier.model.settings import Settings

CONTROL = 0.1  # share drawn at random
_CONTROLLED = 5  # from so many on at least one is
_CLOSE = 0.5  # doubt from which an answer is a close call
_TWIN = 0.95  # cosine from which two paragraphs count as the same
_SPREAD = 1.0  # how much likeness to what was chosen takes off: (1 - cosine) to this power
_SAME_SOURCE = 0.95  # what each paragraph chosen from a document leaves of the others' worth
_TYPICAL = 1.0  # how much being like the rest of the pool adds: mean cosine to this power
_UNLIKE = 0.1  # cosine up to which a paragraph counts as unlike
_AT_ONCE = 500  # paragraphs whose cosines to all others are in memory together
RANDOM = "random control"


@dataclass(frozen=True)
class Choice:
    """A paragraph to label. `place`: its place in the pool. `reason`: why it was chosen, for people."""

    place: int
    reason: str


@dataclass(frozen=True, eq=False)
class Likeness:
    """Paragraphs as vectors of length 1 (words, pieces inside words, topics), so that products are cosines."""

    vectors: sparse.csr_matrix

    @classmethod
    def of(cls, counts: Sequence[Counts], background: Background, settings: Settings) -> "Likeness":
        """Compare paragraphs by the features a model would see; no label is used."""
        features = new_features(background, settings)
        matrix = features.fit(counts).transform(counts).paragraphs
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return cls(sparse.csr_matrix(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix))

    def to(self, row: int) -> Floats:
        """Return every paragraph's cosine to one of them."""
        return np.asarray((self.vectors @ self.vectors[[row]].T).todense()).ravel()

    def nearest(self, rows: NDArray[np.int64]) -> Floats:
        """Return every other paragraph's highest cosine to some of them, 0 for these and where there are none."""
        size = self.vectors.shape[0]
        found, others = np.zeros(size), np.setdiff1d(np.arange(size), rows)
        if len(rows):
            there = self.vectors[rows].T
            for start in range(0, len(others), _AT_ONCE):
                some = others[start : start + _AT_ONCE]
                found[some] = np.asarray((self.vectors[some] @ there).max(axis=1).todense()).ravel()
        return found

    def typical(self) -> Floats:
        """Return every paragraph's mean cosine to all, in units of the average paragraph's."""
        mean = np.asarray(self.vectors @ np.asarray(self.vectors.mean(axis=0)).ravel())
        return np.asarray(mean / (mean.mean() or 1))


@dataclass(frozen=True, eq=False)
class Pool:
    """Paragraphs to choose from. `labelled`: places of those that have labels already, among `likeness`'s rows."""

    likeness: Likeness
    docs: Sequence[str]
    labelled: NDArray[np.int64]


def by_model(
    probability: Floats, threshold: Floats, carriers: Sequence[int], taxonomy: Taxonomy
) -> tuple[Floats, list[str]]:
    """Return each paragraph's worth and its reason, from what a model says of it (paragraphs × labels).

    A label's doubt is 1 at its threshold and falls to 0 where the model is sure; it is squared, so that one close call
    outweighs several half doubts. Labels that few paragraphs carry (`carriers`: how many do) count for more. Worth is
    the sum over the labels, for one answer settles them all; the reason names the greatest part, and calls it a close
    call where its doubt is at least a half: what is worth less is chosen for being like many others (`choose`).
    """
    centre = threshold.clip(1e-9, 1 - 1e-9)
    doubt = np.where(probability >= centre, (1 - probability) / (1 - centre), probability / centre)
    few = (np.mean(carriers) + 1) / (np.array(carriers) + 1)
    worth = doubt**2 * few / few.mean()
    best = worth.argmax(axis=1)
    names = [label.name for label in taxonomy.labels]
    reasons = [
        ("close call: " if doubt[row, k] >= _CLOSE else "representative of many: ")
        + f"{names[k]} ({probability[row, k]:.0%})"
        + (f", a rare label ({carriers[k]})" if few[k] > 1.5 else "")
        for row, k in enumerate(best.tolist())
    ]
    return np.asarray(worth.sum(axis=1)), reasons


def by_seeds(counts: Sequence[Counts], taxonomy: Taxonomy) -> tuple[list[Floats], list[list[str]]]:
    """Return worths and reasons before there is a model: a list a label, by its seed words, and one for none.

    Who chooses takes turns with them.
    """
    worths, reasons = [], []
    for label in taxonomy.labels:
        found = [_seeds_in(words, label.seeds) for words in counts]
        size = np.array([sum(words.values()) for words in counts])
        share = np.array([sum(one.values()) for one in found]) / np.sqrt(size + 5)
        worths.append(share / (share.max() or 1) + 1e-6)
        reasons.append([f"typical of {label.name}: {', '.join(list(one)[:3]) or 'no seed word'}" for one in found])
    worths.append(np.ones(len(counts)))
    reasons.append([f"typical of the rest ({NONE}?)"] * len(counts))
    return worths, reasons


def _seeds_in(words: Mapping[str, int], seeds: Sequence[str]) -> dict[str, int]:
    return {
        word: n for word, n in words.items() if any(seed in word or (len(word) > 1 and word in seed) for seed in seeds)
    }


def choose(
    pool: Pool, worths: Sequence[Floats], reasons: Sequence[Sequence[str]], wanted: int, seed: int
) -> list[Choice]:
    """Choose `wanted` paragraphs (fewer where the pool has no more), the worths taking turns, then the random share.

    A paragraph like one that is labelled or chosen (cosine over 0.95) is never chosen by its worth.
    """
    random = np.random.default_rng(seed)
    typical = pool.likeness.typical() ** _TYPICAL
    nearest = pool.likeness.nearest(pool.labelled)
    docs, left = np.array(pool.docs), np.ones(len(pool.docs))
    free = np.ones(len(typical), bool)
    free[pool.labelled] = False
    chosen: list[Choice] = []
    drawn = max(round(wanted * CONTROL), int(wanted >= _CONTROLLED))
    for turn in range(wanted - drawn):
        kind = turn % len(worths)
        value = worths[kind] * typical * left * (1 - nearest).clip(0) ** _SPREAD
        value[~free | (nearest > _TWIN)] = -1
        best = int(value.argmax())
        if value[best] < 0:
            break
        new = "; unlike what is labelled" if len(pool.labelled) and nearest[best] < _UNLIKE else ""
        chosen.append(Choice(best, reasons[kind][best] + new))
        free[best] = False
        left[docs == docs[best]] *= _SAME_SOURCE
        nearest = np.maximum(nearest, pool.likeness.to(best))
    rest = np.flatnonzero(free & (nearest <= _TWIN))
    control = random.permutation(rest)[: wanted - len(chosen)]
    return [*chosen, *(Choice(place, RANDOM) for place in control.tolist())]
