"""From the rows that `classify score` and `classify --format jsonl|csv` write to the paragraphs of a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

import orjson

from classifier.api import Result
from classifier.documents.notes import Note
from classifier.errors import InputError
from classifier.json_types import JsonObject, JsonValue
from classifier.labelling.decided import Decided
from classifier.labelling.taxonomy import Label, Taxonomy
from classifier.report import dates
from classifier.report.items import Item
from classifier.report.tables import Row, is_csv, read_table
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import HEADINGS, folded
from classifier.text.paragraph import KINDS
from classifier.text.split import kind_of

_DOCUMENT = ("file", *HEADINGS["doc"], "文件名", "标题", "title", "url", "链接")
_DATE = (
    "date", "日期", "发布日期", "发布时间", "时间", "published", "publish_date", "pubdate", "time", "month", "月份",
    "year", "年份",
)  # fmt: skip
_COMPARE = (
    *HEADINGS["place"], "地方", "city", "county", "region", "province", "市", "县", "source", "来源", "媒体",
    *HEADINGS["genre"], "单位", "department", "部门",
)  # fmt: skip
_FIRST = 1_000  # rows in which columns are looked for
_YES, _NO = {"true", "1", "yes", "是"}, {"", "false", "0", "no", "否"}


@dataclass(frozen=True)
class Columns:
    """Names of a table's columns. `prefix` stands before those that scoring added.

    `document` None: the whole table is one document. `date` None: no date. `compare`: side by side in the report.
    """

    text: str = "text"
    prefix: str = ""
    document: str | None = None
    date: str | None = None
    compare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A scored table. `labels`: ids, in the order of its columns; `model`: the version that scored it, "" unknown."""

    path: Path
    columns: Columns
    labels: tuple[str, ...]
    model: str

    def items(self) -> Iterator[Item]:
        """Yield the paragraphs; raise InputError for a row that does not hold what it must."""
        for number, (where, row) in enumerate(read_table(self.path, self.columns.text)):
            yield self._item(row, number, where)

    def taxonomy(self, known: Taxonomy) -> Taxonomy:
        """Return the labels of this table under the names known for them; an unknown one is called by its id."""
        names = {label.id: label for label in known.labels}
        return Taxonomy(known.name, tuple(names.get(id_, Label(id_, id_, id_)) for id_ in self.labels))

    def _item(self, row: Row, number: int, where: str) -> Item:
        columns, prefix = self.columns, self.columns.prefix
        error = row.get(prefix + "error") or None
        result = _UNSCORED if error else self._result(row, number, where)
        document = _cell(row, columns.document) or self.path.name
        facts = {name: value for name in columns.compare if (value := _cell(row, name))}
        return Item(
            document,
            replace(result, file=document),
            None if columns.date is None else dates.in_cell(row.get(columns.date)),
            facts,
            None if error is None else f"{where}: {error}",
        )

    def _result(self, row: Row, number: int, where: str) -> Result:
        columns, prefix = self.columns, self.columns.prefix
        text = row.get(columns.text)
        if not isinstance(text, str):
            raise InputError(f"{where}: {columns.text} holds no text")
        if is_csv(self.path):
            text = unguarded(text)
        kind = row.get("kind")
        return replace(
            _UNSCORED,
            index=_number(row.get("index"), number),
            start=(start := _number(row.get("start"), 0)),
            end=_number(row.get("end"), start + len(text)),
            text=text,
            kind=kind if kind in KINDS else ("heading" if kind_of(text) == "heading" else "body"),
            labels=_labels(row.get(prefix + "labels"), self.labels, where),
            uncertain=_yes(row.get(prefix + "uncertain"), where),
            probabilities=self._probabilities(row, where),
            model=str(row.get(prefix + "model") or ""),
            notes=_notes(row.get("notes")),
            decided=Decided.read(_object(row.get(prefix + "decided")) or row.get(prefix + "decided")),
        )

    def _probabilities(self, row: Row, where: str) -> dict[str, float]:
        source = _object(row.get(self.columns.prefix + "probabilities"))
        found = {}
        for label in self.labels:
            value = source.get(label) if source is not None else row.get(self.columns.prefix + label)
            try:
                found[label] = float(value if isinstance(value, int | float | str) else "")
            except ValueError:
                raise InputError(f"{where}: {label} is {value!r}, not a probability") from None
            if not 0 <= found[label] <= 1:
                raise InputError(f"{where}: {label} is {value}, not a probability between 0 and 1")
        return found


class UnscoredError(InputError):
    """A table that has no labels yet."""


_UNSCORED = Result("", 0, 0, 0, "body", "", (), False, {}, "")


def open_table(path: Path, wanted: Columns, taxonomy: Taxonomy) -> Table:
    """Return a table with its columns found; `wanted` names those that are not to be guessed.

    Raises InputError where a named column is missing or the table was not scored.
    """
    first = [row for _, row in islice(read_table(path, wanted.text), _FIRST)]
    names = list(dict.fromkeys(chain.from_iterable(first)))
    if not first:
        raise InputError(f"{path}: holds no rows")
    named = [name for name in (wanted.document, wanted.date, *wanted.compare) if name]
    if missing := [name for name in named if name not in names]:
        raise InputError(f"{path}: there is no column {', '.join(missing)}; the columns are: {', '.join(names)}")
    added = [wanted.prefix + name for name in ("labels", "uncertain")]
    labels = _label_ids(first, names, wanted.prefix, taxonomy)
    if not labels or any(name not in names for name in added):
        raise UnscoredError(
            f"{path}: has no labels (columns {', '.join(added)} and a probability a label); "
            "make it with: classify score, or classify FILE --format jsonl"
        )
    model = next((str(row[key]) for row in first if row.get(key := wanted.prefix + "model")), "")
    return Table(path, found_columns(wanted, names), labels, model)


def found_columns(wanted: Columns, names: Sequence[str]) -> Columns:
    """Return the columns with those that are not named looked for among a table's."""
    return replace(
        wanted,
        document=wanted.document or _first_of(_DOCUMENT, names),
        date=wanted.date or _first_of(_DATE, names),
        compare=wanted.compare or tuple(name for name in _COMPARE if name in names),
    )


def _label_ids(rows: Sequence[Row], names: Sequence[str], prefix: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the labels: keys of `probabilities`, else the taxonomy's columns, else those behind `uncertain`."""
    for row in rows:
        if (found := _object(row.get(prefix + "probabilities"))) is not None:
            return tuple(found)
    if any(prefix + id_ in names for id_ in taxonomy.ids):
        return tuple(id_ for id_ in taxonomy.ids if prefix + id_ in names)
    if prefix + "uncertain" not in names:
        return ()
    behind = names[names.index(prefix + "uncertain") + 1 :]
    ends = [behind.index(name) for name in (prefix + "error", prefix + "model", "topics") if name in behind]
    return tuple(name.removeprefix(prefix) for name in behind[: min(ends, default=0)])


def _first_of(candidates: Iterable[str], names: Sequence[str]) -> str | None:
    return next((name for one in candidates for name in names if folded(name) == one), None)


def _cell(row: Row, name: str | None) -> str:
    value = None if name is None else row.get(name)
    return "" if value is None else str(value).strip()


def _number(value: JsonValue, otherwise: int) -> int:
    """Return a number that `classify FILE` wrote of a paragraph; `otherwise` where there is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _object(value: JsonValue) -> JsonObject | None:
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict) else None


def _notes(value: JsonValue) -> tuple[Note, ...]:
    """Return the notes of a document's first row: objects from `classify`, a sentence from `classify score`."""
    if isinstance(value, list):
        return tuple(Note.of_row(one) for one in value if isinstance(one, dict))
    return (Note("said", what=value),) if isinstance(value, str) and value else ()


def _labels(value: JsonValue, known: Sequence[str], where: str) -> tuple[str, ...]:
    found = value.split(",") if isinstance(value, str) else value or []
    if not isinstance(found, list):
        raise InputError(f"{where}: labels is {value!r}, no list of labels")
    labels = [label.strip() for label in found if isinstance(label, str) and label.strip()]
    if strange := [label for label in labels if label not in known]:
        raise InputError(f"{where}: label {', '.join(strange)} has no probability; the labels are: {', '.join(known)}")
    return tuple(labels)


def _yes(value: JsonValue, where: str) -> bool:
    word = str("" if value is None else value).strip().lower()
    if word not in _YES | _NO:
        raise InputError(f"{where}: uncertain is {value!r}, neither true nor false")
    return word in _YES
