"""The columns of a table to correct: how they are called, and where they are in one that comes back.

Three of them are for the way back: `checked`, which a person ticks; `given`, the labels that the row was written with;
`text_check`, a checksum of the text, which names the column of the text where its heading does not tell.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifier.errors import LabelError
from classifier.labelling.exchange.columns import check_once
from classifier.labelling.label_names import Names
from classifier.labelling.paragraph_keys import text_key
from classifier.labelling.taxonomy import NONE
from classifier.tables.names import find, folded, places

CHECKED, GIVEN, MODEL, CHECK = "checked", "given", "model", "text_check"
CUT = "cut"  # in the place of a checksum: the text is longer than a cell holds
PARAGRAPH = "paragraph"  # the text where a table's own column `text` holds a sentence of it
PRIMARY, DECIDED, ERROR, SENTENCE = "primary", "decided", "error", "sentence"
SPAN = ("sentence_start", "sentence_end")
Language = Literal["zh", "en"]
Heading = Literal["document", "number", "text", "sentence", "checked", "uncertain", "answer", "why", "similar"]
_HEADINGS: dict[Heading, tuple[str, str]] = {
    "document": ("文件", "document"),
    "number": ("段号", "no."),
    "text": ("正文", "text"),
    "sentence": ("句子", "sentence"),
    "checked": ("已核对", CHECKED),
    "uncertain": ("需核对", "uncertain"),
    "answer": ("模型判断", "model's answer"),
    "why": ("理由", "why"),
    "similar": ("相似的已标注段落", "similar labelled paragraphs"),
}
PROBABILITY = "概率"  # behind a label's Chinese name, the heading of its probabilities: no column of ticks
_CHECK = re.compile(rf"(?P<prefix>.*){CHECK}(?::(?P<text>.*))?")


class LostColumnsError(LabelError):
    """A table to correct without the columns that tell what a person changed: another program dropped them."""


def heading(name: Heading, language: Language) -> str:
    """Return what a column is called."""
    return _HEADINGS[name][language != "zh"]


def probability_heading(name: str) -> str:
    """Return what the column of a label's probabilities is called where people read it by the label's Chinese name."""
    return name + PROBABILITY


def check_heading(text: str) -> str:
    """Return what the column of checksums is called where the text stands in a column of this name."""
    return f"{CHECK}:{text}"


def text_check(text: str) -> str:
    """Return a checksum of a text, whatever its spaces and widths, which no spreadsheet takes for a number."""
    return "t" + text_key(text)[:16]


def given_cell(labels: Sequence[str]) -> str:
    """Return what the column `given` says of a paragraph with these labels (ids)."""
    return ",".join(labels) or NONE


@dataclass(frozen=True)
class Corrected:
    """Places of columns. `labels`: the one that holds a row's labels; None where there is one a label, in `marks`.

    `span`: where rows are sentences, the two of where in the text the sentence begins and ends; None where they are
    paragraphs. `others`: of checked, model, primary, decided, error, sentence and doc, those that are there.
    """

    text: int
    given: int
    check: int
    labels: int | None
    marks: Mapping[int, str]
    others: Mapping[str, int]
    span: tuple[int, int] | None = None

    def needed(self) -> dict[int, str]:
        """Return the columns whose cells must be readable, with what they hold."""
        own = {self.text: "text", self.given: GIVEN, self.check: CHECK, **dict.fromkeys(self.marks, "label")}
        own |= {self.others[CHECKED]: CHECKED} if CHECKED in self.others else {}
        own |= dict.fromkeys(self.span or (), "place")
        return own if self.labels is None else own | {self.labels: "labels"}


def columns_of(headings: Sequence[str], names: Names) -> Corrected | None:
    """Return the places of columns in a table to correct; None for another table.

    Raises LabelError for one that has lost the columns by which changes are told.
    """
    plain = [folded(one) for one in headings]
    check, prefix, named = _check_column(plain)
    if check is None or prefix + GIVEN not in plain:
        if places(headings, "text") and _are_of_one_to_correct(plain):
            raise LostColumnsError(
                f"is a table to correct that has lost its columns {GIVEN} and {CHECK}, which tell what the model said "
                "and so what you changed: write it anew"
            )
        return None
    text = find(headings, named) if named else next(iter(places(headings, "text")), None)
    if text is None:
        if not named:
            return None
        raise LabelError(f"is a table to correct that has no column {named} any more: give it its name again")
    given = plain.index(prefix + GIVEN)
    labels = plain.index(prefix + "labels") if prefix + "labels" in plain else None
    others = _others(headings, plain, prefix)
    span = _span(plain, prefix)
    if span and SENTENCE not in others and named == PARAGRAPH and "text" in plain:
        others[SENTENCE] = plain.index("text")
    taken = {text, *others.values(), given, check, *(span or ())}
    marks = {k: one.strip() for k, one in enumerate(headings) if k not in taken and names.knows(one.strip())}
    check_once(marks.values(), names)
    return Corrected(text, given, check, labels, {} if labels is not None else marks, others, span)


def _are_of_one_to_correct(plain: Sequence[str]) -> bool:
    """Tell from what a person meets in a table whether it was written to be corrected: ours alone have both columns."""
    there = set(plain)
    if there & set(map(folded, _HEADINGS["answer"])):
        return True
    ticked = {folded(one) for one in _HEADINGS["checked"]}
    before = [one.removesuffix("uncertain") for one in plain if one.endswith("uncertain")]
    return any({one + "labels", one + MODEL} <= there and any(one + tick in there for tick in ticked) for one in before)


def is_to_correct(headings: Iterable[str]) -> bool:
    """Tell whether headings are those of a table to correct, by the columns that tell what was changed."""
    plain = [folded(one) for one in headings]
    check, prefix, _ = _check_column(plain)
    return check is not None and prefix + GIVEN in plain


def _check_column(plain: Sequence[str]) -> tuple[int | None, str, str]:
    """Return the place of the checksums (None: they are not there), what stands before names, and the text's column."""
    for place, one in enumerate(plain):
        if found := _CHECK.fullmatch(one):
            return place, found["prefix"], found["text"] or ""
    return None, "", ""


def _others(headings: Sequence[str], plain: Sequence[str], prefix: str) -> dict[str, int]:
    """Return the places of columns that may be there; what scoring added is called with the prefix."""
    own = (MODEL, PRIMARY, DECIDED, ERROR, SENTENCE)
    found = {name: plain.index(prefix + name) for name in own if prefix + name in plain}
    if folded(_HEADINGS["sentence"][0]) in plain:
        found.setdefault(SENTENCE, plain.index(folded(_HEADINGS["sentence"][0])))
    ticked = [prefix + folded(one) for one in _HEADINGS["checked"]]
    checked = [place for place, one in enumerate(plain) if one in ticked]
    document = places(headings, "doc")
    return found | {role: some[0] for role, some in ((CHECKED, checked), ("doc", document)) if some}


def _span(plain: Sequence[str], prefix: str) -> tuple[int, int] | None:
    """Return the columns of a sentence's place in its text; they are start and end where rows are no documents'."""
    for names, needed in ((SPAN, set[str]()), (("start", "end"), {SENTENCE})):
        start, end = (prefix + name for name in names)
        if {start, end, *(prefix + one for one in needed)} <= set(plain):
            return plain.index(start), plain.index(end)
    return None
