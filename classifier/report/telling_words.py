"""The words that tell groups of documents apart: weighted log-odds with an informative Dirichlet prior.

After Monroe, Colaresi and Quinn (2008), Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
Content of Political Conflict, Political Analysis 16 (4), 372-403, doi:10.1093/pan/mpn018.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PRIOR = 500.0
"""Words that the prior counts for, shared out as all text of the report uses them: some pages, so that a short group
is drawn towards the whole, and a long one is not."""
SURE = 1.96  # of z: beyond it, a difference is no chance by the model at the 95 % level
_LEAST = 2  # characters of a word that is named: most of one are particles


@dataclass(frozen=True, eq=False)
class Group:
    """Words of a group of documents: how often each stands there and in how many documents (V each)."""

    times: Ints
    documents: Ints


@dataclass(frozen=True)
class TellingWord:
    """A word that a group uses more than the rest: its z-score, how often it stands in both, in how many documents."""

    word: str
    z: float
    times: int
    rest: int
    documents: int


def z_scores(here: Ints, rest: Ints, prior: float = PRIOR) -> Floats:
    """Return how sure it is that a group uses each word more (above 0) or less than the rest: z-scores (V).

    `here`, `rest`: how often each of V words stands in the group and in the rest. The difference of the two log-odds
    is divided by its standard deviation; both are drawn towards the whole by a Dirichlet prior of `prior` words that
    are shared out as here and the rest together use them. 0 for a word that stands nowhere. Exchanging the two groups
    turns the sign and changes nothing else.
    """
    whole = (here + rest).astype(float)
    if not whole.any():
        return np.zeros(len(whole))
    seen = whole > 0
    share = prior * whole[seen] / whole.sum()
    first, second = here[seen] + share, rest[seen] + share
    difference = _log_odds(first, here.sum() + prior) - _log_odds(second, rest.sum() + prior)
    scores = np.zeros(len(whole))
    scores[seen] = difference / np.sqrt(1 / first + 1 / second)
    return scores


def telling(words: list[str], here: Group, rest: Ints, most: int) -> list[TellingWord]:
    """Return the words that a group surely uses more than the rest, the surest first, `most` at most.

    `words`: the vocabulary (V); `rest`: how often each stands in the other groups (V). Words of one character are left
    out.
    """
    scores = z_scores(here.times, rest)
    found: list[TellingWord] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        if scores[place] <= SURE or len(found) == most:
            break
        if len(words[place]) >= _LEAST:
            found.append(
                TellingWord(
                    words[place], float(scores[place]), int(here.times[place]), int(rest[place]),
                    int(here.documents[place]),
                )
            )  # fmt: skip
    return found


def _log_odds(times: Floats, total: float) -> Floats:
    """Return log(p / (1 - p)) of each word; a word that is all there is has the odds of all but one."""
    return np.log(times) - np.log(np.maximum(total - times, 1e-9))
