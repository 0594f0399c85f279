"""Documents by time, by place, by place and time, as plain data for the templates; and the words that tell apart."""

from collections.abc import Mapping, Sequence

from classifier.report import charts, telling_words
from classifier.report.charts import Point
from classifier.report.columns import KNOWN
from classifier.report.counted import Sample
from classifier.report.document import label_views
from classifier.report.figures import Figures
from classifier.report.items import Looks
from classifier.report.overview_view_types import (
    ColumnView,
    CrossView,
    GroupWordsView,
    PanelView,
    TellingWordView,
    TimeView,
    WordsView,
)
from classifier.report.periods import Unit, with_gaps
from classifier.report.shown import shown
from classifier.report.summed import Summed, any_open, axis_ends, intervals_note, series
from classifier.report.tally import Tally
from classifier.report.text import opening

_IN_CHART = 10  # values of a column that are drawn
_IN_TABLE = 200  # and listed: those with the most text
_PERIODS = 36  # drawn in a small chart: the latest
_ALONG = 120  # points of a line up to which those are among them that nothing is known of
_WORDS = 15  # named of a group


def time_view(figures: Figures, looks: Looks, words: Mapping[str, str]) -> TimeView | None:
    """Return the shares over time, None where all is of one time."""
    times = {period: Summed(sample, looks) for period, sample in figures.times().items()}
    if len(times) < 2:
        return None
    unit, every = words[figures.unit], list(times.values())
    ends = axis_ends([every], looks)
    along = with_gaps(list(times), figures.unit, _ALONG)
    tallies = [times[period].tally if period in times else Tally() for period in along]
    dated = figures.total.paragraphs - _paragraphs(figures.undated())
    note = words["over_time_note"].format(unit=unit, dated=f"{dated:,}", all=f"{figures.total.paragraphs:,}")
    return {
        "note": " ".join([note, *figures.odd_dates.said(words)]),
        "unit": unit,
        "chart": charts.lines(along, series(tallies, looks), words["over_time"]),
        "intervals": intervals_note(every, words),
        "panels": _panels(times, _drawn(list(times), figures.unit), looks, ends) if any_open(every) else [],
        "rows": [one.row(period, looks) for period, one in times.items()],
    }


def column_views(figures: Figures, looks: Looks, words: Mapping[str, str]) -> list[ColumnView]:
    """Return what the columns that are compared by show."""
    return [_column(name, figures, looks, words) for name in figures.columns]


def alone_views(figures: Figures, words: Mapping[str, str]) -> list[str]:
    """Return a sentence for each column that was asked for and in which there is nothing to compare."""
    found = []
    for column in figures.asked.by:
        if column in figures.columns:
            continue
        values = figures.places(column)
        said = words["alone_none" if not values else "alone_one" if len(values) == 1 else "alone_many"]
        found.append(said.format(column=column_name(column, words), value=shown(next(iter(values), "")), n=len(values)))
    return found


def column_name(column: str, words: Mapping[str, str]) -> str:
    """Return what a column is called in a page."""
    return words[column] if column in KNOWN else shown(column)


def _column(column: str, figures: Figures, looks: Looks, words: Mapping[str, str]) -> ColumnView:
    samples = figures.places(column)
    summed = {value: Summed(samples[value], looks) for value in _largest(samples)[:_IN_TABLE]}
    drawn = list(summed)[:_IN_CHART]
    name = column_name(column, words)
    title = words["side_by_side"].format(column=name)
    names = [shown(opening(value, 16)) for value in drawn]
    return {
        "title": title,
        "name": name,
        "note": _side_note(column, figures, (len(drawn), len(summed), len(samples)), words),
        "intervals": intervals_note(summed.values(), words),
        "chart": charts.bars(names, series([summed[value].tally for value in drawn], looks), title),
        "rows": [one.row(value, looks) for value, one in summed.items()],
        "cross": _cross(column, list(summed), figures, looks, words),
        "words": _words(column, drawn, figures, words),
    }


def _largest(samples: Mapping[str, Sample]) -> list[str]:
    """Return the values with the most text first."""
    sizes = {value: sum(one.characters for one in sample.values()) for value, sample in samples.items()}
    return sorted(sizes, key=lambda value: -sizes[value])


def _paragraphs(sample: Sample) -> int:
    return sum(one.paragraphs for one in sample.values())


def _side_note(column: str, figures: Figures, sizes: tuple[int, int, int], words: Mapping[str, str]) -> str:
    """Return what the comparison leaves out: values that are not drawn, paragraphs without a value.

    `sizes`: how many values are drawn, listed and there.
    """
    said = []
    drawn, listed, there = sizes
    if there > drawn:
        said.append(words["side_note"].format(shown=drawn, listed=listed, all=f"{there:,}"))
    counted = figures.total.paragraphs - _paragraphs(figures.without(column))
    if counted < figures.total.paragraphs:
        said.append(words["side_known"].format(known=f"{counted:,}", all=f"{figures.total.paragraphs:,}"))
    return " ".join(said)


def _cross(
    column: str, values: Sequence[str], figures: Figures, looks: Looks, words: Mapping[str, str]
) -> CrossView | None:
    """Return the values of a column at each time, None where none of them has several times."""
    cells = {key: Summed(sample, looks) for key, sample in figures.crossed(column).items() if key[0] in set(values)}
    periods = sorted({period for _, period in cells})
    if len(cells) == len({value for value, _ in cells}):
        return None
    order = sorted(cells, key=lambda key: (values.index(key[0]), key[1]))
    there = [value for value in values if any(value == key[0] for key in order)]
    drawn = _drawn(periods, figures.unit)
    by_value = {value: {key[1]: cells[key] for key in order if key[0] == value} for value in there}
    shown_there = there[:_IN_CHART]
    ends = axis_ends([list(by_value[value].values()) for value in shown_there], looks)
    name, unit = column_name(column, words), words[figures.unit]
    note = words["cross_note"].format(unit=unit)
    known = figures.total.paragraphs - _paragraphs(figures.not_crossed(column))
    if known < figures.total.paragraphs:
        note += " " + words["cross_known"].format(known=f"{known:,}", all=f"{figures.total.paragraphs:,}")
    if len(there) > len(shown_there) or not set(periods) <= set(drawn):
        note += " " + words["cross_drawn"].format(values=len(shown_there), periods=len(drawn))
    return {
        "title": words["crossed"].format(column=name, unit=unit),
        "note": note,
        "intervals": intervals_note(cells.values(), words),
        "unit": unit,
        "multiples": [
            {"name": shown(value), "panels": _panels(by_value[value], drawn, looks, ends)} for value in shown_there
        ],
        "rows": [{**cells[key].row(key[0], looks), "period": key[1]} for key in order],
    }


def _drawn(periods: Sequence[str], unit: Unit) -> list[str]:
    """Return the latest of some periods, as many as a small chart shows, with those between them where they fit."""
    return with_gaps(periods, unit, _PERIODS)[-_PERIODS:]


def _panels(
    summed: Mapping[str, Summed], periods: Sequence[str], looks: Looks, ends: Mapping[str, float]
) -> list[PanelView]:
    """Return a small chart a label over the same periods; `ends`: how far each label's axis goes."""
    return [
        {
            **label,
            "chart": charts.panel(
                periods,
                [summed[period].point(label["id"]) if period in summed else Point(None) for period in periods],
                ends[label["id"]],
                int(label["colour"]),
                f"{label['zh']} {label['en']}",
            ),
        }
        for label in label_views(looks.taxonomy)
    ]


def _words(column: str, values: Sequence[str], figures: Figures, words: Mapping[str, str]) -> WordsView | None:
    """Return the words that tell values apart, None where words were not counted."""
    counted = figures.words_by(column)
    if counted is None or len(counted.groups) < 2:
        return None
    total = sum(group.times for group in counted.groups.values())
    groups: list[GroupWordsView] = []
    for value in values:
        if (group := counted.groups.get(value)) is None:
            continue
        found = telling_words.telling(counted.words, group, total - group.times, _WORDS)
        groups.append({"name": shown(value), "words": [_word(one, found[0].z) for one in found]})
    return {
        "title": words["words_by"].format(column=column_name(column, words)),
        "note": words["words_by_note"].format(prior=f"{telling_words.PRIOR:,.0f}"),
        "groups": groups,
    }


def _word(telling_word: telling_words.TellingWord, greatest: float) -> TellingWordView:
    return {
        "word": telling_word.word,
        "z": f"{telling_word.z:.1f}",
        "size": telling_word.z / greatest,
        "times": telling_word.times,
        "rest": telling_word.rest,
        "documents": telling_word.documents,
    }
