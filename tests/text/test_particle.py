"""著 or 着: what simplified script writes."""

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text import cut, particle
from classifier.text.normalise import normalise
from classifier.text.particle import particles

BOOKS = [
    "成效显著提升", "著名医院院长", "国内著名企业家", "拥有著名高校", "有著名学者参加", "以风景著称", "出版学术著作", "读经典著作", "四大名著导读", "一部专著", "编著教材",
    "论著颇丰", "学习原著", "土著居民", "功勋卓著", "臭名昭著", "见微知著", "著书立说", "该书著者", "他所著的书", "保护著作权", "认定为著名商标", "发展显著加快",
]  # fmt: skip
PARTICLES = [
    "著力抓好招商", "随著经济发展", "随著名额增加", "围绕著作风建设", "意味著责任", "沿著道路", "朝著目标", "本著为民", "有著重要意义", "有著作为", "著眼长远", "著手准备",
    "著重解决", "笑著说", "看著他", "沉著冷静", "执著追求", "附著力", "软著陆", "标志著新阶段", "充满著活力", "坚持著初心", "带著问题", "面临著挑战", "跟著书记学",
    "随著文化发展", "衣著", "穿著", "著落", "著装", "不著边际", "摸著石头过河", "发挥著作用", "起著作用", "影响著作物生长", "承载著称号", "记录著述职", "向著名城迈进",
    "掌握著文字", "紧接著",
]  # fmt: skip


@pytest.mark.parametrize("text", BOOKS)
def test_books_and_fame_stay(text: str) -> None:
    assert particles(text) == text


@pytest.mark.parametrize("text", PARTICLES)
def test_the_particle_and_its_verbs_are_written_as_in_simplified_script(text: str) -> None:
    assert particles(text) == text.replace("著", "着")


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("圍繞著優化營商環境著力解決問題", "围绕着优化营商环境着力解决问题"),
        ("隨著著名企業入駐，成效顯著", "随着著名企业入驻，成效显著".replace("，", ",")),
        ("跟著、看著，有著(zhe)力", "跟着、看着，有着力".replace("，", ",")),
    ],
)
def test_on_the_way_to_tokens(text: str, simplified: str) -> None:
    assert normalise(text) == simplified


def _dictionary() -> dict[str, tuple[int, str]]:
    with jieba.get_dict_file() as lines:
        return {word: (int(count), tag) for word, count, tag in (line.decode().split() for line in lines)}


def test_each_word_of_the_dictionary_alone() -> None:
    """Of jieba's 654 words with 着 written with 著, all but those that jieba has (as often or oftener) with 著, too.

    And but for 所着 and three misspelt words of fame: 卓着, 巨着.
    """
    words = _dictionary()
    particle_words = [word for word in words if word.count("着") == 1 and "著" not in word and len(word) > 1]
    left = {word for word in particle_words if particles(word.replace("着", "著")) != word}
    both = {word for word in left if words.get(word.replace("着", "著"), (0, ""))[0] >= words[word][0]}
    assert len(particle_words) > 600
    assert left - both == {"所着", "成效卓着", "信誉卓着", "皇皇巨着"}


def test_the_words_that_are_particles_though_the_dictionary_has_them() -> None:
    """Derived: those that jieba's dictionary has oftener with 着. Three more it has with 著 only."""
    words = _dictionary()
    derived = {
        word
        for word, (count, _) in words.items()
        if "著" in word and len(word) > 1 and words.get(word.replace("著", "着"), (0, ""))[0] > count
    }
    assert derived == particle._PARTICLE_ANYWAY - {"充满著", "标志著", "可穿著"}


def test_before_which_characters_nobody_need_ask() -> None:
    """No common word of the dictionary ends its first part in one of them before 着."""
    common = [word for word, (count, _) in _dictionary().items() if count > 3]
    assert not [word for word in common for mark in particle._SURE if f"{mark}着" in word]


@given(st.text(alphabet="著着名作力随有显风建设，(", max_size=14))
def test_deciding_twice_changes_nothing(text: str) -> None:
    once = particles(text)
    assert particles(once) == once
    assert len(once) == len(text)


def test_both_engines_decide_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    cut.dictionary_cutter.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "rjieba", None)
    try:
        assert [particles(text) for text in [*BOOKS, *PARTICLES]] == [
            *BOOKS,
            *(one.replace("著", "着") for one in PARTICLES),
        ]
    finally:
        cut.dictionary_cutter.cache_clear()
