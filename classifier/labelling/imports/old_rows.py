"""Rows that come back to the folder that handed them on, though something else was decided there since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from classifier.labelling.decision import Decision, moment
from classifier.labelling.labelled_paragraph import LabelledParagraph

_Said = tuple[object, datetime]  # an answer on a paragraph or a sentence, and when it was given


def without_outdated(
    decisions: Sequence[Decision], every: Iterable[LabelledParagraph], counting: Mapping[str, LabelledParagraph]
) -> list[Decision]:
    """Leave out decisions that the folder had, and on which somebody decided anew: they say nothing that is new.

    By when they came in, and not by the date that they bear. `every`: all decisions of the folder; `counting`: those
    that count, by their paragraphs' keys. What bears no date is as new as its file.
    """
    asked = {one.key for one in decisions if one.date or any(part.date for part in one.sentences)}
    had: dict[str, set[_Said]] = defaultdict(set)
    for paragraph in every:
        if paragraph.key in asked:
            had[paragraph.key].update(_said_of(paragraph))
    return [one for one in decisions if not _is_outdated(one, had.get(one.key, set()), counting.get(one.key))]


def _is_outdated(decision: Decision, had: set[_Said], counts: LabelledParagraph | None) -> bool:
    if counts is None or not had:
        return False
    now, says = set(_said_of(counts)), list(_says(decision))
    return bool(says) and all(one in had for one in says) and any(one not in now for one in says)


def _says(decision: Decision) -> Iterator[_Said]:
    if decision.judged:
        yield decision.answer, moment(decision.date)
    for part in decision.sentences:
        if part.labels is not None:
            yield (part.start, part.end, frozenset(part.labels)), moment(part.date or decision.date)


def _said_of(paragraph: LabelledParagraph) -> Iterator[_Said]:
    date = str(paragraph.facts.get("date") or paragraph.at)
    if paragraph.judged and date:
        yield (paragraph.aside, frozenset(paragraph.labels)), moment(date)
    for part in paragraph.labelled_sentences:
        if part.date or part.at:
            yield (part.start, part.end, frozenset(part.labels or ())), moment(part.date or part.at)
