"""What is decided of each paragraph, stored and new: the same paragraph may come as text and as word counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def is_new(one: Decision) -> bool:
    """Tell whether a decision comes with the import rather than from the folder."""
    return one.where != STORED


def answers(group: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return one decision an answer: one with its text, the one stored already, the newest – in this order.

    The first is the oldest known answer.
    """
    found: dict[object, Decision] = {}
    for one in group:
        known = found.get(one.answer)
        if known is None or _rank(one) >= _rank(known):
            found[one.answer] = one
    return tuple(found.values())


def _rank(one: Decision) -> tuple[bool, bool, datetime]:
    return one.text is not None, not is_new(one), moment(one.date)


def text_of(group: Sequence[Decision]) -> str | None:
    """Return a paragraph's text, None where only its word counts are known."""
    return next((one.text for one in group if one.text is not None), None)


def with_text(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Give an answer that came with word counts the text that is known: it can be read and handed on."""
    text = text_of(group)
    if chosen.text is not None or text is None:
        return chosen
    facts = {key: value for key, value in chosen.facts.items() if key != "tokeniser"}
    return replace(chosen, text=text, words=None, facts=facts)


def with_passes(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Keep what each of several people said beside what counts."""
    passes = {one.by: list(one.labels) for one in group if is_new(one) and one.by and one.judged and not one.aside}
    return replace(chosen, facts={**chosen.facts, "annotations": passes}) if len(passes) > 1 else chosen


def _as_decision(one: LabelledParagraph) -> Decision:
    words = None if one.text is not None else one.words
    by, date = str(one.facts.get("by") or ""), str(one.facts.get("date") or one.at)
    return Decision(
        one.labels, one.text, words, one.doc, by, date, one.aside, where=STORED, sentences=one.sentences,
        judged=one.judged,
    )  # fmt: skip


def shown(group: Sequence[Decision]) -> str:
    """Return what a person sees of a paragraph."""
    return text_of(group) or f"({len(group[0].words or {})} words without text)"
