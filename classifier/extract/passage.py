"""What an extract is made of: passages with their sources, the documents they are from, what was not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from classifier.documents.notes import Note
from classifier.labelling.decided import Decided
from classifier.labelling.taxonomy import Label
from classifier.report.dates import SPAN
from classifier.text.paragraph import Kind

Unit = Literal["paragraph", "sentence"]


@dataclass(frozen=True)
class Where:
    """Where a passage stands. `document`: its number in the extract; `paragraph`, `page`: counted from 1.

    `headings`: those it stands under, the highest first, the document's title left out. `start`, `end`: characters of
    the decoded document. `place`, `date`: of the row of a table, "" and None where the document's
    count; a date of "" is not known.
    """

    document: int
    paragraph: int
    page: int | None
    headings: tuple[str, ...]
    start: int
    end: int
    place: str = ""
    date: str | None = None


@dataclass(frozen=True)
class Passage:
    """A paragraph, or neighbouring sentences of one, that an extract holds.

    `labels`: ids of the topics asked for that it carries, the most probable first; empty where paragraphs without a
    topic were asked for. `probabilities`: of all topics asked for; empty where people alone labelled. `uncertain`: one
    of them is in doubt. `before`, `after`: the neighbouring sentence, "" where it was not asked for or stands in the
    extract itself. `again`: where the same text stands, too. `decided`: who gave the labels where a person did, None
    where the model did.
    """

    text: str
    kind: Kind
    labels: tuple[str, ...]
    probabilities: Mapping[str, float]
    uncertain: bool
    where: Where
    before: str = ""
    after: str = ""
    recognised: bool = False
    again: tuple[Where, ...] = ()
    decided: Decided | None = None


@dataclass(frozen=True)
class ReadDocument:
    """A document that was read. `path`: as it was named; `name`: what it is called in the extract.

    `table`: where it is a document that the rows of a table name, the file of the table; its name begins with that.
    `place`, `date`: "" where they are not known; of a table with dated rows the first and the last date. `near`: its
    paragraphs that came near a topic and were left out.
    """

    path: str
    title: str = ""
    place: str = ""
    date: str = ""
    paragraphs: int = 0
    near: int = 0
    notes: tuple[Note, ...] = ()
    name: str = ""
    table: str = ""


@dataclass(frozen=True)
class UnreadDocument:
    """A document that could not be read, and why.

    `row`: it is a row of a table, which says why it has no labels; `reason` begins with the place of the row then.
    """

    path: str
    reason: str
    row: bool = False


@dataclass(frozen=True)
class NotedTable:
    """What was passed over of a table that was read, whichever documents its rows are from."""

    path: str
    notes: tuple[Note, ...]


@dataclass
class Extract:
    """An extract. `topics`: those asked for; `none`: paragraphs without a topic were asked for, too.

    `model`: the version that labelled, "" where people alone did, for the model has other labels.
    `precision`: as asked for, None for the balance of precision and recall. `passed_over`: files of other kinds.
    `tables`: those of which something was passed over.
    """

    topics: tuple[Label, ...]
    unit: Unit
    model: str
    precision: float | None = None
    none: bool = False
    passages: list[Passage] = field(default_factory=list)
    documents: list[ReadDocument] = field(default_factory=list)
    unread: list[UnreadDocument] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    tables: list[NotedTable] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def told(self, where: Where) -> tuple[str, str]:
        """Return from where and from when a passage is, "" for what is not known."""
        document = self.documents[where.document]
        date = "" if SPAN in document.date else document.date  # of other rows than one without a date
        return where.place or document.place, date if where.date is None else where.date

    def by_document(self) -> dict[int, list[Passage]]:
        """Return the passages of each document that has any, in order."""
        found: dict[int, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.where.document, []).append(passage)
        return found

    def repeated_in(self) -> dict[int, int]:
        """Return for each document how many of its passages stand with another document, where they came first."""
        found: dict[int, int] = {}
        for passage in self.passages:
            for where in passage.again:
                found[where.document] = found.get(where.document, 0) + 1
        return found
