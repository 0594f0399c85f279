"""The labelled paragraphs most like a text: the cosine of what a scorer weighs, over several sources."""

import json
import math
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier import places
from classifier.api import Model
from classifier.errors import ModelError
from classifier.files import sha256
from classifier.labelling.corpus import Corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import words_key
from classifier.model.arithmetic import pieces
from classifier.model.kept_labels import pack, unpack
from classifier.model.scorer import Scorer
from classifier.model.similar.finder import LEAST, Finder
from classifier.model.similar.growing import GrowingLayers
from classifier.model.similar.index import Index
from classifier.model.similar.layer import Layer
from classifier.model.similar.sources import Sources, with_texts
from classifier.model.similar.word_features import WordFeatures
from classifier.model.store import LABELS, MANIFEST, StoredModel, open_model
from classifier.similar import open_similar, with_similar
from classifier.text.tokens import Tokeniser
from tests.conftest import FARMING, OTHER, TOURISM

UNSEEN = ("龘龘", "拖拉机站", "游客中心", "😀", "", "abcdefg")
WORDS = st.one_of(
    st.sampled_from([word for text in (*FARMING, *TOURISM) for word in Tokeniser(())(text)]),
    st.sampled_from(UNSEEN[:4]),
)
COUNTS = st.dictionaries(WORDS, st.integers(1, 5), min_size=1, max_size=8)


def vector(counts: Mapping[str, int], scorer: Scorer) -> dict[tuple[str, str], float]:
    """A text's joined vector, put together word by word."""
    rarity = dict(zip(scorer.words, scorer.idf.tolist(), strict=True))
    piece_rarity = dict(zip(scorer.pieces, scorer.piece_idf.tolist(), strict=True))
    tf = {word: 1 + math.log(count) for word, count in counts.items()}
    words = {("word", word): tf[word] * rarity.get(word, scorer.unknown_idf) for word in counts}
    inside: Counter[str] = Counter()
    for word in counts:
        for piece in pieces(word, scorer.piece_length):
            inside[piece] += tf[word]  # type: ignore[assignment]
    parts = {("piece", piece): n * piece_rarity[piece] for piece, n in inside.items() if piece in piece_rarity}
    return unit(words) | unit(parts)


def unit(values: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    length = math.sqrt(sum(value * value for value in values.values()))
    return {name: value / length for name, value in values.items()} if length else {}


def cosine(one: Mapping[str, int], other: Mapping[str, int], scorer: Scorer) -> float:
    first, second = vector(one, scorer), vector(other, scorer)
    product = sum(value * second.get(name, 0) for name, value in first.items())
    return product / math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))


@given(st.lists(COUNTS, max_size=6), COUNTS)
def test_similarity_is_the_cosine(small_model: StoredModel, every: list[dict[str, int]], asked: dict[str, int]) -> None:
    scorer = small_model.scorer()
    features = WordFeatures(scorer)
    index, text = Index.of(every, features), features.of(asked)
    assert text is not None
    assert index.similarities(text) == pytest.approx([cosine(one, asked, scorer) for one in every], abs=1e-12)
    for number, one in enumerate(every):
        assert set(index.in_common(number, text)) == one.keys() & asked.keys()


@given(COUNTS)
def test_a_paragraph_is_as_like_alone_as_among_others(small_model: StoredModel, asked: dict[str, int]) -> None:
    features = WordFeatures(small_model.scorer())
    text = features.of(asked)
    assert text is not None
    every = [asked, *(small_model.tokeniser.counts(one) for one in (*FARMING, *OTHER))]
    together = Index.of(every, features).similarities(text)
    assert together[0] == pytest.approx(1)
    assert together == pytest.approx(np.concatenate([Index.of([one], features).similarities(text) for one in every]))


def test_a_text_without_words_is_like_nothing(small_model: StoredModel) -> None:
    features = WordFeatures(small_model.scorer())
    assert features.of({}) is None
    with pytest.raises(ValueError, match="without words"):
        Index.of([{}], features)


@pytest.fixture
def features(small_model: StoredModel) -> WordFeatures:
    return WordFeatures(small_model.scorer())


def finder(features: WordFeatures, cut: Tokeniser, *sources: list[LabelledParagraph]) -> Finder:
    return Finder(cut, features, [Layer.of(one, features) for one in sources])


def paragraph(cut: Tokeniser, text: str, *labels: str, kept: bool = True) -> LabelledParagraph:
    words = cut.counts(text)
    return LabelledParagraph(words, labels, "doc", "unknown:1", text if kept else None)


def test_the_most_similar_come_first_three_at_most(
    small_model: StoredModel, small_corpus: Corpus, features: WordFeatures
) -> None:
    cut = small_model.tokeniser
    found = finder(features, cut, list(small_corpus.paragraphs)).find("古镇的游客比去年多，民宿难求")
    assert len(found) == 3
    assert {one.labels for one in found} == {("tourism",)}
    values = [one.similarity for one in found]
    assert values == sorted(values, reverse=True)
    assert min(values) >= LEAST
    assert "古镇" in found[0].words
    best = max(
        cosine(one.words, cut.counts("古镇的游客比去年多，民宿难求"), features.scorer)
        for one in small_corpus.paragraphs
    )
    assert values[0] == pytest.approx(best, abs=1e-9)


def test_what_is_not_similar_is_not_named(
    small_model: StoredModel, small_corpus: Corpus, features: WordFeatures
) -> None:
    found = finder(features, small_model.tokeniser, list(small_corpus.paragraphs))
    assert found.find("龘") == ()
    assert found.find(" \n") == ()


def test_the_same_text_is_told_whatever_its_spaces_and_an_earlier_source_counts(
    small_model: StoredModel, features: WordFeatures
) -> None:
    cut, text = small_model.tokeniser, FARMING[0]
    own, learnt = paragraph(cut, text, "tourism"), paragraph(cut, text, "farming")
    found = finder(features, cut, [own], [learnt, paragraph(cut, FARMING[1], "farming")]).find(
        text.replace("，", "， ")
    )
    assert (found[0].labels, found[0].same, found[0].similarity) == (("tourism",), True, 1.0)
    assert [one.labels for one in found if one.same] == [("tourism",)]


def test_of_two_equally_similar_the_earlier_source_comes_first(
    small_model: StoredModel, features: WordFeatures
) -> None:
    cut, text = small_model.tokeniser, FARMING[0].rstrip("。")
    asked, one, other = (text + mark for mark in "。！？")
    for own, learnt in ((one, other), (other, one)):
        found = finder(features, cut, [paragraph(cut, own, "tourism")], [paragraph(cut, learnt, "farming")]).find(asked)
        assert [(item.labels, item.similarity, item.same) for item in found] == [
            (("tourism",), 1.0, False), (("farming",), 1.0, False)
        ]  # fmt: skip
        very = finder(features, cut, [paragraph(cut, own, "tourism")], [paragraph(cut, asked, "farming")]).find(asked)
        assert [(item.labels, item.same) for item in very] == [(("farming",), True), (("tourism",), False)]


def test_one_known_by_its_words_alone_is_the_same_words(small_model: StoredModel, features: WordFeatures) -> None:
    cut = small_model.tokeniser
    without = paragraph(cut, FARMING[0], "farming", kept=False)
    found = finder(features, cut, [without]).find(FARMING[0])
    assert (found[0].same, found[0].text) == (True, None)
    assert found[0].in_words(str, "en", 10).startswith("the same words · farming · doc · in common: ")
    assert without.key == words_key(cut.counts(FARMING[0]))
    own = finder(features, cut, [paragraph(cut, FARMING[0], "tourism")], [without]).find(FARMING[0])
    assert [one.labels for one in own] == [("tourism",)], (
        "what was decided on the text hides what is known of its words"
    )


def test_paragraphs_set_aside_or_not_judged_are_none(small_model: StoredModel, features: WordFeatures) -> None:
    cut = small_model.tokeniser
    one = paragraph(cut, FARMING[0], "farming")
    none = [replace(one, aside="doubtful"), replace(one, judged=False), replace(one, words={})]
    assert len(Layer.of(none, features).keys) == 0
    assert finder(features, cut, none).find(FARMING[0]) == ()


def test_a_folder_that_grows_gives_what_it_gives_read_anew(
    small_model: StoredModel, features: WordFeatures, labels_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decisions come, are replaced and taken back; what is alike is that of the folder as it stands."""
    monkeypatch.setattr("classifier.model.similar.growing._YOUNG", 3)
    cut, folder = small_model.tokeniser, LabelFolder(labels_folder)
    growing, session = GrowingLayers(features, cut), folder.session({"kind": "review"})
    texts = [f"{start}{text}" for start in ("", "据悉，") for text in (*FARMING, *OTHER)]
    steps = [("decide", number) for number in range(8)] + [("back", 0), ("back", 0), ("again", 2), ("again", 9)]
    for what, number in steps:
        if what == "back":
            session.take_back()
        else:
            labels = ("tourism",) if what == "again" or number % 2 else ("farming",)
            session.confirm(Decision(labels, texts[number], by="小王"))
        corpus = folder.remembered.corpus()
        assert corpus is not None
        grown = Finder(cut, features, growing.of(corpus.paragraphs, corpus.tokeniser))
        anew = Finder(cut, features, [Layer.of(read_decisions(labels_folder, cut).paragraphs, features)])
        for text in texts:
            expected = [(one.similarity, one.same, one.labels, one.decided) for one in anew.find(text)]
            found = [(one.similarity, one.same, one.labels, one.decided) for one in grown.find(text)]
            assert [one[0] for one in found] == [one[0] for one in expected]
            assert [one for one in found if one[1]] == [one for one in expected if one[1]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def aged(folder: Path) -> None:
    """Let the files of a folder be old: of what was written just now nothing is kept."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_layer_is_kept_on_disk_and_made_anew_where_its_folder_changed(
    small_model: StoredModel, labels_folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, text = Model.of(small_model), "各乡镇：" + FARMING[0]
    aged(labels_folder)
    first = open_similar(model, labels_folder).find(text)
    assert list((home / "cache" / "similar").glob("*.npz"))
    texts = b"".join(path.read_bytes() for path in (home / "cache" / "similar").iterdir())
    assert FARMING[0].encode() not in texts, "no text is kept"
    with monkeypatch.context() as patch:
        patch.setattr("classifier.model.similar.sources.read_decisions", lambda *_: pytest.fail("read again"))
        assert open_similar(model, labels_folder).find(text) == first
    LabelFolder(labels_folder).session({"kind": "review"}).confirm(Decision(("tourism",), text, by="小王"))
    now = open_similar(model, labels_folder).find(text)
    assert (now[0].labels, now[0].same, now[0].text) == (("tourism",), True, text)
    assert now[0].decided is not None
    assert now[0].decided.by == "小王"


def test_a_damaged_cache_is_made_anew(small_model: StoredModel, labels_folder: Path, home: Path) -> None:
    model = Model.of(small_model)
    aged(labels_folder)
    first = open_similar(model, labels_folder).find(FARMING[0])
    for path in (home / "cache" / "similar").iterdir():
        data = path.read_bytes()
        for damage in (b"", b"PK\3\4", data[: len(data) // 2], data[:-200] + bytes(200)):
            path.write_bytes(damage)
            assert open_similar(model, labels_folder).find(FARMING[0]) == first


def handed_on(small_model: StoredModel, folder: Path, labels: bytes, *, damaged: bool = False) -> StoredModel:
    """A copy of a model with what it learnt from beside it."""
    shutil.copytree(small_model.folder, folder)
    (folder / LABELS).write_bytes(labels)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"][LABELS] = {"bytes": len(labels), "sha256": "0" * 64 if damaged else sha256(folder / LABELS)}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return open_model(folder)


def test_what_a_version_keeps_is_found_without_text(
    small_model: StoredModel, small_corpus: Corpus, home: Path, tmp_path: Path
) -> None:
    """And named by where it stood: what it learnt from has no text in its folder."""
    similar = open_similar(Model.of(handed_on(small_model, tmp_path / "model", pack(small_corpus.paragraphs))))
    found = similar.find("古镇的游客比去年多，民宿难求")
    assert similar.note == ""
    assert found[0].labels == ("tourism",)
    assert found[0].text is None
    assert found[0].where.startswith("paragraphs/small.jsonl:")
    assert found[0].as_row()["words"] == list(found[0].words)
    again = open_similar(Model.of(open_model(tmp_path / "model"))).find("古镇的游客比去年多，民宿难求")
    assert again == found


def test_a_model_without_its_labels_says_so_and_is_no_error(
    small_model: StoredModel, labels_folder: Path, home: Path, tmp_path: Path
) -> None:
    model = Model.of(small_model)
    nothing = open_similar(model, tmp_path / "nowhere")
    assert nothing.find(FARMING[0]) == ()
    assert "came without the labels it learnt from; only one's own" in nothing.note
    own = open_similar(model, labels_folder)
    assert own.find(FARMING[0])[0].same
    assert with_similar(model.label(FARMING[0]), own)[0].similar


def test_damaged_labels_of_a_model_stop_nothing(small_model: StoredModel, home: Path, tmp_path: Path) -> None:
    stored = handed_on(small_model, tmp_path / "model", b"damaged", damaged=True)
    with pytest.raises(ModelError):
        stored.labels()
    similar = open_similar(Model.of(stored))
    assert similar.find(FARMING[0]) == ()
    assert "only one's own labels are looked through" in similar.note


def test_texts_that_the_package_has_are_shown_with_what_a_version_keeps(home: Path) -> None:
    """A version trained beside the package's labels keeps them as words; here the very first of them."""
    model = classifier.load()
    shipped = read_decisions(places.packaged("labels"), model.tokeniser).paragraphs[:5]
    kept = unpack(pack([replace(one, shipped=True) for one in shipped]), "here")
    assert [one.text for one in kept] == [None] * 5
    again = list(with_texts(kept, shipped))
    assert [(one.text, one.labels, one.where) for one in again] == [
        (one.text, one.labels, one.where) for one in shipped
    ]


def test_a_version_shows_the_texts_of_the_package_and_the_labels_it_learnt_from(
    small_model: StoredModel, labels_folder: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = read_decisions(labels_folder, small_model.tokeniser).paragraphs
    learnt = [replace(there[0], labels=("tourism",), shipped=True), replace(there[1], shipped=True)]
    monkeypatch.setattr(places, "packaged", lambda name: tmp_path / name)
    stored = handed_on(small_model, tmp_path / "model", pack(learnt))
    monkeypatch.setattr(places, "begun_labels", list)
    found = open_similar(Model.of(stored)).find(FARMING[0])
    assert [(one.text, one.labels, one.same) for one in found if one.same] == [(FARMING[0], ("tourism",), True)]


def test_nothing_heavy_is_loaded_for_it(labels_folder: Path, small_model: StoredModel, home: Path) -> None:
    """Neither when layers are put together nor when they come from disk."""
    aged(labels_folder)
    code = (
        "import sys, classifier\nmodel = classifier.load(sys.argv[1])\n"
        "similar = classifier.open_similar(model)\n"
        "assert classifier.with_similar(model.label(sys.argv[2], explain=True), similar)[0].similar\n"
        "heavy = {'sklearn', 'scipy', 'joblib', 'jieba'} & set(sys.modules)\nassert not heavy, heavy"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", code, str(small_model.folder), FARMING[0]], env=environment, check=True, timeout=120
        )


def test_the_package_s_labels_are_what_the_default_model_learnt_from(home: Path) -> None:
    model = classifier.load()
    layer, learnt = Sources(model.stored, WordFeatures(model.scorer)).learnt()
    assert learnt
    assert layer is not None
    assert len(layer.keys) > 16_000
    similar = open_similar(model)
    found = similar.find("县委常委会召开扩大会议")
    assert (found[0].same, found[0].text, found[0].decided) == (True, "县委常委会召开扩大会议", None)
    assert found[0].where.startswith("paragraphs/")


def test_boilerplate_is_like_none(small_model: StoredModel, labels_folder: Path, home: Path) -> None:
    model = Model.of(small_model)
    results = model.label("来源：本报\n" + FARMING[0])
    assert [one.kind for one in results] == ["boilerplate", "body"]
    said = with_similar(results, open_similar(model, labels_folder))
    assert said[0].similar == ()
    assert said[1].similar
    assert with_similar(results, None) == results
