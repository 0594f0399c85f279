"""Reports of Label Studio taken in one after the other: stored, or kept where they cannot be made use of."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import orjson

from classifier.errors import ClassifierError, LabelError
from classifier.labelling.decision import Decision
from classifier.web.decision_store import DecisionStore
from classifier.web.labelstudio import event as events
from classifier.web.labelstudio.annotations import ANNOTATION, TASK, cancelled, decisions_of
from classifier.web.labelstudio.config import Config, read_config
from classifier.web.labelstudio.event import Event, Object, read_event
from classifier.web.labelstudio.kept_reports import KeptReports
from classifier.web.labelstudio.stored_annotations import StoredAnnotations, is_known, is_older

_log = logging.getLogger(__name__)
Pair = tuple[Object | None, Object]


@dataclass(frozen=True)
class Outcome:
    """What was done with a report. `why`: why (some of) it was kept, "" where all was made use of."""

    done: str
    why: str = ""


class AnnotationWebhook:
    """Takes in one report at a time, in the order in which they come."""

    def __init__(self, decision_store: DecisionStore) -> None:
        self._decision_store = decision_store
        self._stored = StoredAnnotations(decision_store)
        self.kept = KeptReports(decision_store.folder)
        self._turn = asyncio.Lock()  # who waits for it gets it in the order of asking

    @asynccontextmanager
    async def in_turn(self) -> AsyncIterator[None]:
        """Hold back all later reports, when all earlier ones are stored."""
        async with self._turn:
            yield

    def take(self, body: bytes, instance: str = "") -> Outcome:
        """Store what a report says; keep the report where that cannot be. On disk, either way, when this returns.

        Raises OSError or LabelError where it can be neither stored nor kept; then nothing is changed.
        """
        event: Event | None = None
        try:
            event = read_event(body, instance)
            return self._act(event)
        except (ClassifierError, OSError) as error:
            why = str(error)
        except Exception:  # noqa: BLE001 - one report that nobody foresaw is kept like others
            _log.exception("a report of Label Studio was not understood")
            why = "the server failed; its own output says where"
        data = orjson.dumps(events.without_secrets(event.content)) if event else body
        self.kept.keep(data, why, _names(event) if event else (), instance)
        return Outcome("kept", why)

    def again(self, name: str) -> Outcome:
        """Try a kept report once more; it leaves the list where all of it can be made use of now.

        Raises LabelError, saying why, where it cannot, and where somebody has decided on a paragraph of it since.
        """
        report, data = self.kept.get(name)
        if report.config or not report.whole:
            raise LabelError("this cannot be tried again; correct it in Label Studio, which reports it anew")
        try:
            event = read_event(data, report.instance)
            outcome = self._act(event, since=report.at)
        except LabelError as error:
            self.kept.explain(name, str(error))
            raise
        if name in {one.name for one in self.kept.all()}:
            self.kept.set_aside(name)
        return outcome

    def check(self, project: str, config: str) -> Config:
        """Return a project's configuration; raise LabelError where it cannot be used.

        The labels' page shows that, too: Label Studio tells its users no more than the number of the error.
        """
        names = self._decision_store.names
        try:
            found = read_config(config, names)
        except LabelError as error:
            if project:
                self._keep_config(project, config, str(error))
            raise
        if project:
            self.kept.config_fits(project)
        return found

    def _keep_config(self, project: str, config: str, why: str) -> None:
        try:
            self.kept.keep_config(project, config, why)
        except OSError as error:  # who asked is told all the same
            _log.warning("a labelling configuration was not kept: %s", error)

    def _act(self, event: Event, since: str = "") -> Outcome:
        if event.action in events.STORING:
            return self._store(event, since)
        if event.action in events.TAKING_BACK:
            return self._take_back(event)
        if event.action in events.CONFIGURING:
            return self._configured(event)
        if event.action in events.NOTHING_TO_DO:
            return Outcome("nothing to do")
        raise LabelError(f"the action {event.action[:40]!r} is not known here")

    def _configured(self, event: Event) -> Outcome:
        if not event.config:
            return Outcome("nothing to do")
        try:
            self.check(event.project(), event.config)
        except LabelError as error:
            return Outcome("nothing to do", str(error))
        return Outcome("nothing to do")

    def _store(self, event: Event, since: str) -> Outcome:
        names = self._decision_store.names
        config = read_config(event.config, names) if event.config else None
        pairs = list(event.pairs())
        if not pairs:
            raise LabelError('the report holds no annotation; switch on "Send payload" in the settings of the webhook')
        known = self._stored.rows()
        found: list[Decision] = []
        bad: list[tuple[Pair, str]] = []
        gone: set[str] = set()
        for task, annotation in pairs:
            try:
                decisions = decisions_of(event, task, annotation, config, names)
                name = event.annotation(annotation)
            except LabelError as error:
                bad.append(((task, annotation), _of(annotation, str(error))))
                continue
            if cancelled(annotation) and not is_older(annotation, known.get(name, ())):
                gone.add(name)
            found += [decision for decision in decisions if not is_known(decision, known.get(name, ()))]
        if since:
            self._stored.refuse_overtaken(found, since)
            if bad:
                raise LabelError(_reasons(bad))
        self._stored.write(found)
        back = self._stored.forget(ANNOTATION, gone) if self._stored.named(ANNOTATION, gone) else 0
        self.kept.settled(_settled(event, pairs, bad))
        stored = f"annotations: {len(found)} stored, {back} taken back"
        return self._keep_rest(event, bad, stored) if bad else Outcome(stored)

    def _keep_rest(self, event: Event, bad: list[tuple[Pair, str]], done: str) -> Outcome:
        why = _reasons(bad)
        data = event.only([pair for pair, _ in bad])
        self.kept.keep(data, why, _names(read_event(data, event.instance)), event.instance)
        return Outcome("kept" if done.startswith("annotations: 0 stored, 0") else f"{done}; the rest kept", why)

    def _take_back(self, event: Event) -> Outcome:
        tasks = event.action == "TASKS_DELETED"
        some = event.tasks() if tasks else event.annotations()
        gone = {event.task(one) if tasks else event.annotation(one) for one in some}
        key = TASK if tasks else ANNOTATION
        annotations = self._stored.named(key, gone)
        back = self._stored.forget(key, gone) if annotations else 0
        self.kept.settled(annotations | (set() if tasks else gone))
        return Outcome(f"annotations: 0 stored, {back} taken back")


def _of(annotation: Object, why: str) -> str:
    """Return why an annotation is not understood, with its number."""
    known = why.startswith(("annotation ", "an annotation "))
    return why if known else f"annotation {annotation.get('id')}: {why}"


def _reasons(bad: Sequence[tuple[Pair, str]]) -> str:
    reasons = list(dict.fromkeys(why for _, why in bad))
    return "\n".join(reasons[:3]) + (f"\n… and {len(reasons) - 3} more" if len(reasons) > 3 else "")


def _settled(event: Event, pairs: Sequence[Pair], bad: Sequence[tuple[Pair, str]]) -> Collection[str]:
    left = {id(annotation) for (_, annotation), _ in bad}
    return {event.annotation(annotation) for _, annotation in pairs if id(annotation) not in left}


def _names(event: Event) -> list[str]:
    """Return the names of the annotations of a report, of those that have one."""
    found = []
    for annotation in event.annotations():
        try:
            found.append(event.annotation(annotation))
        except LabelError:
            return []
    return found
