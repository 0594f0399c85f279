"""The numbers that a browser puts before the items of an ordered list."""

import re

from classifier.documents.number_formats import formatted
from classifier.documents.web_page.tree import Element

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|cjk-ideographic|(?:simp|trad)-chinese-\w+|[a-z-]+)", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*(?:[（(【第]?\s*[\d一二三四五六七八九十百]{1,4}\s*[)）】、.．:：条章节是要]|[①-⑳㈠-㈩⒈-⒛])")
_TYPES = {"a": "lower-latin", "A": "upper-latin", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_FORMATS = {  # predefined counter styles (CSS Counter Styles 3), others are decimal: number format, what stands behind
    **dict.fromkeys(("lower-latin", "lower-alpha"), ("lowerLetterCounted", ". ")),
    **dict.fromkeys(("upper-latin", "upper-alpha"), ("upperLetterCounted", ". ")),
    "lower-roman": ("lowerRoman", ". "), "upper-roman": ("upperRoman", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCountingThousand", "、")
    ),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"), "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "cjk-decimal": ("ideographDigital", "、"), "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}  # fmt: skip


class Numbers:
    """Counts through the lists that are open."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, int]] = []

    def open(self, element: Element) -> str:
        """Return what stands before an element's text: a number for an item of an ordered list, else nothing."""
        if element.tag in {"ol", "ul", "menu", "dir"}:
            style = _style(element) or _TYPES.get(element.get("type"), "decimal")
            start = _whole(element.get("start"), 1) - 1
            self._lists.append((style if element.tag == "ol" else "", start))
        if element.tag != "li" or not self._lists or not self._lists[-1][0]:
            return ""
        style, last = self._lists[-1]
        number = _whole(element.get("value"), last + 1)
        self._lists[-1] = (style, number)
        own = _style(element) or style
        if own == "none" or _NUMBERED.match(element.text()[:40]):  # written out by the author; the page shows no other
            return ""
        return _said(number, own)

    def close(self, element: Element) -> None:
        """Leave a list."""
        if element.tag in {"ol", "ul", "menu", "dir"} and self._lists:
            self._lists.pop()


def _style(element: Element) -> str:
    match = _STYLE.search(element.get("style"))
    return match[1].lower() if match else ""


def _whole(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else otherwise


def _said(number: int, style: str) -> str:
    form, after = _FORMATS.get(style, ("decimal", ". "))
    return formatted(number, form) + after
