"""Numbers as Word prints them: 一, （十二）'s 十二, ①, IV, 壹佰 …, by the names of Office Open XML's number formats.

Binary Word files and RTF name the same formats by a number ([MS-OSHARED] 2.2.1.3, MSONFC): see NAMES. OpenDocument and
web pages have three more, whose names here are their own: letters that are counted (A … Z, AA, AB) and circles to 50.
"""

from collections.abc import Callable, Mapping
from functools import partial

# By MSONFC, from 0x00 on.
_NAMES = """
    decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago
    ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal
    japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet
    ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle
    ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional
    taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand
    decimal koreanDigital koreanCounting koreanLegal koreanDigital2 hebrew1 arabicAlpha hebrew2 arabicAbjad
    hindiVowels hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting vietnameseCounting
    numberInDash russianLower russianUpper
""".split()  # noqa: SIM905 - a list of sixty lines says no more
NAMES: Mapping[int, str] = {**dict(enumerate(_NAMES)), 0xFF: "none"}
"""Name of a format by its code in binary files and RTF."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_MOST = 32767  # the highest number that Word counts to; beyond it plain digits, so that no sign is repeated on and on
_MOST_GROUPED = 10**12 - 1  # the highest number that 亿 says
_MOST_LETTERS = 780  # AA…A of thirty letters, where Word begins anew


def formatted(value: int, format_name: str) -> str:
    """Return a number as Word prints it in a format of ST_NumberFormat (ECMA-376, part 1, 17.18.59).

    Values that a format has no sign for (⑳ is the last of its kind) and formats not known come in plain digits, as in
    Word; `none` and `bullet` hold no number and are empty.
    """
    if format_name in {"none", "bullet"}:
        return ""
    grouped = _GROUPED.get(format_name)
    if grouped is not None:
        return grouped(value) if 0 <= value <= _MOST_GROUPED else str(value)
    rule = _RULES.get(format_name)
    if rule is None or not 0 <= value <= _MOST:
        return str(value)
    return rule(value) or str(value)


def spaced(number: str) -> str:
    """Return a number as it stands before its text: a space follows Latin marks and bullets, none Chinese ones."""
    number = number.strip()
    return f"{number} " if number and number[-1] < "①" else number


def _by_units(digits: str, units: str, gap: str, silent: str, value: int) -> str:
    """Return a number with its units: 一千零五.

    `units`: ten, hundred, thousand, ten thousand, hundred million. `gap`: said once for places that are empty.
    `silent`: units before which no one is said; a single one (Chinese ten) only where the number begins.
    """
    said, empty = "", False
    for place in reversed(range(len(str(value)))):
        digit = value // 10**place % 10
        small, large = place % 4, place // 4
        if digit:
            unit = units[small - 1] if small else ""
            is_silent = digit == 1 and unit != "" and unit in silent and (len(silent) > 1 or not said)
            said += (gap if empty and said else "") + ("" if is_silent else digits[digit]) + unit
        empty = not digit
        if large and not small and value // 10**place % 10**4:
            said += units[2 + large]
            empty = False
    return said or digits[0]


def _tens(digits: str) -> Callable[[int], str]:
    """Return the rule that knows 十, but no 百: 九十九, then digit by digit 一〇〇."""

    def rule(value: int) -> str:
        if not 10 <= value < 100:
            return _digit_by_digit(digits)(value)
        tens, ones = divmod(value, 10)
        return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")

    return rule


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(one)] for one in str(value))


def _one_of(signs: str) -> Callable[[int], str]:
    """Return the rule that has a sign for each of the first numbers, and none for others."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else ""


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _repeated(letters: str) -> Callable[[int], str]:
    """Return the rule A … Z, AA, BB … ZZ, AAA."""

    def rule(value: int) -> str:
        times, place = divmod((value - 1) % _MOST_LETTERS, len(letters))
        return letters[place] * (times + 1) if value else ""

    return rule


def _roman(value: int) -> str:
    said = ""
    numerals = (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")
    for worth, sign in (*numerals, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        times, value = divmod(value, worth)
        said += sign * times
    return said


def _counted(letters: str) -> Callable[[int], str]:
    """Return the rule A … Z, AA, AB …"""

    def rule(value: int) -> str:
        said = ""
        while value > 0:
            value, place = divmod(value - 1, len(letters))
            said = letters[place] + said
        return said

    return rule


def _ordinal(value: int) -> str:
    ending = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _chicago(value: int) -> str:
    times, place = divmod(value - 1, 4)
    return "*†‡§"[place] * (times + 1) if 0 < value <= _MOST_LETTERS else ""


def _stem_and_branch(value: int) -> str:
    """Return 甲子 … 癸亥, sixty in a round."""
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value else ""


_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FULL_WIDTH = "０１２３４５６７８９"
_RULES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": _digit_by_digit(_FULL_WIDTH),
    "decimalFullWidth2": _digit_by_digit(_FULL_WIDTH),
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "chicago": _chicago,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _repeated(_LATIN),
    "lowerLetter": _repeated(_LATIN.lower()),
    "russianUpper": _repeated("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    "russianLower": _repeated("абвгдежзиклмнопрстуфхцчшщыэюя"),
    "decimalEnclosedCircle": _one_of(_run("①", 20)),
    # The four sets of GB 2312's second row.
    "decimalEnclosedFullstop": _one_of(_run("⒈", 20)),
    "decimalEnclosedParen": _one_of(_run("⑴", 20)),
    "decimalEnclosedCircleChinese": _one_of(_run("①", 10)),
    "ideographEnclosedCircle": _one_of(_run("㈠", 10)),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
    "ideographDigital": _digit_by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _digit_by_digit(_DIGITS),
    "taiwaneseDigital": _digit_by_digit("○一二三四五六七八九"),
    "koreanDigital2": _digit_by_digit("零一二三四五六七八九"),
    "chineseCounting": _tens(_DIGITS),
    "taiwaneseCounting": _tens("○一二三四五六七八九"),
    "upperLetterCounted": _counted(_LATIN),
    "lowerLetterCounted": _counted(_LATIN.lower()),
    "decimalEnclosedCircleToFifty": _one_of(_run("①", 20) + _run("㉑", 15) + _run("㊱", 15)),
}
_GROUPED: dict[str, Callable[[int], str]] = {
    "chineseCountingThousand": partial(_by_units, "零一二三四五六七八九", "十百千万亿", "零", "十"),
    "taiwaneseCountingThousand": partial(_by_units, "零一二三四五六七八九", "十百千萬億", "零", "十"),
    "chineseLegalSimplified": partial(_by_units, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万亿", "零", ""),
    "ideographLegalTraditional": partial(_by_units, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬億", "零", ""),
    "japaneseLegal": partial(_by_units, "〇壱弐参四伍六七八九", "拾百阡萬億", "", ""),
    "japaneseCounting": partial(_by_units, "〇一二三四五六七八九", "十百千万億", "", "十百千"),
}
