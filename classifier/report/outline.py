"""How deep a heading stands, told from its number."""

import re
from collections.abc import Sequence

from classifier.documents.document import CELL
from classifier.text.paragraph import Kind

_LEVELS = tuple(
    re.compile(form)
    for form in (
        r"\s*(?:第[一二三四五六七八九十百\d]{1,4}(?:章|节|部分|编|篇)|第?[一二三四五六七八九十]{1,3}、|part\b|0\d\b)",
        r"\s*[（(【][一二三四五六七八九十]{1,3}[）)】]",
        r"\s*(?:\d{1,2}[、．.]|第[一二三四五六七八九十]{1,3}[，,：:])",
        r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,2}(?:是|要))",
    )
)
_NO_HEADING = re.compile(  # （摘要）, 同志们：, and what offices write above a table: 单位：件, 填报时间：2023年1月
    r"[（(【].*[）)】]|.*[：:，,]"
    r"|\s*(?:(?:填报|填表|制表|编制|报送|上报|统计|汇总|责任|牵头)?(?:单位|部门|日期|时间|人)|联系(?:人|电话))\s*[：:].*",
    re.DOTALL,
)
TITLE = 1


def levels(kinds: Sequence[Kind], texts: Sequence[str]) -> list[int]:
    """Return each paragraph's level: 1 for the title, 2 to 5 for headings, 0 for all else, 同志们： among it.

    The title is the first heading, where nothing but boilerplate stands before it and it has no number. The row that
    names a table's columns (`column_rows`) is no heading of what follows.
    """
    rows = column_rows(kinds, texts)
    found = [
        _level(text) if kind == "heading" and place not in rows else 0
        for place, (kind, text) in enumerate(zip(kinds, texts, strict=True))
    ]
    first = next((place for place, kind in enumerate(kinds) if kind != "boilerplate" and place not in rows), None)
    if first is not None and kinds[first] == "heading" and not any(form.match(texts[first]) for form in _LEVELS):
        found[first] = TITLE
    return found


def column_rows(kinds: Sequence[Kind], texts: Sequence[str]) -> set[int]:
    """Return the places of the rows that name a table's columns: headings of several cells above a row.

    填报单位：县信访局 | 单位：件 names none.
    """
    below = zip(kinds, kinds[1:], texts, strict=False)
    return {
        place
        for place, (kind, following, text) in enumerate(below)
        if kind == "heading" and following == "table" and CELL in text and _level(text)
    }


def _level(text: str) -> int:
    numbered = (level for level, form in enumerate(_LEVELS, TITLE + 1) if form.match(text))
    return next(numbered, 0 if _NO_HEADING.fullmatch(text) else TITLE + 1)
