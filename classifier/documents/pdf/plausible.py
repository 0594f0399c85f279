"""Whether text makes sense that a font gives by its codes alone, without saying which characters they are.

Where a font has no table from codes to characters, pdfium gives the codes themselves: some programs write Unicode as
codes, others the numbers of glyphs, which look like text in an unknown language.
"""

import re

_USUAL = 0.95  # of the characters that are of kinds that stand in Chinese documents
_LATIN = re.compile("[A-Za-z]")
_VOWELS = re.compile("[aeiouAEIOU]")
_FEWEST, _MOST = 0.2, 0.6  # of the letters of a text in Latin script that are vowels
_LETTERS = 8  # so many tell something


def is_plausible(text: str) -> bool:
    """Tell whether characters are those of Chinese (or English) documents, not numbers of glyphs."""
    if not text:
        return True
    usual = sum(_is_usual(one) for one in text)
    letters = len(_LATIN.findall(text))
    if usual < _USUAL * len(text):
        return False
    return letters < _LETTERS or _FEWEST <= len(_VOWELS.findall(text)) / letters <= _MOST


def _is_usual(character: str) -> bool:
    """Tell whether GB 2312 has the character: ASCII, its punctuation, kana, and the 6,763 common ideographs."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
