"""The figures of a report as tables: a workbook with a sheet a comparison, or all of them as one table of CSV."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from classifier.labelling.exchange.table_output import write_csv
from classifier.labelling.taxonomy import NONE
from classifier.report import telling_words
from classifier.report.columns import KNOWN
from classifier.report.counted import Counted, Sample
from classifier.report.figures import Figures
from classifier.report.intervals import Interval, intervals
from classifier.report.items import Looks
from classifier.report.names import names_of
from classifier.report.tally import Tally
from classifier.report.words import Language, words
from classifier.tables.xlsx_writer import SheetColumn, SheetRows, Value, write_workbook

_DECIMALS = 4
_WORDS = 50  # of a group
_TIMES = 200  # columns of a sheet that crosses values with times


@dataclass(frozen=True)
class Line:
    """What some documents sum up to: which they are, and each label's share with its interval.

    `rest`: those without a value, or without a time. Paragraphs and characters of lines of one kind add up to the
    whole, and to more by the texts that lie at several values or times (`counted.samples`).
    """

    column: str
    value: str
    time: str
    documents: int
    tally: Tally
    open: Mapping[str, Interval]


class FigureTables:
    """What the figures say, as rows."""

    def __init__(self, figures: Figures, looks: Looks, language: Language, *, sentences: bool = False) -> None:
        """`sentences`: what was counted are sentences, not paragraphs."""
        self._figures, self._labels = figures, looks.taxonomy.labels
        self._ids = [*looks.taxonomy.ids, NONE]
        self.said = words(language)
        if sentences:
            self.said["paragraphs_n"] = self.said["sentences_n"]
        self._names = {label.id: label.named(language) for label in self._labels}
        self._names[NONE] = self.said["none"]

    def all(self) -> list[Line]:
        """Return the whole, then each time, each value, and each value at each time."""
        whole = {document.name: document.tally for document in self._figures.documents.values()}
        crossed = [line for column in self._figures.columns for line in (*self.values(column), *self.crossed(column))]
        return [self._line("", "", "", whole), *self.times(), *crossed]

    def times(self) -> list[Line]:
        """Return a line a time, and one for what has no date."""
        times, rest = self._figures.times(), self._figures.undated()
        if times and rest:
            times |= {self.said["not_told"]: rest}
        return [self._line("", "", time, sample) for time, sample in times.items()]

    def values(self, column: str) -> list[Line]:
        """Return a line a value of a column, and one for what has none."""
        name, places, rest = self.name_of(column), dict(self._figures.places(column)), self._figures.without(column)
        if places and rest:
            places |= {self.said["not_told"]: rest}
        return [self._line(name, value, "", sample) for value, sample in places.items()]

    def crossed(self, column: str) -> list[Line]:
        """Return a line a value and time, also for what has no value or no date; none where nothing has both."""
        name, places, none = self.name_of(column), [*self._figures.places(column), ""], self.said["not_told"]
        if not self._figures.crossed(column):
            return []
        found = self._figures.crossed(column, whole=True)
        order = sorted(found, key=lambda key: (places.index(key[0]), not key[1], key[1]))
        return [self._line(name, key[0] or none, key[1] or none, found[key]) for key in order]

    def name_of(self, column: str) -> str:
        """Return what a column is called."""
        return self.said[column] if column in KNOWN else column

    def _line(self, column: str, value: str, time: str, sample: Sample) -> Line:
        return Line(
            column, value, time, len(sample), Tally.of(sample.values()), intervals(list(sample.values()), self._ids)
        )

    def columns(self) -> list[SheetColumn]:
        """Return the headings of lines."""
        said = self.said
        return [
            SheetColumn(said["compared_by"], 12),
            SheetColumn(said["value"], 18),
            SheetColumn(said["time"], 12),
            SheetColumn(said["documents_n"], 9, "number"),
            SheetColumn(said["paragraphs_n"], 9, "number"),
            SheetColumn(said["characters_n"], 11, "number"),
            *self._share_columns(),
        ]

    def _share_columns(self) -> list[SheetColumn]:
        found = []
        for id_ in self._ids:
            name = self._names[id_]
            found.append(SheetColumn(name, max(10, 2 * len(name) + 2), "share"))
            found += [SheetColumn(self.said[end].format(label=name), 14, "share") for end in ("low", "high")]
        return [*found, SheetColumn(self.said["uncertain"], 10, "share")]

    def row(self, line: Line) -> list[Value]:
        """Return a line as the cells of a row; what is not known is None."""
        tally = line.tally
        return [
            line.column or None, line.value or (None if line.column or line.time else self.said["text_all"]),
            line.time or None, line.documents, tally.paragraphs, tally.characters, *self._shares(tally, line.open),
        ]  # fmt: skip

    def _shares(self, tally: Tally, open_: Mapping[str, Interval]) -> list[Value]:
        found: list[Value] = []
        for id_ in self._ids:
            interval = open_.get(id_)
            found.append(round(tally.share(id_), _DECIMALS))
            ends = (None, None) if interval is None else (interval.low, interval.high)
            found += [None if end is None else round(end, _DECIMALS) for end in ends]
        return [*found, round(tally.uncertain / max(1, tally.paragraphs), _DECIMALS)]

    def wide(self, column: str) -> tuple[list[SheetColumn], list[list[Value]]]:
        """Return values and topics crossed with times: headings and rows, a share a time."""
        lines = self.crossed(column)
        none = self.said["not_told"]
        times = sorted({line.time for line in lines} - {none})[-_TIMES:]
        times += [none] if any(line.time == none for line in lines) else []
        shares = {(line.value, line.time): line.tally for line in lines}
        rows: list[list[Value]] = []
        for value in dict.fromkeys(line.value for line in lines):
            for id_ in self._ids:
                cells = [shares.get((value, time)) for time in times]
                found = [None if cell is None else round(cell.share(id_), _DECIMALS) for cell in cells]
                rows.append([value, self._names[id_], *found])
        heads = [SheetColumn(self.name_of(column), 18), SheetColumn(self.said["label"], 16)]
        return [*heads, *(SheetColumn(time, 10, "share") for time in times)], rows

    def documents(self) -> Iterator[list[Value]]:
        """Yield a row a document."""
        names = names_of(self._figures.documents)
        for document in self._figures.documents.values():
            tally = document.tally
            facts = [self._value(document, column) or None for column in self._figures.columns]
            yield [
                names[document.name], document.date, *facts, tally.paragraphs, tally.characters,
                *self._plain_shares(tally), document.name,
            ]  # fmt: skip

    def document_columns(self) -> list[SheetColumn]:
        """Return the headings of documents."""
        said = self.said
        return [
            SheetColumn(said["document"], 34),
            SheetColumn(said["date"], 12),
            *(SheetColumn(self.name_of(column), 16) for column in self._figures.columns),
            SheetColumn(said["paragraphs_n"], 9, "number"),
            SheetColumn(said["characters_n"], 11, "number"),
            *(SheetColumn(self._names[id_], max(10, 2 * len(self._names[id_]) + 2), "share") for id_ in self._ids),
            SheetColumn(said["uncertain"], 10, "share"),
            SheetColumn(said["file"], 44),
        ]

    def _value(self, document: Counted, column: str) -> str:
        found = dict.fromkeys(self._figures.values.of(cell, column) for cell in document.cells)
        return ", ".join(one for one in found if one)

    def _plain_shares(self, tally: Tally) -> list[Value]:
        uncertain = tally.uncertain / max(1, tally.paragraphs)
        return [*(round(tally.share(id_), _DECIMALS) for id_ in self._ids), round(uncertain, _DECIMALS)]

    def words(self) -> Iterator[list[Value]]:
        """Yield a row a word that tells a value from the rest."""
        for column in self._figures.columns:
            counted = self._figures.words_by(column)
            if counted is None or len(counted.groups) < 2:
                continue
            total = sum(group.times for group in counted.groups.values())
            for value, group in counted.groups.items():
                for one in telling_words.telling(counted.words, group, total - group.times, _WORDS):
                    yield [
                        self.name_of(column), value, one.word, round(one.z, 2), one.times, one.rest, one.documents,
                    ]  # fmt: skip

    def word_columns(self) -> list[SheetColumn]:
        """Return the headings of words."""
        said = self.said
        heads = [("compared_by", 12), ("value", 18), ("word", 16), ("z_score", 8)]
        counts = [("times", 10), ("rest", 10), ("in_documents", 10)]
        return [SheetColumn(said[key], width) for key, width in heads] + [
            SheetColumn(said[key], width, "number") for key, width in counts
        ]

    def unread(self) -> list[list[Value]]:
        """Return a row a document that could not be read."""
        return [[one.document, one.error] for one in self._figures.unread]

    def repeated(self) -> list[list[Value]]:
        """Return a row a document that is not counted, for another one holds the same text."""
        return [[one.document, one.same_as] for one in self._figures.repeated]


def write_figures_csv(tables: FigureTables, stream: IO[bytes]) -> None:
    """Write all figures as one table of CSV, UTF-8 with a byte order mark, shares as numbers from 0 to 1."""
    rows = [tables.row(line) for line in tables.all()]
    heads = [column.heading for column in tables.columns()]
    stream.write(write_csv([heads, *(["" if cell is None else str(cell) for cell in row] for row in rows)]))


def write_figures_book(tables: FigureTables, columns: Sequence[str], stream: IO[bytes]) -> None:
    """Write a workbook: each comparison by time, each comparison, time, words, documents, what was not read."""
    write_workbook(_sheets(tables, columns), stream)


def _sheets(tables: FigureTables, columns: Sequence[str]) -> Iterator[SheetRows]:
    said = tables.said
    for column in columns:
        heads, rows = tables.wide(column)
        if rows:
            yield SheetRows(f"{tables.name_of(column)}×{said['time']}", heads, rows, freeze=2)
    yield SheetRows(said["all_sheet"], tables.columns(), map(tables.row, tables.all()), freeze=3)
    if found := list(tables.words()):
        yield SheetRows(said["words"], tables.word_columns(), found, freeze=2)
    yield SheetRows(said["documents"], tables.document_columns(), tables.documents(), freeze=1)
    if repeated := tables.repeated():
        columns_of = [SheetColumn(said["file"], 44), SheetColumn(said["same_as"], 44)]
        yield SheetRows(said["repeated_sheet"], columns_of, repeated)
    if unread := tables.unread():
        yield SheetRows(said["unread_sheet"], [SheetColumn(said["file"], 44), SheetColumn(said["reason"], 70)], unread)
