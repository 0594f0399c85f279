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
