"""What is decided of each paragraph, stored and new: the same paragraph may come as text and as word counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.decision import Decision, moment
from classifier.labelling.paragraph_keys import words_key

STORED = "stored"


def by_paragraph(corpus: Corpus, decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """Return what is decided of each paragraph that `decisions` speak of, in their order; what is stored comes first.

    Word counts belong to the text that has them; where several texts do, to one with the same answer if there is one.
    """
    stored = sorted({one.key: _as_decision(one) for one in corpus.every}.values(), key=lambda one: one.text is None)
    every = [*stored, *decisions]
    texts: dict[str, list[Decision]] = defaultdict(list)
    if any(one.text is None for one in every):  # else no text need be cut into words
        known = {one.key: one.words_key for one in corpus.every}
        for one in every:
            if one.text is not None:
                texts[known.get(one.key) or words_key(corpus.tokeniser.counts(one.text))].append(one)
    groups: dict[str, list[Decision]] = defaultdict(list)
    asked: dict[str, list[Decision]] = {}
    for one in every:
        same = texts.get(one.key, []) if one.text is None else []
        key = next((text.key for text in same if text.answer == one.answer), same[0].key if same else one.key)
        if is_new(one) or not groups[key]:  # of a stored text and its stored counts the text's answer counts
            groups[key].append(one)
        if is_new(one):
            asked[key] = groups[key]
    return asked


def is_new(decision: Decision) -> bool:
    """Tell whether a decision comes with the import rather than from the folder."""
    return decision.where != STORED


def answers(group: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return one decision an answer: one with its text, the one stored already, the newest – in this order.

    The first is the oldest known answer. What is stored and was seen by whoever decided otherwise counts no more.
    """
    found: dict[object, Decision] = {}
    for decision in _without_seen(list(group)):
        known = found.get(decision.answer)
        if known is None or _rank(decision) >= _rank(known):
            found[decision.answer] = decision
    return tuple(found.values())


def _without_seen(group: Sequence[Decision]) -> Iterator[Decision]:
    new = {decision.answer for decision in group if is_new(decision)}
    seen = {("", frozenset(decision.seen)) for decision in group if is_new(decision) and decision.seen is not None}
    for decision in group:
        if is_new(decision) or decision.answer in new or decision.answer not in seen:
            yield decision


def _rank(decision: Decision) -> tuple[bool, bool, datetime]:
    return decision.text is not None, not is_new(decision), moment(decision.date)


def text_of(group: Sequence[Decision]) -> str | None:
    """Return a paragraph's text, None where only its word counts are known."""
    return next((decision.text for decision in group if decision.text is not None), None)


def with_text(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Give an answer that came with word counts the text that is known: it can be read and handed on."""
    text = text_of(group)
    if chosen.text is not None or text is None:
        return chosen
    facts = {key: value for key, value in chosen.facts.items() if key != "tokeniser"}
    return replace(chosen, text=text, words=None, facts=facts)


def with_passes(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Keep what each of several people said beside what counts."""
    passes = {
        decision.by: list(decision.labels)
        for decision in group
        if is_new(decision) and decision.by and decision.judged and not decision.aside
    }
    return replace(chosen, facts={**chosen.facts, "annotations": passes}) if len(passes) > 1 else chosen


def _as_decision(paragraph: LabelledParagraph) -> Decision:
    words = None if paragraph.text is not None else paragraph.words
    by, date = str(paragraph.facts.get("by") or ""), str(paragraph.facts.get("date") or paragraph.at)
    return Decision(
        paragraph.labels, paragraph.text, words, paragraph.doc, by, date, paragraph.aside, where=STORED,
        sentences=paragraph.sentences, judged=paragraph.judged,
    )  # fmt: skip


def shown(group: Sequence[Decision]) -> str:
    """Return what a person sees of a paragraph."""
    return text_of(group) or f"({len(group[0].words or {})} words without text)"
