"""Dates and spans of time as people write them: 2024年1月17日, 2024-01-17, 20240117, 二零二四年, 1月至4月.

A moment is its ISO form as far as it is told: 2024, 2024-01 or 2024-01-17.
"""

import re
from collections.abc import Iterator
from datetime import date

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|\s*月)"
_SIGN = "[-./_]"
_COUNTERS = {  # each with what makes another word of it: 2023名单, 2023项目, 2023人大, 2024台山市
    "名": "单录师优牌城校医企村镇茶著胜家人誉山特厨", "人": "大社居才口民防武均员事文力代工行类身造保选物生形寿道权",
    "家": "庭电风校长园乡教居具政属畜禽纺访博装委", "个": "人体税性别转贷", "户": "外籍用口型", "项": "目",
    "件": "数", "条": "例件块", "所": "得属有在", "处": "理级罚置分长室方非突", "台": "账风湾州北海阶山前江儿商胞资",
    "套": "餐路", "张": "家掖北店湾江", "份": "额", "间": "作隔接歇", "座": "谈",
    "位": "居于列置", "头": "条部号版屯", "只": "有是要能", "株": "洲",
    "批": "复准次示评发改", "次": "年数级日生", "场": "地馆所景内", "封": "闭控山面丘开",
    "宗": "教旨", "例": "会行外如", "架": "构", "支": "部出持付援撑行", "天": "津然气府河山水门元心宁桥长祝镇柱涯使台",
    "栋": "梁", "册": "亨", "倍": "增", "亩": "均", "万": "州年宁源载盛荣安秀山达", "余": "姚杭江干庆",
}  # fmt: skip
_COUNTED = "|".join((
    "号|[亿吨辆棵盏]|公里|公顷|公斤|千瓦|千伏|平方|立方|人次|小时|分钟|口井|眼机?井",  # 第2012号提案
    "元(?![旦宵氏谋阳江])",
    *(rf"多?{one}(?![{others}])" for one, others in _COUNTERS.items()),
))  # fmt: skip
_CLOCK = r"(?:T?\s*\d{1,2}:\d{2}(?::\d{2})?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}\s*(?:年|(?P<sign>{_SIGN}))\s*{_MONTH}\s*(?(sign)(?P=sign)|[月./])\s*{_DAY}\s*[日号]?{_CLOCK}",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"{_YEAR}\s*(?:年|(?P<sign>{_SIGN}))\s*{_MONTH}\s*月?",
        rf"(?<!第)(?<!第\s){_YEAR}(?!\d|\s*(?:{_COUNTED}))\s*年?",
    )
)
_START = re.compile(r"(?<!\d)(?:19|20)\d{2}")
_TO = re.compile(r"\s*(?:(?P<sign>[-—–~～])[-—–~～]*|[至到和、])\s*")
_END_DAY = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s*[月./]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*[日号]?")
_END_MONTH = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s*月")
_END_NUMBER = re.compile(r"(?P<last>\d{1,2})(?![\d:：])\s*[日号]?")
_WIDE = str.maketrans("０１２３４５６７８９．／：", "0123456789./:")
_DASHES = str.maketrans("－‐‑−﹣‒―─〜∼", "-----–––~~")
ZEROS = "零〇○◯OoＯｏ0ΟО"  # few keyboards have 〇: Latin, Greek and Cyrillic letters, digits and circles stand for it
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | dict.fromkeys(ZEROS, "0")
_YEAR_IN_WORDS = re.compile(rf"(一九|二[{ZEROS}])[{ZEROS}一二三四五六七八九]{{2}}(?=年)")
_NUMBER_IN_WORDS = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")


def in_digits(text: str) -> str:
    """Return a text with full-width digits and rare dashes as plain ones, and a date's Chinese numbers as digits."""
    text = text.translate(_WIDE | _DASHES)
    if not _YEAR_IN_WORDS.search(text):
        return text
    text = _YEAR_IN_WORDS.sub(lambda year: "".join(_DIGITS[digit] for digit in year[0]), text)
    return _NUMBER_IN_WORDS.sub(lambda number: str(_number(number[0])), text)


def moments(text: str) -> Iterator[str]:
    """Yield the moments of a text in order; a span as the day, month or year that holds all of it, none beyond a year.

    1月至4月 of 2024 is 2024, 2024年1月4-6日 is 2024-01, 2023年12月至2024年1月 is no moment.
    """
    text = in_digits(text)
    place = 0
    while (start := _START.search(text, place)) is not None:
        found = _moment(text, start.start())
        if found is None:
            place = start.end()
            continue
        first, place, hyphens = found
        end = _end(text, place, first, hyphens=hyphens)
        if end is not None:
            last, place = end
            first = _holding(first, last)
        if first:
            yield first


def whole(text: str) -> str | None:
    """Return the moment that a text is, with nothing else in it (2021, 2021年, 2021年度, 2021-03); None for none."""
    text = in_digits(text).strip().removesuffix("度")
    found = _moment(text, 0)
    return found[0] if found is not None and found[1] == len(text) else None


def _moment(text: str, place: int) -> tuple[str, int, bool] | None:
    """Return the moment that begins at a place, where it ends, and whether hyphens divide it."""
    for form in _FORMS:
        match = form.match(text, place)
        if match is None:
            continue
        told = match.groupdict()
        numbers = [int(told[part]) for part in ("year", "month", "day") if told.get(part)]
        if moment := _iso(*numbers):
            return moment, match.end(), told.get("sign") == "-"
    return None


def _end(text: str, place: int, first: str, *, hyphens: bool) -> tuple[str, int] | None:
    """Return the last moment of a span whose first one ends at a place, and where it ends; None where it is no span."""
    to = _TO.match(text, place)
    if to is None:
        return None
    if (full := _moment(text, to.end())) is not None:
        return full[:2]
    year = int(first[:4])
    dated = len(first) == len("2024-01-17")
    if dated and (match := _END_DAY.match(text, to.end())):
        return _checked(_iso(year, int(match["month"]), int(match["day"])), match.end())
    if len(first) > len("2024") and (match := _END_MONTH.match(text, to.end())):
        return _checked(_iso(year, int(match["month"])), match.end())
    match = _END_NUMBER.match(text, to.end())
    if match is None or len(first) == len("2024") or (hyphens and to["sign"] == "-"):
        return None
    last = int(match["last"])
    return _checked(_iso(year, int(first[5:7]), last) if dated else _iso(year, last), match.end())


def _checked(moment: str | None, end: int) -> tuple[str, int] | None:
    return None if moment is None else (moment, end)


def _holding(first: str, last: str) -> str:
    """Return the day, month or year that holds both ends of a span, "" where none does."""
    size = min(len(first), len(last))
    if last[:size] < first[:size]:
        return ""  # 2023年12月至1月: the next year begun
    return next((first[:n] for n in (10, 7, 4) if n <= size and first[:n] == last[:n]), "")


def _iso(year: int, month: int = 0, day: int = 0) -> str | None:
    try:
        found = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return found if day else found[:7] if month else found[:4]


def _number(words: str) -> int:
    """Return a number up to 99 in Chinese words: 三, 十二, 二十, 三十一."""
    tens, ten, ones = words.rpartition("十")
    unit = int(_DIGITS.get(ones[-1:], "0"))
    return (int(_DIGITS.get(tens[-1:], "1")) * 10 if ten else 0) + unit
