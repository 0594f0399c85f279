"""What Label Studio reports: which annotations and tasks, of which project of which of its instances."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from classifier.errors import LabelError
from classifier.json_types import JsonObject, JsonValue

STORING = {"ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_CREATED", "ANNOTATIONS_UPDATED"}
TAKING_BACK = {"ANNOTATIONS_DELETED", "ANNOTATION_DELETED", "TASKS_DELETED"}
TRAINING = "START_TRAINING"
CONFIGURING = {"PROJECT_CREATED", "PROJECT_UPDATED"}
NOTHING_TO_DO = {
    "PROJECT_DELETED", "TASKS_CREATED", "TASKS_UPDATED", "LABEL_LINK_CREATED", "LABEL_LINK_UPDATED",
    "LABEL_LINK_DELETED", "REVIEW_CREATED", "REVIEW_UPDATED", "REVIEW_DELETED", "REVIEWS_DELETED",
}  # fmt: skip

Object = JsonObject


@dataclass(frozen=True)
class Event:
    """A report. `content`: all that it says. `instance`: which Label Studio, where its webhook's address names it."""

    action: str
    content: Object
    instance: str = ""

    @property
    def config(self) -> str:
        """The labelling configuration of its project, "" where it has none."""
        config = _object(self.content.get("project")).get("label_config")
        return config.strip() if isinstance(config, str) else ""

    def project(self, beside: Object | None = None) -> str:
        """Return what tells its project from all others, "" where it does not say.

        Two Label Studios count their projects from 1: the second in which a project was made tells them apart, as in
        the name by which Label Studio itself calls a project when it asks for predictions. `beside`: an annotation or a
        task that may name the project where the report does not.
        """
        project = self.content.get("project")
        known = _object(project)
        number = known.get("id") if known else project or (beside or {}).get("project")
        if not isinstance(number, int | str) or number == "":
            return ""
        made = _second(known.get("created_at"))
        name = f"{number}.{made}" if made else str(number)
        return f"{self.instance}/{name}" if self.instance else name

    def annotation(self, annotation: Object) -> str:
        """Return the name of an annotation, whatever else has its number; raise LabelError where it has none."""
        return self._name("annotation", annotation)

    def task(self, task: Object) -> str:
        """Return the name of a task, whatever else has its number; raise LabelError where it has none."""
        return self._name("task", task)

    def _name(self, kind: str, named_object: Object) -> str:
        number, project = named_object.get("id"), self.project(named_object)
        if not isinstance(number, int | str) or number == "":
            raise LabelError(f"an {kind} has no id" if kind == "annotation" else f"a {kind} has no id")
        if not project:
            raise LabelError(f"{kind} {number}: the report does not say of which project")
        return f"labelstudio:{project}/{number}"

    def annotations(self) -> list[Object]:
        """Return the annotations of a report, one or many."""
        return objects(self.content.get("annotation")) or objects(self.content.get("annotations"))

    def tasks(self) -> list[Object]:
        """Return the tasks of a report, one or many."""
        return objects(self.content.get("task")) or objects(self.content.get("tasks"))

    def pairs(self) -> Iterator[tuple[Object | None, Object]]:
        """Yield each annotation with its task, None where that is not there."""
        annotations, tasks = self.annotations(), self.tasks()
        by_id = {one.get("id"): one for one in tasks}
        for place, annotation in enumerate(annotations):
            task = by_id.get(annotation.get("task"))
            if task is None and annotation.get("task") is None and len(tasks) in {1, len(annotations)}:
                task = tasks[0 if len(tasks) == 1 else place]
            yield task, annotation

    def only(self, pairs: list[tuple[Object | None, Object]]) -> bytes:
        """Return a report of some of its annotations."""
        tasks = [task for task, _ in pairs if task is not None]
        some = {"annotation": [annotation for _, annotation in pairs], "task": tasks}
        return orjson.dumps({**without_secrets(self.content), **some})


def read_event(body: bytes, instance: str = "") -> Event:
    """Read a report; raise LabelError where it is none."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"the report is not valid JSON: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("action"), str):
        raise LabelError("the report is no object with an action")
    return Event(content["action"], content, instance)


def without_secrets(content: Object) -> Object:
    """Return what a report says without what lets strangers into Label Studio: it names passwords of the project."""
    project = content.get("project")
    if not isinstance(project, dict):
        return content
    kept = {key: value for key, value in project.items() if "password" not in key and "token" not in key}
    return {**content, "project": kept}


def objects(value: JsonValue) -> list[Object]:
    """Return one object or a list of them as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _object(value: JsonValue) -> Object:
    return value if isinstance(value, dict) else {}


def _second(made: JsonValue) -> int | None:
    if not isinstance(made, str):
        return None
    try:
        return int(datetime.datetime.fromisoformat(made).timestamp())
    except (ValueError, OverflowError, OSError):
        return None
