"""What the templates of reports are given, as plain data. Texts are ready to be shown, `html` is escaped already.

`colour` and `edge`: the number of a label's colour, "none" for no label.
"""

from typing import NotRequired, TypedDict

Colour = int | str


class LabelView(TypedDict):
    """A label: its names, its colour and its key (1 for the first)."""

    id: str
    zh: str
    en: str
    colour: Colour
    key: NotRequired[int]


class ShareView(LabelView):
    """A label's share of a text's characters, 0 to 1 and in per cent; `interval`: from where to where, "" for none."""

    share: float
    percent: str
    interval: str


class Stretch(TypedDict):
    """Neighbouring paragraphs of one colour in a document's map; `id`: the first of them. In per cent of the whole."""

    id: str
    x: float
    width: float
    colour: Colour


class NamedLabel(LabelView):
    """A label beside a paragraph: given or in doubt. `why`, `topics`: see `paragraph_view`."""

    percent: str
    given: bool
    doubt: bool
    why: str
    topics: str


class ParagraphView(TypedDict):
    """A paragraph; `ids`: its labels' ids with spaces between, "none" for none.

    `decided`: who gave the labels and when where a person did, "" where the model did. `similar`: the labelled
    paragraphs most like it, a line each in each language; None where that was not asked for.
    """

    id: str
    html: str
    kind: str
    level: int
    labels: list[NamedLabel]
    ids: str
    edge: Colour
    uncertain: bool
    decided: str
    similar: list[dict[str, str]] | None


class TallyView(TypedDict):
    """What paragraphs sum up to."""

    paragraphs: int
    characters: int
    uncertain: int
    uncertain_share: float
    uncertain_percent: str


class OutlineView(TypedDict):
    """A heading in a document's outline."""

    id: str
    level: int
    text: str
    colour: Colour


class DocumentView(TypedDict):
    """A document with all its paragraphs; `notes`: what was left out, in each language."""

    id: str
    name: str
    path: str
    date: str
    notes: list[dict[str, str]]
    tally: TallyView
    shares: list[ShareView]
    strip: list[Stretch]
    outline: list[OutlineView]
    paragraphs: list[ParagraphView]


class RowView(TypedDict):
    """A row of a table of documents or of values. `period`: of a value at a time; `documents`: how many it sums up."""

    id: str
    name: str
    path: str
    date: NotRequired[str]
    period: NotRequired[str]
    documents: NotRequired[int]
    tally: TallyView
    shares: list[ShareView]


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


class SizedWord(TypedDict):
    """A word and its weight against the heaviest beside it, 0 to 1."""

    word: str
    size: float


class TopicView(TypedDict):
    """A topic; `share`, `coherence` None where its model does not say, and their texts are empty then."""

    id: str
    words: list[SizedWord]
    share: float | None
    share_text: str
    coherence: float | None
    coherence_text: str
    by_label: dict[str, float]


class LabelWords(LabelView):
    """The words that raise and those that lower a label most."""

    definition: str
    definition_zh: str
    raises: list[SizedWord]
    lowers: list[SizedWord]


class TopicChange(TypedDict):
    """How a topic differs between two models; `kind`: changed, new, gone or same."""

    id: str
    kind: str
    words: list[str]
    came: list[str]
    went: list[str]
    old_share: str
    new_share: str


class LabelChange(LabelView):
    """Words that came among those that raise a label, and words that went."""

    came: list[str]
    went: list[str]


class TopicChanges(TypedDict):
    """What differs from an older model."""

    old: str
    rows: list[TopicChange]
    same: int
    labels: list[LabelChange]


class TopicsView(TypedDict):
    """A model's topics, the largest first, and its labels' words; `changes` None where no older model is asked for."""

    model: str
    shares: bool
    supports: bool
    topics: list[TopicView]
    labels: list[LabelWords]
    changes: TopicChanges | None
