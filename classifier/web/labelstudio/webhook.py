"""Annotations that Label Studio reports, stored while nobody waits for it."""

import logging
import queue
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from classifier.errors import ClassifierError, LabelError
from classifier.labelling.exchange import labelstudio
from classifier.labelling.label_names import Names
from classifier.web.decision_store import DecisionStore
from classifier.web.labelstudio.config import Config, read_config

CREATED = {"ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_CREATED"}
DELETED = "ANNOTATIONS_DELETED"
_HAND = "label studio"  # no browser can be called so
_FACT = "annotation"
_log = logging.getLogger(__name__)
Event = Mapping[str, Any]


class AnnotationWebhook:
    """Takes in reports at once and stores them one after the other."""

    def __init__(self, decision_store: DecisionStore) -> None:
        self._decision_store = decision_store
        self._events: queue.Queue[Event | None] = queue.Queue(maxsize=100_000)
        self._thread = threading.Thread(target=self._work, name="annotations", daemon=True)
        self._thread.start()

    def report(self, event: Event) -> None:
        """Remember a report."""
        self._events.put_nowait(event)

    def wait(self) -> None:
        """Return when all that was reported is stored."""
        self._events.join()

    def close(self) -> None:
        """Store what was reported, then end."""
        self._events.put(None)
        self._thread.join(30)

    def _work(self) -> None:
        while (event := self._events.get()) is not None:
            try:
                self._store(event)
            except (ClassifierError, OSError) as error:
                _log.warning("a report of Label Studio was not stored: %s", error)
            except Exception:  # noqa: BLE001 - one report that nobody foresaw must not stop the next
                _log.exception("a report of Label Studio was not stored")
            finally:
                self._events.task_done()
        self._events.task_done()

    def _store(self, event: Event) -> None:
        if event.get("action") == DELETED:
            gone = {_name(one) for one in _objects(event.get("annotations"))}
            self._decision_store.labels.forget(lambda row: row.get(_FACT) in gone)
            return
        for task, annotation in pairs(event):
            config = _config(event, self._decision_store)
            names = Names(self._decision_store.taxonomy)
            for decision in labelstudio.decide(_task(task, annotation, config), names):
                facts = {**decision.facts, _FACT: _name(annotation)}
                self._decision_store.decide(_HAND, replace(decision, facts=facts), "Label Studio")


def pairs(event: Event) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield each annotation of a report with its task."""
    annotations, tasks = _objects(event.get("annotation")), _objects(event.get("task"))
    by_id = {one.get("id"): one for one in tasks}
    for place, annotation in enumerate(annotations):
        task = by_id.get(annotation.get("task"))
        if task is None and len(tasks) in {1, len(annotations)}:
            task = tasks[0 if len(tasks) == 1 else place]
        if task is None:
            raise LabelError(f"annotation {annotation.get('id')} comes without its task")
        yield task, annotation


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """Return one object or a list of them as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _config(event: Event, decision_store: DecisionStore) -> Config | None:
    project = event.get("project")
    config = project.get("label_config") if isinstance(project, dict) else None
    return read_config(config, decision_store.taxonomy) if isinstance(config, str) and config.strip() else None


def _task(task: Mapping[str, Any], annotation: Mapping[str, Any], config: Config | None) -> Mapping[str, Any]:
    """Return a task as an export has it, its choices called by our labels."""
    data = task.get("data")
    if config is None or not isinstance(data, dict):
        return {"data": data, "annotations": [annotation]}
    result = annotation.get("result")
    regions = [_region(one, config) for one in _objects(result) if one.get("from_name") in {config.name, None}]
    if not regions and result != []:
        raise LabelError(f"annotation {annotation.get('id')} says nothing of the choices {config.name!r}")
    return {"data": {**data, "text": data.get(config.key)}, "annotations": [{**annotation, "result": regions}]}


def _region(region: Mapping[str, Any], config: Config) -> Mapping[str, Any]:
    value = region.get("value")
    choices = value.get("choices") if isinstance(value, dict) else None
    if not isinstance(choices, list) or not all(isinstance(one, str) for one in choices):
        return region
    return {**region, "value": {"choices": config.labels(choices)}}


def _name(annotation: Mapping[str, Any]) -> str:
    return f"labelstudio:{annotation.get('id')}"
