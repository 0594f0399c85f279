"""Label Studio: JSON and JSON-MIN exports in; what goes out is in labelstudio_output.

Its CSV is read in tables.py. In all three a choice is a name, a list of names, or {"choices": [names]}.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

import orjson

from classifier.errors import LabelError
from classifier.json_types import JsonDict, JsonObject, JsonValue
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.exchange.labelstudio_choices import choices
from classifier.labelling.exchange.labelstudio_spans import TYPE as SPAN
from classifier.labelling.exchange.labelstudio_spans import spans
from classifier.labelling.exchange.labelstudio_text import GIVEN, plain
from classifier.labelling.label_names import Names
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.tables.names import HEADINGS, places

_REMARKS = {"textarea", "rating", "number", "datetime"}  # regions that say something else of a paragraph
MIN_MARKS = {"annotation_id", "annotator"}
_TEXT = HEADINGS["text"]
_FACTS = ("genre", "place", "year", "origin")
_MIN_KEYS = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"}


def rows(source: Source) -> Iterator[Row]:
    """Yield the tasks of a JSON array.

    Raises LabelError where the file is no JSON.
    """
    try:
        tasks = orjson.loads(source.text)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"not valid JSON: {error}; export the file again") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], start=1):
        name = f" (id {task['id']})" if isinstance(task, dict) and task.get("id") is not None else ""
        yield f"task {number}{name}", task


def decide(task: JsonValue, names: Names, others: Container[str] = ()) -> list[Decision]:
    """Return a decision for each annotation of a task that was not cancelled; a task with none is unlabelled.

    `others`: controls that do not hold labels.
    Raises LabelError where it is no task, or holds labels that are not known.
    """
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(task, dict) or not isinstance(data, dict):
        raise LabelError("is not a Label Studio task: it has no `data`")
    text, facts = need_text(_text(data)), facts_of(data)
    doc, said_by, said_date = (str(data.get(key) or "") for key in ("doc", "by", "date"))
    annotations = task.get("annotations", task.get("completions", []))
    if not isinstance(annotations, list) or not all(isinstance(annotation, dict) for annotation in annotations):
        raise LabelError("annotations must be a list of objects")
    if not annotations:
        return [Decision((), text, doc=doc, confirmed=False, facts=facts)]
    decisions = []
    for annotation in annotations:
        if annotation.get("was_cancelled") or annotation.get("skipped"):
            continue
        sentences = spans(_objects(annotation.get("result")), text, names)
        labels, aside = names.read(_chosen(annotation.get("result"), others, names, sentences))
        judged = not sentences or _holds_choices(annotation.get("result"))
        by = _person(annotation.get("completed_by")) or said_by
        date = str(annotation.get("updated_at") or annotation.get("created_at") or said_date)
        if said_date and not annotation.get("lead_time") and _is_as_given(data, labels, aside, names):
            date = said_date  # Label Studio gives what it takes in the time at which it did
        said = Decision(labels, text, None, doc, by, date, aside, facts=facts, sentences=sentences, judged=judged)
        decisions.append(said)
    return decisions


def _is_as_given(data: JsonObject, labels: Sequence[str], aside: str, names: Names) -> bool:
    """Tell whether an answer is the one with which a task of ours was written."""
    given = data.get(GIVEN)
    return isinstance(given, str) and names.read(names.in_cell(given)) == (tuple(labels), aside)


def decide_min(row: JsonValue, names: Names, others: Container[str] = ()) -> list[Decision]:
    """Return the decision of one annotation in a JSON-MIN export; no choice at all says none.

    `others`: columns that do not hold labels.
    Raises LabelError where it cannot be understood, or holds labels that are not known.
    """
    if not isinstance(row, dict):
        raise LabelError("must be an object")
    text = need_text(_text(row))
    columns = [name for name in row if name not in others]
    column = label_column(columns)
    if column is None and (unclear := _unnamed(columns)):
        raise LabelError(f"any of {', '.join(unclear)} may hold the labels: call the one that does label")
    labels, aside = names.read(named(row[column], names) if column else [])
    by, date = _person(row.get("annotator")), str(row.get("updated_at") or row.get("created_at") or "")
    if row.get("date") and not row.get("lead_time") and _is_as_given(row, labels, aside, names):
        date = str(row["date"])
    confirmed = bool(labels or aside) or annotated(row.get(key) for key in MIN_MARKS)
    return [Decision(labels, text, None, str(row.get("doc") or ""), by, date, aside, confirmed, facts=facts_of(row))]


def annotated(marks: Iterable[JsonValue]) -> bool:
    """Tell whether somebody annotated a task of JSON-MIN, CSV or TSV, which hold the others, too, without an answer.

    `marks`: the values of MIN_MARKS.
    """
    return any(mark not in (None, "", [], {}) for mark in marks)


def label_column(columns: Sequence[str]) -> str | None:
    """Return the column that holds the choices: `label` or `choice`, else the only one Label Studio did not add.

    None where several columns may, or none does.
    """
    for name in ("label", "labels", "choice", "choices", "标签"):
        if name in columns:
            return name
    others = _unnamed(columns)
    return others[0] if len(others) == 1 else None


def _unnamed(columns: Sequence[str]) -> list[str]:
    """Return the columns of JSON-MIN that may be a control, whatever its name."""
    return [name for name in columns if name not in {*_MIN_KEYS, *_TEXT, *_FACTS, "doc", "by", "date", GIVEN}]


def named(value: JsonValue, names: Names) -> list[str]:
    """Return the names in a choice or taxonomy as JSON-MIN and CSV have it; of a path, its last known one.

    A list within a list is a path where not all of its names are labels.
    """
    if isinstance(value, dict) and "taxonomy" in value:
        return paths(value["taxonomy"], names)
    if isinstance(value, list) and any(isinstance(one, list) for one in value):
        found = []
        for one in value:
            path = isinstance(one, list) and one and all(isinstance(name, str) for name in one)
            found += [names.last_known(one)] if path and not all(map(names.knows, one)) else named(one, names)
        return found
    return choices(value)


def paths(value: JsonValue, names: Names) -> list[str]:
    """Return the last known name of each path of a taxonomy; raise LabelError where they are no lists of names."""
    if not isinstance(value, list) or not all(
        isinstance(path, list) and path and all(isinstance(name, str) for name in path) for path in value
    ):
        raise LabelError("a taxonomy must be a list of paths, each a list of names")
    return [names.last_known(path) for path in value]


_HOLDING = ("choices", "taxonomy")  # types of regions that hold labels


def _chosen(
    result: JsonValue, others: Container[str], names: Names, sentences: Sequence[LabelledSentence] = ()
) -> list[str]:
    """Return the choices of an annotation's result; regions of other kinds (comments, say) are passed over.

    `sentences`: what its regions say of stretches of text.
    """
    if not isinstance(result, list) or not all(isinstance(region, dict) for region in result):
        raise LabelError("result must be a list of regions; [] says none")
    chosen = [region for region in result if region.get("type") in _HOLDING]
    strange = [region.get("type") for region in result if region.get("type") not in _REMARKS]
    if strange and not chosen and not (sentences and set(strange) == {SPAN}):
        raise LabelError(f"result holds no choices but {strange[0]!r}; label paragraphs with <Choices>")
    if not all(isinstance(region.get("value"), dict) and region["type"] in region["value"] for region in chosen):
        raise LabelError("a choice has no value")
    return [
        name
        for region in chosen
        if _control(region) not in others
        for name in (
            paths(region["value"]["taxonomy"], names) if region["type"] == "taxonomy" else choices(region["value"])
        )
    ]


def _holds_choices(result: JsonValue) -> bool:
    return any(region.get("type") in _HOLDING for region in _objects(result))


def _control(region: JsonObject) -> str:
    return str(region.get("from_name") or "")


def _text(data: JsonObject) -> JsonValue:
    """Return the text of a task's data without markup; of a dialogue all that was said. None where there is none."""
    values = list(data.values())
    found = places(list(data), "text")
    strings = [value for value in values if isinstance(value, str)]
    text = values[found[0]] if found else strings[0] if len(strings) == 1 else None
    if isinstance(text, list) and text and all(isinstance(one, dict) for one in text):
        text = "\n".join(said for one in text if isinstance(said := one.get("text"), str))
    return plain(text) if isinstance(text, str) and GIVEN not in data else text


def facts_of(data: JsonObject) -> JsonDict:
    """Return what a task's data say of it that is kept with its decision."""
    return {key: data[key] for key in _FACTS if data.get(key)}


def _person(value: JsonValue) -> str:
    if isinstance(value, dict):
        value = value.get("email") or value.get("username") or value.get("id")
    return "" if value is None else str(value)


def of_tasks(tasks: Iterable[JsonValue], names: Names) -> Format:
    """Return the format of these tasks, a whole file's; it passes over controls that ask for something else."""
    given = [task.get("annotations", task.get("completions")) for task in tasks if isinstance(task, dict)]
    annotations = [one for some in given for one in _objects(some)]
    regions = [region for annotation in annotations for region in _objects(annotation.get("result"))]
    said = ((_control(one), one.get("value")) for one in regions if one.get("type") in _HOLDING)
    return replace(JSON, decide=partial(decide, others=_without_labels(said, names)))


def of_rows(rows: Iterable[JsonObject], names: Names) -> Format:
    """Return the format of the rows of a JSON-MIN export; columns that hold no labels are told from the rows."""
    said = ((name, row[name]) for row in rows for name in _unnamed(list(row)))
    return replace(JSON_MIN, decide=partial(decide_min, others=_without_labels(said, names)))


def _without_labels(said: Iterable[tuple[str, JsonValue]], names: Names) -> frozenset[str]:
    """Return the controls that none of the known names was chosen in; none where no control has one."""
    chosen: dict[str, set[str]] = defaultdict(set)
    for control, value in said:
        with suppress(LabelError):  # the row's own error, when its turn comes
            chosen[control].update(named(value, names))
    holding = {control for control, some in chosen.items() if any(map(names.knows, some))}
    return frozenset(chosen) - holding if holding else frozenset()


def _objects(value: JsonValue) -> list[JsonDict]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


JSON = Format("Label Studio JSON", rows, decide)
JSON_MIN = Format("Label Studio JSON-MIN", rows, decide_min)
