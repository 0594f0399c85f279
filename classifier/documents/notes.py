"""What a reader left out of a document, or could not be sure of: said to the user, in English and Chinese."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from classifier.documents.extras import LIBRARY
from classifier.json_types import JsonDict, JsonObject

Unit = Literal["page", "line", "row", "sheet", "paragraph"]

# kind → what is said of it. {n} is the amount, {what} a name or a reason; [row is|rows are]: of one, of several.
SENTENCES: dict[str, tuple[str, str]] = {
    "deleted_text": (
        "{n} [character of tracked deletions is|characters of tracked deletions are] left out",
        "修订中已删除的{n}个字未读入",
    ),
    "hidden_text": (
        "{n} [character of hidden text is|characters of hidden text are] left out",
        "隐藏文字{n}个字未读入",
    ),
    "phonetic": (
        "{n} [character of phonetic guides is|characters of phonetic guides are] left out",
        "注音{n}个字未读入",
    ),
    "comments": ("{n} [comment is|comments are] left out", "批注{n}条未读入"),
    "pictures": ("{n} [picture is|pictures are] not read", "图片{n}张未读入"),
    "objects": (
        "{n} embedded [object (chart, file) is|objects (charts, files) are] not read",
        "嵌入对象（图表、文件）{n}个未读入",
    ),
    "undecodable": (
        "{n} [byte fits no character and is|bytes fit no character and are] shown as \ufffd",
        "{n}个字节不成字，显示为\ufffd",
    ),
    "mixed_encodings": ("holds several encodings: {what}", "文件含多种编码：{what}"),
    "page_numbers": ("{n} page [number is|numbers are] left out", "页码{n}个未读入"),
    "repeated_furniture": (
        "{n} [repetition of running headers and footers is|repetitions of running headers and footers are] left out",
        "重复的页眉页脚{n}处未读入",
    ),
    "pages_without_text": (
        "{n} [page holds|pages hold] pictures but no text and [was|were] not read: "
        "recognise [it|them] with the extra `ocr`",
        "{n}页只有图像、没有文字，未读入：可安装 ocr 扩展识别",
    ),
    "unloadable": (
        f"text recognition is installed but cannot be loaded ({{what}}): {LIBRARY}",
        "文字识别已安装，但无法加载（{what}）：Linux请安装libstdc++6，"
        "Windows请安装Microsoft Visual C++ 2015-2022运行库（x64）",
    ),
    "glyphs_without_characters": (
        "{n} [glyph has no character and was|glyphs have no characters and were] not read",
        "{n}个字形没有对应文字，未读入",
    ),
    "pages_of_shapes": (
        "{n} [page holds|pages hold] drawn shapes but no text and [was|were] not read",
        "{n}页只有绘制的图形、没有文字，未读入",
    ),
    "recognised": (
        "{n} [page was recognised from a picture|pages were recognised from pictures]: characters may be wrong",
        "{n}页由图像识别得来，可能有错字",
    ),
    "unsure_lines": (
        "{n} recognised [line is unsure: compare it|lines are unsure: compare them] with the picture",
        "识别结果{n}行把握不大，请与原图核对",
    ),
    "unread_lines": ("{n} [line|lines] could not be recognised and [is|are] left out", "{n}行无法识别，未读入"),
    "pages_without_words": ("no text was found on {n} [page|pages]", "{n}页未发现文字"),
    "seals": ("{n} [seal or signature is|seals and signatures are] left out", "印章和签名{n}处未读入"),
    "page_frame": (
        "{n} [character of menus, links and page frame is|characters of menus, links and page frame are] left out",
        "网页的菜单、链接等{n}个字未读入",
    ),
    "whole_page": (
        "the main text could not be told from its frame: the whole page was read",
        "分不清正文与网页框架，已读入整页",
    ),
    "front_matter": ("{n} [line of front matter is|lines of front matter are] left out", "文件头信息{n}行未读入"),
    "markup": (
        "{n} [character|characters] of markup, link addresses and picture data [is|are] left out",
        "标记、链接和图片数据{n}个字符未读入",
    ),
    "old_word": (
        "written by Word 6 or 95: deleted and hidden text is not told from the rest, automatic numbers are not read",
        "Word 6或95的文件：分不清修订中已删除的字和隐藏文字，自动编号未读入",
    ),
    "attachments": ("{n} [attachment is|attachments are] not read: {what}", "附件{n}个未读入：{what}"),
    "column_headings": ("the row of headings is no paragraph: {what}", "表头一行不作为段落：{what}"),
    "other_columns": (
        "the cells of the text column are read; {n} other [column is|columns are] not read as text: {what}",
        "已读入文本一列；其他{n}列不作为正文：{what}",
    ),
    "labels_there": (
        "the labels and corrections in this table are not read here: its text is labelled anew; "
        "`classify labels import` takes the corrections, "
        "`classify report` and `classify extract` read what `classify score` wrote",
        "表里已有的标签和改正在这里没有读入，正文是重新判断的：改正请用classify labels import导入；"
        "classify score写出的结果可由classify report和classify extract读取",
    ),
    "whole_rows": (
        "no heading says which column is the text: {n} [row was|rows were] read whole, all cells as text; "
        "name the column with --text-column, or head it text",
        "表头看不出哪一列是正文：{n}行按整行读入，各格都当作正文；请用--text-column指定正文列，或把该列列名改为“正文”",
    ),
    "hidden_sheets": ("{n} hidden [sheet is|sheets are] left out: {what}", "隐藏的工作表{n}张未读入：{what}"),
    "hidden_rows": ("{n} hidden [row is|rows are] left out", "隐藏的{n}行未读入"),
    "hidden_columns": ("{n} hidden [column is|columns are] left out: {what}", "隐藏的{n}列未读入：{what}"),
    "surplus_cells": (
        "{n} [row has|rows have] more cells than the headings: what is too much was read with the text",
        "有{n}行的格数多于表头，多出的文字已随正文读入",
    ),
    "repeated_headings": (
        "{n} [repetition of the headings of a table is|repetitions of the headings of a table are] left out",
        "表头重复{n}次，未读入",
    ),
    "blank_text_cells": ("{n} [row has|rows have] no text in the text column", "文本一列有{n}格是空的"),
    "unsolved_formulas": (
        "{n} [cell holds a formula|cells hold formulas] without a stored result and [was|were] not read: "
        "open the file in Excel and save it",
        "有{n}格是公式而文件里没有存计算结果，未读入：请用Excel或WPS打开后保存再试",
    ),
    "error_values": (
        "{n} [cell holds|cells hold] an error value and [was|were] not read: {what}",
        "有{n}格是错误值，未读入：{what}",
    ),
    "open_quotes": (
        "{n} quotation [mark|marks] at the beginning of a cell [is|are] not closed and [was|were] read as text",
        "单元格开头的引号有{n}处没有成对，已按文字读入",
    ),
    "long_quotes": (
        "{n} quoted [cell goes|cells go] over lines that look like rows and [was|were] read as one cell: "
        "is a mark not closed?",
        "有{n}个加引号的单元格跨了看似多行的内容，已按一格读入，请查看引号是否成对",
    ),
    "unread_member": ("{what}", "{what}"),
    "damaged": ("a damaged part is left out: {what}", "损坏的部分未读入：{what}"),
    "said": ("{what}", "{what}"),  # a sentence that was written before, read back from a table
    "of_table": ("{what}", "{what}"),  # a sentence of the library on what it passed over of a table
    "cut_off": ("the file is not whole: what should follow its last paragraph is missing", "文件不完整，结尾缺失"),
    "trailing": (
        "{n} [byte behind the end of the document is|bytes behind the end of the document are] left out",
        "文档结束后另有{n}个字节未读入",
    ),
    "too_large": ("left out, being too large: {what}", "过大，未读入：{what}"),
}

_UNITS: dict[Unit, tuple[str, str]] = {
    "page": ("page", "第{}页"),
    "line": ("line", "第{}行"),
    "row": ("row", "第{}行"),
    "sheet": ("sheet", "第{}张表"),
    "paragraph": ("paragraph", "第{}段"),
}
_FORMS = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")  # of English words: for one, for any other number
_LISTED = 8  # places named one by one


@dataclass(frozen=True)
class Note:
    """Something that the result does not hold, or not surely. `kind`: a key of SENTENCES.

    `amount`: how much, in what the sentence counts. `places`: where, counted from 1 in `unit`s; empty for the
    document as a whole. `what`: a name or a reason, where the sentence has a place for one. `sheet`: the sheet of a
    workbook in which the places are; empty where there is only one.
    """

    kind: str
    amount: int = 0
    places: tuple[int, ...] = ()
    unit: Unit = "page"
    what: str = ""
    sheet: str = ""

    def say(self, language: str = "en") -> str:
        """Return the note as a sentence without a full stop; `language`: en or zh."""
        chinese = language == "zh"
        form = r"\1" if self.amount == 1 else r"\2"
        what = _translated(self.what) if chinese and self.kind == "of_table" else self.what
        said = _FORMS.sub(form, SENTENCES[self.kind][chinese]).format(n=f"{self.amount:,}", what=what)
        if not self.places:
            return said if not self.sheet else f"“{self.sheet}”表：{said}" if chinese else f"sheet {self.sheet}: {said}"
        comma, more = ("、", "等") if chinese else (", ", ", …")
        shown = _ranges(self.places)
        listed = comma.join(shown[:_LISTED]) + (more if len(shown) > _LISTED else "")
        name = _UNITS[self.unit][chinese]
        if chinese:
            return f"“{self.sheet}”表{name.format(listed)}：{said}" if self.sheet else f"{name.format(listed)}：{said}"
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}{name}{'s' * (len(self.places) > 1)} {listed}: {said}"

    def in_both(self) -> str:
        """Return the note for a cell of a table, whose reader's language is not known: 中文 (English)."""
        chinese, english = self.say("zh"), self.say("en")
        return chinese if chinese == english else f"{chinese} ({english})"

    @classmethod
    def of_row(cls, row: JsonObject) -> "Note":
        """Return the note that `as_row` wrote. Of a kind that is not known here, its English sentence counts."""
        kind, what, amount, places = (row.get(key) for key in ("kind", "what", "amount", "places"))
        unit = next((one for one in _UNITS if one == row.get("unit", "page")), None)
        if kind not in SENTENCES or not isinstance(kind, str) or unit is None:
            return cls("said", what=str(row.get("en") or ""))
        numbers = tuple(place for place in places if isinstance(place, int)) if isinstance(places, list) else ()
        count = amount if isinstance(amount, int) else 0
        return cls(kind, count, numbers, unit, str(what or ""), str(row.get("sheet") or ""))

    def as_row(self) -> JsonDict:
        """Return it as plain data, with the sentence in both languages."""
        row: JsonDict = {
            "kind": self.kind,
            "amount": self.amount,
            "unit": self.unit,
            "places": list(self.places),
            "what": self.what,
        }
        row |= {"sheet": self.sheet} if self.sheet else {}
        return {**row, "en": self.say("en"), "zh": self.say("zh")}


def _translated(sentence: str) -> str:
    from classifier.i18n.sentences import translated  # noqa: PLC0415 - only what has such a note needs it

    return translated(sentence, "zh")


def _ranges(places: Sequence[int]) -> list[str]:
    """Return numbers with runs drawn together: 3, 5-7."""
    runs: list[list[int]] = []
    for place in sorted(set(places)):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return [str(first) if first == last else f"{first}-{last}" for first, last in runs]
