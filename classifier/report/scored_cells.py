"""A cell of a scored table → what it says: labels, numbers, doubt, notes. Whatever the format, one reading."""

from collections.abc import Mapping, Sequence

import orjson

from classifier.documents.notes import Note
from classifier.errors import InputError, LabelError
from classifier.json_types import JsonObject, JsonValue
from classifier.labelling.decision import ASIDE
from classifier.labelling.exchange.columns import marked
from classifier.labelling.exchange.correction_columns import CHECKED, GIVEN, heading
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import NONE
from classifier.report.tables import Row
from classifier.result import SentenceResult

_YES, _NO = {"true", "1", "yes", "是"}, {"", "false", "0", "no", "否"}


def cell(row: Row, name: str | None) -> str:
    """Return a cell's text, "" for none."""
    value = None if name is None else row.get(name)
    return "" if value is None else str(value).strip()


def by_ids(row: Row, ids: Mapping[str, str]) -> Row:
    """Return a row whose columns are called by labels' ids; `ids`: by what they are called in the file."""
    return {ids.get(name, name): value for name, value in row.items()} if ids else row


def number(value: JsonValue, otherwise: int) -> int:
    """Return a number that `classify FILE` wrote of a paragraph; `otherwise` where there is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def json_object(value: JsonValue) -> JsonObject | None:
    """Return an object, of CSV the one that a cell's text holds; None for anything else."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict) else None


def texts(value: JsonValue) -> dict[str, str]:
    """Return what else stood in the row of a table that was read as a document: heading → cell."""
    return {name: str(cell) for name, cell in (json_object(value) or {}).items() if cell is not None}


def notes(value: JsonValue) -> tuple[Note, ...]:
    """Return the notes of a document's first row: objects from `classify`, a sentence from `classify score`."""
    if isinstance(value, list):
        return tuple(Note.of_row(one) for one in value if isinstance(one, dict))
    return (Note("said", what=value),) if isinstance(value, str) and value else ()


def sentences(value: JsonValue, length: int, known: Sequence[str]) -> tuple[SentenceResult, ...] | None:
    """Return what was said of a text's sentences (`--sentences`); None where nothing was, or not of all the text."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    found = [_sentence(one, known) for one in value] if isinstance(value, list) else []
    whole = [one for one in found if one is not None]
    ends = [0, *(one.end for one in whole)]
    tiled = len(whole) == len(found) and [one.start for one in whole] == ends[:-1] and ends[-1] == length
    return tuple(whole) if whole and tiled else None


def _sentence(value: JsonValue, known: Sequence[str]) -> SentenceResult | None:
    given = value.get("labels") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(given, list):
        return None
    start, end, said = value.get("start"), value.get("end"), value.get("probabilities")
    if type(start) is not int or type(end) is not int or start >= end or any(one not in known for one in given):
        return None
    probable = {
        name: float(one) for name, one in (said if isinstance(said, dict) else {}).items() if type(one) is float
    }
    return SentenceResult(start, end, tuple(map(str, given)), value.get("uncertain") is True, probable)


def labels(value: JsonValue, known: Sequence[str], where: str, names: Names) -> tuple[str, ...]:
    """Return a row's labels (ids), listed or divided by commas; `none` and what sets a row aside are no labels.

    `names`: by which a person may have put labels into the cell. Raises InputError for one that is not known.
    """
    found = names.in_cell(value) if isinstance(value, str) else value or []
    if not isinstance(found, list):
        raise InputError(f"{where}: labels is {value!r}, no list of labels")
    written = [label.strip() for label in found if isinstance(label, str) and label.strip()]
    meant = [label if label in known else names.meant(label) or label for label in written]
    given = [label for label in meant if label in known or label not in {NONE, *ASIDE}]
    if strange := [label for label in given if label not in known]:
        raise InputError(f"{where}: label {', '.join(strange)} has no probability; the labels are: {', '.join(known)}")
    return tuple(given)


def yes(value: JsonValue, where: str) -> bool:
    """Tell whether a row is uncertain. Raises InputError for what is neither yes nor no."""
    word = str("" if value is None else value).strip().lower()
    if word not in _YES | _NO:
        raise InputError(f"{where}: uncertain is {value!r}, neither true nor false")
    return word in _YES


def is_corrected(row: Row, prefix: str, given: Sequence[str], names: Names) -> bool:
    """Tell whether a person changed the labels of a row, `given` by now, or ticked it as read.

    Only a table to correct, which keeps what the row was written with, can tell. Who sets a row aside decides nothing.
    """
    was = cell(row, prefix + GIVEN)
    if not was:
        return False
    before = {names.meant(one) or one for part in was.split(",") if (one := part.strip()) and one != NONE}
    if is_set_aside(row, prefix, names):
        return False
    return before != set(given) or any(map(_is_tick, _ticks(row, prefix)))


def is_set_aside(row: Row, prefix: str, names: Names) -> bool:
    """Tell whether a person set a row aside, in the column of ticks or in that of the labels."""
    said = (*_ticks(row, prefix), cell(row, prefix + "labels"))
    return any(names.meant(one) in ASIDE for one in said if one)


def _ticks(row: Row, prefix: str) -> list[str]:
    return [cell(row, prefix + name) for name in (CHECKED, heading("checked", "zh"))]


def _is_tick(said: str) -> bool:
    """Tell whether a cell is ticked, as the import of corrections reads it; what it refuses (未, x) is no tick."""
    try:
        return bool(marked({CHECKED: said}))
    except LabelError:
        return False


def probabilities(row: Row, prefix: str, labels: Sequence[str], where: str) -> dict[str, float]:
    """Return a row's probability of each label. Raises InputError for what is none."""
    source = json_object(row.get(prefix + "probabilities"))
    found = {}
    for label in labels:
        value = source.get(label) if source is not None else row.get(prefix + label)
        try:
            found[label] = float(value if isinstance(value, int | float | str) else "")
        except ValueError:
            raise InputError(f"{where}: {label} is {value!r}, not a probability") from None
        if not 0 <= found[label] <= 1:
            raise InputError(f"{where}: {label} is {value}, not a probability between 0 and 1")
    return found
