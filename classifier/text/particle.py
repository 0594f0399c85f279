"""著 or 着: simplified script has 着 for the particle and the verb (随着, 着力), 著 for books and fame (著作, 显著).

OpenCC's t2s leaves every 著 (1.4.2), for in its own standard the two are apart already; texts from Taiwan and Hong
Kong, and half-converted ones, write 著 for both. Which one is meant shows in the words: each 著 is read both ways by
jieba's dictionary, and the reading of fewer words holds (随|著文|化 or 随着|文化, 著名|医院 or 着|名|医院).
"""

import re

from classifier.text.cut import dictionary_cutter

_BOOK, _PARTICLE = "著", "着"
_SURE = frozenset("显卓昭专巨译拙遗")  # before 著 it is never the particle: no need to ask the dictionary
_AROUND = 6  # characters on either side that are looked at; the dictionary's words are rarely longer
_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]*")
_PARTICLE_ANYWAY = frozenset(
    {"意味著", "穿著", "紧接著", "著实", "著色", "著迷", "固著", "执著", "充满著", "标志著", "可穿著"}
)
"""Words that jieba's dictionary has with 著 though they are 着: those it has oftener with 着, and three more."""


def particles(text: str) -> str:
    """Return a simplified text with 着 wherever 著 is written for it. Keeps the number of characters."""
    if _BOOK not in text:
        return text
    characters = list(text)
    place = text.find(_BOOK)
    while place >= 0:
        if text[place - 1 : place] not in _SURE and _is_particle(*_window(text, place)):
            characters[place] = _PARTICLE
        place = text.find(_BOOK, place + 1)
    return "".join(characters)


def _window(text: str, place: int) -> tuple[str, str]:
    """Return the Han characters before and behind, up to another 著 or 着: so the order of deciding never matters."""
    before = text[max(0, place - _AROUND) : place][::-1]
    behind = text[place + 1 : place + 1 + _AROUND]
    return _until_either(before)[::-1], _until_either(behind)


def _until_either(text: str) -> str:
    """Return the Han characters that a text begins with, up to the first 著 or 着."""
    run = _RUN.match(text)
    return re.split(f"[{_BOOK}{_PARTICLE}]", run[0] if run else "")[0]


def _is_particle(before: str, behind: str) -> bool:
    cut = dictionary_cutter()
    as_particle, as_book = cut(before + _PARTICLE + behind), cut(before + _BOOK + behind)
    word, start = _word_at(as_book, len(before))
    if word == _BOOK:
        return not before.endswith("所")  # 他所著的
    if word in _PARTICLE_ANYWAY:
        return True
    if len(as_particle) == len(as_book) and _word_at(as_particle, len(before)) == (
        word.replace(_BOOK, _PARTICLE),
        start,
    ):
        return False  # a word in both spellings
    return _cost(as_particle) < _cost(as_book)


def _word_at(words: list[str], place: int) -> tuple[str, int]:
    start = 0
    for word in words:
        if start + len(word) > place:
            return word, start
        start += len(word)
    raise IndexError(place)


def _cost(words: list[str]) -> tuple[int, int]:
    """Return how many words a reading has, and how many of one character, the particle aside."""
    return len(words), sum(len(word) == 1 and word not in {_BOOK, _PARTICLE} for word in words)
