"""What the templates of many documents are given, as plain data: shares over time and by a column's values, picks."""

from typing import TypedDict

from classifier.report.view_types import Colour, LabelView, RowView, ShareView, TallyView


class PanelView(LabelView):
    """A small chart of a label over time, SVG."""

    chart: str


class PanelsView(TypedDict):
    """A value's small charts, one a label."""

    name: str
    panels: list[PanelView]


class TimeView(TypedDict):
    """Shares over time; `chart`: SVG; `intervals`: what is to be said of the intervals."""

    note: str
    unit: str
    chart: str
    intervals: str
    panels: list[PanelView]
    rows: list[RowView]


class CrossView(TypedDict):
    """Values of a column at each time."""

    title: str
    note: str
    intervals: str
    unit: str
    multiples: list[PanelsView]
    rows: list[RowView]


class TellingWordView(TypedDict):
    """A word that a group uses more than the rest; `size`: its z-score against the greatest beside it, 0 to 1."""

    word: str
    z: str
    size: float
    times: int
    rest: int
    documents: int


class GroupWordsView(TypedDict):
    """The words that tell a group from the rest."""

    name: str
    words: list[TellingWordView]


class WordsView(TypedDict):
    """The words that tell the values of a column apart, a list each."""

    title: str
    note: str
    groups: list[GroupWordsView]


class ColumnView(TypedDict):
    """Values of a column side by side; `chart`: SVG. `cross`, `words`: None where there is nothing to show."""

    title: str
    name: str
    note: str
    intervals: str
    chart: str
    rows: list[RowView]
    cross: CrossView | None
    words: WordsView | None


class UnreadView(TypedDict):
    """A document that could not be read, and why."""

    name: str
    reason: str


class PickView(TypedDict):
    """A paragraph worth reading; `link`: where it stands in the page, "" where it is left out."""

    html: str
    percent: str
    document: str
    date: str
    edge: Colour
    link: str


class LabelPicks(LabelView):
    """The paragraphs worth reading of a label."""

    typical: list[PickView]
    uncertain: list[PickView]


class DocumentNotes(TypedDict):
    """What was left out of a document, in each language."""

    name: str
    notes: list[dict[str, str]]


class RepeatedView(TypedDict):
    """A document that is not counted, and the one that holds the same text."""

    name: str
    same_as: str


class OverviewView(TypedDict):
    """Many documents; what there is nothing to say of is None or empty."""

    tally: TallyView
    documents: int
    shares: list[ShareView]
    rows: list[RowView]
    listed: str
    dated: bool
    time: TimeView | None
    columns: list[ColumnView]
    alone: list[str]
    unread: list[UnreadView]
    unread_count: int
    repeated: list[RepeatedView]
    repeated_count: int
    picks: list[LabelPicks]
    noted: int
    notes: list[DocumentNotes]
    errors: int
    error_lines: list[str]
