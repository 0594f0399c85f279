"""Numbers as word processors print them before a paragraph: 一、 （二） ③ 甲 IV c."""

from collections.abc import Callable

Ordinal = Callable[[int], str]
"""Turns a count, from 1, into what is printed."""

_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = str.maketrans("〇一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟萬")
_LEGAL_SIMPLE = str.maketrans("萬", "万")
_TRADITIONAL = str.maketrans("贰叁陆", "貳參陸")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def arabic(number: int) -> str:
    """Return 1, 2, 3 …"""
    return str(number)


def two_digits(number: int) -> str:
    """Return 01, 02 … 10."""
    return f"{number:02d}"


def full_width(number: int) -> str:
    """Return １, ２, ３ …"""
    return str(number).translate({ord("0") + i: ord("０") + i for i in range(10)})


def chinese(number: int) -> str:
    """Return 一, 十, 二十一, 一百零五; Arabic digits from 100,000 on."""
    if not 0 < number < 100_000:
        return _DIGITS[0] if number == 0 else str(number)
    high, low = divmod(number, 10_000)
    text = f"{_below_ten_thousand(high)}万" if high else ""
    if high and 0 < low < 1000:
        text += "零"
    text += _below_ten_thousand(low) if low else ""
    return text.removeprefix("一") if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text


def chinese_digits(number: int) -> str:
    """Return 一, 二 … 一〇, 一一: digit by digit."""
    return "".join(_DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def legal(number: int) -> str:
    """Return 壹, 贰 … 壹拾, as on cheques."""
    text = chinese(number)
    return ("一" * text.startswith("十") + text).translate(_LEGAL).translate(_LEGAL_SIMPLE)


def legal_traditional(number: int) -> str:
    """Return 壹, 貳, 參 …"""
    return legal(number).translate(_TRADITIONAL)


def circled(number: int) -> str:
    """Return ①, ② … ㊿; Arabic digits from 51 on."""
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def heavenly_stem(number: int) -> str:
    """Return 甲, 乙, 丙 …; Arabic digits from 11 on."""
    return _STEMS[number - 1] if 1 <= number <= 10 else str(number)


def earthly_branch(number: int) -> str:
    """Return 子, 丑, 寅 …; Arabic digits from 13 on."""
    return _BRANCHES[number - 1] if 1 <= number <= 12 else str(number)


def upper_roman(number: int) -> str:
    """Return I, II, III …; Arabic digits outside 1 to 3,999."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def lower_roman(number: int) -> str:
    """Return i, ii, iii …"""
    return upper_roman(number).lower()


def upper_letter(number: int) -> str:
    """Return A … Z, AA, BB … as Word and LibreOffice's "A, B, …, AA, BB" go on."""
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30) if number > 0 else str(number)


def lower_letter(number: int) -> str:
    """Return a … z, aa, bb …"""
    return upper_letter(number).lower()


def upper_letter_counted(number: int) -> str:
    """Return A … Z, AA, AB …: counted in base 26."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text or "0"


def lower_letter_counted(number: int) -> str:
    """Return a … z, aa, ab …"""
    return upper_letter_counted(number).lower()


def spaced(number: str) -> str:
    """Return a number as it stands before its text: a space follows Latin marks and bullets, none Chinese ones."""
    number = number.strip()
    return f"{number} " if number and number[-1] < "①" else number
