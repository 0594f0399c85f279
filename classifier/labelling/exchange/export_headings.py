"""What the columns of exported labels, and of what to label next, are called in either language; both are read."""

from collections.abc import Iterable

from classifier.i18n.language import spoken

_CHINESE = {
    "text": "正文",
    "label": "标签",
    "doc": "文件",
    "by": "标注人",
    "date": "标注日期",
    "genre": "体裁",
    "place": "地区",
    "year": "年份",
    "origin": "来源",
    "start": "起点",
    "end": "终点",
    "suggested": "模型建议",
    "certainty": "把握",
    "reason": "选取理由",
}


def in_words(columns: Iterable[str]) -> list[str]:
    """Return what some columns are called in the reader's language."""
    return [spoken(one, _CHINESE[one]) for one in columns]


def in_chinese(columns: Iterable[str]) -> tuple[str, ...]:
    """Return what some columns are called in Chinese."""
    return tuple(_CHINESE[one] for one in columns)
