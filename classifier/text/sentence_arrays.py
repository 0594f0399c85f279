"""Sentences of many texts at once: what `sentences` finds in each, for most texts by arithmetic on code units.

Where sentences may be joined or cut at commas, and in texts that stand apart, the functions of `sentences` decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.text.joined_texts import CLOSER, END, SEMICOLON, SPACE, STOP, WORD, Ints, JoinedTexts, at, owners, steps
from classifier.text.lines import Span
from classifier.text.sentences import ENDLESS, LEAST, LIST_END, SHORT_ITEM, cut_endless, join_short, sentences

Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sentences:
    """The sentences of joined texts, an empty text having one.

    `starts`: where they begin in `texts.code_units`. `apart`: the sentences of texts that stand apart, which count for
    one in `starts`.
    """

    texts: JoinedTexts
    starts: Ints
    apart: Mapping[int, list[Span]]

    @cached_property
    def offsets(self) -> Ints:
        """Text t has the `starts` from `offsets[t]` to `offsets[t + 1]`."""
        return np.append(np.searchsorted(self.starts, self.texts.starts), len(self.starts))

    @cached_property
    def owner(self) -> Ints:
        """The text of each of `starts`."""
        return owners(self.offsets)

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """Where the sentences of `starts` begin and end in their texts."""
        starts = self.starts - at(self.texts.starts, self.owner)
        ends = np.append(starts[1:], 0)
        ends[self.offsets[1:] - 1] = self.texts.ends - self.texts.starts
        return starts, ends

    def inner(self) -> Ints:
        """Return those of `starts` that do not begin their text."""
        inside = np.ones(len(self.starts), bool)
        inside[self.offsets[:-1]] = False
        return self.starts[inside]

    def texts_of(self, number: int) -> list[str]:
        """Return a sentence's text, by its number in `starts`; of a text that stands apart those of all of them."""
        owner, (starts, ends) = int(self.owner[number]), self.spans
        spans = self.apart.get(owner) or [(int(starts[number]), int(ends[number]))]
        return [self.texts.texts[owner][start:end] for start, end in spans]

    def in_characters(self) -> tuple[Ints, Ints, Ints]:
        """Return offsets (texts + 1), starts and ends (S), counted in the characters of each sentence's text.

        Text t has the sentences `offsets[t]` to `offsets[t + 1]`, an empty one (0, 0).
        """
        offsets, (starts, ends) = self.offsets, self.spans
        if not self.apart:
            return offsets, starts, ends
        times = np.ones(len(starts), np.int64)
        places = offsets[list(self.apart)]
        times[places] = [len(spans) for spans in self.apart.values()]
        before = np.cumsum(times) - times
        starts, ends = np.repeat(starts, times), np.repeat(ends, times)
        for place, spans in zip(before[places].tolist(), self.apart.values(), strict=True):
            starts[place : place + len(spans)], ends[place : place + len(spans)] = np.transpose(spans)
        return np.append(before, len(starts))[offsets], starts, ends


def sentences_of(texts: JoinedTexts) -> Sentences:
    """Cut texts into sentences."""
    apart = {number: sentences(texts.texts[number]) for number in texts.apart}
    inner, item = _part_starts(texts)
    starts = np.sort(np.concatenate([texts.starts, inner]))
    after_item = np.zeros(len(starts), bool)
    after_item[np.searchsorted(starts, inner)] = item
    parts = Sentences(texts, starts, apart)
    return _join_short_parts(parts, after_item) if len(starts) else parts


def _part_starts(texts: JoinedTexts) -> tuple[Ints, Marks]:
    """Return where parts begin behind the end of another in the same text, and whether that was at a semicolon."""
    kinds = texts.kinds
    stops = (kinds & STOP != 0).nonzero()[0]
    last = stops[steps(stops, -1) != 1]
    ends = _skip_marked(kinds, _skip_marked(kinds, last + 1, CLOSER), SPACE)
    inside = at(texts.code_units, ends) != ord(END)
    last, ends = last[inside], ends[inside]
    return ends, (at(kinds, last) & SEMICOLON != 0) & (ends - last <= LIST_END)


def _skip_marked(kinds: NDArray[np.uint16], places: Ints, mark: np.uint16) -> Ints:
    """Return the first place from each on that is not marked."""
    going = np.arange(len(places))
    while going.size:
        going = going[at(kinds, places[going]) & mark != 0]
        places[going] += 1
    return places


def _join_short_parts(parts: Sentences, after_item: Marks) -> Sentences:
    """Join parts and cut them at commas as `sentences` does: where lists or endless parts may be, by `sentences`."""
    starts, size = parts.starts, len(parts.texts.code_units)
    lengths = steps(starts, size)  # END included, behind a text's last part
    letters = np.add.reduceat(parts.texts.kinds & WORD != 0, starts, dtype=np.int64)
    keep = ~_goes_on(letters, parts)
    unsure = lengths > ENDLESS
    unsure[1:] |= after_item[1:] & (lengths[:-1] <= SHORT_ITEM) & (lengths[1:] <= SHORT_ITEM + len(END))
    kept = keep.nonzero()[0]
    endless = steps(at(starts, kept), size) > ENDLESS
    chosen = np.zeros(len(parts.offsets) - 1, bool)  # np.union1d would bring numpy.ma
    chosen[parts.owner[unsure]] = chosen[at(parts.owner, kept[endless])] = True
    added: list[int] = []
    for number in chosen.nonzero()[0].tolist():
        here = slice(*parts.offsets[number : number + 2].tolist())
        first = int(parts.texts.starts[number])
        spans = _one_by_one(parts, number, letters[here].tolist(), [*after_item[here][1:].tolist(), False])
        keep[here] = False
        added += [first + start for start, _ in spans]
    starts = starts[keep]
    return Sentences(parts.texts, np.sort(np.concatenate([starts, added])) if added else starts, parts.apart)


def _goes_on(letters: Ints, parts: Sentences) -> Marks:
    """Mark the parts that join those before: too short ones, and the second while the first is too short."""
    before = letters.cumsum() - letters
    first = parts.offsets[:-1]
    opening = before - at(at(before, first), parts.owner) < LEAST
    found: Marks = (letters < LEAST) | opening
    found[first] = False
    return found


def _one_by_one(parts: Sentences, number: int, letters: list[int], item: list[bool]) -> list[Span]:
    """Return the sentences of one text, whose parts have so many letters; `item`: which end at a semicolon."""
    text, here = parts.texts.texts[number], slice(*parts.offsets[number : number + 2].tolist())
    spans = list(zip(*(array[here].tolist() for array in parts.spans), strict=True))
    if all(end - start <= ENDLESS for start, end in spans):
        return cut_endless(text, join_short(spans, letters, item))
    return sentences(text)
