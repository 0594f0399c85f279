"""Tell a page that was saved or sent only in part: a browser shows what there is and says nothing."""

import re
from collections.abc import Sequence

END = "end of the file"
"""A comment to be put behind a page: where the parsed page has none, a tag, a comment or a script was never closed."""

_BEGUN = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_MARKS = re.compile(
    r"<!--|-->|<(?P<closing>/?)(?P<tag>script|style|textarea|title|html|body|frameset)\b", re.IGNORECASE
)
_PAGE = frozenset({"html", "body", "frameset"})
_MAY_STAY_OPEN = frozenset({
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rb",
})  # fmt: skip


def is_cut_off(text: str, open_elements: Sequence[str] | None) -> bool:
    """Tell whether a page's end is missing.

    `open_elements`: the tags of the elements that are open at its end, from the outermost; None where the end stands
    in a tag, a comment, a script or another element whose content is no text.
    """
    if open_elements is None:
        return True
    if not _BEGUN.search(text) or _has_end(text):
        return False
    innermost = open_elements[-1]
    if innermost in {"html", "body"}:
        return False
    # some write no </p> at all, by the standard; who does, closes the last one, too
    return innermost not in _MAY_STAY_OPEN or f"</{innermost}" in text.lower()


def _has_end(text: str) -> bool:
    """Tell whether a page is closed by an end tag; one in a comment, a script or a field is none."""
    inside = ""  # of what no tags are read
    for mark in _MARKS.finditer(text):
        tag, closing = (mark["tag"] or mark[0]).lower(), bool(mark["closing"])
        if inside:
            ends = tag == "-->" if inside == "<!--" else closing and tag == inside
            inside = "" if ends else inside
        elif tag in _PAGE:
            if closing:
                return True
        elif not closing and tag != "-->":
            inside = tag
    return False
