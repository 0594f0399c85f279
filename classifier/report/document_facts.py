"""What is known of a document by its name, its folders and its text: when it was written, which place it is from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import PurePath

from classifier.report import dates, outline, place_names
from classifier.report.columns import OWN_PLACE, PARENT
from classifier.report.folders import parent_of
from classifier.report.items import Item
from classifier.report.table_columns import facts_in, place_in, told_date
from classifier.result import Result
from classifier.text.paragraph import Kind

_TOGETHER = 20_000  # paragraphs of one document that are kept in memory


@dataclass(frozen=True)
class DocumentFacts:
    """`title`, `place`: "" where the document does not tell; `date`: see `classifier.report.dates`, None likewise."""

    title: str
    place: str
    date: str | None


def facts_of(path: str, kinds: Sequence[Kind], texts: Sequence[str]) -> DocumentFacts:
    """Return what a document tells of itself; `kinds` and `texts`: those of its paragraphs, in order."""
    levels = outline.levels(kinds, texts)
    title = next((text for text, level in zip(texts, levels, strict=True) if level == outline.TITLE), "")
    name = PurePath(path)
    place = place_names.of_document([name.stem, title, *reversed(name.parts[:-1])])
    date = dates.of_document(name.stem, texts) or dates.of_folders(name.parts[:-1])
    return DocumentFacts(title, place, date)


@dataclass(frozen=True)
class RowColumns:
    """Which columns of a table that was read as a document tell of its rows.

    `date`: None for the one whose heading says a date; `compare`: none for those that tell a source or an office.
    `text`: the column that is read as text, None for the one whose heading tells.
    """

    date: str | None = None
    compare: tuple[str, ...] = ()
    text: str | None = None


BY_HEADINGS = RowColumns()


@dataclass(frozen=True)
class ParagraphFacts:
    """When a paragraph is from, and what it is compared by (`Item.facts`); `odd_date`, `odd_name`: as in `Item`."""

    date: str | None
    facts: Mapping[str, str]
    odd_date: str = ""
    odd_name: str = ""


class Facts:
    """What a document tells of its paragraphs: of a row of a table what the row says, else what the document does."""

    def __init__(self, path: str, paragraphs: Sequence[Sequence[Result]], columns: RowColumns = BY_HEADINGS) -> None:
        """`paragraphs`: in order, each as its sentences or as itself; a row with cells of its own dates no document."""
        own = [parts for parts in paragraphs if not parts[0].cells]
        self._columns = columns
        first = [parts[0] for parts in paragraphs]
        self._headings = {one.index: names for one, names in zip(first, headings_by_row(first), strict=True)}
        self._known = facts_of(
            path, [parts[0].kind for parts in own], ["".join(part.text for part in parts) for parts in own]
        )
        self.title = self._known.title
        name, self._first = PurePath(path), own[0][0].index if own else None
        other = dates.other_year(name.stem, self._known.date)
        self._odd_name = f"{name.name} → {self._known.date}" if other else ""
        self._folders = {PARENT: parent_of(path)}
        self._of_text = ParagraphFacts(self._known.date, self._beside_place(self._known.place))

    def of(self, result: Result) -> ParagraphFacts:
        """Return what is known of one of the paragraphs."""
        odd_name = self._odd_name if result.index == self._first else ""
        if not result.cells:
            return replace(self._of_text, odd_name=odd_name) if odd_name else self._of_text
        found = self._beside_place(place_in(result.cells) or self._known.place)
        found |= facts_in(result.cells, self._columns.compare)
        where = self._columns.date, self._headings.get(result.index, ())
        date, odd = told_date(self._known.date, result.cells, *where)
        return ParagraphFacts(date, found, odd, odd_name)

    def _beside_place(self, place: str) -> dict[str, str]:
        return self._folders | ({OWN_PLACE: place} if place else {})


def headings_by_row(results: Iterable[Result]) -> list[tuple[str, ...]]:
    """Return for each paragraph the columns of the table that it is a row of; the row lacks those that are blank in it.

    A heading ends a table: one with its name begins each sheet of a workbook, and sheets have columns of their own.
    """
    found: list[tuple[str, ...]] = []
    for _, run in groupby(results, key=lambda one: one.kind == "heading" and not one.cells):
        table = list(run)
        names = tuple(dict.fromkeys(name for result in table for name in result.cells))
        found += [names] * len(table)
    return found


def with_document_facts(items: Iterable[Item], rows: RowColumns = BY_HEADINGS) -> Iterator[Item]:
    """Yield paragraphs with what their documents tell: the date, the place and the folders, where no column does.

    The paragraphs of a document follow one another; sentences are put together to their paragraphs for it.
    """
    for document, some in groupby(items, key=lambda one: one.document):
        while together := list(islice(some, _TOGETHER)):
            read = [one.result for one in together if one.error is None]
            told = Facts(document, [list(inside) for _, inside in groupby(read, key=lambda one: one.index)], rows)
            for one in together:
                if one.error is None:
                    known = told.of(one.result)
                    odd, name = one.odd_date or known.odd_date, "" if one.date else known.odd_name
                    facts = {**known.facts, **one.facts}
                    date = one.date or (None if one.odd_date else known.date)
                    yield replace(one, date=date, facts=facts, odd_date=odd, odd_name=name)
                else:
                    yield one
