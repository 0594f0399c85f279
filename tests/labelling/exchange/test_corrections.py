"""Tables to correct: what a person changed or ticked comes in, what nobody touched stays out."""

import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from classifier.labelling.exchange.format import Wanted
from classifier.labelling.exchange.recognise import understood
from classifier.tables.xlsx_texts import CELL_MOST, written
from tests.labelling.exchange.making_corrections import (
    TEXTS,
    Rows,
    answer,
    answers,
    as_csv,
    book,
    changed,
    counts,
    hidden_columns,
    put,
    read,
    said,
    table,
)
from tests.labelling.exchange.test_formats import NAMES, TAXONOMY
from tests.labelling.exchange.test_round_trip import texts

RICE, GUESTS, BOTH, MEETING = TEXTS
FARM, TRIP = ("farming",), ("tourism",)


def test_a_table_as_it_was_written_decides_nothing() -> None:
    """No answer of the model comes in as a person's, in neither format."""
    for found in (read(book()), read(as_csv(table()), "改.csv")):
        assert (found.decisions, found.problems, found.skipped, counts(found)) == ((), (), 0, (0, 0, 4))


def test_what_was_changed_and_what_was_ticked() -> None:
    """A label added, one taken away, all cleared, one row ticked: each with its document and what the model said."""
    data = changed(book(), put(1, "文旅", "是"), put(2, "文旅", None), put(3, "农业", "否"), put(4, "已核对", "是"))
    found = read(data)
    assert said(found) == {RICE: (FARM + TRIP, ""), GUESTS: ((), ""), BOTH: (TRIP, ""), MEETING: ((), "")}
    assert counts(found) == (3, 1, 0)
    first = found.decisions[0]
    assert (first.doc, first.confirmed, first.facts) == (
        "甲.txt",
        True,
        {"suggested": ["farming"], "suggested_by": "m1"},
    )


@pytest.mark.parametrize(
    ("cell", "labels", "aside"),
    [("文旅", TRIP, ""), ("农业、文旅", FARM + TRIP, ""), ("", (), ""), ("无", (), ""), ("无主题", (), ""), ("无标签", (), ""), ("none", (), ""), ("存疑", (), "doubtful")],
)  # fmt: skip
def test_the_labels_cell_of_a_csv(cell: str, labels: tuple[str, ...], aside: str) -> None:
    rows = table()
    rows[0]["labels"] = cell
    found = read(as_csv(rows), "改.csv")
    assert said(found) == {RICE: (labels, aside)}
    assert counts(found) == (1, 0, 3)


def test_the_same_said_otherwise_is_no_change() -> None:
    rows = table()
    rows[0]["labels"], rows[2]["labels"], rows[3]["labels"] = "农业", "Farming and fishing；文旅", "无"
    assert counts(read(as_csv(rows), "改.csv")) == (0, 0, 4)


def test_the_other_label_first_is_a_change() -> None:
    rows = table()
    rows[2]["labels"] = "文旅,农业"
    assert said(read(as_csv(rows), "改.csv")) == {BOTH: (TRIP + FARM, "")}


@pytest.mark.parametrize("tick", ["是", "1", "√", "Yes", "TRUE", "y"])
def test_ticks(tick: str) -> None:
    found = read(changed(book(), put(2, "已核对", tick), put(1, "已核对", "否"), put(3, "已核对", 0)))
    assert (said(found), counts(found)) == ({GUESTS: (TRIP, "")}, (0, 1, 3))


def test_a_paragraph_set_aside_by_its_tick() -> None:
    found = read(changed(book(), put(1, "已核对", "废弃"), put(2, "已核对", "存疑")))
    assert said(found) == {RICE: ((), "discarded"), GUESTS: ((), "doubtful")}
    both = read(changed(book(), put(1, "已核对", "废弃"), put(1, "文旅", "是")))
    assert "set aside (废弃) and its labels were changed" in both.problems[0]


@pytest.mark.parametrize(("heading", "word"), [("农业", "民声"), ("已核对", "看过")])
def test_a_word_that_nobody_knows(heading: str, word: str) -> None:
    """The row is named, and what may stand there."""
    (problem,) = read(changed(book(), put(2, heading, word))).problems
    assert problem.startswith("改.xlsx: sheet 核对, row 3: the cell ")
    assert word in problem
    assert "是" in problem


def test_a_label_in_a_csv_that_nobody_knows() -> None:
    rows = table()
    rows[1]["labels"] = "渔业"
    (problem,) = read(as_csv(rows), "改.csv").problems
    assert problem.startswith("改.csv: line 3: no label is called '渔业'; there are: farming (农业), tourism (文旅)")


def test_an_edited_text_is_refused_where_its_labels_count() -> None:
    found = read(changed(book(), put(1, "正文", "别的一段。"), put(1, "文旅", "是"), put(2, "正文", "又一段。")))
    (problem,) = found.problems
    assert "row 2: the text was edited" in problem
    assert "put the text back" in problem
    assert found.notes == (
        "改.xlsx: sheet 核对, row 3: the text was edited or is not whole, the labels are as they were; left out",
    )


def test_other_spaces_and_widths_are_the_same_text() -> None:
    """Programs save line breaks and spaces as they like."""
    data = changed(
        book(answers("粮食 丰收。\n三万亩（整）")), put(1, "正文", "粮食丰收。\r\n三万亩(整)"), put(1, "已核对", "是")
    )
    assert len(read(data).decisions) == 1


def test_rows_sorted_filtered_and_deleted_columns_moved() -> None:
    """A row that a filter hides counts as others do."""

    def rearranged(sheet: Worksheet) -> None:
        sheet.delete_rows(4)
        values = [list(row) for row in sheet.values]
        order = sorted(range(len(values[0])), key=lambda place: str(values[0][place]))
        rows = [values[0], *reversed(values[1:])]
        for k, row in enumerate(rows, start=1):
            for n, place in enumerate(order, start=1):
                sheet.cell(k, n).value = row[place]
        sheet.row_dimensions[2].hidden = True

    found = read(changed(book(), put(4, "农业", "是"), rearranged))
    assert (said(found), counts(found), found.problems, found.notes) == ({MEETING: (FARM, "")}, (1, 0, 2), (), ())


def test_a_column_of_a_label_that_was_renamed_is_named() -> None:
    """What was chosen in it counts for nothing, which must not go unsaid."""

    def renamed(sheet: Worksheet) -> None:
        sheet.cell(1, [cell.value for cell in sheet[1]].index("文旅") + 1).value = "旅游业"

    found = read(changed(book(), put(1, "文旅", "是"), put(1, "已核对", "是"), renamed))
    assert said(found) == {RICE: (FARM, "")}
    (note,) = found.notes
    assert "no column is headed 文旅 / tourism" in note


def test_two_documents_and_an_ordinary_table_in_one_workbook() -> None:
    """Sheets copied together: each is understood by its own headings."""
    opened = load_workbook(io.BytesIO(changed(book(), put(1, "文旅", "是"))))
    other = load_workbook(io.BytesIO(changed(book(answers("耕地。", "游园。", file="乙.txt")), put(2, "文旅", None))))
    second = opened.create_sheet("乙")
    for row in other.worksheets[0].values:
        second.append(row)
    third = opened.create_sheet("另")
    for pair in (("文本", "标签"), ("自己写的一段", "农业")):
        third.append(pair)
    stream = io.BytesIO()
    opened.save(stream)
    found = read(stream.getvalue())
    assert said(found) == {RICE: (FARM + TRIP, ""), "游园。": ((), ""), "自己写的一段": (FARM, "")}
    assert [one.doc for one in found.decisions] == ["甲.txt", "乙.txt", ""]
    assert (counts(found), found.notes, found.problems) == ((2, 0, 4), (), ())


def test_a_column_of_a_label_that_was_deleted_clears_nothing() -> None:
    def without(sheet: Worksheet) -> None:
        sheet.delete_cols([cell.value for cell in sheet[1]].index("农业") + 1)

    found = read(changed(book(), put(1, "文旅", "是"), without))
    assert (said(found), counts(found)) == ({RICE: (FARM + TRIP, "")}, (1, 0, 3))


def test_columns_that_tell_the_model_s_answers_are_missing() -> None:
    """Else every answer of the model would look like a person's."""

    def without(sheet: Worksheet) -> None:
        sheet.delete_cols([cell.value for cell in sheet[1]].index("given") + 1, 3)

    found = read(changed(book(), without))
    assert not found.decisions
    assert "a table to correct that has lost its columns given and text_check" in found.problems[0]


def test_a_table_of_one_s_own_with_columns_called_alike_is_no_table_to_correct() -> None:
    """Ours name the model beside the labels; whoever kept `uncertain` and `checked` by hand did not."""
    data = "text,labels,uncertain,checked\n春耕备耕抓得紧。,农业,no,yes\n".encode()
    found = understood(data, "own.csv", NAMES)
    assert (found.problems, [one.labels for one in found.decisions]) == ((), [("farming",)])


def test_a_row_of_one_s_own_and_a_remark() -> None:
    def more(sheet: Worksheet) -> None:
        sheet.append(("", "", "自己加的一段", "是"))
        sheet.append(("张三核对",))

    found = read(changed(book(), more))
    assert "row 6: was not written by classify" in found.problems[0]
    assert found.notes == ("改.xlsx: sheet 核对, row 7: has no text; passed over",)


def test_a_text_longer_than_a_cell() -> None:
    """It stands there cut, and cannot be corrected there; the other rows can."""
    long = "粮" * (CELL_MOST + 1)
    found = read(changed(book(answers(long, GUESTS)), put(2, "文旅", "")))
    assert (said(found), found.notes) == ({GUESTS: ((), "")}, ())
    ticked = read(changed(book(answers(long, GUESTS)), put(1, "已核对", "是")))
    assert "longer than an Excel cell holds" in ticked.problems[0]
    rows = table(answers(long))
    rows[0]["checked"] = "是"
    assert said(read(as_csv(rows), "改.csv")) == {long: (FARM, "")}


def test_columns_called_for_are_of_no_use_here() -> None:
    found = understood(book(), "改.xlsx", NAMES, Wanted("正文"))
    assert "needs no --text-column" in found.problems[0]


def test_the_first_label_changed_beside_the_labels() -> None:
    rows = table()
    rows[0]["primary"] = "tourism"
    assert "change the labels, not primary" in read(as_csv(rows), "改.csv").problems[0]


def test_a_label_that_the_folder_does_not_know() -> None:
    """Rows that nobody touched are no matter; one that was ticked is."""
    rows = table([answer(0, RICE, labels=["health"]), answer(1, GUESTS)])
    assert counts(read(as_csv(rows), "改.csv")) == (0, 0, 2)
    rows[0]["checked"] = "是"
    assert "no label is called 'health'" in read(as_csv(rows), "改.csv").problems[0]


def test_answers_of_a_model_in_another_table_say_so() -> None:
    """A table that was not written to be corrected: nobody decided, and it is known to be a model's answer."""
    rows: Rows = [{key: row[key] for key in row if key not in {"checked", "given", "text_check"}} for row in table()]
    assert [(one.confirmed, one.suggestion) for one in read(as_csv(rows), "旧.csv").decisions] == [(False, True)] * 4


def test_how_the_workbook_looks() -> None:
    """Drop-downs, a frozen heading, a filter, hidden columns; boilerplate is counted, not shown."""
    results = [*answers(*TEXTS)]
    results[3] = results[3].__class__(**{**results[3].__dict__, "kind": "boilerplate"})
    opened = load_workbook(io.BytesIO(book(results)))
    assert opened.sheetnames == ["核对", "说明", "文件清单"]
    sheet = opened["核对"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (
        "文件", "段号", "正文", "农业", "文旅", "已核对", "需核对", "模型判断", "given", "model", "text_check"
    )  # fmt: skip
    assert rows[1][:8] == ("甲.txt", 1, RICE, "是", None, None, None, "农业 90%")
    assert rows[3][6:10] == ("是", "农业 55%（存疑）\n文旅 55%（存疑）", "farming,tourism", "m1")
    assert len(rows) == 4
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:K4")
    assert hidden_columns(sheet) == ["given", "model", "text_check"]
    offers = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offers == {"D2:D4": '"是"', "E2:E4": '"是"', "F2:F4": '"是,存疑,废弃"'}
    assert [cell.value for cell in opened["文件清单"][2]][:3] == ["甲.txt", 3, 1]
    assert len(list(load_workbook(io.BytesIO(book(results, boilerplate=True)))["核对"].values)) == 5


def test_the_workbook_in_english() -> None:
    data = changed(book(language="en"), put(1, "tourism", "yes"), put(2, "checked", "discarded"))
    found = read(data)
    assert (said(found), counts(found)) == ({RICE: (FARM + TRIP, ""), GUESTS: ((), "discarded")}, (2, 0, 2))


def test_an_ordinary_table_may_have_a_column_called_checked() -> None:
    made, stream = Workbook(), io.BytesIO()
    for row in (("文本", "标签", "已核对", "given"), ("甲", "农业", "", "")):
        made.active.append(row)
    made.save(stream)
    assert said(read(stream.getvalue())) == {"甲": (FARM, "")}


Choice = tuple[tuple[str, ...], tuple[str, ...], bool]  # what the model gave, what the person left, ticked
choices = st.tuples(
    st.lists(st.sampled_from(TAXONOMY.ids), unique=True).map(tuple),
    st.lists(st.sampled_from(TAXONOMY.ids), unique=True).map(tuple),
    st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(texts, choices), min_size=1, max_size=5, unique_by=lambda row: "".join(row[0].split())))
def test_any_corrections_come_back(rows: list[tuple[str, Choice]]) -> None:
    """Through both formats: exactly the rows that were changed or ticked, with their texts and labels.

    A workbook has line ends of its own.
    """
    results = [answer(place, text, labels=told) for place, (text, (told, _, _)) in enumerate(rows)]
    lines, edits = table(results), []
    for place, (_, (_, labels, ticked)) in enumerate(rows):
        lines[place] |= {"labels": "、".join(labels), "checked": "是" if ticked else ""}
        edits += [put(place + 1, label.zh, "是" if label.id in labels else None) for label in TAXONOMY.labels]
        edits += [put(place + 1, "已核对", "√" if ticked else None)]
    found = read(as_csv(lines), "改.csv"), read(changed(book(results), *edits))
    as_kept: tuple[Callable[[str], str], ...] = (str, written)
    for incoming, ordered, kept in zip(found, (True, False), as_kept, strict=True):
        assert incoming.problems == ()
        expected = [
            (text, labels) for text, (told, labels, ticked) in rows if ticked or _differ(told, labels, ordered=ordered)
        ]
        assert [one.text for one in incoming.decisions] == [kept(text) for text, _ in expected]
        assert [set(one.labels) for one in incoming.decisions] == [set(labels) for _, labels in expected]


def _differ(one: Sequence[str], other: Sequence[str], *, ordered: bool) -> bool:
    return one != other if ordered else set(one) != set(other)


FORMULA = "the text cell is a formula without a stored result; open the file in Excel and save it"


def test_a_text_that_cannot_be_read_is_bad_only_where_something_was_said_of_it() -> None:
    """A row that nobody touched does not keep the others from being taken; one that was corrected is bad."""
    found = read(changed(book(), put(1, "正文", "=A1&A2"), put(2, "农业", "是"), put(5, "正文", "=A1")))
    assert (found.problems, counts(found)) == ((), (1, 0, 3))
    assert said(found) == {GUESTS: (TRIP + FARM, "")}
    for touched in (put(1, "文旅", "是"), put(1, "已核对", "是")):
        found = read(changed(book(), put(1, "正文", "=A1&A2"), touched))
        assert found.problems == (f"改.xlsx: sheet 核对, row 2: {FORMULA}",)
    found = read(changed(book(), put(5, "正文", "=A1"), put(5, "文旅", "是")))
    assert len(found.problems) == 1
