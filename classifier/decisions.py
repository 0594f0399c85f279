"""What a person decided in place of what a model answers: `with_decisions(model.label(text), open_decisions())`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from classifier.labelling.decided import Decided, Decisions, by_whom, carried, replaces
from classifier.labelling.folder.decision_index import FolderDecisions, open_decisions
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_places import labelled_in, tiles
from classifier.result import Result, SentenceResult

__all__ = [
    "Decided",
    "Decisions",
    "FolderDecisions",
    "fitting",
    "followed_by_sentences",
    "nearest",
    "open_decisions",
    "with_decisions",
]


def with_decisions(results: Iterable[Result], decisions: Decisions | None) -> list[Result]:
    """Return results in which a person's labels stand in place of the model's where a person decided.

    Such a result says by whom and when (`decided`) and is not uncertain; probabilities, topics and reasons stay the
    model's. A paragraph is found by its text, whatever its spaces and widths. A decision that sets a paragraph aside
    (存疑, 废弃) replaces nothing. Labels of sentences take the place of the model's in the same way; what the model
    finds in other sentences of a decided paragraph counts only where it is among the labels that were given. Nothing
    is replaced where the folder knows other labels than the model, or for None.
    """
    return [_decided(result, decisions) for result in results]


def decided_alone(results: Iterable[Result], decisions: Decisions | None) -> list[Result]:
    """Return results with what people decided and nothing of a model that has other labels than the folder.

    Sentences are there where results have them and a person decided on them or on their paragraph, else None.
    """
    return [_without_model(result, decisions) for result in results]


def _without_model(result: Result, decisions: Decisions | None) -> Result:
    bare = replace(result, labels=(), probabilities={}, uncertain=False, model="", topics=(), sentences=None)
    if decisions is None or (known := decisions.find(result.text)) is None:
        return bare
    told = [replace(one, labels=(), probabilities={}, uncertain=False) for one in result.sentences or ()]
    inside = _sentences(bare, told, known) if told else None
    if not replaces(known):
        return replace(bare, sentences=inside)
    return replace(bare, labels=known.labels, sentences=inside, decided=by_whom(known))


def fitting(decisions: FolderDecisions | None, ids: Iterable[str]) -> FolderDecisions | None:
    """Return decisions that can stand for answers with these labels: None where the folder knows other labels."""
    return decisions if decisions is not None and decisions.ids == frozenset(ids) else None


def _decided(result: Result, decisions: Decisions | None) -> Result:
    if decisions is None or (known := decisions.find(result.text)) is None:
        return result
    if decisions.ids != result.probabilities.keys():
        return result
    sentences = None if result.sentences is None else _sentences(result, result.sentences, known)
    if not replaces(known):
        return replace(result, sentences=sentences)
    return replace(result, labels=known.labels, uncertain=False, sentences=sentences, decided=by_whom(known))


def _sentences(result: Result, told: Sequence[SentenceResult], known: LabelledParagraph) -> tuple[SentenceResult, ...]:
    """Return a paragraph's sentences: those that a person labelled where they stand, and around them the model's."""
    own = labelled_in(known, result.text)
    if not own and not replaces(known):
        return tuple(told)
    parts = (
        [(nearest(tile, told), tile) for tile in tiles(result.text, own)]
        if own
        else [(sentence, None) for sentence in told]
    )
    given = known.labels if replaces(known) else None
    before = [
        (model.labels if one is None or one.labels is None else one.labels, one is not None and one.labels is not None)
        for model, one in parts
    ]
    of_paragraph = by_whom(known) if replaces(known) else None
    return tuple(
        _sentence(model, one, labels, of_paragraph)
        for (model, one), labels in zip(parts, carried(given, before), strict=True)
    )


def _sentence(
    model: SentenceResult, sentence: LabelledSentence | None, labels: tuple[str, ...], of_paragraph: Decided | None
) -> SentenceResult:
    own = by_whom(sentence) if sentence is not None and sentence.labels is not None else of_paragraph
    start, end = (model.start, model.end) if sentence is None else (sentence.start, sentence.end)
    return replace(
        model, start=start, end=end, labels=labels, uncertain=model.uncertain and own is None, decided=own
    )  # fmt: skip


def followed_by_sentences(result: Result) -> Result:
    """Return a result whose labels a person gave (`decided`) with sentences that carry these, and no others."""
    if result.decided is None or not result.sentences:
        return result
    labels = carried(result.labels, [(one.labels, False) for one in result.sentences])
    told = (
        replace(one, labels=given, uncertain=False, decided=result.decided)
        for one, given in zip(result.sentences, labels, strict=True)
    )
    return replace(result, sentences=tuple(told))


def nearest(sentence: LabelledSentence, told: Sequence[SentenceResult]) -> SentenceResult:
    """Return what the model says of the sentence that shares most characters with a stretch of the text."""
    return max(told, key=lambda part: min(sentence.end, part.end) - max(sentence.start, part.start))
