"""Tallies of documents with what drawing them again says of their shares: the intervals in tables and charts."""

from collections.abc import Iterable, Mapping, Sequence

from classifier.labelling.taxonomy import NONE
from classifier.report import charts
from classifier.report.charts import Point
from classifier.report.counted import Sample
from classifier.report.document import share_views, tally_view
from classifier.report.intervals import LEAST, Interval, intervals
from classifier.report.items import Looks
from classifier.report.shown import shown
from classifier.report.tally import Tally
from classifier.report.view_types import RowView


class Summed:
    """A sample of documents summed up: its tally, and how far each label's share is open."""

    def __init__(self, sample: Sample, looks: Looks) -> None:
        self.documents = len(sample)
        self.tally = Tally.of(sample.values())
        self.open: Mapping[str, Interval] = intervals(list(sample.values()), [*looks.taxonomy.ids, NONE])

    def point(self, label: str) -> Point:
        """Return a label's share with its interval, to be drawn."""
        interval = self.open.get(label)
        share = self.tally.share(label) if self.tally.characters else None
        return Point(share) if interval is None else Point(share, interval.low, interval.high)

    def row(self, name: str, looks: Looks) -> RowView:
        """Return it as a row of a table."""
        return {
            "id": "",
            "path": "",
            "name": shown(name),
            "documents": self.documents,
            "tally": tally_view(self.tally),
            "shares": share_views(self.tally, looks.taxonomy, self.open),
        }


def axis_ends(groups: Iterable[Iterable[Summed]], looks: Looks) -> dict[str, float]:
    """Return for each label the end of the axis that all its small charts share."""
    every = [one for some in groups for one in some]
    return {label: charts.axis_end(one.point(label) for one in every) for label in looks.taxonomy.ids}


def any_open(every: Iterable[Summed]) -> bool:
    """Tell whether an interval of some tallies is left open, for too few documents."""
    return any(summed.open for summed in every)


def intervals_note(every: Iterable[Summed], words: Mapping[str, str]) -> str:
    """Return what the intervals are, and which sums have none."""
    some = list(every)
    if not any_open(some):
        return words["no_intervals"].format(least=LEAST)
    rest = words["some_intervals"].format(least=LEAST) if any(not one.open for one in some) else ""
    return " ".join(part for part in (words["intervals"], rest) if part)


def series(tallies: Sequence[Tally], looks: Looks) -> list[tuple[str, list[float | None]]]:
    """Return each label's name and its shares, one a tally, as charts draw them; None where there is no text."""
    return [
        (
            f"{shown(label.zh)} {shown(label.en)}",
            [tally.share(label.id) if tally.characters else None for tally in tallies],
        )
        for label in looks.taxonomy.labels
    ]
