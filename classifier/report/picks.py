"""Paragraphs worth reading: the most typical and the most uncertain of each label."""

import math
from dataclasses import dataclass

from classifier.api import Result
from classifier.report.items import Item, Looks

PICKS = 5  # typical and uncertain paragraphs shown a label
_CANDIDATES = 200  # kept of them, so that a few documents do not take all the places
_A_DOCUMENT = 2  # picks of one document at most
_LIKELY = (0.1, 0.9)  # outside of it a label is held to be settled where its model is not here
_LEAST = 15  # characters of a paragraph worth picking


@dataclass(frozen=True)
class Pick:
    """A paragraph chosen for a label; `place`: its number among its document's."""

    weight: float
    item: Item
    place: int


class Picks:
    """Gathers paragraphs worth reading, in bounded memory."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._typical: dict[str, list[Pick]] = {label: [] for label in looks.taxonomy.ids}
        self._uncertain: dict[str, list[Pick]] = {label: [] for label in looks.taxonomy.ids}

    def add(self, item: Item, place: int) -> None:
        """Consider one paragraph; headings and scraps are none to pick."""
        result = item.result
        if result.kind != "body" or len(result.text) < _LEAST:
            return
        for label in result.labels:
            _keep(self._typical[label], Pick(result.probabilities[label], item, place))
        for label in self._doubted(result):
            distance = abs(_log_odds(result.probabilities[label]) - _log_odds(self._looks.thresholds[label]))
            _keep(self._uncertain[label], Pick(-distance, item, place))

    def _doubted(self, result: Result) -> list[str]:
        """Return the labels that a paragraph is uncertain for; without the model, those neither likely nor unlikely."""
        if self._looks.in_doubt is None and result.uncertain:
            low, high = _LIKELY
            return [label for label, probability in result.probabilities.items() if low <= probability <= high]
        return self._looks.doubted(result)

    def typical(self, label: str, documents: int) -> list[Pick]:
        """Return the paragraphs that carry a label most clearly, of so many documents."""
        return _chosen(self._typical[label], _limit(documents))

    def uncertain(self, label: str, documents: int) -> list[Pick]:
        """Return the uncertain paragraphs nearest to where a label begins to be given."""
        return _chosen(self._uncertain[label], _limit(documents))


def _limit(documents: int) -> int:
    """Return how many picks one document may have: as many as there are places where there are few documents."""
    return PICKS if documents <= PICKS else _A_DOCUMENT


def _keep(picks: list[Pick], pick: Pick) -> None:
    picks.append(pick)
    if len(picks) >= 2 * _CANDIDATES:
        picks.sort(key=_order)
        del picks[_CANDIDATES:]


def _chosen(picks: list[Pick], a_document: int) -> list[Pick]:
    chosen: list[Pick] = []
    texts: set[str] = set()
    documents: dict[str, int] = {}
    for pick in sorted(picks, key=_order):
        text, document = pick.item.result.text, pick.item.document
        if text in texts or documents.get(document, 0) == a_document:
            continue
        texts.add(text)
        documents[document] = documents.get(document, 0) + 1
        chosen.append(pick)
        if len(chosen) == PICKS:
            break
    return chosen


def _order(pick: Pick) -> tuple[float, int]:
    return -pick.weight, -len(pick.item.result.text)


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))
