"""When a document was written: a date in a cell, in its name or in its text.

A date is its ISO form as far as it is known: 2023, 2023-05 or 2023-05-03. Such texts sort by time.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from classifier.report.moments import in_digits, moments, whole

SPAN = "–"  # stands between the first and the last of several dates
_OPENING, _CLOSING = 10, 5  # paragraphs at both ends of a document in which its date may stand
_SHORT = 40  # characters of a line that says when, and little else
_FIRST_BODY, _FIRST_WORDS = 3, 60  # 本报讯（2023年5月3日）…: body paragraphs and characters that are looked at
_MONTH_RUN_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)")  # in cells and names; else a postcode
_YEAR_OF_TWO = re.compile(r"(\d{2})(?:([-./])(\d{1,2})\2|年(\d{1,2})月)(\d{1,2})日?")  # 24-3-6, 24年3月6日
_VAGUE = re.compile(r"((?:19|20)\d{2})\.1")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(20_000, 73_051)  # Excel's days: 1954-10-03 to the end of 2099
_SERIAL_FROM = date(1899, 12, 30)
_LATEST = 50  # 49-1-1 is of 2049, 50-1-1 of 1950


def in_cell(value: object, *, days: bool = False) -> str | None:
    """Return the date in a cell of a table (text, a number such as 2023 or 20230503, a date), None for none.

    Of a span (2024年1-4月) it is the month or year that holds all of it, None where there is none. `days`: the column
    holds dates by its name, so that 45303 is a day as Excel numbers it. Of 2024.1 the year is known (`is_vague`).
    """
    text = _cell_text(value)
    if (vague := _VAGUE.fullmatch(text)) is not None:
        return vague[1]
    if (month := _MONTH_RUN_TOGETHER.fullmatch(text)) is not None:
        return f"{month[1]}-{month[2]}"
    if days and (serial := _SERIAL.fullmatch(text)) is not None and int(serial[1]) in _SERIALS:
        return (_SERIAL_FROM + timedelta(days=int(serial[1]))).isoformat()
    found = list(moments(text))
    return max(found, key=len, default=None) or _of_two(text)


def is_vague(value: object) -> bool:
    """Tell whether a cell may be January or October: a number 2024.10 loses its last digit in Excel."""
    return _VAGUE.fullmatch(_cell_text(value)) is not None


def _cell_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return in_digits(str(value).strip())


def _of_two(text: str) -> str | None:
    """Return the day of 24-3-6; 03/06/24 may be the third of June, so that with a slash the year must be beyond 12."""
    match = _YEAR_OF_TWO.fullmatch(text)
    if match is None or (match[2] == "/" and int(match[1]) <= 12):
        return None
    century = 2000 if int(match[1]) < _LATEST else 1900
    try:
        return date(century + int(match[1]), int(match[3] or match[4]), int(match[5])).isoformat()
    except ValueError:
        return None


def span_of(days: Iterable[str | None]) -> str:
    """Return the first and the last of some dates, 2021-03–2023; the date itself where all are one, "" for none."""
    found = sorted({day for day in days if day is not None})
    return f"{found[0]}{SPAN}{found[-1]}" if len(found) > 1 else "".join(found)


def of_document(name: str, paragraphs: Sequence[str]) -> str | None:
    """Return the date of a document, the surest sign first; None where there is none.

    A whole date counts in the name, in a short line at either end, and in the first words of the text; a month or a
    year only in the name and in a short line at the beginning: elsewhere they are what the text is about. Of a span
    (2024年1-4月) the month or year that holds all of it is known. Where the name has a year and the text a day of the
    year before or after, the name counts: 2021年工作总结 is of January 2022, and some report to a congress of
    December before.
    """
    lines = [text for text in paragraphs[:_OPENING] if len(text) <= _SHORT]
    ends = [text for text in paragraphs[-_CLOSING:] if len(text) <= _SHORT]
    first = [text[:_FIRST_WORDS] for text in paragraphs[:_FIRST_BODY]]
    for find, places in (
        (_day, [name, *lines, *reversed(ends), *first]),
        (_month_of_name, [name]),
        (_month, [name, *lines]),
        (_year, [name, *lines]),
    ):
        if found := next((day for text in places if (day := find(text))), None):
            named = _year(name)
            return named if named is not None and abs(int(found[:4]) - int(named)) == 1 else found
    return None


def other_year(name: str, day: str | None) -> bool:
    """Tell whether a document's name has a year, and its date is of another one: the name counts for less."""
    named = _year(name)
    return named is not None and day is not None and not day.startswith(named)


def of_folders(folders: Sequence[str]) -> str | None:
    """Return the date that a document is filed under: its nearest folder that is called by a date alone."""
    return next((day for folder in reversed(folders) if (day := whole(folder))), None)


def _day(text: str) -> str | None:
    return next((one for one in moments(text) if len(one) == len("2023-05-03")), None)


def _month(text: str) -> str | None:
    return next((one[:7] for one in moments(text) if len(one) >= len("2023-05")), None)


def _month_of_name(name: str) -> str | None:
    match = _MONTH_RUN_TOGETHER.search(in_digits(name))
    return None if match is None else f"{match[1]}-{match[2]}"


def _year(text: str) -> str | None:
    return next((one[:4] for one in moments(text)), None)
