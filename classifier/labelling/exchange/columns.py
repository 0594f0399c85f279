"""Which columns of a table, or keys of JSON, hold the text and the labels."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE
from classifier.labelling.exchange import labelstudio
from classifier.labelling.exchange.export_headings import in_chinese
from classifier.labelling.exchange.format import Wanted
from classifier.labelling.exchange.sentence_rows import OF_DOCUMENT
from classifier.labelling.label_names import Names
from classifier.own_outputs import are_of_extract
from classifier.tables.names import find, folded, listed, places

FACTS = ("genre", "place", "year", "origin")
MODEL_MARKS = {"primary", "uncertain", "model"}  # columns of `classify --format csv`: answers of a model
EXPORTED = ("text", "label", "by", "date", "start", "end")  # headings of an export that holds labels of sentences
_OTHERS = ("doc", "by", "date", *FACTS)
_YES = ("1", "是", "true", "有", "yes", "对", "y", "1.0", "√", "✓", "✔", "☑")
_NO = ("0", "否", "false", "无", "no", "错", "n", "0.0", "×", "✗", "✘", "☐", "-", "—")
_SHOWN = 40  # characters of a cell that is not understood
SAMPLE = 200  # rows looked at to tell which column holds labels


@dataclass(frozen=True)
class Roles:
    """Places of columns. `labels`: those that hold names of labels. `marks`: those with 0 and 1, and their headings.

    `unused`: headings that are labels' names, of columns that do not count, for others hold the labels.
    `others`: of doc, by, date and facts. `studio`: those that tell who annotated a task of Label Studio. `span`: those
    of where in its text the sentence begins and ends that a row speaks of; None where rows speak of paragraphs.
    """

    text: int
    labels: tuple[int, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    studio: tuple[int, ...] = ()
    model: bool = False
    unused: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    def needed(self) -> dict[int, str]:
        """Return the columns that every row needs, with what they hold."""
        marks = dict.fromkeys(self.marks, "label")
        return {self.text: "text", **dict.fromkeys(self.labels, "label"), **marks}


def roles_of(headings: Sequence[str], known: Names, wanted: Wanted) -> Roles | None:
    """Return the roles that headings may have, None where they tell no text or no label.

    `labels` then are candidates, of which `settled` takes the one that holds labels.
    """
    text = find(headings, wanted.text) if wanted.text else next(iter(places(headings, "text")), None)
    if text is None:
        return None
    plain = [folded(heading) for heading in headings]
    studio = set(plain) >= labelstudio.MIN_MARKS
    marks = {
        place: heading.strip()
        for place, heading in enumerate(headings)
        if place != text and known.knows(heading.strip())
    }
    if wanted.labels:
        found = [find(headings, name) for name in wanted.labels]
        labels = tuple(place for place in found if place is not None)
        if len(labels) < len(found):
            return None
        marks = {place: marks[place] for place in labels if place in marks}
    else:
        labels = tuple(place for place in places(headings, "label") if place != text)
        if studio:
            column = labelstudio.label_column(plain)
            labels = () if column is None else (plain.index(column),)
    if not labels and all(known.meant(name) in ASIDE for name in marks.values()):
        return None  # an extract has a column 存疑 too: all its rows would count as of no label
    others = {role: some[0] for role in _OTHERS if (some := places(headings, role))}
    whom = tuple(plain.index(name) for name in sorted(labelstudio.MIN_MARKS)) if studio else ()
    by_model = set(plain) >= MODEL_MARKS or are_of_extract(heading.strip() for heading in headings)
    return Roles(text, labels, marks, others, whom, by_model, span=_span(plain))


def settled(
    roles: Roles, headings: Sequence[str], rows: Sequence[Sequence[Any]], known: Names, wanted: Wanted
) -> Roles:
    """Return roles of which only the columns are left that hold labels, told from the first rows.

    A column that is called as a label is stays one of 0 and 1 whatever its cells say: those that say neither are
    errors of their rows. Raises LabelError where several columns may hold the labels.
    """
    marks = dict(roles.marks)
    if wanted.labels:
        marks = {place: name for place, name in marks.items() if not _holds_names(rows, place, known)}
    labels = tuple(place for place in roles.labels if place not in marks)
    unused: tuple[str, ...] = ()
    if not wanted.labels:
        labels = labels if roles.studio else _one_of(labels, headings, rows, known)
        if labels:
            unused, marks = (() if roles.model else tuple(marks.values())), {}
    if not labels and not marks:
        raise LabelError(no_headings(headings))
    check_once(marks.values(), known)
    plain = {folded(heading) for heading in headings}
    exported = plain >= {*EXPORTED} or plain >= {*in_chinese(EXPORTED)}
    span = roles.span if exported or any(_is_part(row, roles) for row in rows) else None
    return replace(roles, labels=labels, marks=marks, unused=unused, span=span)


def _span(plain: Sequence[str]) -> tuple[int, int] | None:
    if OF_DOCUMENT.issubset(plain):
        return None
    pairs = (("start", "end"), in_chinese(("start", "end")))
    return next(((plain.index(start), plain.index(end)) for start, end in pairs if {start, end} <= set(plain)), None)


def _is_part(row: Sequence[Any], roles: Roles) -> bool:
    """Tell whether a row speaks of a part of its text and not of all of it."""
    if roles.span is None or max(roles.text, *roles.span) >= len(row):
        return False
    start, end = (whole_number(row[place]) for place in roles.span)
    size = len(str(row[roles.text]))
    return start is not None and end is not None and 0 <= start < end <= size and end - start < size


def whole_number(cell: Any) -> int | None:
    """Return a count in a cell, which Excel may have written as 7.0; None where it is none."""
    text = str(cell).strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() else None


def _one_of(
    labels: tuple[int, ...], headings: Sequence[str], rows: Sequence[Sequence[Any]], known: Names
) -> tuple[int, ...]:
    """Return the only column of several that holds names of labels; raise LabelError where there are more."""
    if len(labels) > 1:
        labels = tuple(place for place in labels if _holds_labels(rows, place, known)) or labels
    if len(labels) > 1:
        shown = ", ".join(headings[place].strip() for place in labels)
        raise LabelError(
            f"two columns are headed as labels ({shown}): keep one, or rename the others, or choose with --label-column"
        )
    return labels


def check_once(names: Iterable[str], known: Names) -> None:
    """Raise LabelError where two columns are of one label: one of them would not count."""
    found: dict[str | None, str] = {}
    for name in names:
        if (other := found.setdefault(known.meant(name), name)) is not name:
            raise LabelError(f"two columns are of the same label ({other}, {name}): keep one, or rename the other")


def unused_note(roles: Roles, headings: Sequence[str]) -> str:
    """Say which columns are called as labels are and yet do not count; empty where none is."""
    if not roles.unused:
        return ""
    holds = ", ".join(headings[place].strip() for place in roles.labels)
    return f"columns {', '.join(roles.unused)}: called as labels are, but passed over, for {holds} holds the labels"


def no_headings(headings: Sequence[str]) -> str:
    """Return what to do where the headings do not tell text and labels."""
    return f"the headings are: {listed(headings)}; name the columns with --text-column and --label-column"


def _holds_names(rows: Sequence[Sequence[Any]], place: int, known: Names) -> bool:
    """Tell whether a column holds names of labels and not a single yes or no."""
    said = {_said(row[place]) for row in rows if place < len(row)}
    return said.isdisjoint({*_YES, *_NO}) and _holds_labels(rows, place, known)


def _holds_labels(rows: Sequence[Sequence[Any]], place: int, known: Names) -> bool:
    for row in rows:
        value = row[place] if place < len(row) else None
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and known.knows_cell(one):
                return True
    return False


def _said(value: Any) -> str:
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip().casefold()


def marked(marks: Mapping[str, Any]) -> list[str] | None:
    """Return the labels whose columns say yes; None where all are blank. Raises LabelError for another value."""
    said = {name: _said(value) for name, value in marks.items()}
    strange = next((name for name, value in said.items() if value not in {*_YES, *_NO, ""}), None)
    if strange is not None:
        cell = str(marks[strange]).strip()
        raise LabelError(
            f"the cell {cell[:_SHOWN]!r} of the column {strange} is neither yes ({', '.join(_YES)}) "
            f"nor no ({', '.join(_NO)})"
        )
    return [name for name, value in said.items() if value in _YES] if any(said.values()) else None
