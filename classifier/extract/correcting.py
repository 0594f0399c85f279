"""A labelled document as a workbook to correct: a row a paragraph, a column a label, what the model said kept beside.

What comes back is understood by `labelling/exchange/corrections.py`, which owns the columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from classifier.api import Result
from classifier.extract.labelled import LabelWords
from classifier.extract.words import Words
from classifier.labelling.decision import ASIDE
from classifier.labelling.exchange.correction_columns import (
    CHECK,
    CUT,
    GIVEN,
    MODEL,
    PARAGRAPH,
    SPAN,
    check_heading,
    given_cell,
    heading,
    text_check,
)
from classifier.tables.xlsx_texts import cut
from classifier.tables.xlsx_writer import SheetColumn, SheetRows, Value, write_workbook

_TITLE = ("核对", "check")
_HOW = ("说明", "how to")
_STEPS = (
    (
        "怎样核对",
        "1. 主题不对的，在该行各主题列选“是”或清空；几个主题都有就都选“是”，一个都没有就全部清空。",
        "2. 看过而不必改的，在“已核对”列选“是”；说不准的选“存疑”，不成段落的选“废弃”。",
        "3. 存盘后导入：classify labels import 本文件，或在网页的“标注”页导入。"
        "只取改过的行和“已核对”的行，其余各行不作为人工标注。",
        "4. 可以排序、筛选、删行、移动列。正文请勿改动；隐藏的列记着模型原来的判断，请保留。",
    ),
    (
        "How to check",
        "1. Where labels are wrong, choose yes in the columns of the right ones and empty the others, all for none.",
        "2. Where they are right, choose yes under checked; doubtful where nobody can say, discarded for junk.",
        "3. Save and import: classify labels import FILE, or on the server's page Labels. Only rows that were changed "
        "or checked are taken; the others do not count as decided.",
        "4. Rows may be sorted, filtered and deleted, columns moved. Leave the text as it is, and keep the hidden "
        "columns: they tell what the model said.",
    ),
)  # fmt: skip
_BOILERPLATE = ("未列出（页眉、来源等）", "left out (boilerplate)")
_CUT = (
    "{n}段过长，表中只有开头，须以 .csv 改",
    "{n} paragraphs are too long for a cell and stand here cut: write .csv",
)


@dataclass
class Correcting:
    """How a workbook to correct is written. `shown`: names of documents in place of those of the results.

    `boilerplate`: with the paragraphs that never carry a label. `why`: returns the reasons for a label in words,
    `similar` the labelled paragraphs most like one; None to leave them out. `by_sentence`: results are sentences, and a
    row keeps the paragraph that it stands in. `unread`: returns the name of each document that could not be read, and
    why, once all were tried.
    """

    words: LabelWords
    shown: Mapping[str, str] = field(default_factory=dict)
    boilerplate: bool = False
    why: Callable[[Result, str], str] | None = None
    similar: Callable[[Result], str] | None = None
    by_sentence: bool = False
    unread: Callable[[], Sequence[tuple[str, str]]] = tuple

    def write(self, documents: Iterable[Sequence[Result]], stream: IO[bytes]) -> list[str]:
        """Write documents, row by row; return what there is to say: of paragraphs that no cell holds."""
        told: list[_Told] = []
        write_workbook(self._sheets(documents, told), stream)
        return [f"{one.name}: {_CUT[1].format(n=one.cut)}" for one in told if one.cut]

    def _sheets(self, documents: Iterable[Sequence[Result]], told: list["_Told"]) -> Iterator[SheetRows]:
        english = self.words.language != "zh"
        yield SheetRows(_TITLE[english], self._columns(), self._rows(documents, told), freeze=2)
        first, *rest = _STEPS[english]
        yield SheetRows(_HOW[english], [SheetColumn(first, 110)], [[line] for line in rest], filter=False)
        yield self._documents(told)

    def _columns(self) -> list[SheetColumn]:
        words, language = self.words, self.words.language
        yes = "是" if language == "zh" else "yes"
        aside = tuple(zh if language == "zh" else key for key, zh in ASIDE.items())
        names = [words.name(label) for label in words.taxonomy.ids]
        return [
            SheetColumn(heading("document", language), 20),
            SheetColumn(heading("number", language), 6, "number"),
            SheetColumn(heading("sentence" if self.by_sentence else "text", language), 70),
            *(SheetColumn(name, min(max(8, len(name.encode("gb18030")) + 4), 14), choices=(yes,)) for name in names),
            SheetColumn(heading("checked", language), 10, choices=(yes, *aside)),
            SheetColumn(heading("uncertain", language), 10),
            SheetColumn(heading("answer", language), 26),
            *([SheetColumn(heading("why", language), 50)] if self.why else []),
            *([SheetColumn(heading("similar", language), 60)] if self.similar else []),
            *(SheetColumn(name, 12, hidden=True) for name in self._kept()),
        ]

    def _kept(self) -> tuple[str, ...]:
        """Return the names of the columns for machines."""
        if self.by_sentence:
            return (GIVEN, MODEL, check_heading(PARAGRAPH), PARAGRAPH, *SPAN)
        return (GIVEN, MODEL, CHECK)

    def _rows(self, documents: Iterable[Sequence[Result]], told: list["_Told"]) -> Iterator[list[Value]]:
        for results in documents:
            if not results:
                continue
            about = _Told(self.shown.get(results[0].file, results[0].file))
            told.append(about)
            for result in results:
                about.notes += [note.say(self.words.language) for note in result.notes]
                if result.kind == "boilerplate" and not self.boilerplate:
                    about.left_out += 1
                    continue
                about.rows += 1
                yield self._row(result, about)

    def _row(self, result: Result, about: "_Told") -> list[Value]:
        words, yes = self.words, "是" if self.words.language == "zh" else "yes"
        text = cut(result.text)
        paragraph, start, end = result.in_paragraph
        whole = cut(paragraph) == paragraph
        about.cut += not whole
        return [
            about.name,
            result.index + 1,
            text,
            *(yes if label in result.labels else None for label in words.taxonomy.ids),
            None,
            yes if result.uncertain else None,
            words.signed(result) or None,
            *([self._reasons(result)] if self.why else []),
            *([self.similar(result) or None] if self.similar else []),
            given_cell(result.labels),
            "" if result.decided else result.model,
            text_check(paragraph) if whole else CUT,
            *((cut(paragraph), start, end) if self.by_sentence else ()),
        ]

    def _reasons(self, result: Result) -> str | None:
        if self.why is None or not result.probabilities:
            return None
        nearest = max(result.probabilities, key=lambda label: result.probabilities[label])
        lines = [f"{self.words.name(label)}：{self.why(result, label)}" for label in result.labels or (nearest,)]
        return "\n".join(lines)

    def _documents(self, told: Sequence["_Told"]) -> SheetRows:
        words, english = Words(self.words.language), self.words.language != "zh"
        columns = [
            SheetColumn(words("document"), 30),
            SheetColumn(words("paragraphs"), 8, "number"),
            SheetColumn(_BOILERPLATE[english], 24, "number"),
            SheetColumn(words("notes"), 60),
        ]
        rows: list[list[Value]] = [[one.name, one.rows, one.left_out, one.said(english) or None] for one in told]
        rows += [[name, None, None, words("not_read", reason=reason)] for name, reason in self.unread()]
        return SheetRows(words("documents"), columns, rows, freeze=1)


@dataclass
class _Told:
    """What the list of documents says of one. `cut`: how many texts are longer than a cell holds."""

    name: str
    rows: int = 0
    left_out: int = 0
    cut: int = 0
    notes: list[str] = field(default_factory=list)

    def said(self, english: bool) -> str:
        """Return what was left out of the document or cut, in one cell."""
        cut = [_CUT[english].format(n=self.cut)] if self.cut else []
        return ("; " if english else "；").join([*self.notes, *cut])
