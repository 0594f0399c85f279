"""A labelled paragraph and its labelled sentences."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import orjson

from classifier.json_types import JsonObject
from classifier.labelling.paragraph_keys import text_key, words_key

BY_DOUBT = "found, chosen by uncertainty"  # an origin: of what a model was unsure of, which is harder than life
WRITTEN = "written"  # an origin that begins so marks text made up for training


@dataclass(frozen=True)
class LabelledSentence:
    """A stretch of a paragraph's text, `start` to `end` in characters, and what somebody said of it.

    `labels`: ids, the one that takes most of it first; None where nobody said. `words`: how often each word stands in
    it where the text itself is not at hand; None where it is. `by`, `date`: who said it and when, as the row or the
    sentence itself says; `at`: when it was stored. All three are "" where that is not known.
    """

    start: int
    end: int
    labels: tuple[str, ...] | None = None
    words: Mapping[str, int] | None = None
    by: str = ""
    date: str = ""
    at: str = ""

    def meets(self, start: int, end: int) -> bool:
        """Tell whether it has a character in common with a stretch of the same text."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph that somebody labelled, or of which somebody labelled sentences.

    `words`: how often each word stands in it. `labels`: ids, the primary first; empty for none.
    `doc`: paragraphs of one document stay together in evaluation. `text` is None where only counts are known.
    `annotations`: who read it → the labels of that independent pass; empty where only the settled labels are kept.
    `aside`: why it is kept out of training ("" for an ordinary paragraph). `at`: when it was stored in a batch, by the
    clock of who stored it; `seq`: as which of its folder's decisions, 0 where that was not counted yet. `weight`: how
    much it counts in training. `shipped`: it came with this package. `name`: its key, where the text it follows from
    is not at hand. `sentences`: those that are known apart, in order; empty where none are. `judged`: somebody said
    what the paragraph as a whole is about; else only its sentences have labels, `labels` is empty and means nothing.
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
    judged: bool = True

    @cached_property
    def key(self) -> str:
        """The paragraph's name: a newer decision with the same key takes the place of an older one."""
        if self.name:
            return self.name
        return self.words_key if self.text is None else text_key(self.text)

    @cached_property
    def version(self) -> str:
        """A name for this decision among all on the paragraph: who saw it knows by it that it still counts.

        Its sentences have versions of their own (`sentence_places.stretch_version`).
        """
        said = [self.key, self.labels, self.aside, self.at, self.seq, str(self.facts.get("by") or "")]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()[:16]

    @cached_property
    def words_key(self) -> str:
        """The name it has where only its word counts are known."""
        return words_key(self.words)

    @property
    def labelled_sentences(self) -> tuple[LabelledSentence, ...]:
        """Those of its sentences that somebody labelled, "none" among the answers."""
        return tuple(sentence for sentence in self.sentences if sentence.labels is not None)

    @property
    def has_own_doc(self) -> bool:
        """Whether nobody said which document it stands in: it is a document of its own."""
        return self.doc == self.key

    @property
    def by_doubt(self) -> bool:
        """Whether it was chosen for a model's doubt: it teaches well, but is harder than life is."""
        return self.origin == BY_DOUBT

    @property
    def written(self) -> bool:
        """Whether the text was made up for training rather than found."""
        return self.origin.startswith(WRITTEN)
