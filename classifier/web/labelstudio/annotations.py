"""Annotations of Label Studio as decisions: one for each text of a task on which choices were made."""

from collections.abc import Iterable
from dataclasses import replace

from classifier.errors import LabelError
from classifier.json_types import JsonDict, JsonObject
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import labelstudio
from classifier.labelling.label_names import Names
from classifier.web.labelstudio.config import Config, Field
from classifier.web.labelstudio.event import Event, Object, objects

ANNOTATION, TASK, GOLD = "annotation", "task", "ground_truth"  # facts of a row that came from Label Studio
_SAID_OF_TASK = ("genre", "place", "year", "origin", "doc", "by", "date")


def decisions_of(
    event: Event, task: Object | None, annotation: Object, config: Config | None, names: Names
) -> list[Decision]:
    """Return what an annotation says, a decision a text; none where it was cancelled.

    `config`: None where the report has none, whose task then is read as an export's. Raises LabelError where it cannot
    be understood.
    """
    number = annotation.get("id")
    if task is None:
        raise LabelError(f"annotation {number} comes without its task")
    data = task.get("data")
    if not isinstance(data, dict):
        raise LabelError(f"annotation {number} comes without its task's data")
    facts: JsonDict = {ANNOTATION: event.annotation(annotation), TASK: event.task(task)}
    if annotation.get("ground_truth") is True:
        facts[GOLD] = True
    found = []
    for one in [task] if config is None else _exported(data, annotation, config):
        made = {**one, "annotations": [annotation]} if config is None else one
        found += labelstudio.decide(made, names)
    return [replace(one, facts={**one.facts, **facts}) for one in found]


def cancelled(annotation: Object) -> bool:
    """Tell whether an annotation says that its task was skipped."""
    return bool(annotation.get("was_cancelled") or annotation.get("skipped"))


def _exported(data: JsonObject, annotation: Object, config: Config) -> Iterable[JsonDict]:
    """Yield a task as an export has it for each text of an annotation, its choices called by our labels."""
    fields, result = config.of(data), annotation.get("result")
    if not fields:
        raise LabelError(f"annotation {annotation.get('id')}: its task has no text with choices that are labels")
    regions = objects(result)
    said = [(field, [region for region in regions if _about(region, field, fields)]) for field in fields]
    if result != [] or len(fields) > 1:  # nothing chosen on the only text, and sent: it says that no label fits
        said = [(field, some) for field, some in said if some]
    if not said and not cancelled(annotation):
        asked = ", ".join(sorted(name for field in fields for name in field.names))
        raise LabelError(f"annotation {annotation.get('id')} says nothing of the choices {asked!r}")
    for field, some in said:
        text = field.text.of(data)
        facts = {key: data[key] for key in _SAID_OF_TASK if isinstance(data.get(key), str | int) and data[key] != text}
        renamed = [_renamed(one, field) for one in some]
        yield {"data": {**facts, "text": text}, "annotations": [{**annotation, "result": renamed}]}


def _about(region: Object, field: Field, fields: tuple[Field, ...]) -> bool:
    name = region.get("from_name")
    return name in field.names or (name is None and len(fields) == 1)


def _renamed(region: Object, field: Field) -> Object:
    value = region.get("value")
    chosen = value.get("choices") if isinstance(value, dict) else None
    if not isinstance(chosen, list):
        return region
    control = next((one for one in field.controls if one.name == region.get("from_name")), field.best)
    return {**region, "value": {"choices": control.read(chosen)}}
