"""A labelled paragraph, and which of several decisions on one paragraph counts."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import orjson

from classifier.json_types import JsonObject
from classifier.labelling.paragraph_keys import text_key, words_key

WRITTEN = "written"  # an origin that begins so marks text made up for training


@dataclass(frozen=True)
class LabelledSentence:
    """A stretch of a paragraph's text, `start` to `end` in characters, and what somebody said of it.

    `labels`: ids, the one that takes most of it first; None where nobody said. `words`: how often each word stands in
    it where the text itself is not at hand; None where it is.
    """

    start: int
    end: int
    labels: tuple[str, ...] | None = None
    words: Mapping[str, int] | None = None


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph that somebody labelled.

    `words`: how often each word stands in it. `labels`: ids, the primary first; empty for none.
    `doc`: paragraphs of one document stay together in evaluation. `text` is None where only counts are known.
    `annotations`: who read it → the labels of that independent pass; empty where only the settled labels are kept.
    `aside`: why it is kept out of training ("" for an ordinary paragraph). `at`: when it was stored in a batch, by the
    clock of who stored it; `seq`: as which of its folder's decisions, 0 where that was not counted yet. `weight`: how
    much it counts in training. `shipped`: it came with this package. `name`: its key, where the text it follows from
    is not at hand. `sentences`: those that are known apart, in order; empty where none are.
    """

    words: Mapping[str, int]
    labels: tuple[str, ...]
    doc: str
    where: str
    text: str | None = None
    origin: str = ""
    genre: str = ""
    annotations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: JsonObject = field(default_factory=dict)
    aside: str = ""
    at: str = ""
    seq: int = 0
    weight: float = 1.0
    shipped: bool = False
    name: str = ""
    sentences: tuple[LabelledSentence, ...] = ()

    @cached_property
    def key(self) -> str:
        """The paragraph's name: a newer decision with the same key takes the place of an older one."""
        if self.name:
            return self.name
        return self.words_key if self.text is None else text_key(self.text)

    @cached_property
    def version(self) -> str:
        """A name for this decision among all on the paragraph: who saw it knows by it that it still counts."""
        said = [self.key, self.labels, self.aside, self.at, self.seq, str(self.facts.get("by") or "")]
        said += [[one.start, one.end, one.labels] for one in self.sentences if one.labels is not None]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()[:16]

    @cached_property
    def words_key(self) -> str:
        """The name it has where only its word counts are known."""
        return words_key(self.words)

    @property
    def has_own_doc(self) -> bool:
        """Whether nobody said which document it stands in: it is a document of its own."""
        return self.doc == self.key

    @property
    def written(self) -> bool:
        """Whether the text was made up for training rather than found."""
        return self.origin.startswith(WRITTEN)


def newest(decisions: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Keep the newest decision on each paragraph: by the number that its folder gave it, for clocks may be wrong.

    Older programs gave none: theirs are older, and go by the time. Of two stored at once the later in order. Where
    one of them has no text, paragraphs are told apart by their word counts.
    """
    decisions = list(decisions)
    counted = {one.words_key for one in decisions if one.text is None}
    found: dict[str, LabelledParagraph] = {}
    for one in sorted(decisions, key=lambda one: (one.seq, one.at)):
        found[one.words_key if counted and one.words_key in counted else one.key] = one
    return list(found.values())


def superseded(older: Iterable[LabelledParagraph], newer: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Return the older paragraphs that no newer one is about."""
    newer, older = list(newer), list(older)
    if not newer or not older:
        return older
    names, words = {one.key for one in newer}, {one.words_key for one in newer}
    counted = {one.words_key for one in newer if one.text is None}

    def gone(one: LabelledParagraph) -> bool:
        return one.key in names or one.words_key in (words if one.text is None else counted)

    return [one for one in older if not gone(one)]


def in_their_documents(
    newer: Iterable[LabelledParagraph], older: Iterable[LabelledParagraph]
) -> list[LabelledParagraph]:
    """Give a correction that names no document the document of the paragraph it corrects."""
    newer, older = list(newer), list(older)
    if not older or not any(one.has_own_doc for one in newer):
        return newer
    docs = {name: one.doc for one in older for name in (one.words_key, one.key)}
    return [_in_its_document(one, docs) if one.has_own_doc else one for one in newer]


def _in_its_document(one: LabelledParagraph, docs: Mapping[str, str]) -> LabelledParagraph:
    doc = docs.get(one.key) or docs.get(one.words_key) or one.doc
    return one if doc == one.doc else replace(one, doc=doc)
