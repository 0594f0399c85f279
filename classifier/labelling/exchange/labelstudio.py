"""Label Studio: JSON and JSON-MIN exports in, tasks with annotations and predictions out.

Its CSV is read in tables.py. In all three a choice is a name, a list of names, or {"choices": [names]}.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.names import Names
from classifier.labelling.taxonomy import Taxonomy

CONTROL, OBJECT = "label", "text"
MIN_MARKS = {"annotation_id", "annotator"}
_TEXT = ("text", "文本", "paragraph", "content")
_FACTS = ("genre", "place", "year", "origin")
_MIN_KEYS = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"}


def rows(source: Source) -> Iterator[Row]:
    """Yield the tasks of a JSON array."""
    try:
        tasks = orjson.loads(source.text)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"not valid JSON: {error}; export the file again") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], start=1):
        name = f" (id {task['id']})" if isinstance(task, dict) and task.get("id") is not None else ""
        yield f"task {number}{name}", task


def decide(task: Any, names: Names) -> list[Decision]:
    """Return a decision for each annotation of a task that was not cancelled; a task with none is unlabelled."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        raise LabelError("is not a Label Studio task: it has no `data`")
    text, facts = need_text(_text(data)), _facts(data)
    doc, said_by, said_date = (str(data.get(key) or "") for key in ("doc", "by", "date"))
    annotations = task.get("annotations", task.get("completions", []))
    if not isinstance(annotations, list) or not all(isinstance(one, dict) for one in annotations):
        raise LabelError("annotations must be a list of objects")
    if not annotations:
        return [Decision((), text, doc=doc, confirmed=False, facts=facts)]
    decisions = []
    for one in annotations:
        if one.get("was_cancelled") or one.get("skipped"):
            continue
        labels, aside = names.read(_chosen(one.get("result")))
        by = _person(one.get("completed_by")) or said_by
        date = str(one.get("updated_at") or one.get("created_at") or said_date)
        decisions.append(Decision(labels, text, None, doc, by, date, aside, facts=facts))
    return decisions


def decide_min(row: Any, names: Names) -> list[Decision]:
    """Return the decision of one annotation in a JSON-MIN export; no choice at all says none."""
    if not isinstance(row, dict):
        raise LabelError("must be an object")
    text = need_text(_text(row))
    given = choices(row[label_column(list(row))]) if label_column(list(row)) else []
    labels, aside = names.read(given)
    by, date = _person(row.get("annotator")), str(row.get("updated_at") or row.get("created_at") or "")
    return [Decision(labels, text, None, str(row.get("doc") or ""), by, date, aside, facts=_facts(row))]


def label_column(columns: Sequence[str]) -> str | None:
    """Return the column that holds the choices: `label` or `choice`, else the only one Label Studio did not add."""
    for name in ("label", "labels", "choice", "choices", "标签"):
        if name in columns:
            return name
    others = [name for name in columns if name not in {*_MIN_KEYS, *_TEXT, *_FACTS, "doc", "by", "date"}]
    return others[0] if len(others) == 1 else None


def choices(value: Any) -> list[str]:
    """Return the names in a choice, whichever of its forms it has; raise LabelError for another form."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict) and "choices" in value:
        return choices(value["choices"])
    if isinstance(value, list):
        return [name for one in value for name in choices(one)]
    raise LabelError("a choice must be a name, a list of names or an object with `choices`")


def _chosen(result: Any) -> list[str]:
    """Return the choices of an annotation's result; regions of other kinds (comments, say) are passed over."""
    if not isinstance(result, list) or not all(isinstance(region, dict) for region in result):
        raise LabelError("result must be a list of regions; [] says none")
    chosen = [region for region in result if region.get("type") == "choices"]
    if result and not chosen:
        raise LabelError(f"result holds no choices but {result[0].get('type')!r}; label paragraphs with <Choices>")
    if not all(isinstance(region.get("value"), dict) and "choices" in region["value"] for region in chosen):
        raise LabelError("a choice has no value")
    return [name for region in chosen for name in choices(region["value"])]


def _text(data: Mapping[str, Any]) -> Any:
    found = [data[key] for key in _TEXT if key in data]
    strings = [value for value in data.values() if isinstance(value, str)]
    return found[0] if found else strings[0] if len(strings) == 1 else None


def _facts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in _FACTS if data.get(key)}


def _person(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("email") or value.get("username") or value.get("id")
    return "" if value is None else str(value)


def write(
    decisions: Iterable[tuple[Decision, list[str]]], suggested: Sequence[tuple[list[str], float]] | None, model: str
) -> bytes:
    """Return tasks to import into Label Studio: decisions as annotations, a model's answers as predictions.

    `suggested`: for each decision the names a model gives and its certainty. What nobody decided has no annotation.
    """
    tasks = []
    for number, (one, names) in enumerate(decisions):
        said = {key: value for key, value in (("doc", one.doc), ("by", one.by), ("date", one.date)) if value}
        task: dict[str, Any] = {"data": {"text": one.text, **said, **_facts(one.facts)}}
        if one.confirmed:  # without completed_by: Label Studio refuses annotations of users that it does not have
            task["annotations"] = [{"result": _region(names), "was_cancelled": False}]
        if suggested is not None:
            given, score = suggested[number]
            task["predictions"] = [{"model_version": model, "score": round(score, 4), "result": _region(given)}]
        tasks.append(task)
    return orjson.dumps(tasks, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _region(names: list[str]) -> list[dict[str, Any]]:
    if not names:
        return []
    return [{"from_name": CONTROL, "to_name": OBJECT, "type": "choices", "value": {"choices": names}}]


def configuration(taxonomy: Taxonomy) -> str:
    """Return the labelling configuration (XML) that goes with the tasks: a choice a label, digits as keys."""
    lines = [
        "<View>",
        f'  <Text name="{OBJECT}" value="${OBJECT}"/>',
        f'  <Choices name="{CONTROL}" toName="{OBJECT}" choice="multiple" showInline="true">',
    ]
    for number, label in enumerate(taxonomy.labels, start=1):
        key = f' hotkey="{number}"' if number < 10 else ""
        hint = f" hint={quoteattr(label.definition)}" if label.definition else ""
        lines.append(f"    <Choice value={quoteattr(label.zh)}{key}{hint}/>")
    lines += [f"    <Choice value={quoteattr(name)}/>" for name in ASIDE.values()]
    return "\n".join([*lines, "  </Choices>", "</View>", ""])


JSON = Format("Label Studio JSON", rows, decide)
JSON_MIN = Format("Label Studio JSON-MIN", rows, decide_min)
