"""Labelled paragraphs of one source: their words as an index, and what is to be said of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson

from classifier.labelling.decided import Decided, by_whom, of_a_person, replaces
from classifier.labelling.label_file import rows_of
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.model.similar.index import Index
from classifier.model.similar.word_features import WordFeatures
from classifier.platforms import shown_place


@dataclass(frozen=True)
class Facts:
    """What is kept of a labelled paragraph, its text not among it.

    `where`: file and line; `has_text`: its text stands there. `decided` as in `SimilarParagraph`.
    """

    key: str
    labels: tuple[str, ...]
    where: str
    has_text: bool
    doc: str = ""
    genre: str = ""
    place: str = ""
    year: str = ""
    decided: Decided | None = None

    @classmethod
    def of(cls, paragraph: LabelledParagraph) -> "Facts":
        """Return what is kept of a paragraph that somebody judged."""
        person = of_a_person(paragraph)
        place, year = (str(paragraph.facts.get(name) or "") for name in ("place", "year"))
        return cls(
            paragraph.key, paragraph.labels, paragraph.where, paragraph.text is not None,
            "" if paragraph.has_own_doc else paragraph.doc, paragraph.genre, place, year,
            by_whom(person) if person is not None and replaces(person) else None,
        )  # fmt: skip

    def packed(self) -> bytes:
        """Return it as a line of JSON."""
        return orjson.dumps({**vars(self), "decided": self.decided and self.decided.as_row()})

    @classmethod
    def unpacked(cls, line: bytes) -> "Facts":
        """Return what `packed` wrote."""
        row = orjson.loads(line)
        return cls(**{**row, "labels": tuple(row["labels"]), "decided": Decided.read(row["decided"])})

    def similar(self, similarity: float, words: Sequence[str], *, same: bool) -> SimilarParagraph:
        """Return it as one that is like a text; `words`: those in common."""
        text = text_at(self.where, self.key) if self.has_text else None
        return SimilarParagraph(
            self.labels, similarity, same, text, tuple(words), shown_place(self.where), self.decided, self.doc,
            self.genre, self.place, self.year,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Layer:
    """Paragraphs of one source, N of them. `keys`, `words_keys`: the names that each goes by; `lines`: facts, packed.

    `gone`: rows that count no longer.
    """

    index: Index
    keys: Sequence[str]
    words_keys: Sequence[str]
    lines: Sequence[bytes]
    gone: frozenset[int] = frozenset()

    @classmethod
    def of(cls, paragraphs: Iterable[LabelledParagraph], features: WordFeatures) -> "Layer":
        """Return the layer of paragraphs that can be compared, one that stands there again with its labels once.

        Their words must have been cut as those of the texts are that are compared with them.
        """
        found = list({(one.key, one.labels): one for one in paragraphs if comparable(one) and one.words}.values())
        return cls(
            Index.of([one.words for one in found], features),
            [one.key for one in found],
            [one.words_key for one in found],
            [Facts.of(one).packed() for one in found],
        )

    def facts(self, row: int) -> Facts:
        """Return what is kept of a paragraph."""
        return Facts.unpacked(self.lines[row])

    @cached_property
    def rows_by_key(self) -> dict[str, list[int]]:
        """The rows of each paragraph's key."""
        found: dict[str, list[int]] = {}
        for row, key in enumerate(self.keys):
            found.setdefault(key, []).append(row)
        return found


def comparable(paragraph: LabelledParagraph) -> bool:
    """Tell whether a paragraph's labels can be held against others: somebody judged it and it is not set aside."""
    return paragraph.judged and not paragraph.aside


def text_at(where: str, key: str) -> str | None:
    """Return the text of the row at a place ("file:line"), None where another one or nothing stands there by now."""
    name, _, number = where.rpartition(":")
    if not number.isdecimal():
        return None
    try:
        data = Path(name).read_bytes()
    except OSError:
        return None
    for _, row in rows_of(data, Path(name), lambda _: None, only={int(number)}):
        text = row.get("text")
        if isinstance(text, str) and text_key(text) == key:
            return text
    return None
