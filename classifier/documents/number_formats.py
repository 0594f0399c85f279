"""Numbers as Word prints them: 一, （十二）'s 十二, ①, IV, 壹佰 …, by the names of Office Open XML's number formats.

Binary Word files name the same formats by a byte ([MS-OSHARED] 2.2.1.3, MSONFC): see NAMES.
"""

from collections.abc import Callable, Mapping

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
"""Name of a format by its code in binary files."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_SIMPLE = ("零一二三四五六七八九", "十百千", "万亿")
_SIMPLE_TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬億")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
_LEGAL_JAPANESE = ("〇壱弐参四伍六七八九", "拾百阡", "萬億")
_MOST = 32767  # the highest number that Word counts to; beyond it plain digits, so that no format can grow
_MOST_LETTERS = 780  # AA…A of thirty letters, where Word begins anew


def formatted(value: int, format_name: str) -> str:
    """Return a number as Word prints it in a format of ST_NumberFormat (ECMA-376, part 1, 17.18.59).

    Values that a format has no sign for (⑳ is the last of its kind) and formats not known come in plain digits, as in
    Word; `none` and `bullet` hold no number and are empty.
    """
    if format_name in {"none", "bullet"}:
        return ""
    rule = _RULES.get(format_name)
    if rule is None or not 0 <= value <= _MOST:
        return str(value)
    return rule(value) or str(value)


def _grouped(signs: tuple[str, str, str], bare_ten: bool = False) -> Callable[[int], str]:
    """Return the rule that counts with 十, 百, 千, 万; `bare_ten`: 十二 for 12, not 一十二."""
    digits, units, myriads = signs

    def group(value: int) -> str:
        """Return up to four digits; gaps between them are filled with one zero."""
        said = ""
        for place, digit in enumerate(f"{value:04d}"):
            unit = ("", *units)[3 - place]
            if digit != "0":
                said += digits[int(digit)] + unit
            elif said and not said.endswith(digits[0]):
                said += digits[0]
        return said.rstrip(digits[0])

    def rule(value: int) -> str:
        high, low = divmod(value, 10_000)
        said = group(low)
        if high:
            zero = digits[0] if 0 < low < 1000 else ""
            said = group(high) + myriads[0] + zero + said
        if bare_ten and 10 <= value < 20:
            said = said[1:]
        return said or digits[0]

    return rule


def _japanese(value: int) -> str:
    """Return 百一 for 101, 千 for 1000: no one before a unit, no zeros in gaps."""
    said = _grouped(_SIMPLE)(value)
    if value == 0:
        return said
    said = said.replace("零", "")
    for unit in "十百千":
        said = said.replace(f"一{unit}", unit)
    return said


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
    "chineseCountingThousand": _grouped(_SIMPLE, bare_ten=True),
    "taiwaneseCountingThousand": _grouped(_SIMPLE_TRADITIONAL, bare_ten=True),
    "chineseLegalSimplified": _grouped(_LEGAL),
    "ideographLegalTraditional": _grouped(_LEGAL_TRADITIONAL),
    "japaneseLegal": _grouped(_LEGAL_JAPANESE),
    "japaneseCounting": _japanese,
}
