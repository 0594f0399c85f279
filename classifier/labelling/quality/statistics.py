"""What a labelled corpus holds: by label, origin, genre and year, its sentences, how far its readers agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.quality.agreement import Agreement, agreement, pairs_of_passes
from classifier.labelling.taxonomy import NONE

UNKNOWN = "(not said)"


@dataclass(frozen=True)
class Count:
    """Paragraphs of one kind. `labels`: how many carry each label, with "none" for those that carry none."""

    paragraphs: int
    documents: int
    characters: int | None
    labels: Mapping[str, int]


@dataclass(frozen=True)
class SentenceCount:
    """Labelled sentences. `paragraphs`: how many have any, `alone`: how many of these have no labels of their own."""

    sentences: int
    paragraphs: int
    alone: int
    labels: Mapping[str, int]


@dataclass(frozen=True)
class Statistics:
    """Counts of a corpus; `by` holds them by origin, genre and year, the largest (years: the earliest) first.

    `read_twice`: paragraphs with two independent passes, from which `agreement` by label comes (empty without them).
    """

    total: Count
    by: Mapping[str, Mapping[str, Count]]
    labels_a_paragraph: Mapping[int, int]
    read_twice: int
    agreement: Mapping[str, Agreement]
    sentences: SentenceCount


def statistics(corpus: Corpus) -> Statistics:
    """Count a corpus."""
    rows, ids = corpus.paragraphs, corpus.taxonomy.ids
    keys: dict[str, Callable[[LabelledParagraph], str]] = {
        "origin": lambda one: one.origin,
        "genre": lambda one: one.genre,
        "year": lambda one: str(one.facts.get("year") or ""),
    }
    pairs = pairs_of_passes(rows)
    sizes = sorted({len(row.labels) for row in rows})
    return Statistics(
        total=_count(rows, ids),
        by={name: _grouped(rows, ids, key, by_name=name == "year") for name, key in keys.items()},
        labels_a_paragraph={size: sum(len(row.labels) == size for row in rows) for size in sizes},
        read_twice=len(pairs),
        agreement=agreement(pairs, ids) if pairs else {},
        sentences=count_sentences(corpus.every, ids),
    )


def count_sentences(rows: Sequence[LabelledParagraph], ids: Sequence[str]) -> SentenceCount:
    """Count the sentences that somebody labelled."""
    having = [row for row in rows if row.sentences and row.labelled_sentences]
    given = [sentence.labels or (NONE,) for one in having for sentence in one.labelled_sentences]
    return SentenceCount(
        sentences=len(given),
        paragraphs=len(having),
        alone=sum(not one.judged for one in having),
        labels={label: sum(label in labels for labels in given) for label in (*ids, NONE)},
    )


def _grouped(
    rows: Sequence[LabelledParagraph], ids: Sequence[str], key: Callable[[LabelledParagraph], str], *, by_name: bool
) -> dict[str, Count]:
    groups: dict[str, list[LabelledParagraph]] = {}
    for row in rows:
        groups.setdefault(key(row) or UNKNOWN, []).append(row)
    order = sorted(groups) if by_name else sorted(groups, key=lambda name: -len(groups[name]))
    return {name: _count(groups[name], ids) for name in order}


def _count(rows: Sequence[LabelledParagraph], ids: Sequence[str]) -> Count:
    lengths = [len(row.text) for row in rows if row.text is not None]
    return Count(
        paragraphs=len(rows),
        documents=len({row.doc for row in rows}),
        characters=sum(lengths) if lengths else None,
        labels={label: sum(label in row.labels for row in rows) for label in ids}
        | {NONE: sum(not row.labels for row in rows)},
    )
