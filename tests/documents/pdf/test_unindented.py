"""PDFs whose paragraphs have no first-line indent, and columns of which the last holds little."""

import pytest

from tests.documents.pdf.files import at, lines
from tests.documents.pdf.test_text import FIRST, SECOND, paragraphs, texts

WIDE = 13  # characters a line


def block(*given: str, x: float = 60, width: int = WIDE, y: float = 100) -> list[bytes]:
    return paragraphs(*given, width=width, x=x, indent=0, y=y)


def test_a_last_line_that_is_full_by_chance_ends_its_paragraph() -> None:
    """Most full lines that end a sentence are last ones here, as the many short last lines tell."""
    full, short = FIRST[: 2 * WIDE - 1] + "。", (FIRST[:19] + "。", SECOND[:17] + "。")
    given = [*short * 4, full, *short]
    assert texts(block(*given)) == given


def test_a_sentence_that_ends_with_its_line_does_not_end_a_long_paragraph() -> None:
    """Where paragraphs are long, such a line is more often one in their middle."""
    sentence = FIRST[: WIDE - 1] + "。"
    given = [sentence * 6 + FIRST, sentence * 5 + FIRST]
    assert texts(block(*given)) == given


def test_a_heading_that_fills_its_line_is_one_where_others_are() -> None:
    """Of the same kind, that end before the edge."""
    given = ["一、总体要求", FIRST, "二、重点任务", SECOND, "三、突出抓好项目建设和招商", FIRST, "四、组织保障", SECOND]
    assert len(given[4]) == WIDE
    assert texts(block(*given)) == given


def test_a_numbered_line_is_the_beginning_of_a_paragraph_where_others_are() -> None:
    given = ["一、" + FIRST, "二、" + SECOND, "三、突出抓好项目建设和招商引资工作，" + FIRST, "四、" + SECOND]
    assert texts(block(*given)) == given


def test_a_heading_behind_a_full_line_begins_a_paragraph() -> None:
    given = ["一、总体要求", FIRST[: 2 * WIDE - 1] + "。", "二、重点任务", SECOND, "三、组织保障", FIRST]
    assert texts(block(*given)) == given


def test_a_last_line_on_which_another_character_would_fit_is_short() -> None:
    """Ragged lines end where the next character does not fit; the edge is known, so that one character's room is room."""
    row = "县民政局新建村级养老服务站"
    shown = lines(60, 100, [row, row, row[:11] + "。", row, row, "为老人办理意外保险。", row, row])
    assert texts(shown) == [row * 2 + row[:11] + "。", row * 2 + "为老人办理意外保险。", row * 2]


def test_where_lines_are_spread_a_line_that_is_not_is_a_last_one() -> None:
    """Justified: full lines end at one place, 0.4 characters behind where thirteen of them would."""
    row, last = "县民政局新建村级养老服务站", "县民政局新建村级养老服务。"

    def spread(y: float, text: str = row) -> list[bytes]:
        return [at(60 + index * 16 * 1.0333, y, one) for index, one in enumerate(text)]

    rows = [row, row, last, row, row, last, row, "为老人办理保险。", row, "群众普遍称好。", row, "助餐点全覆盖。"]
    shown = [
        one
        for index, text in enumerate(rows)
        for one in (spread(100 + 28 * index) if text == row else [at(60, 100 + 28 * index, text)])
    ]
    expected = [row + row + last, row + row + last, *(row + text for text in rows if text not in (row, last))]
    assert texts(shown) == expected


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("indent", [0, 2])
def test_a_last_column_of_few_lines_is_no_cells(columns: int, indent: int) -> None:
    """The text ends a little below the top of its last column; beside it stand lines of the others, not their rows."""
    given = [FIRST, SECOND, FIRST, SECOND]
    whole = paragraphs(*given * (columns - 1), width=9, x=50, indent=indent, y=0)
    rows = (len(whole) - 2) // (columns - 1)
    shown = [_moved(row, (index // rows) * 170, -28 * (index // rows) * rows + 100) for index, row in enumerate(whole)]
    assert texts(shown) == given * (columns - 1)


@pytest.mark.parametrize("indent", [0, 2])
def test_three_columns_of_short_paragraphs_and_headings(indent: int) -> None:
    """None of the sides that a gutter parts is one column, and few of the lines are full."""
    given = [
        text
        for number, source in zip("一二三四五六七八九", [FIRST, SECOND] * 5, strict=False)
        for text in (f"{number}、{source[2:6]}", source[: 9 + 5 - indent] + "。", source[3:13] + "。")
    ]
    sides = [
        paragraphs(*given[start : start + 9], width=9, x=50 + 170 * start // 9, indent=indent) for start in (0, 9, 18)
    ]
    rows = max(map(len, sides))
    assert texts([side[row] for row in range(rows) for side in sides if row < len(side)]) == given


def _moved(row: bytes, right: float, down: float) -> bytes:
    words = row.split()
    place = words.index(b"Tm")
    words[place - 2] = b"%d" % (int(words[place - 2]) + right)
    words[place - 1] = b"%d" % (int(words[place - 1]) - down)
    return b" ".join(words)


def test_a_number_that_a_line_cuts_is_one() -> None:
    rows = [FIRST[:14], FIRST[14:27] + "2", "60个，" + SECOND[20:31], SECOND[31:45], "群众普遍称好。"]
    assert texts(lines(60, 100, rows)) == ["".join(rows)]
