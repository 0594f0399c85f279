"""Which columns of a table, or keys of JSON, hold the text and the labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.exchange import labelstudio
from classifier.labelling.exchange.format import Wanted
from classifier.labelling.label_names import Names
from classifier.tables.names import find, folded, listed, places

FACTS = ("genre", "place", "year", "origin")
MODEL_MARKS = {"primary", "uncertain", "model"}  # columns of `classify --format csv`: answers of a model
_OTHERS = ("doc", "by", "date", *FACTS)
_YES = {"1", "1.0", "true", "yes", "y", "是", "有", "√", "✓", "✔", "☑"}
_NO = {"0", "0.0", "false", "no", "n", "否", "无", "×", "✗", "✘", "☐", "-", "—"}
SAMPLE = 200  # rows looked at to tell which column holds labels


@dataclass(frozen=True)
class Roles:
    """Places of columns. `labels`: those that hold names of labels. `marks`: those with 0 and 1, and their label.

    `others`: of doc, by, date and facts. `studio`: those that tell who annotated a task of Label Studio.
    """

    text: int
    labels: tuple[int, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    studio: tuple[int, ...] = ()
    model: bool = False

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
    if not labels and not marks:
        return None
    others = {role: some[0] for role in _OTHERS if (some := places(headings, role))}
    whom = tuple(plain.index(name) for name in sorted(labelstudio.MIN_MARKS)) if studio else ()
    return Roles(text, labels, marks, others, whom, set(plain) >= MODEL_MARKS)


def settled(
    roles: Roles, headings: Sequence[str], rows: Sequence[Sequence[Any]], known: Names, wanted: Wanted
) -> Roles:
    """Return roles of which only the columns are left that hold labels, told from the first rows.

    Raises LabelError where several columns may.
    """
    marks = {place: name for place, name in roles.marks.items() if _marked(rows, place)}
    labels = tuple(place for place in roles.labels if place not in marks)
    if not wanted.labels and not roles.studio:
        if len(labels) > 1:
            labels = tuple(place for place in labels if _holds_labels(rows, place, known)) or labels
        if len(labels) > 1:
            shown = ", ".join(headings[place].strip() for place in labels)
            raise LabelError(
                f"two columns are headed as labels ({shown}): keep one, or rename the others, "
                "or choose with --label-column"
            )
        if labels:
            marks = {}
    if not labels and not marks:
        raise LabelError(no_headings(headings))
    return Roles(roles.text, labels, marks, roles.others, roles.studio, roles.model)


def no_headings(headings: Sequence[str]) -> str:
    """Return what to do where the headings do not tell text and labels."""
    return f"the headings are: {listed(headings)}; name the columns with --text-column and --label-column"


def _marked(rows: Sequence[Sequence[Any]], place: int) -> bool:
    cells = {_cell(row, place) for row in rows} - {""}
    return bool(cells) and cells <= _YES | _NO


def _holds_labels(rows: Sequence[Sequence[Any]], place: int, known: Names) -> bool:
    for row in rows:
        value = row[place] if place < len(row) else None
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and known.knows_cell(one):
                return True
    return False


def _cell(row: Sequence[Any], place: int) -> str:
    value = row[place] if place < len(row) else None
    return "" if value is None else str(value).strip().casefold()


def marked(marks: Mapping[str, Any]) -> list[str] | None:
    """Return the labels whose columns say yes; None where all are blank. Raises LabelError for another value."""
    said = {name: "" if value is None else str(value).strip().casefold() for name, value in marks.items()}
    strange = next((f"{name} is {value!r}" for name, value in said.items() if value not in _YES | _NO | {""}), None)
    if strange is not None:
        raise LabelError(f"{strange}: neither 1 (是) nor 0 (否)")
    return [name for name, value in said.items() if value in _YES] if any(said.values()) else None
