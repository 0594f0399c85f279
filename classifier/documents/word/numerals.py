"""Numbers in the writing systems of automatic numbering (ST_NumberFormat, ECMA-376 Part 1, 17.18.59)."""

from collections.abc import Callable
from functools import partial

_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS_MOST = 780  # Word repeats a letter (AA, BB …) up to thirty times


def numeral(number: int, form: str) -> str:
    """Return a number as a format of that name writes it; decimal digits where it has no sign for it, as Word does."""
    if form in {"none", "bullet"}:
        return ""
    write = _WRITERS.get(form)
    return write(number) if write and number > 0 else str(number)


def _digits(signs: str, number: int) -> str:
    return "".join(signs[int(digit)] for digit in str(number))


def _of(signs: str, number: int) -> str:
    return signs[number - 1] if number <= len(signs) else str(number)


def _tens(signs: str, number: int) -> str:
    """Return 十一, 二十 up to 九十九, then digit by digit: 一〇〇."""
    if number >= 100:
        return _digits(signs, number)
    tens, ones = divmod(number, 10)
    return (signs[tens] if tens > 1 else "") + ("十" if tens else "") + (signs[ones] if ones else "")


def _grouped(signs: str, units: str, zero: str, ones: frozenset[str], number: int) -> str:
    """Return a number by thousands, hundreds and tens, again for each ten thousand.

    `units`: ten, hundred, thousand, ten thousand, hundred million. `zero`: said once for places that are empty.
    `ones`: units before which a one is not written; a single one (Chinese ten) where the number begins only.
    """
    if number >= 10**12:
        return str(number)
    written, gap = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        small, large = place % 4, place // 4
        if digit:
            written += zero if gap and written else ""
            unit = units[small - 1] if small else ""
            silent = digit == 1 and unit in ones and (len(ones) > 1 or not written)
            written += ("" if silent else signs[digit]) + unit
        gap = not digit
        if large and not small and number // 10**place % 10**4:
            written += units[2 + large]
            gap = False
    return written


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else str(number)


def _letters(first: str, number: int) -> str:
    if number > _LETTERS_MOST:
        return str(number)
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if number >= 2**15:
        return str(number)
    written = ""
    for amount, sign in _ROMAN:
        written += sign * (number // amount)
        number %= amount
    return written


def _ordinal(number: int) -> str:
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _row(first: str, amount: int) -> Callable[[int], str]:
    return partial(_of, "".join(chr(ord(first) + i) for i in range(amount)))


_SILENT_TEN = frozenset("十")
_chinese = partial(_grouped, "零一二三四五六七八九", "十百千万亿", "零", _SILENT_TEN)
_WRITERS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": partial(_letters, "A"),
    "lowerLetter": partial(_letters, "a"),
    "ordinal": _ordinal,
    "hex": "{:X}".format,
    "decimalZero": "{:02d}".format,
    "numberInDash": "- {} -".format,
    "decimalFullWidth": partial(_digits, "０１２３４５６７８９"),
    "decimalFullWidth2": partial(_digits, "０１２３４５６７８９"),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 10),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "ideographTraditional": partial(_of, _STEMS),
    "ideographZodiac": partial(_of, _BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographDigital": partial(_digits, _HAN),
    "japaneseDigitalTenThousand": partial(_digits, _HAN),
    "taiwaneseDigital": partial(_digits, "○一二三四五六七八九"),
    "koreanDigital2": partial(_digits, "零一二三四五六七八九"),
    "chineseCounting": partial(_tens, _HAN),
    "taiwaneseCounting": partial(_tens, "○一二三四五六七八九"),
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": partial(_grouped, "零一二三四五六七八九", "十百千萬億", "零", _SILENT_TEN),
    "japaneseCounting": partial(_grouped, "〇一二三四五六七八九", "十百千万億", "", frozenset("十百千")),
    "japaneseLegal": partial(_grouped, "零壱弐参四五六七八九", "拾百阡萬億", "", frozenset()),
    "chineseLegalSimplified": partial(_grouped, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万亿", "零", frozenset()),
    "ideographLegalTraditional": partial(_grouped, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬億", "零", frozenset()),
}
