"""How far two independent readings of the same paragraphs agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifier.labelling.corpus import LabelledParagraph

LabelSet = Sequence[str]


@dataclass(frozen=True)
class Agreement:
    """Agreement of two passes over one label, or over all (then both figures are means over the labels).

    `f1`: twice what both gave, divided by all that either gave (None where neither gave it).
    `kappa`: agreement beyond chance (Cohen 1960); None where chance alone would agree wholly.
    """

    f1: float | None
    kappa: float | None


def agreement(pairs: Sequence[tuple[LabelSet, LabelSet]], labels: Sequence[str]) -> dict[str, Agreement]:
    """Return each label's agreement over (first pass, second pass) label sets, and under "all" their mean."""
    each = {label: _of_label(pairs, label) for label in labels}
    return {**each, "all": Agreement(_mean(one.f1 for one in each.values()), _mean(one.kappa for one in each.values()))}


def pairs_of_passes(paragraphs: Iterable[LabelledParagraph]) -> list[tuple[LabelSet, LabelSet]]:
    """Return the first two passes of each paragraph that was read at least twice."""
    passes = (list(paragraph.annotations.values()) for paragraph in paragraphs)
    return [(given[0], given[1]) for given in passes if len(given) > 1]


def _of_label(pairs: Sequence[tuple[LabelSet, LabelSet]], label: str) -> Agreement:
    cells = Counter((label in first, label in second) for first, second in pairs)
    both, neither = cells[True, True], cells[False, False]
    first, second, total = both + cells[True, False], both + cells[False, True], max(1, cells.total())
    chance = (first * second + (total - first) * (total - second)) / total**2
    return Agreement(
        f1=2 * both / (first + second) if first + second else None,
        kappa=((both + neither) / total - chance) / (1 - chance) if chance < 1 else None,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
