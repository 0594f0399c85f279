"""Which columns of a table name its documents, dates and places: told by their headings, whatever case and width."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from classifier.report import dates
from classifier.tables.names import HEADINGS, folded

DOCUMENT = ("file", *HEADINGS["doc"], "文件名", "标题", "title", "url", "链接")
PLACES = (*HEADINGS["place"], "地方", "county", "县", "city", "市", "region", "province", "乡镇", "镇", "县区", "区县")
COMPARE = (*PLACES, "source", "来源", "媒体", *HEADINGS["genre"], "单位", "department", "部门")
_DATES = (
    "date", "日期", "发布日期", "发布时间", "时间", "published", "publish_date", "pubdate", "time", "month", "月份",
    "year", "年份", "年度", "年",
)  # fmt: skip
_LIKE_DATES = ("日期", "时间", "年份", "年度", "date")  # 受理日期; counts where a table has one such column only
_DAYS = ("日期", "时间", "date", "time")  # headings under which a number such as 45303 is a day
_MONTHS = ("month", "月份", "月")
_IN_A_YEAR = re.compile(r"(1[0-2]|0?[1-9])月(?:份|[0-3]?\d[日号])?")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])(?:\.0)?月?")


def first_of(candidates: Iterable[str], names: Sequence[str]) -> str | None:
    """Return the first of the candidates that is a column, as the table writes it; None where none is."""
    return next((name for candidate in candidates for name in names if folded(name) == candidate), None)


def date_in(row: Mapping[str, object], column: str | None = None, names: Sequence[str] = ()) -> str | None:
    """Return the date that a row tells (`classifier.report.dates`), None for none.

    `column`: where it stands; None for the columns whose headings say a date: the most exact counts, and a month
    beside a year makes one date. `names`: all columns of its table, for a row may lack its blank cells.
    """
    if column is not None:
        return dates.in_cell(row.get(column), days=True)
    dated, months = _date_columns(tuple(names or row))
    told = (dates.in_cell(row.get(name), days=folded(name).endswith(_DAYS)) for name in dated)
    found = max(filter(None, told), key=len, default=None)
    if found is not None and len(found) == len("2023"):
        month = next((one for name in months if (one := _MONTH.fullmatch(_text(row.get(name))))), None)
        return found if month is None else f"{found}-{int(month[1]):02}"
    return found


def told_date(
    otherwise: str | None, row: Mapping[str, object], column: str | None = None, names: Sequence[str] = ()
) -> tuple[str | None, str]:
    """Return the date that a row tells, and what is odd about it (`odd_date_in`); where nothing stands, `otherwise`.

    去年冬天 in a table called 2023年来信 is of no year that is known, 3月5日 is of March 2023. `column`, `names`: as in
    `date_in`.
    """
    found, odd = date_in(row, column, names), odd_date_in(row, column, names)
    if found is not None or not odd:
        return found or otherwise, odd
    month = in_a_year(odd)
    return (f"{otherwise[:4]}-{int(month[1]):02}", "") if otherwise and month else (None, odd)


def in_a_year(text: str) -> re.Match[str] | None:
    """Tell whether a text says a month or a day, and leaves the year to what it stands in."""
    return _IN_A_YEAR.fullmatch(text)


def unsure_dates(names: Iterable[str]) -> list[str]:
    """Return the columns of which any may hold the date, so that none counts; none where one is surer than others."""
    certain, like = _dates_among({name: folded(name) for name in names})
    return like if not certain and len(like) > 1 else []


def odd_date_in(row: Mapping[str, object], column: str | None = None, names: Sequence[str] = ()) -> str:
    """Return what stands where a row's date should and is none, or one of which the year alone is known; else "".

    `column`, `names`: as in `date_in`. Where another column tells the date, nothing is odd.
    """
    dated = [column] if column is not None else _date_columns(tuple(names or row))[0]
    cells = [text for name in dated if (text := _text(row.get(name)))]
    found = date_in(row, column, names)
    if found is None:
        return cells[0] if cells else ""
    return next((text for text in cells if len(found) == len("2023") and dates.is_vague(text)), "")


def facts_in(row: Mapping[str, object], asked: Sequence[str] = ()) -> dict[str, str]:
    """Return what a row is compared by, beside its place: what was asked for, else a source, an office or a genre."""
    names = [name for name in row if name in asked] if asked else _others(tuple(row))
    return {name: text for name in names if (text := _text(row[name]))}


def place_in(row: Mapping[str, object]) -> str:
    """Return the place that a row tells, "" for none: of several columns the first in which something stands."""
    told = (name for candidate in PLACES for name in row if folded(name) == candidate)
    return next((text for name in told if (text := _text(row[name]))), "")


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


@lru_cache(maxsize=64)
def _others(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if folded(name) in COMPARE and folded(name) not in PLACES]


@lru_cache(maxsize=64)
def _date_columns(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the columns that may hold dates, and those that may hold months alone."""
    plain = {name: folded(name) for name in names}
    found, like = _dates_among(plain)
    months = [name for name in names if plain[name] in _MONTHS]
    return found or (like if len(like) == 1 else []), months


def _dates_among(plain: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the columns whose heading says a date, and those whose heading ends so. `plain`: column → `folded`."""
    found = [name for candidate in _DATES for name, heading in plain.items() if heading == candidate]
    return found, [name for name, heading in plain.items() if heading.endswith(_LIKE_DATES)]
