"""When a document was written: a date in a cell, in its name or in its text.

A date is its ISO form as far as it is known: 2023, 2023-05 or 2023-05-03. Such texts sort by time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

SPAN = "–"  # stands between the first and the last of several dates
_OPENING, _CLOSING = 10, 5  # paragraphs at both ends of a document in which its date may stand
_SHORT = 40  # characters of a line that says when, and little else
_FIRST_BODY, _FIRST_WORDS = 3, 60  # 本报讯（2023年5月3日）…: body paragraphs and characters that are looked at
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d{2})"
_MONTHS_ON = r"\s*(?:月\s*)?(?:[-—–－~～、]+|[至到和])\s*\d{1,2}(?!\d)"  # behind a month: 1-4月, 1月至4月 are spans
# The same sign on both sides of a month: 2024.1-4 and 2024年1-4月 are January to April, not the 4th of January.
_DAY = re.compile(
    rf"{_YEAR}\s*(?:年|(?P<sign>[-./_]))\s*(?P<month>\d{{1,2}})\s*(?(sign)(?P=sign)|[月./])\s*(?P<day>\d{{1,2}})(?!\d|\s*月)"
)
_DAY_RUN_TOGETHER = re.compile(rf"{_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_DAY_IN_WORDS = re.compile(
    r"([一二][零〇○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MONTH = re.compile(
    rf"{_YEAR}\s*(?:年|[./_]|(?P<hyphen>-))\s*(?P<month>\d{{1,2}})(?!\d)"
    rf"(?!{_MONTHS_ON}\s*月)(?(hyphen)|(?!{_MONTHS_ON}))"  # 2023-02-30 has a month
)
_YEAR_ALONE = re.compile(rf"{_YEAR}(?!\d)")


def in_cell(value: object) -> str | None:
    """Return the date in a cell of a table (text, a number such as 2023 or 20230503, a date), None for none."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return _day(text) or _month(text) or _year(text)


def span_of(days: Iterable[str | None]) -> str:
    """Return the first and the last of some dates, 2021-03–2023; the date itself where all are one, "" for none."""
    found = sorted({day for day in days if day is not None})
    return f"{found[0]}{SPAN}{found[-1]}" if len(found) > 1 else "".join(found)


def of_document(name: str, paragraphs: Sequence[str]) -> str | None:
    """Return the date of a document, the surest sign first; None where there is none.

    A whole date counts in the name, in a short line at either end, and in the first words of the text; a month or a
    year only in the name and in a short line at the beginning: elsewhere they are what the text is about. Of a span
    of months (2024年1-4月) the year is known. Where the name has a year and the text a day of the year before or after,
    the name counts: 2021年工作总结 is of January 2022, and some report to a congress of December before.
    """
    lines = [text for text in paragraphs[:_OPENING] if len(text) <= _SHORT]
    ends = [text for text in paragraphs[-_CLOSING:] if len(text) <= _SHORT]
    first = [text[:_FIRST_WORDS] for text in paragraphs[:_FIRST_BODY]]
    for find, places in (
        (_day, [name, *lines, *reversed(ends), *first]),
        (_month, [name, *lines]),
        (_year, [name, *lines]),
    ):
        if found := next((day for text in places if (day := find(text))), None):
            named = _year(name)
            return named if named is not None and abs(int(found[:4]) - int(named)) == 1 else found
    return None


def _day(text: str) -> str | None:
    return next(_days(text), None)


def _days(text: str) -> Iterator[str]:
    for pattern in (_DAY, _DAY_RUN_TOGETHER):
        for match in pattern.finditer(text):
            if day := _valid(*map(int, match.group("year", "month", "day"))):
                yield day
    for match in _DAY_IN_WORDS.finditer(text):
        year = "".join(_DIGITS[digit] for digit in match[1])
        if day := _valid(int(year), _number(match[2]), _number(match[3])):
            yield day


def _month(text: str) -> str | None:
    found = (tuple(map(int, match.group("year", "month"))) for match in _MONTH.finditer(text))
    return next((f"{year}-{month:02}" for year, month in found if 1 <= month <= 12), None)


def _year(text: str) -> str | None:
    match = _YEAR_ALONE.search(text)
    return match[1] if match else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(words: str) -> int:
    """Return a number up to 99 in Chinese words: 三, 十二, 二十, 三十一."""
    tens, ten, ones = words.rpartition("十")
    unit = int(_DIGITS.get(ones[-1:], "0"))
    return (int(_DIGITS.get(tens[-1:], "1")) * 10 if ten else 0) + unit
