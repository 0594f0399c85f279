"""What to label next: uncertain, rare first, each kind once, a share at random."""

import re
from collections import Counter

import numpy as np
import pytest
from scipy import sparse

import classifier
from classifier.labelling.candidates import Candidate
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import taxonomy_from
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.text.joined_texts import Ints
from classifier.text.tokens import Tokeniser
from classifier.training.active_learning.run import suggestions
from classifier.training.active_learning.strategy import RANDOM, Likeness, Pool, by_model, by_seeds, choose
from tests.conftest import FARMING, OTHER, TOURISM

TAXONOMY = taxonomy_from(
    {
        "label": [
            {"id": "farming", "zh": "农业", "en": "farming", "seeds": ["粮食", "稻田"]},
            {"id": "tourism", "zh": "文旅", "en": "tourism", "seeds": ["游客"]},
        ]
    },
    "x",
)
TEXTS = [*FARMING, *TOURISM, *OTHER]


@pytest.fixture(scope="module")
def pool(small_model: StoredModel) -> Pool:
    counts = [Tokeniser().counts(text) for text in [*TEXTS, *TEXTS]]  # everything twice
    likeness = Likeness.of(counts, small_model.pipeline()["features"].background, Settings())
    return Pool(likeness, [f"d{k}" for k in range(30)], np.array([], int))


def worth(places: dict[int, float]) -> np.ndarray:
    values = np.full(30, 0.1)
    for place, value in places.items():
        values[place] = value
    return values


def test_the_worthiest_come_first_and_the_same_text_once(pool: Pool) -> None:
    chosen = choose(pool, [worth({3: 9, 18: 9, 7: 5})], [["why"] * 30], 10, seed=0)
    assert [one.place for one in chosen[:2]] == [3, 7]  # 18 is the same as 3
    texts = Counter([*TEXTS, *TEXTS][one.place] for one in chosen)
    assert max(texts.values()) == 1


def test_a_tenth_is_drawn_at_random(pool: Pool) -> None:
    first, second = (choose(pool, [worth({})], [["why"] * 30], 10, seed) for seed in (0, 1))
    assert [one.reason for one in first].count(RANDOM) == 1
    assert [one.reason for one in first][-1] == RANDOM
    assert first[:-1] == second[:-1]
    assert choose(pool, [worth({})], [["why"] * 30], 10, seed=0) == first


def test_what_is_labelled_and_its_likes_are_not_chosen(pool: Pool) -> None:
    known = Pool(pool.likeness, pool.docs, np.arange(10))
    chosen = choose(known, [worth({0: 9, 15: 9})], [["why"] * 30], 30, seed=0)
    assert {one.place % 15 for one in chosen} == set(range(10, 15))


def test_more_than_there_is_gives_what_there_is(pool: Pool) -> None:
    assert len(choose(pool, [worth({})], [["why"] * 30], 500, seed=0)) == 15


def test_doubt_is_highest_at_the_threshold_and_rare_labels_count_more() -> None:
    probability = np.array([[0.5, 0.0], [0.9, 0.0], [0.0, 0.6], [0.0, 0.0]])
    value, reasons = by_model(probability, np.array([0.4, 0.5]), [50, 5], TAXONOMY)
    assert value.argsort().tolist() == [3, 1, 0, 2]
    assert reasons[0] == "close call: 农业 farming (50%)"
    assert reasons[2] == "close call: 文旅 tourism (60%), a rare label (5)"


def test_one_close_call_is_worth_more_than_two_half_doubts() -> None:
    probability = np.array([[0.4, 0.0], [0.2, 0.2], [0.7, 0.7], [0.39, 0.0], [0.41, 0.0]])
    value, _ = by_model(probability, np.array([0.4, 0.4]), [20, 20], TAXONOMY)
    assert value.argmax() == 0
    assert value[0] == pytest.approx(2 * value[1]) == pytest.approx(2 * value[2])


def test_a_paragraph_in_doubt_for_two_labels_is_worth_both() -> None:
    probability = np.array([[0.5, 0.5], [0.5, 0.0], [0.0, 0.5]])
    value, _ = by_model(probability, np.array([0.4, 0.4]), [20, 20], TAXONOMY)
    assert value[0] == pytest.approx(value[1] + value[2])


def test_before_there_is_a_model_seed_words_choose(pool: Pool) -> None:
    counts = [Tokeniser().counts(text) for text in [*TEXTS, *TEXTS]]
    worths, reasons = by_seeds(counts, TAXONOMY)
    chosen = choose(pool, worths, reasons, 7, seed=0)
    assert chosen[0].reason.startswith("typical of 农业 farming: ")
    assert chosen[1].reason == "typical of 文旅 tourism: 游客"
    assert chosen[2].reason == "typical of the rest (none?)"
    assert chosen[0].place % 15 < 5 <= chosen[1].place % 15 < 10


def test_sources_take_turns_where_worth_is_nearly_the_same() -> None:
    """Ten paragraphs unlike each other, five of one document and worth a little more: only the first of them leads."""
    worth = np.array([1.04] * 5 + [1.0] * 5)
    likeness = Likeness(sparse.csr_matrix(np.eye(10)))
    none = np.array([], int)
    one_source = Pool(likeness, ["same"] * 5 + list("abcde"), none)
    many_sources = Pool(likeness, list("0123456789"), none)
    first, second = (choose(pool, [worth], [["why"] * 10], 6, seed=0)[:5] for pool in (one_source, many_sources))
    assert [one.place for one in first] == [0, 5, 6, 7, 8]
    assert [one.place for one in second] == [0, 1, 2, 3, 4]


def test_a_reason_names_what_the_model_says_of_the_paragraph() -> None:
    """With its sentences as evidence, as everywhere else: 44 % in the reason stood beside 57 % on the page."""
    model = classifier.load()
    texts = [
        "会议学习了文件。各单位要转变作风，提高效能。县里新建学校三所，解决入学难问题，群众都说好。",
        "我们坚持强化政治自觉，推动各项部署落实见效。我们坚持发展第一要务，抢抓机遇。我们坚持人民至上，推进民生实事。",
        "优化营商环境需要持续加力，有些干部精神状态不佳、行政效率不高，民生领域还有不少短板，大气污染防治压力大。",
        "以项目建设提速年、营商环境提升年为抓手，突出抓好以下十方面工作。粮食播种面积稳定。城市面貌有了改善。",
    ]
    labelled = [LabelledParagraph({"专题片": 1}, (), "d", "here")]
    items = [Candidate(text, f"{n}.txt") for n, text in enumerate(texts)]
    chosen = suggestions(items, labelled, model.taxonomy, model, 4, 0)
    names = {label.name: label.id for label in model.taxonomy.labels}
    assert len(chosen) == len(texts)
    for one in chosen:
        label, percent = re.findall(r": (.+) \((\d+%)\)", one.reason)[0]
        [said] = model.probabilities([texts[one.place]])
        assert percent == f"{said[names[label]]:.0%}"


def test_texts_are_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what they are like and for what the model says of them alike."""
    model = classifier.load()
    cut: list[int] = []
    inside = Tokeniser._lengths

    def counted(self: Tokeniser, text: str) -> Ints:
        cut.append(text.count("粮食"))
        return inside(self, text)

    monkeypatch.setattr(Tokeniser, "_lengths", counted)
    monkeypatch.setattr(Tokeniser, "__call__", lambda *_: pytest.fail("cut one by one"))
    items = [Candidate(f"粮食播种面积稳住了，第{n}批化肥备足了。", f"{n}.txt") for n in range(5)]
    assert suggestions(items, [], model.taxonomy, model, 2, 0)
    assert sum(cut) == len(items)
