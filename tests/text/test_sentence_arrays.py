"""Sentences of many texts at once: what the plain road finds in each of them, and the words inside it."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.text.joined_texts import END
from classifier.text.sentences import ENDLESS, sentences
from classifier.text.tokens import Tokeniser
from classifier.text.units import Units, units_of

TOKENISER = Tokeniser(("营商环境",))
ENDS = "。！？!?；;…”’）)】\"' \u3000，、"
LETTERS = "招商引资一二节會⼈aé1_\u200b（“\ud83d𠀀😀著覆\x85\u2028"
SHORT = st.text(st.sampled_from(ENDS + LETTERS), max_size=40)
LINES = st.text(st.sampled_from(ENDS + LETTERS + "\r\n"), max_size=40)
LISTS = st.lists(st.sampled_from(["修路；", "要把学校办好；", "好！", "全县经济稳中有进。", "；", "”"]), max_size=12)
LONG = st.lists(st.sampled_from(["加快建设重点工程，", "建" * 50, "。", "…" * 30, "!?" * 130, "好"]), max_size=20)
TEXTS = SHORT | LINES | LISTS.map("".join) | LONG.map("".join) | st.text(max_size=30)


def spans_of(cut: Units, number: int) -> list[tuple[int, int]]:
    return cut.spans[cut.offsets[number] : cut.offsets[number + 1]]


@settings(max_examples=400)
@given(st.lists(TEXTS, max_size=8))
@example([])
@example(["", "", "。"])
@example(["。" * (2 * ENDLESS) + "好"])
@example(["好" * 300 + "。" + "好" * 300])
def test_many_at_once_are_cut_where_each_would_be(texts: list[str]) -> None:
    cut = units_of(texts, TOKENISER)
    assert len(cut.offsets) == len(texts) + 1
    for number, text in enumerate(texts):
        assert spans_of(cut, number) == (sentences(text) or [(0, 0)])


@settings(max_examples=400)
@given(st.lists(TEXTS, max_size=8))
def test_the_words_of_each_sentence_are_those_it_has_alone(texts: list[str]) -> None:
    cut = units_of(texts, TOKENISER)
    parts = [text[start:end] for n, text in enumerate(texts) for start, end in spans_of(cut, n)]
    assert cut.words.count == len(parts)
    found: list[list[str]] = [[] for _ in parts]
    for word, sentence in zip(cut.words, cut.words.texts.tolist(), strict=True):
        found[sentence].append(word)
    assert found == [TOKENISER(part) for part in parts]


def test_no_end_of_texts_is_taken_for_white_space() -> None:
    """A sentence's end takes the white space behind it, but never the next text."""
    cut = units_of(["已经开工。  ", "  已经完工。"], TOKENISER)
    assert [spans_of(cut, 0), spans_of(cut, 1)] == [[(0, 7)], [(0, 7)]]
    assert END not in "".join(cut.words)
