"""What this program wrote for people to read, told from its content: no source of a later run that reads its folder."""

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from classifier.unzip import BROKEN

MARK = "local-government-classifier"
"""Stands among a document's or workbook's keywords, as a web page's generator, in a comment that ends Markdown."""
MARKDOWN_MARK = f"<!-- {MARK} -->"
_CORE = "docProps/core.xml"
_LOOKED_AT = 1 << 13  # bytes of a page's head, of a package's properties, of a text's end
_LONGEST_LINE = 1 << 20  # bytes: the first line of a table
_SUGGESTED_HEADINGS = tuple(  # what to label next
    frozenset(names.split("|")) for names in ("text|label|doc|suggested|reason", "正文|标签|文件|模型建议|选取理由")
)
_EXTRACT_HEADINGS = tuple(frozenset(names.split("|")) for names in (
    "序号|正文|主题|存疑|文件|地方|日期|所在标题|段号|又见|说明",
    "no.|text|topics|uncertain|document|place|date|under the heading|paragraph|also in|notes",
))  # fmt: skip
_HEADINGS = (
    *_SUGGESTED_HEADINGS,
    *_EXTRACT_HEADINGS,
    *(frozenset(names.split("|")) for names in (
        "对比项|值|时间|篇数|段数|字数",  # figures of a report
        "Compared by|Value|Time|documents|paragraphs|characters",
        "text|where|decided|before|model|followed",  # corrections and what a new version says
        "正文|出处|人工标注|原模型|新模型|是否照做",
    )),
)  # fmt: skip
"""Of each table that bears no mark, columns which no other has all of; whatever else it has, in whichever order."""
_LABELLED = tuple(  # as they are exported
    frozenset(names.split("|"))
    for names in (
        "text|label|doc|by|date|genre|place|year|origin",
        "正文|标签|文件|标注人|标注日期|体裁|地区|年份|来源",
    )
)
_ANSWERS = tuple(frozenset(names.split("|")) for names in ("where|people|text", "出处|人工标注|正文"))
_VERSION = re.compile(r"\d{8}-[0-9a-f]{6}(?:-\d+)?")
"""What two versions label differently stands in columns called by them, beside these, as others have."""
_NAMED = 3  # files in a message
_SUGGESTED_KEYS = frozenset({"text", "doc", "reason", "suggested", "probabilities"})
_EXTRACT_KEYS = "file|place|date|headings|paragraph|start|end|kind|text|labels|uncertain|probabilities|model"
_DOCCANO = frozenset({"id", "text", "label", "Comments"})
_KEYS = (_SUGGESTED_KEYS, frozenset(_EXTRACT_KEYS.split("|")))
"""The same of JSON Lines: keys of the first line."""
_LABEL_KEYS = frozenset({
    "text", "words", "labels", "doc", "by", "date", "aside", "sentences", "suggested", "suggested_by", "at", "seq",
    "genre", "place", "year", "origin", "annotations", "tokeniser", "id", "settled",
})  # fmt: skip
_HAVE_LABELS = frozenset({"by", "suggested_by", "tokeniser"})  # of labels that people gave: those to be given have none
_FASTTEXT = b"__label__"
_TABLE_S_END = re.compile(r"(?:model|模型) \S+ · .*--explain (?:shows why|显示理由)\Z")  # of the table for the eye


def is_own_output(path: Path) -> bool:
    """Tell whether a file is an extract, a report or its figures, labelled documents, a table to correct or labels.

    It bears a mark, else its columns tell. Scored tables are none: they are read on. A file that cannot be read is
    somebody else's matter.
    """
    return is_of_labels(path) or _is(path, _TOLD_BY)


def is_of_labels(path: Path) -> bool:
    """Tell whether one of these holds labels in a form that other programs write as well: nobody can say who did."""
    return _is(path, _LABELS_TOLD_BY)


def _is(path: Path, told_by: Mapping[str, Callable[[Path], bool]]) -> bool:
    tell = told_by.get(path.suffix.lower())
    try:
        return tell is not None and tell(path)
    except (*BROKEN, OSError, KeyError):  # KeyError: a package that has no such part
        return False


def said_of(files: Iterable[Path]) -> str:
    """Return what a message that there is nothing to read says of files that are our outputs; "" where none is."""
    own = [str(path) for path in files if is_own_output(path)]
    if not own:
        return ""
    some = ", ".join([*own[:_NAMED], *("…" for _ in own[_NAMED : _NAMED + 1])])
    return f"; what lies there are outputs of classify, or labels ({some}): name a file to read it"


def is_suggestions(path: Path) -> bool:
    """Tell whether a file is what `classify suggest` chose, as CSV or JSON Lines: what is labelled next is read on."""
    try:
        if path.suffix.lower() == ".jsonl":
            return _first_keys(path) >= _SUGGESTED_KEYS
        return path.suffix.lower() in {".csv", ".tsv"} and any(map(are_suggested, _first_rows(path)))
    except OSError:
        return False


def are_suggested(headings: Iterable[str]) -> bool:
    """Tell whether a table's headings are those of what `classify suggest` chose."""
    there = set(headings)
    return any(there >= wanted for wanted in _SUGGESTED_HEADINGS)


def are_of_extract(names: Iterable[str]) -> bool:
    """Tell whether headings of a table, or keys of a line, are those of an extract: its labels are a model's.

    Those of text and topics may have been called otherwise since.
    """
    there = set(names)
    tables = (wanted - {"正文", "主题", "text", "topics"} for wanted in _EXTRACT_HEADINGS)
    return any(wanted <= there for wanted in (*tables, frozenset(_EXTRACT_KEYS.split("|"))))


def _page(path: Path) -> bool:
    with path.open("rb") as stream:
        return f'<meta name="generator" content="{MARK}">'.encode() in stream.read(_LOOKED_AT)


def _package(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive, archive.open(_CORE) as part:
        return f">{MARK}<".encode() in part.read(_LOOKED_AT)


def _markdown(path: Path) -> bool:
    return _end(path).endswith(MARKDOWN_MARK)


def _text(path: Path) -> bool:
    """Tell by the end, which a program may have saved in another encoding."""
    ends = (_end(path, encoding)[-400:] for encoding in ("utf-8", "gb18030"))
    return any(_TABLE_S_END.search(" ".join(end.split())) for end in ends)


def _end(path: Path, encoding: str = "utf-8") -> str:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _LOOKED_AT))
        return stream.read().decode(encoding, "replace").rstrip()


def _csv(path: Path) -> bool:
    return any(any(wanted <= row for wanted in _HEADINGS) or _compares(row) for row in _first_rows(path))


def _compares(row: set[str]) -> bool:
    return any(wanted <= row for wanted in _ANSWERS) and sum(map(bool, map(_VERSION.fullmatch, row))) > 1


def _first_rows(path: Path) -> list[set[str]]:
    """Return the first row as it may be meant: a program may have saved it with another encoding or delimiter."""
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST_LINE)
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = line.decode("gb18030", "replace")
    return [set(next(csv.reader([text.strip()], delimiter=delimiter), [])) for delimiter in ",\t;"]


def _json_lines(path: Path) -> bool:
    keys = _first_keys(path)
    return any(wanted <= keys for wanted in _KEYS)


def _labels_fasttext(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").startswith(_FASTTEXT)


def _labels_csv(path: Path) -> bool:
    return any(row >= wanted for row in _first_rows(path) for wanted in _LABELLED)


def _labels_json(path: Path) -> bool:
    keys = _first_keys(path)
    return keys >= _DOCCANO or _are_labels(keys)


def _are_labels(keys: set[str]) -> bool:
    """Tell whether a line is one of a labels folder, or of `classify labels export`, by having no other keys."""
    return "labels" in keys and bool(keys & _HAVE_LABELS) and keys <= _LABEL_KEYS and bool(keys & {"text", "words"})


def _first_keys(path: Path) -> set[str]:
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST_LINE)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return set()
    return set(row) if isinstance(row, dict) else set()


_TOLD_BY: dict[str, Callable[[Path], bool]] = {
    ".docx": _package, ".xlsx": _package, ".html": _page, ".htm": _page, ".md": _markdown, ".txt": _text,
    ".csv": _csv, ".tsv": _csv, ".jsonl": _json_lines,
}  # fmt: skip
_LABELS_TOLD_BY = {".txt": _labels_fasttext, ".csv": _labels_csv, ".tsv": _labels_csv, ".jsonl": _labels_json}
