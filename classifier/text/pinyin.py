"""Find pinyin that a converter left in brackets behind a Han character: 節(jié), 會（huì）."""

import re
import unicodedata

# The table of standard Mandarin syllables, initial by initial, each with the finals it takes.
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo ü üe",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())

_TONES = "\u0300\u0301\u0304\u030c"  # grave, acute, macron, caron
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BRACKETED = re.compile(rf"(?<=[{_HAN}])\s?[(（]\s?([a-zà-ǜɡ\u0300-\u030c]{{1,9}})\s?[)）]")


def is_pinyin(letters: str) -> bool:
    """Tell whether lower-case letters spell one Mandarin syllable, with or without its tone mark.

    A single letter counts only with a tone mark: "(a)" numbers an item, "(ā)" is pinyin.
    """
    spelled = unicodedata.normalize("NFC", letters.replace("ɡ", "g"))
    bare = "".join(mark for mark in unicodedata.normalize("NFD", spelled) if mark not in _TONES)
    toneless = unicodedata.normalize("NFC", bare)
    syllable = toneless.replace("v", "ü").replace("nue", "nüe").replace("lue", "lüe")
    return syllable in SYLLABLES and (toneless != spelled or len(syllable) > 1)


def residue(text: str) -> list[tuple[int, int]]:
    """Return the spans of bracketed pinyin behind Han characters, brackets included."""
    return [match.span() for match in _BRACKETED.finditer(text) if is_pinyin(match[1])]
