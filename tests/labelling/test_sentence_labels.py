"""Labels of sentences in a labels folder: read, checked, learnt from, handed on as word counts."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifier.labelling.corpus import Corpus, read_corpus
from classifier.labelling.digest import fingerprint
from classifier.labelling.word_counts import extract
from classifier.model.kept_labels import pack, unpack
from classifier.text.tokens import Tokeniser
from classifier.training.sentence_units import in_sentences, unit_table

TEXT = "粮食增产两成。古镇游客盈门，民宿一房难求。"


def folder_with(folder: Path, **row: Any) -> Path:
    line = {"text": TEXT, "labels": ["farming"], "doc": "d", **row}
    (folder / "paragraphs" / "new.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def test_labelled_sentences_keep_their_place_and_the_rest_is_cut_around_them(labels_folder: Path) -> None:
    folder = folder_with(labels_folder, sentences=[{"start": 7, "end": 21, "labels": ["tourism"]}])
    corpus = in_sentences(read_corpus(folder))
    one = next(one for one in corpus.paragraphs if one.text == TEXT)
    assert [(part.start, part.end, part.labels) for part in one.sentences] == [(0, 7, None), (7, 21, ("tourism",))]
    assert [dict(part.words or {}) for part in one.sentences] == [
        corpus.tokeniser.counts(TEXT[:7]), corpus.tokeniser.counts(TEXT[7:]),
    ]  # fmt: skip
    table = unit_table([one], corpus.taxonomy.ids, 3)
    assert table.offsets.tolist() == [0, 2]
    assert table.sentence_labels.tolist() == [[-1] * len(corpus.taxonomy.ids), [0, 1]]


@pytest.mark.parametrize(
    ("sentences", "problem"),
    [
        ({}, "must be a list of objects"),
        ([{"start": 0}], "sentence 1: start and end must be whole numbers"),
        ([{"start": 0, "end": 99, "labels": []}], "0 to 99 is not within the text"),
        ([{"start": 0, "end": 7}, {"start": 5, "end": 9}], "sentence 2: 5 to 9 is not within"),
        ([{"start": 0, "end": 7, "labels": ["fishing"]}], "unknown label 'fishing'"),
        ([{"start": 0, "end": 7, "labels": "farming"}], "labels must be a list"),
        ([{"start": 0, "end": 7, "words": {"粮食": 1}}], "needs words where the row has no text"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(labels_folder: Path, sentences: Any, problem: str) -> None:
    corpus = read_corpus(folder_with(labels_folder, sentences=sentences))
    (damage,) = corpus.damage
    assert re.search(rf"new\.jsonl:1.*{problem}", str(damage))
    assert len(corpus.paragraphs) == 45


def test_extracted_sentences_hold_common_words_only_and_no_order() -> None:
    row = {
        "text": TEXT,
        "labels": ["farming"],
        "sentences": [{"start": 0, "end": 7, "labels": ["farming"], "quote": TEXT[:7]}, {"start": 7, "end": 21}],
        "note": TEXT,
    }
    extracted = extract(row, Tokeniser(), frozenset({"粮食", "增产", "游客"}))
    assert not {"text", "note"} & extracted.keys()
    assert extracted["sentences"] == [
        {"start": 0, "end": 7, "labels": ["farming"], "words": {"增产": 1, "粮食": 1}},
        {"start": 7, "end": 21, "words": {"游客": 1}},
    ]
    assert extracted["words"] == dict(sorted(Tokeniser().counts(TEXT).items()))


def test_a_models_training_set_keeps_sentences(small_corpus: Corpus) -> None:
    corpus = in_sentences(small_corpus)
    kept = unpack(pack(corpus.paragraphs), "here")
    assert [one.sentences for one in kept if one.sentences] == [
        one.sentences for one in corpus.paragraphs if len(one.sentences) > 1
    ]


def test_a_sentences_label_makes_other_labels_of_the_whole(small_corpus: Corpus) -> None:
    """A corrected sentence is something new to learn from, which the fingerprint shows."""
    corpus = in_sentences(small_corpus)
    first = corpus.paragraphs[0]
    told = replace(first, sentences=tuple(replace(part, labels=()) for part in first.sentences))
    assert fingerprint(corpus.paragraphs) == fingerprint(small_corpus.paragraphs)
    assert fingerprint([told, *corpus.paragraphs[1:]]) != fingerprint(corpus.paragraphs)
