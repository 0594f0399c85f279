"""Tables to correct: each row keeps what was said of it, so that only what a person changed or ticked is taken.

`classify FILE -o x.xlsx` writes them with a column a label (`extract/correcting.py`), `-o x.csv` with all labels in one
cell (`cli/rows.py`). Rows may be sorted, filtered and deleted, columns moved: each row is understood by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.exchange.columns import marked, whole_number
from classifier.labelling.exchange.corrected_row import CorrectedRow, Line
from classifier.labelling.exchange.correction_columns import (
    CHECK,
    CHECKED,
    CUT,
    DECIDED,
    GIVEN,
    MODEL,
    PRIMARY,
    SENTENCE,
    Corrected,
)
from classifier.labelling.exchange.format import Row, Source, need_text
from classifier.labelling.exchange.sentence_rows import sentence
from classifier.labelling.label_names import Names
from classifier.labelling.paragraph_keys import text_key
from classifier.labelling.taxonomy import NONE
from classifier.tables.formula_guard import unguarded

SHEETS_BESIDE = frozenset({"说明", "how to", "文件清单", "Documents"})  # what else stands in such a workbook
_OWN_TABLE = "put paragraphs of your own into a table with the headings 文本 and 标签 (text and label)"


def taken_rows(lines: Iterable[Line], at: Corrected, source: Source, names: Names) -> Iterator[Row]:
    """Yield the rows that a person changed or ticked, each with its decision; count these and the others.

    A row that cannot be understood is yielded with its problem. Raises LabelError where columns were named by hand.
    """
    if source.wanted:
        raise LabelError("is a table to correct, which needs no --text-column and no --label-column: leave them out")
    source.say(_lost_note(at, names))
    edited, without, unscored, silent = [], [], [], []
    for line in lines:
        where = line.where
        try:
            row = CorrectedRow.of(line, at)
            if row.unscored and not row.labels:
                source.touched.untouched += 1
                unscored += [where] if row.others.get(CHECKED) else []
                continue
            if row.is_remark and not row.unscored:
                without.append(where)
                continue
            if row.is_silent:  # a row that was hidden when the table was scored, a paragraph somebody added
                silent.append(where)
                continue
            found = _decided(row, names)
        except LabelError as error:
            source.touched.unsure += 1
            yield where, {"problem": str(error)}
            continue
        if found is None:
            source.touched.untouched += 1
            source.touched.unsure += not row.sound
            edited += [] if row.sound else [where]
            continue
        source.touched.corrected += found.changed
        source.touched.read += not found.changed
        yield where, {"decision": found.decision}
    source.say_of(edited, "the text was edited or is not whole, the labels are as they were; left out")
    source.say_of(without, "has no text; passed over")
    source.say_of(silent, "has no answer of the model and no label; left out")
    source.say_of(unscored, "is ticked as read, but could not be scored and has no answer; left out")


def _lost_note(at: Corrected, names: Names) -> str:
    """Say which labels have no column of their own, deleted or renamed: nothing was taken of them."""
    there = {names.meant(name) for name in at.marks.values()}
    lost = [one for one in names.taxonomy.labels if one.id not in there]
    if at.labels is not None or not lost:
        return ""
    return f"no column is headed {', '.join(f'{one.zh} / {one.en}' for one in lost)}; rows keep what was given of them"


@dataclass(frozen=True)
class _Found:
    decision: Decision
    changed: bool


def _decided(row: CorrectedRow, names: Names) -> _Found | None:
    """Return what a person decided in a row, None where nobody did. Raises LabelError."""
    if row.unscored and row.without_text:
        raise LabelError(row.without_text)
    if row.unscored:
        raise LabelError(f"could not be scored and has no answer to correct: {row.unscored}; {_OWN_TABLE}")
    if not (row.given and row.check):
        raise LabelError(f"was not written by classify, or has lost what stood under {GIVEN} and {CHECK}; {_OWN_TABLE}")
    raw = [one for part in row.given.split(",") if (one := part.strip()) and one.casefold() != NONE]
    given = tuple(names.meant(one) or one for one in raw)
    labels, aside = _said(row, given, names)
    ticked, set_aside = _checked(row.others.get(CHECKED, ""), names)
    changed = bool(aside) or (labels != given if row.labels is not None else set(labels) != set(given))
    if set_aside and changed and aside != set_aside:
        raise LabelError(f"is set aside ({ASIDE[set_aside]}) and its labels were changed; one of both must go")
    if not (changed or ticked):
        _check_primary(row, given, names)
        return None
    if set_aside:
        labels, aside, changed = (), set_aside, True
    labels, _ = names.read(labels)
    doc = unguarded(row.others.get("doc", ""))
    seen = given if row.others.get(DECIDED) or row.others.get(MODEL) == "" else None
    if row.span is not None:
        return _Found(_of_sentence(row, labels, aside, doc, seen), changed)
    of_the_model = row.others.get(MODEL) and not row.others.get(DECIDED)
    said = {"suggested": list(given), "suggested_by": row.others[MODEL]} if of_the_model else {}
    return _Found(Decision(labels, _text(row), doc=doc, aside=aside, facts=said, seen=seen), changed)


def _of_sentence(
    row: CorrectedRow, labels: tuple[str, ...], aside: str, doc: str, seen: tuple[str, ...] | None
) -> Decision:
    """Return what a person decided of the sentence of its text that a row names. Raises LabelError."""
    text, (begins, ends) = _text(row), row.span or ("", "")
    start, end = whole_number(begins), whole_number(ends)
    if start is None or end is None:
        raise LabelError(f"start and end must be whole numbers of characters, not {begins!r} and {ends!r}")
    part = sentence(text, start, end, labels, aside)
    shown = row.others.get(SENTENCE)
    if shown is not None and text_key(text[start:end]) not in {text_key(shown), text_key(unguarded(shown))}:
        raise LabelError(
            "the sentence was edited (or sorted apart from the other columns), so that the labels may belong to "
            f"another one: put it back; {_OWN_TABLE}"
        )
    return Decision((), text, doc=doc, sentences=part, judged=False, seen=seen)


def _text(row: CorrectedRow) -> str:
    """Return the text that the labels are for; raise LabelError where it is another than was written."""
    if row.without_text:
        raise LabelError(row.without_text)
    if row.check == CUT:
        raise LabelError(
            "its text is longer than an Excel cell holds and stands here cut: label it in a table that is written as "
            ".csv, or by classify review"
        )
    if row.whole is None:
        raise LabelError(
            "the text was edited (or sorted apart from the other columns, or lost characters when the file was saved), "
            f"so that the labels may belong to another one: put the text back; {_OWN_TABLE}"
        )
    return need_text(row.whole)


def _said(row: CorrectedRow, labels: tuple[str, ...], names: Names) -> tuple[tuple[str, ...], str]:
    """Return the labels that a row has now, and why it is set aside; those without a column stay as they were."""
    if row.labels is not None:
        if row.labels == row.given or (row.labels.casefold() in {"", NONE} and not labels):
            return labels, ""
        return names.read_cell(row.labels)
    columns = {name: names.meant(name) or name for name in row.marks}
    yes = [columns[name] for name in marked(row.marks) or ()]
    kept = [label for label in labels if label in yes or label not in columns.values()]
    return (*kept, *(one for one in yes if one not in labels)), ""


def _checked(cell: str, names: Names) -> tuple[bool, str]:
    """Return whether a row was ticked as read, and why it was set aside there."""
    meant = names.meant(cell) if cell else None
    if meant in ASIDE:
        return True, meant or ""
    try:
        return bool(marked({"已核对/checked": cell})), ""
    except LabelError as error:
        raise LabelError(f"{error}, nor 存疑 (doubtful) or 废弃 (discarded)") from error


def _check_primary(row: CorrectedRow, labels: tuple[str, ...], names: Names) -> None:
    """Raise LabelError where the first label was changed beside the labels: nothing would be taken of it."""
    said = row.others.get(PRIMARY, "")
    first = labels[0] if labels else NONE
    if said and (names.meant(said) or said) != first:
        raise LabelError(f"{PRIMARY} says {said!r}, labels {row.labels or NONE!r}: change the labels, not {PRIMARY}")
