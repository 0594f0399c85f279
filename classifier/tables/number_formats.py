"""What Excel shows of a number whose format makes a day of the week or a length of time of it, and no date.

Other numbers and dates are read as they are stored; of these the stored number says nothing to anybody.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from math import floor

Shown = Callable[[float], str | None]
"""What is shown of a number, None where Excel shows none: a length of time below nothing."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*.|\[\$[^\]-]*-(?P<language>[^\],]+)[^\]]*\]'
    r"|\[(?P<total>h+|m+|s+)\]|(?P<condition>\[[<>=][^\]]*\])|\[[^\]]*\]"
    r"|(?P<day>aaaa?|d{3,})|(?P<unit>h+|m+|s+)|\.(?P<parts>0+)|(?P<date>[yedgb]+|am/pm|a/p|上午/下午)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CHINESE = "日一二三四五六"
_ENGLISH = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
WEEKDAY = re.compile(rf"(?:星期|周)?[{_CHINESE}]|(?:{'|'.join(f'{day[:3]}(?:{day[3:]})?' for day in _ENGLISH)})")
_TO_1900 = 1462  # days from the beginning of the count of 1904 to that of 1900
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_LESS_THAN_TOLD = 6  # digits behind the second, below which a number of days is not exact


@cache
def shown_by(code: str, *, from_1904: bool = False) -> Shown | None:
    """Return what shows numbers in a format of that kind (aaaa, [$-804]ddd, [h]:mm), None for any other format.

    `from_1904`: days of the workbook are counted as on old Macs.
    """
    tokens = list(_TOKEN.finditer(code.split(";", maxsplit=1)[0]))
    named = {name for one in tokens for name in one.groupdict() if one[name]}
    if named & {"date", "condition"}:
        return None
    if "total" in named and "day" not in named:
        return lambda number: _length(number, tokens)
    if "day" in named and not named & {"unit", "total"}:
        language = next((one["language"] for one in tokens if one["language"]), "")
        return lambda number: _day(int(number) + _TO_1900 * from_1904, tokens, language)
    return None


def _day(number: int, tokens: Sequence[re.Match[str]], language: str) -> str | None:
    return "".join(_weekday((number - 1) % 7, one["day"], language) if one["day"] else _literal(one) for one in tokens)


def _weekday(day: int, letters: str, language: str) -> str:
    """Return a day of the week, Sunday 0. `language`: the format's own; without one d is English, a Chinese."""
    short, chinese = len(letters) == 3, letters[0] in "aA"
    if not (_is_chinese(language) if language else chinese):
        return _ENGLISH[day][:3] if short else _ENGLISH[day]
    if not short:
        return f"星期{_CHINESE[day]}"
    return f"周{_CHINESE[day]}" if language else _CHINESE[day]


def _is_chinese(language: str) -> bool:
    """Tell by a code of Windows (804, with a calendar 1010804) or a name (zh-CN)."""
    if re.fullmatch("[0-9A-Fa-f]+", language):
        return int(language, 16) & 0x3FF == 4
    return language.lower().startswith("zh")


def _length(days: float, tokens: Sequence[re.Match[str]]) -> str | None:
    if days < 0:
        return None
    seconds = round(days * 86_400, _LESS_THAN_TOLD)
    return "".join(_part(seconds, one) for one in tokens)


def _part(seconds: float, token: re.Match[str]) -> str:
    if token["parts"]:
        return f".{floor(seconds % 1 * 10 ** len(token['parts'])):0{len(token['parts'])}}"
    letters = token["total"] or token["unit"]
    if not letters:
        return _literal(token)
    whole = floor(seconds / _SECONDS[letters[0].lower()])
    return f"{whole if token['total'] else whole % (24 if letters[0] in 'hH' else 60):0{len(letters)}}"


def _literal(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or (" " if token["space"] else token["plain"] or "")
