"""Which of a person's corrections a new model follows: decisions that the model in use before answered otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from classifier.api import Model
from classifier.decisions import nearest
from classifier.labelling.corpus import Corpus
from classifier.labelling.decided import of_a_person
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.model.store import StoredModel

Labels = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a model says of a paragraph or a sentence: its labels, and each label's probability."""

    labels: Labels
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class Correction:
    """A decision on a paragraph or on one of its sentences, and what models say of the same.

    `text`: of which was decided, "" where only its word counts are kept; `where`: its row ("file:line"). `before`: the
    model that was in use, None where there was none with these labels. The new model has learnt the decision.
    """

    text: str
    where: str
    decided: Labels
    before: Answer | None
    now: Answer

    @property
    def followed(self) -> bool:
        """Whether the new model says the same; the order of labels is no difference."""
        return set(self.decided) == set(self.now.labels)


@dataclass(frozen=True)
class Corrections:
    """The corrections in a corpus. `before`: the model that was in use, "" for none: then all decisions are there."""

    before: str
    found: tuple[Correction, ...]

    @property
    def not_followed(self) -> list[Correction]:
        """Those that the new model answers otherwise, in order."""
        return [one for one in self.found if not one.followed]


def corrections(corpus: Corpus, new: StoredModel, before: StoredModel | None) -> Corrections:
    """Return the decisions of a corpus that a person made and the model in use before answered otherwise.

    All of them where there was none, or one that knows other labels. What was set aside is not among them.
    """
    own = [one for paragraph in corpus.every if not paragraph.shipped and (one := of_a_person(paragraph)) is not None]
    same = before is not None and set(before.taxonomy.ids) == set(new.taxonomy.ids)
    old = Model.of(before) if before is not None and same else None
    now, then = _answers(own, Model.of(new)), _answers(own, old) if old is not None else None
    found = []
    for number, (text, where, decided) in enumerate(_said(own)):
        was = then[number] if then is not None else None
        if was is None or set(was.labels) != set(decided):
            found.append(Correction(text, where, decided, was, now[number]))
    return Corrections(old.version if old is not None else "", tuple(found))


def _said(own: Sequence[LabelledParagraph]) -> Iterator[tuple[str, str, Labels]]:
    """Yield the text, the place and the labels of each decision: a paragraph's, then those of its sentences."""
    for paragraph in own:
        text = paragraph.text or ""
        if paragraph.judged:
            yield text, paragraph.where, paragraph.labels
        for sentence in paragraph.sentences if paragraph.text is not None else ():
            yield text[sentence.start : sentence.end], paragraph.where, sentence.labels or ()


def _answers(own: Sequence[LabelledParagraph], model: Model) -> list[Answer]:
    """Return what a model says, in the order of `_said`."""
    found: list[Answer] = []
    results = iter(
        model.label_paragraphs([paragraph.text for paragraph in own if paragraph.text is not None], sentences=True)
    )
    for paragraph in own:
        if paragraph.text is None:
            found += [_of_words(paragraph, model)] if paragraph.judged else []
            continue
        result = next(results)
        if paragraph.judged:
            found.append(Answer(result.labels, result.probabilities))
        for sentence in paragraph.sentences:
            there = nearest(sentence, result.sentences or ())
            found.append(Answer(there.labels, there.probabilities))
    return found


def _of_words(paragraph: LabelledParagraph, model: Model) -> Answer:
    row = model.scorer.probabilities([paragraph.words])[0].tolist()
    probabilities = dict(zip(model.ids, row, strict=True))
    thresholds = dict(zip(model.ids, model.scorer.threshold.tolist(), strict=True))
    given = [label for label in model.ids if probabilities[label] >= thresholds[label]]
    return Answer(tuple(sorted(given, key=lambda label: -probabilities[label])), probabilities)
