"""Which of several decisions on one paragraph counts, and what of the older ones stays beside it.

A decision speaks of the paragraph, of some of its sentences, or of both. What it says nothing of stays as it was:
labels of a paragraph take the place of older labels of the paragraph, labels of a sentence that of older ones on the
same stretch of text, and neither takes the place of the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_places import moved


def all_together(first: Iterable[LabelledParagraph], later: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Return what counts of a folder, the oldest first. `first`: of files that are no batch; `later`: of batches."""
    first = list(first)
    older, only = (
        [paragraph for paragraph in first if paragraph.judged],
        [paragraph for paragraph in first if not paragraph.judged],
    )
    return united(older, in_their_documents(newest([*only, *later]), older))


def newest(decisions: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Keep what counts of each paragraph: by the number that its folder gave a decision, for clocks may be wrong.

    Older programs gave none: theirs are older, and go by the time. Of two stored at once the later in order. Where
    one of them has no text, paragraphs are told apart by their word counts.
    """
    decisions = list(decisions)
    counted = {decision.words_key for decision in decisions if decision.text is None}
    found: dict[str, LabelledParagraph] = {}
    for decision in sorted(decisions, key=lambda one: (one.seq, one.at)):
        key = decision.words_key if counted and decision.words_key in counted else decision.key
        found[key] = joined(found.pop(key), decision) if key in found else decision
    return list(found.values())


def superseded(older: Iterable[LabelledParagraph], newer: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Return the older paragraphs that no newer one is about."""
    newer, older = list(newer), list(older)
    if not newer or not older:
        return older
    names, words = {paragraph.key for paragraph in newer}, {paragraph.words_key for paragraph in newer}
    counted = {paragraph.words_key for paragraph in newer if paragraph.text is None}

    def is_superseded(paragraph: LabelledParagraph) -> bool:
        return paragraph.key in names or paragraph.words_key in (words if paragraph.text is None else counted)

    return [paragraph for paragraph in older if not is_superseded(paragraph)]


def united(older: Iterable[LabelledParagraph], newer: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Return what counts of both: the older ones that no newer one is about, then the newer ones.

    What a newer one says nothing of, the paragraph or a sentence, it has from the older one.
    """
    newer, older = list(newer), list(older)
    if not newer or not older:
        return older + newer
    names = {name: paragraph for paragraph in older for name in _names(paragraph)}
    kept = superseded(older, newer)
    return kept + [
        joined(before, paragraph) if (before := _before(paragraph, names)) else paragraph for paragraph in newer
    ]


def _names(paragraph: LabelledParagraph) -> tuple[str, ...]:
    return (
        (paragraph.key, f"counted {paragraph.words_key}")
        if paragraph.text is None
        else (paragraph.key, f"text {paragraph.words_key}")
    )


def _before(paragraph: LabelledParagraph, names: Mapping[str, LabelledParagraph]) -> LabelledParagraph | None:
    by_words = (f"text {paragraph.words_key}",) if paragraph.text is None else ()
    found = (names.get(name) for name in (paragraph.key, *by_words, f"counted {paragraph.words_key}"))
    return next((other for other in found if other is not None), None)


def joined(older: LabelledParagraph, newer: LabelledParagraph) -> LabelledParagraph:
    """Return what counts of a paragraph of which both speak."""
    base, other = (newer, older) if newer.judged or not older.judged else (older, newer)
    if base.text is None and other.text is not None and other.labelled_sentences:
        base = replace(base, text=other.text, words=other.words)  # else nobody knew where the sentences stand
    if base is newer and not older.sentences:
        return newer
    sentences = _joined(_moved(older, base.text), _moved(newer, base.text))
    doc = other.doc if base.has_own_doc and not other.has_own_doc else base.doc
    return replace(base, sentences=sentences, doc=doc)


def _moved(paragraph: LabelledParagraph, text: str | None) -> tuple[LabelledSentence, ...]:
    return paragraph.sentences if paragraph.text == text else moved(paragraph.sentences, paragraph.text, text)


def _joined(older: tuple[LabelledSentence, ...], newer: tuple[LabelledSentence, ...]) -> tuple[LabelledSentence, ...]:
    """Return the sentences of both, labelled before unlabelled ones and newer before older ones where they meet."""
    kept: list[LabelledSentence] = []
    for sentence in sorted(
        (*newer, *older), key=lambda one: one.labels is None
    ):  # stable: of each kind the newer first
        if not any(other.meets(sentence.start, sentence.end) for other in kept):
            kept.append(sentence)
    return tuple(sorted(kept, key=lambda one: one.start))


def in_their_documents(
    newer: Iterable[LabelledParagraph], older: Iterable[LabelledParagraph]
) -> list[LabelledParagraph]:
    """Give a correction that names no document the document of the paragraph it corrects."""
    newer, older = list(newer), list(older)
    if not older or not any(paragraph.has_own_doc for paragraph in newer):
        return newer
    docs = documents_of(older)
    return [in_its_document(paragraph, docs) if paragraph.has_own_doc else paragraph for paragraph in newer]


def documents_of(older: Iterable[LabelledParagraph]) -> dict[str, str]:
    """Return the documents of paragraphs by the names that these go by."""
    return {name: paragraph.doc for paragraph in older for name in (paragraph.words_key, paragraph.key)}


def in_its_document(paragraph: LabelledParagraph, docs: Mapping[str, str]) -> LabelledParagraph:
    """Give a paragraph that names no document the one that it, or one of the same words, has in `documents_of`."""
    doc = docs.get(paragraph.key) or docs.get(paragraph.words_key) or paragraph.doc
    return paragraph if doc == paragraph.doc else replace(paragraph, doc=doc)
