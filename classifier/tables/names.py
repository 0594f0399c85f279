"""What columns are called: the headings that say text, label, document … in tables and as keys of JSON."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from classifier.errors import TableError

HEADINGS = {
    "text": (
        "text", "文本", "文字", "内容", "內容", "段落", "正文", "paragraph", "content", "sentence", "句子", "文本内容",
        "正文内容", "段落内容",
    ),
    "label": (
        "label", "标签", "標籤", "labels", "类别", "類別", "标注", "標註", "choice", "choices", "category", "分类",
        "label_des", "label_desc", "label_name",
    ),
    "doc": ("doc", "文档", "文件", "document", "file"),
    "by": ("by", "标注人", "标注者", "annotator"),
    "date": ("date", "日期", "标注日期", "updated_at", "created_at"),
    "genre": ("genre", "体裁"),
    "place": ("place", "地点", "地区"),
    "year": ("year", "年份"),
    "origin": ("origin", "来源"),
    "reason": ("reason", "选取理由"),  # why `classify suggest` chose it
}  # fmt: skip
_SCORED_SENTENCES = {"start", "end", "sentence", "labels", "uncertain"}  # what `score --unit sentence` adds
_OWN = ("text", "文本")  # where one of these is there, it is the text whatever else might be
_TEXT_ENDS = ("内容", "內容", "正文", "描述", "诉求", "訴求", "摘要", "原文", "全文")
"""Ends of headings that say text whatever stands before: 来信内容, 问题描述, 内容摘要."""
_HEADING_MOST = 8  # characters of such a heading: a longer one is a sentence that ends like that
_NO_HEADING = re.compile(r"[。;!]|:.|.{41}|\A[\d.,/%-]+\Z")  # in the row of headings: 单位：件, a number, a sentence
_CHECKSUMS = re.compile(r"(?P<prefix>.*)text_check:(?P<text>.+)")  # beside rows that `classify score` wrote to correct
_SCORED_CHINESE = {
    "labels": "主题判定", "primary": "首要主题", "uncertain": "存疑", "error": "未判定原因", "model": "模型版本",
    "decided": "人工判定", "checked": "已核对",
}  # fmt: skip
"""What the columns that `classify score` adds are called in a table for people."""
_LABELS_CHINESE = _SCORED_CHINESE["labels"]
_SPACE = re.compile(r"\s+")
_ASIDE = re.compile(r"[（(\[【][^（(\[【]*[)）\]】]$|[*＊]+")  # 内容（必填）, *内容


def folded(heading: object) -> str:
    """Return a heading as it is compared: half width, lower case, without white space."""
    plain = unicodedata.normalize("NFKC", str(heading or "")).replace("\ufeff", "")
    return _SPACE.sub("", plain).casefold()


def find(names: Sequence[str], wanted: str) -> int | None:
    """Return the place of the column that somebody named: exactly, else but for spaces, breaks, widths and case.

    None where no column, or more than one, is called so.
    """
    if wanted in names:
        return names.index(wanted)
    places = [place for place, name in enumerate(names) if folded(name) == folded(wanted)]
    return places[0] if len(places) == 1 else None


class Likely(int):
    """The place of a column whose heading only ends as headings of its kind do: a surer one counts before it."""


def places(names: Sequence[str], role: str) -> list[int]:
    """Return the places of the columns whose heading says `role`, a key of HEADINGS, in the order of HEADINGS.

    Where none says text, the only one that ends as such headings do counts, as `Likely`.
    """
    plain = [folded(name) for name in names]
    bare = [_ASIDE.sub("", name) for name in plain]
    return _places(plain, role) or _places(bare, role) or (_likely_text(bare) if role == "text" else [])


def _likely_text(names: Sequence[str]) -> list[int]:
    own = [name for name in names if name and not _CHECKSUMS.fullmatch(name)]
    if len(own) < 2 or any(_NO_HEADING.search(name) for name in own):
        return []  # a title, or a row of a table
    found = [place for place, name in enumerate(names) if name.endswith(_TEXT_ENDS) and len(name) <= _HEADING_MOST]
    return [Likely(found[0])] if len(found) == 1 else []


def _places(names: Sequence[str], role: str) -> list[int]:
    return [place for heading in HEADINGS[role] for place, name in enumerate(names) if name == heading]


def text_place(names: Sequence[str]) -> int | None:
    """Return the place of the only column whose heading says text; None where there is none.

    `text` and 文本 count before all others. Raises TableError where several columns may be meant.
    """
    found = places(names, "text")
    if len(found) > 1 and set(plain := [folded(name) for name in names]) >= _SCORED_SENTENCES:
        found = [place for place in found if plain[place] != "sentence"]  # which stands beside the text it is from
    if len(found) > 1 and folded(names[found[0]]) not in _OWN:
        some = listed(names[place] for place in sorted(found))
        raise TableError(f"any of the columns {some} may hold the paragraphs; choose one with --text-column")
    return found[0] if found else None


def scored_text(names: Sequence[str]) -> int | None:
    """Return the place of the text in a table that `classify score` wrote, as its column of checksums names it.

    None where there is no such column, or the one that it names is not there.
    """
    wanted = next((found["text"] for name in names if (found := _CHECKSUMS.fullmatch(folded(name)))), None)
    return None if wanted is None else find(names, wanted)


def kept_columns(names: Iterable[str]) -> set[str]:
    """Return those of some headings that `classify score` hides in a table to correct: what the rows were given."""
    there = set(names)
    prefixes = {name: found["prefix"] for name in there if (found := _CHECKSUMS.fullmatch(name))}
    return {*prefixes, *(f"{prefix}given" for prefix in prefixes.values())} & there


def in_chinese(name: str, prefix: str) -> str:
    """Return what a column that `classify score` adds is called where people read it in Chinese."""
    return prefix + _SCORED_CHINESE.get(name.removeprefix(prefix), name.removeprefix(prefix))


def own_names(names: Sequence[str]) -> list[str]:
    """Return headings with those of columns that scoring added in Chinese by their own names: 主题判定 → labels.

    They are told from a table's own by standing there together, or beside what tells what was corrected: some of them
    may have been taken out.
    """
    before = [name.removesuffix(_LABELS_CHINESE) for name in names if name.endswith(_LABELS_CHINESE)]
    found = [one for one in before if _is_scored(one, names)]
    own = {in_chinese(one + name, one): one + name for one in found for name in _SCORED_CHINESE}
    return [own.get(name, name) for name in names]


def _is_scored(prefix: str, names: Sequence[str]) -> bool:
    together = {in_chinese(prefix + name, prefix) for name in ("primary", "uncertain")}
    checked = any(found["prefix"] == prefix for name in names if (found := _CHECKSUMS.fullmatch(name)))
    return together.issubset(names) or checked or f"{prefix}given" in names


def are_scored(names: Sequence[str]) -> bool:
    """Tell whether headings are those of a table with labels, by the columns that `classify score` adds."""
    plain = [folded(name) for name in names]
    return any(name.endswith("labels") for name in plain) and any(name.endswith("uncertain") for name in plain)


def are_labelled(names: Sequence[str]) -> bool:
    """Tell whether headings are those of a table that was scored, or written to be corrected."""
    plain = {folded(name) for name in names}
    return are_scored(names) or (bool(plain & {"已核对", "checked"}) and bool(plain & {"模型判断", "model'sanswer"}))


def listed(names: Iterable[object], most: int = 30) -> str:
    """Return headings for a message: white space drawn together, blank ones left out."""
    found = [_SPACE.sub(" ", str(name or "")).strip()[:40] for name in names]
    shown = [name for name in found if name]
    return ", ".join(shown[:most]) + (", …" if len(shown) > most else "")
