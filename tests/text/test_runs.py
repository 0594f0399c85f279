"""Han runs of many texts at once: what the general road gives for each of them."""

import subprocess
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.joined_texts import END, HAN_RUN, PHRASE_MARKS
from classifier.text.normalise import normalise, simplify
from classifier.text.runs import han_text
from tests.text.test_normalise import MIXED

TRICKY = st.text(
    alphabet=st.sampled_from(
        "节節会乾干坤覆回答坏毛著显名随⻛〇（(）)ａéjiān \n\r\xa0\u3000\u200b\ud83d\ude00⼯豈，。A1"
    ),
    max_size=12,
)


def runs(texts: list[str]) -> list[list[str]]:
    lines = han_text(texts).split(END)
    assert lines.pop() == ""
    return [HAN_RUN.findall(line) for line in lines]


@given(st.lists(st.one_of(MIXED, TRICKY, st.text()), max_size=8))
def test_the_quick_road_leads_where_the_general_one_does(texts: list[str]) -> None:
    assert runs(texts) == [HAN_RUN.findall(normalise(text)) for text in texts]


def test_every_character_between_others() -> None:
    """All of the 16-bit plane, and some beyond it, alone among Han characters."""
    characters = [chr(code) for code in [*range(0x10000), *range(0x1F600, 0x1F640), *range(0x20000, 0x20100)]]
    texts = [f"甲{one}乙" for one in characters]
    wrong = [
        hex(ord(one))
        for one, found, text in zip(characters, runs(texts), texts, strict=True)
        if found != HAN_RUN.findall(normalise(text))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "phrase",
    [
        "答覆",
        "毛坏",
        "深沈",
        "乾坤",
        "英哩",
        "随著名额",
        "成效显著",
        "作⻛",
        "⻢著力",
        "会 议 纪 要",
        "節(jié)",
        "節（ ｊｉé）",
        "営\u200b商",
    ],
)
def test_phrases_and_residue_inside_a_batch(phrase: str) -> None:
    texts = ["优化营商环境。", f"他们{phrase}了。", "", "覆盖全部村庄，破坏环境。"]
    assert runs(texts) == [HAN_RUN.findall(normalise(text)) for text in texts]


def test_each_phrase_of_opencc_holds_a_mark() -> None:
    """Else a phrase could be converted by the general road and be taken for plain by the quick one."""
    inside = Path(opencc.__file__).parent / "clib"
    tool, table = inside / "bin" / "opencc_dict", inside / "share" / "opencc" / "TSPhrases.ocd2"
    if not (tool.exists() and table.exists()):
        pytest.skip("this build of opencc brings no tool to read its dictionaries")
    command = [str(tool), "-i", str(table), "-o", "/dev/stdout", "-f", "ocd2", "-t", "text"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=600).stdout.decode()
    phrases = [line.split("\t")[0] for line in text.splitlines() if line]
    assert len(phrases) > 100
    unmarked = [
        phrase
        for phrase in phrases
        if not set(phrase) & set(PHRASE_MARKS) and all(simplify(letter) == letter for letter in phrase)
    ]
    assert [phrase for phrase in unmarked if simplify(phrase) != phrase] == []
