"""Decisions of one person, one by one: stored, refused where they come too late, taken back."""

from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from classifier.errors import LabelError
from classifier.files import replacing, sync
from classifier.json_types import JsonObject
from classifier.labelling.decision import Decision, now
from classifier.labelling.folder.appending import append, cut, ends_with, size, stands_in
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.sentence_places import labelled_in, stretch_version

if TYPE_CHECKING:
    from classifier.labelling.folder.label_folder import LabelFolder

_PAST = 1_000  # decisions of a session that can be taken back, the last ones
UNDECIDED = ""  # the version of a paragraph on which nobody has decided


class StaleError(LabelError):
    """A decision by somebody who did not see what counts.

    `counts`: what does for the paragraph, None where nothing is decided on it or its sentences. `decided`: whether what
    was decided on now has another decision; else its decision was taken back.
    """

    def __init__(self, counts: LabelledParagraph | None, what: str, decided: bool) -> None:
        self.counts = counts
        super().__init__(
            f"somebody else has decided on this {what} meanwhile; nothing was stored"
            if decided
            else f"the decision on this {what} was taken back meanwhile; nothing was stored"
        )


class Session:
    """Decisions one by one. Each is on disk when `confirm` returns: whoever is killed after that loses nothing.

    Where somebody takes its batch back meanwhile, what is decided from then on is a batch of its own.
    """

    def __init__(self, labels: "LabelFolder", facts: JsonObject) -> None:
        self.labels = labels
        self.facts = facts
        self._past: deque[tuple[Decision, bytes]] = deque(maxlen=_PAST)  # with its line, the oldest first
        self._taken: tuple[str, Decision] | None = None  # the attempt that last took something back, and what
        self._leaving = b""  # the line that is taken off, though a failure was told
        self._whole: int | None = None  # the length to which the file is still to be cut back
        with labels.locked():
            self._begin()

    def _begin(self) -> None:
        self.batch = self.labels.named(self.facts, "paragraphs/{}.jsonl", None)
        self.path = self.labels.folder / self.batch.file

    def confirm(self, decision: Decision, seen: str | None = None) -> LabelledParagraph | None:
        """Store one decision; return what counts for its paragraph now (None where no folder was begun).

        `seen`: the `version` of what its maker was shown as decided, UNDECIDED for nothing; None for who is shown
        nothing. A decision that is on a sentence alone goes by what was shown of that sentence (`stretch_version`), and
        one on the paragraph by the paragraph's. Raises StaleError where something else counts by now, unless that says
        the same. Raises OSError where it cannot be stored; then nothing has changed.
        """
        with self.labels.locked():
            self._cut_back()
            counts, last = self.labels.remembered.held(decision.key)
            if seen is not None:
                _check(decision, counts, seen)
            if self._past and not self.path.is_file():
                self._past.clear()
                self._begin()
            line = stamped(decision, last + 1)
            self._append(line)
            self._past.append((decision, line))
            self._leaving = b""
            return self.labels.remembered.held(decision.key, self.path)[0]

    def take_back(self, attempt: str = "") -> Decision:
        """Take this session's last decision back and return it; raise LabelError where there is none.

        `attempt`: a name for it, by which who got no answer asks once more without taking back another one; empty where
        no answer is lost. Raises OSError where it fails; who tries again then means the same decision.
        """
        with self.labels.locked():
            if attempt and self._taken and self._taken[0] == attempt:
                return self._taken[1]
            self._cut_back()
            while self._past:
                decision, line = self._past[-1]
                if line == self._leaving or stands_in(self.path, line):
                    self.labels.remembered.held(decision.key)
                    self._take_off(line)
                    self._past.pop()
                    self._leaving = b""
                    self._taken = (attempt, decision)
                    self.labels.remembered.held(decision.key, self.path)
                    return decision
                self._past.pop()  # somebody else has taken it back
            raise LabelError("nothing was confirmed yet that could be taken back")

    def _take_off(self, line: bytes) -> None:
        try:
            self._cut_out(line)
        except BaseException:
            if self.path.is_file() and not stands_in(self.path, line):
                self._leaving = line
            raise

    def _cut_out(self, line: bytes) -> None:
        if ends_with(self.path, line):
            cut(self.path, size(self.path) - len(line))
        elif stands_in(self.path, line):
            with replacing(self.path) as part:
                part.write_bytes(self.path.read_bytes().replace(line, b""))
        elif self.path.is_file():  # cut off before, but perhaps not on disk
            sync(self.path)

    def _append(self, line: bytes) -> None:
        before = size(self.path)
        try:
            append(self.path, line)
        except BaseException:
            self._whole = before
            with suppress(OSError):
                self._cut_back()
            raise

    def _cut_back(self) -> None:
        """Take off what a write left that failed: nobody was told that it is stored. Nobody else adds to this file."""
        if self._whole is not None:
            cut(self.path, self._whole)
            self._whole = None


def version(counts: LabelledParagraph | None) -> str:
    """Return by what a page knows what it shows as decided on a paragraph."""
    return counts.version if counts and counts.judged else UNDECIDED


def _check(decision: Decision, counts: LabelledParagraph | None, seen: str) -> None:
    """Raise StaleError where a decision was made without knowing what counts, and says something else."""
    if decision.judged:
        now, agrees, what = version(counts), _agrees(decision, counts), "paragraph"
    else:
        start, end = decision.sentences[0].start, decision.sentences[-1].end
        there = [one for one in labelled_in(counts, decision.text or "") if one.meets(start, end)]
        now, what = stretch_version(there, start, end), "sentence"
        agrees = stretch_version(decision.sentences, start, end) == now
    if seen != now and not agrees:
        raise StaleError(counts, what, bool(now))


def stamped(decision: Decision, seq: int) -> bytes:
    """Return a decision's line: its number in the folder, by which the last to arrive counts, and the time."""
    at = now()
    row = replace(decision, date=decision.date or at).as_row()
    return orjson.dumps({**row, "at": at, "seq": seq}) + b"\n"


def _agrees(decision: Decision, counts: LabelledParagraph | None) -> bool:
    return counts is not None and counts.judged and (decision.labels, decision.aside) == (counts.labels, counts.aside)
