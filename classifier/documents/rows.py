"""Rows of tables in all formats: how cells are joined, which row names the columns, which table is only layout."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from classifier.documents.document import CELL, Block, Role

_NAMES_OF_COLUMNS = re.compile(
    r"(?:序号|编号|名称|项目|单位|部门|科室|内容|任务|事项|措施|要求|时间|时限|期限|日期|年度|备注|说明|责任人?|负责人|领导|联系人|牵头|配合|"
    r"地点|地址|位置|乡镇|镇街|区域|金额|投资额?|资金|数量|数目|面积|规模|类别|类型|类|级别|等级|姓名|性别|年龄|职务|职称|电话|方式|目标|进度|进展|"
    r"情况|结果|指标|权重|分值|得分|标准|依据|来源|去向|合计|总计|小计|占比|比例|增幅|增速|同比|环比|单价|总价|季度|月份|排名|名次|阶段|税率|税额|"
    r"問題|问题|形式|办法|流程|环节|材料|条件|对象|范围|程序|本期|上期|全年|预算数?|决算数?|完成数?|计划数?)(?:[（(].{1,12}[）)])?"
)
_HAN = "[\u4e00-\u9fff]"
_LABEL = re.compile(f"{_HAN}[：:]")
_NAMES_OF_FIELDS = re.compile(
    "主题|标题|题目|抄送|主送|抄报|签发|会签|拟稿|核稿|密级|缓急|份号|文号|事由|印发|传真|邮编|邮箱|网址|住址|户籍|户名|账号|税号|税额|图号|民族|籍贯|学历|"
    "职业|专业|工龄|手机|法人|经办|审核|审批|批准|复核|制表|填报|签名|签字|盖章|摘要|附件|案由|原告|被告|品名|型号|产地|厂家|车号|开户|收款|付款|用途"
)
"""Of two characters: they stand before a colon in forms, beside those that name columns."""
_SENTENCE = re.compile("[。；！？]")
_NAME_MOST = 16  # characters of a column's name
_DOCUMENT = 600  # characters of a cell that holds a text of its own rather than an entry
_BLANK = 0.2  # of a character: by as much a gap with a blank in it is wider
_PARAGRAPHS = 4  # such a text has at least


def joined_cells(cells: Sequence[str]) -> str:
    """Return a row's cells divided by CELL: empty ones at its ends fall away, those between others keep their place."""
    filled = [place for place, text in enumerate(cells) if text]
    return CELL.join(cells[filled[0] : filled[-1] + 1]) if filled else ""


def cell_text(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs of a cell joined by a space, without what would divide it."""
    lines = (" ".join(paragraph.replace(CELL, " ").split("\n")).strip() for paragraph in paragraphs)
    return " ".join(line for line in lines if line)


def are_halves(before: str, after: str) -> bool:
    """Tell whether two texts side by side are one label that was spread: 地 and 址：北街8号, 合 and 计."""
    if not re.fullmatch(_HAN, before):
        return False
    known = _NAMES_OF_COLUMNS.fullmatch(label := before + after[:1])
    if len(after) == 1:
        return known is not None
    return _LABEL.match(after) is not None and (known or _NAMES_OF_FIELDS.fullmatch(label)) is not None


def letter_gap(beside: Sequence[float], narrow: Sequence[float]) -> float:
    """Return how far apart all characters of a line are set, in characters; 0 where there is too little to tell by.

    `beside`: the gaps between Han characters and their neighbours; `narrow`: those between other letters and digits.
    Where these differ as by a blank, the least of them counts: 34 56 are two numbers where 3 and 4 touch.
    """
    usual = sorted(beside)[len(beside) // 4] if len(beside) > 1 else 0.0
    parted = bool(narrow) and max(narrow) - min(narrow) >= _BLANK
    return max(0.0, min(usual, *narrow) if parted else usual)


def has_column_name(cell: str) -> bool:
    """Tell whether a cell holds a word that names columns in official tables; blanks inside it do not matter."""
    return bool(_NAMES_OF_COLUMNS.search("".join(cell.split())))


def names_columns(cells: Sequence[str], *, bold: bool = False) -> bool:
    """Tell whether a row that nothing marks names the columns, by the texts of its cells.

    Short cells, no two alike, no sentences, at most one of them empty; most of them hold a word that names columns in
    official tables, or all are set in bold and none is a number. `bold`: the row is, and the row below it is not.
    """
    short = ["".join(cell.split()) for cell in cells if cell.strip()]
    if len(short) < 2 or len(short) < len(cells) - 1 or any(_SENTENCE.search(one) for one in short):
        return False
    if len(set(short)) < len(short) or max(map(len, short)) > _NAME_MOST:
        return False
    known = sum(map(has_column_name, short))
    return known * 2 > len(short) or (bold and not any(one.isdecimal() for one in short))


def heading_rows(rows: Sequence[Sequence[str]], marked: Collection[int], *, bold: Collection[int] = ()) -> set[int]:
    """Return which rows name the columns: those marked so, else the first below a title, where it looks it.

    `rows`: the texts of their cells; `bold`: the rows that are all bold.
    """
    title = next((place for place, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    if marked:
        return {place for place in marked if place >= title or len(marked) == 1}
    if title + 1 >= len(rows):
        return set()
    is_bold = title in bold and title + 1 not in bold
    return {title} if names_columns(rows[title], bold=is_bold) else set()


@dataclass
class Row:
    """A row under way. A cell is its blocks: paragraphs, and the rows of tables inside it."""

    cells: list[list[Block]] = field(default_factory=list)
    heading: bool = False


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield a table's blocks in reading order.

    A row's cells are divided by CELL (empty ones at its ends left out), the paragraphs of a cell joined by a space. A
    table inside a cell divides the row: what stands before it, its own rows, what stands behind. Footnotes follow the
    row. A table of one column, or with a whole text in a cell, only lays out the page: its paragraphs stay paragraphs.
    """
    if _is_layout(rows):
        for row in rows:
            for cell in row.cells:
                yield from cell
        return
    texts = [[_text(cell) for cell in row.cells] for row in rows]
    headings = heading_rows(texts, [place for place, row in enumerate(rows) if row.heading])
    for place, row in enumerate(rows):
        yield from _row_blocks(row, "column_heading" if place in headings else "row")


def _text(cell: Sequence[Block]) -> str:
    return cell_text(block.text for block in cell if block.role != "footnote")


def _is_layout(rows: Sequence[Row]) -> bool:
    return all(len(row.cells) <= 1 for row in rows) or any(_is_text(cell) for row in rows for cell in row.cells)


def _is_text(cell: Sequence[Block]) -> bool:
    own = [block for block in cell if block.role in {"body", "heading"} and block.text.strip()]
    return len(own) >= _PARAGRAPHS and sum(len(one.text) for one in own) >= _DOCUMENT


def _row_blocks(row: Row, role: Role) -> Iterator[Block]:
    cells: list[list[str]] = []
    for cell in row.cells:
        cells.append([])
        for one in cell:
            if one.role in {"row", "column_heading"}:
                yield _joined(cells, role)
                yield one
                cells = [[]]
            elif one.role != "footnote":
                cells[-1].append(one.text)
    yield _joined(cells, role)
    yield from (one for cell in row.cells for one in cell if one.role == "footnote")


def _joined(cells: Sequence[Sequence[str]], role: Role) -> Block:
    return Block(joined_cells([cell_text(cell) for cell in cells]), role)
