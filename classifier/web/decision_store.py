"""Decisions from browsers into the labels folder, through the same store as the command line."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from classifier.api import Model, Result
from classifier.decisions import FolderDecisions, decided_alone, fitting, with_decisions
from classifier.errors import LabelError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.decision import Decision
from classifier.labelling.folder.cache import RememberedFolder
from classifier.labelling.folder.decision_index import DecisionIndex
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.session import Session
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import Taxonomy
from classifier.web.live_model import LiveModel

_CLIENTS = 500  # browsers whose last decisions can be taken back


class DecisionStore:
    """The labels folder of a server. Every decision is on disk when `decide` returns."""

    def __init__(self, folder: Path, live_model: LiveModel) -> None:
        self.labels = LabelFolder(folder)
        self._index = DecisionIndex(folder)
        self._live_model = live_model
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def remembered(self) -> RememberedFolder:
        """What the folder says."""
        return self.labels.remembered

    @property
    def folder(self) -> Path:
        """Where the labels are."""
        return self.labels.folder

    @property
    def taxonomy(self) -> Taxonomy:
        """The labels that can be given: those of the folder, or of the model where there is no folder yet."""
        return self.remembered.taxonomy() or self._live_model.model.taxonomy

    @property
    def names(self) -> Names:
        """The names that labels go by: those of the folder, and older ones that the model in use was trained with."""
        return Names(self.taxonomy, self._live_model.model.taxonomy)

    def corpus(self) -> Corpus:
        """Return what the folder says; nothing where it has not been begun."""
        model = self._live_model.model
        return self.remembered.corpus() or Corpus(model.taxonomy, model.tokeniser, ())

    def knows_labels_of(self, model: Model) -> bool:
        """Tell whether a model's answers are of use here: it knows the same labels."""
        return set(model.ids) == set(self.taxonomy.ids)

    def decided(self, key: str) -> LabelledParagraph | None:
        """Return what counts for a paragraph, None where nobody decided."""
        return self.remembered.decided(key)

    def decisions(self, model: Model) -> FolderDecisions | None:
        """Return what people have decided by now, to stand in place of a model's answers.

        None where nothing is there or the folder knows other labels than the model.
        """
        return fitting(self._index.now(), model.ids)

    def answered(self, results: Sequence[Result], model: Model) -> list[Result]:
        """Return what counts for paragraphs: a person's decision, else the model's answer; of one with other labels
        than the folder's, nothing.
        """
        if self.knows_labels_of(model):
            return with_decisions(results, self.decisions(model))
        return decided_alone(results, self._index.now())

    def begin(self) -> None:
        """Make the labels folder where there is none, with the taxonomy and the terms of the model in use."""
        with self._lock:
            if not self.remembered.there:
                model = self._live_model.model
                begin(self.folder, model.taxonomy, model.tokeniser.terms)

    def decide(
        self, client: str, decision: Decision, origin: str = "browser", seen: str | None = None
    ) -> LabelledParagraph | None:
        """Store a decision of a browser (or whatever `origin` names); return what counts for its paragraph now.

        `seen`: the version of what was shown as decided, None for who is shown nothing. Raises StaleError where
        something else counts by now, LabelError where a label is not known here.
        """
        self.begin()
        self._check([decision])
        return self._session(client, decision.by, origin).confirm(decision, seen)

    def decide_all(self, decisions: Sequence[Decision], origin: str) -> None:
        """Store decisions that came together as one batch: all of them or, where this raises, none."""
        self.begin()
        self._check(decisions)
        with self.labels.locked():
            self.labels.add(decisions, {"kind": "review", "origin": [origin], "by": ""})

    def _check(self, decisions: Sequence[Decision]) -> None:
        given = [label for decision in decisions for label in decision.every_label()]
        known = self.taxonomy.ids if given else ()
        for label in given:
            if label not in known:
                raise LabelError(f"no label has the id {label!r}; there are: {', '.join(known)}")

    def undo(self, client: str, attempt: str = "") -> Decision:
        """Take a browser's last decision back and return it; `attempt` as in `Session.take_back`.

        Raises LabelError where there is none.
        """
        with self._lock:
            session = self._sessions.get(client)
        if session is None:
            raise LabelError("nothing was decided in this window that could be taken back")
        return session.take_back(attempt)

    def _session(self, client: str, by: str, origin: str) -> Session:
        with self._lock:
            session = self._sessions.get(client)
            if session is None:
                session = self.labels.session({"kind": "review", "origin": [origin], "by": by})
                self._sessions[client] = session
                if len(self._sessions) > _CLIENTS:
                    self._sessions.popitem(last=False)
            self._sessions.move_to_end(client)
            return session
