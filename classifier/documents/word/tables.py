"""Tables: a row is a block, its cells divided; tables that only lay out a page are read as text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from classifier.documents.document import CELL, Block
from classifier.documents.word.names import ALTERNATE, GONE, RPR, Element, W, child, chosen, is_on, value

if TYPE_CHECKING:
    from classifier.documents.word.story import Story

_NAMES_OF_COLUMNS = re.compile(
    r"(?:序号|编号|名称|项目|单位|部门|科室|内容|任务|事项|措施|要求|时间|时限|期限|日期|年度|备注|说明|责任人?|负责人|领导|联系人|牵头|配合|"
    r"地点|地址|位置|区域|金额|投资额?|资金|数量|数目|面积|规模|类别|类型|类|级别|等级|姓名|性别|年龄|职务|职称|电话|方式|目标|进度|进展|"
    r"情况|结果|指标|权重|分值|得分|标准|依据|来源|去向|合计|总计|小计|占比|比例|增幅|增速|同比|环比|单价|总价|季度|月份|排名|名次|阶段|"
    r"問題|问题|形式|办法|流程|环节|材料|条件|对象|范围|程序|本期|上期|全年|预算数?|决算数?|完成数?|计划数?)(?:[（(].{1,12}[）)])?"
)
_SENTENCE = re.compile("[。；！？]")
_NAME_MOST = 16  # characters of a column's name
_LONG = 600  # characters over which a cell of several paragraphs is no cell but a text


class _Cell:
    """A cell, its blocks without the footnotes as paragraphs of one line, and these as one text."""

    def __init__(self, element: Element, blocks: list[Block], *, spans_rows: bool, spans_columns: bool) -> None:
        self._element = element
        self.blocks = blocks
        self.spans_rows = spans_rows
        self.spans_columns = spans_columns
        self.paragraphs = [one.text.replace("\n", " ") for one in blocks if one.role != "footnote"]
        self.text = " ".join(one.replace(CELL, " ").strip() for one in self.paragraphs)
        self.has_table = len(blocks) > 1 and sum(one.role in {"row", "column_heading"} for one in blocks) > 1

    @property
    def bold(self) -> bool:
        """Whether all its text is bold."""
        runs = [one for one in self._element.iterfind(f".//{W}r") if one.find(f"{W}t") is not None]
        return bool(runs) and all(is_on(one.find(f"{RPR}/{W}b")) for one in runs)

    def is_text(self, alone: bool) -> bool:
        """Return whether a cell holds a document; `alone`: in a table of one row, which has no columns to speak of."""
        if len(self.paragraphs) < 2:
            return alone and self.has_table
        lengths = [len(one) for one in self.paragraphs]
        if alone:
            return self.has_table or (sum(lengths) > 50 and max(lengths) > 30)
        return (len(lengths) > 2 and sum(lengths) > _LONG) or (len(lengths) > 5 and sum(lengths) > _LONG // 2)


class _Row:
    def __init__(self, cells: list[_Cell], is_heading: bool) -> None:
        self.cells = cells
        self.is_heading = is_heading
        self.filled = [one for one in cells if one.text]

    def is_text(self, alone: bool) -> bool:
        only_table = len(self.filled) == 1 and self.filled[0].has_table
        return only_table or any(one.is_text(alone) for one in self.cells)


def table_blocks(table: Element, story: "Story") -> list[Block]:
    """Return a table's rows as blocks, or, where it only lays out a page, the blocks in its cells."""
    rows = [_row(one, story, first=not place) for place, one in enumerate(_rows(table, story))]
    rows = [row for row in rows if any(cell.blocks for cell in row.cells)]
    if all(len(row.filled) <= 1 and len(row.cells) == 1 for row in rows):  # one column
        return [block for row in rows for block in _as_text(row)]
    headings = _heading_rows(rows)
    found: list[Block] = []
    for place, row in enumerate(rows):
        found += _as_text(row) if row.is_text(len(rows) == 1) else _as_row(row, place in headings)
    return found


def _as_text(row: _Row) -> list[Block]:
    return [block for cell in row.cells for block in cell.blocks]


def _as_row(row: _Row, is_heading: bool) -> list[Block]:
    texts = [cell.text for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    while texts and not texts[0]:
        texts.pop(0)
    notes = [block for cell in row.cells for block in cell.blocks if block.role == "footnote"]
    shown = [Block(CELL.join(texts), "column_heading" if is_heading else "row")] if texts else []
    return shown + notes


def _heading_rows(rows: list[_Row]) -> set[int]:
    """Return which rows name the columns: those marked so, else the first below a title, where it looks it."""
    marked = {place for place, row in enumerate(rows) if row.is_heading}
    titles = next((place for place, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    if marked:
        return {place for place in marked if place >= titles or len(marked) == 1}
    if titles + 1 >= len(rows) or not _names_columns(rows[titles], rows[titles + 1]):
        return set()
    cells = rows[titles].cells
    two_rows = any(one.spans_rows for one in cells) and any(one.spans_columns for one in cells)
    return {titles, titles + 1} if two_rows and titles + 2 < len(rows) else {titles}


def _names_columns(row: _Row, below: _Row) -> bool:
    texts = [one.text for one in row.filled]
    if len(texts) < 2 or len(texts) < len(row.cells) - 1 or any(_SENTENCE.search(one) for one in texts):
        return False
    short = ["".join(one.split()) for one in texts]
    if len(set(short)) < len(short) or max(map(len, short)) > _NAME_MOST:
        return False
    known = sum(bool(_NAMES_OF_COLUMNS.search(one)) for one in short)
    bold = all(one.bold for one in row.filled) and not all(one.bold for one in below.filled)
    return known * 2 > len(short) or (bold and not any(one.isdecimal() for one in short))


def _rows(table: Element, story: "Story") -> Iterator[Element]:
    """Yield the rows that are shown, out of content controls and other wrappings too."""
    for part in table:
        properties = child(part, f"{W}trPr") if part.tag == f"{W}tr" else None
        if part.tag in GONE or (properties is not None and child(properties, f"{W}del") is not None):
            story.drop(part, "deleted_text")
        elif properties is not None and is_on(child(properties, f"{W}hidden")):
            story.drop(part, "hidden_text")
        elif part.tag == f"{W}tr":
            yield part
        elif isinstance(part.tag, str) and not part.tag.endswith(("Pr", "}tblGrid")):
            yield from _rows(chosen(part) if part.tag == ALTERNATE else part, story)


def _row(row: Element, story: "Story", *, first: bool) -> _Row:
    marked = row.find(f"{W}trPr/{W}tblHeader")
    return _Row([_cell(one, story, first) for one in _cells(row, story)], bool(is_on(marked)))


def _cells(row: Element, story: "Story") -> Iterator[Element]:
    for part in row:
        properties = child(part, f"{W}tcPr") if part.tag == f"{W}tc" else None
        if part.tag in GONE or (properties is not None and child(properties, f"{W}cellDel") is not None):
            story.drop(part, "deleted_text")
        elif part.tag == f"{W}tc":
            yield part
        elif isinstance(part.tag, str) and not part.tag.endswith("Pr"):
            yield from _cells(chosen(part) if part.tag == ALTERNATE else part, story)


def _cell(cell: Element, story: "Story", in_first_row: bool) -> _Cell:
    found = {one.tag: one for properties in cell.iterchildren(f"{W}tcPr") for one in properties}
    down, across = found.get(f"{W}vMerge"), found.get(f"{W}hMerge")
    if any(one is not None and value(one) != "restart" for one in (None if in_first_row else down, across)):
        story.drop(cell, "hidden_text")  # goes on the cell above or before it, whose text alone Word shows
        return _Cell(cell, [], spans_rows=False, spans_columns=False)
    spans = value(across) == "restart" or (value(found.get(f"{W}gridSpan")) or "1") != "1"
    return _Cell(cell, story.read(cell), spans_rows=value(down) == "restart", spans_columns=spans)
