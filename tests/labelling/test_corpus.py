"""The labelled corpus: text or counts in, every bad row named by file and line."""

import gzip
import json
import zipfile
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError, LabelError
from classifier.labelling.background_source import background_texts
from classifier.labelling.corpus import read_corpus
from classifier.labelling.taxonomy import read_terms
from classifier.labelling.word_counts import extract, write_extracted
from classifier.places import packaged
from classifier.text.tokens import Tokeniser


def test_small_corpus(labels_folder: Path) -> None:
    corpus = read_corpus(labels_folder)
    first = corpus.paragraphs[0]
    assert len(corpus.paragraphs) == 45
    assert (first.labels, first.doc, first.written) == (("farming",), "doc-0-0", True)
    assert first.words["粮食"] == 1
    assert first.where.endswith("small.jsonl:1")


BAD = [
    ("{", "not valid JSON"),
    ("[1]", "must be a JSON object"),
    ('{"labels": []}', "text is missing or empty"),
    ('{"text": " ", "labels": []}', "text is missing or empty"),
    ('{"text": "甲"}', "labels must be a list"),
    ('{"text": "甲", "labels": "farming"}', "labels must be a list"),
    ('{"text": "甲", "labels": ["fishing"]}', "unknown label 'fishing'; the taxonomy has: farming, tourism"),
    ('{"text": "甲", "labels": ["farming", "farming"]}', "a label stands twice"),
]


@pytest.mark.parametrize(("line", "message"), BAD)
def test_a_bad_row_is_named_by_file_and_line_and_the_others_count(line: str, message: str, labels_folder: Path) -> None:
    (labels_folder / "paragraphs" / "bad.jsonl").write_text(
        '{"text": "好", "labels": []}\n\n' + line + '\n{"text": "也好", "labels": []}\n', encoding="utf-8"
    )
    corpus = read_corpus(labels_folder)
    (said,) = corpus.damage
    assert "bad.jsonl:3: " in said
    assert message in said
    assert {"好", "也好"} <= {one.text for one in corpus.paragraphs}


@pytest.mark.parametrize("words", ["[]", '{"甲": 0}', '{"甲": "1"}', '{"甲": true}'])
def test_bad_counts(words: str, labels_folder: Path) -> None:
    (labels_folder / "extracted").mkdir()
    (labels_folder / "extracted" / "bad.jsonl").write_text(f'{{"words": {words}, "labels": []}}', encoding="utf-8")
    corpus = read_corpus(labels_folder)
    assert len(corpus.paragraphs) == 45
    assert "bad.jsonl:1: words must be an object" in corpus.damage[0]


@pytest.mark.parametrize(("cut", "kept"), [(slice(0, -9), 99), (slice(0, -150), 20), (slice(20, None), 0)])
def test_a_damaged_gzip_is_said_and_what_stands_before_counts(cut: slice, kept: int, labels_folder: Path) -> None:
    (labels_folder / "extracted").mkdir()
    rows = (f'{{"words": {{"甲{number * 7919 % 1000}乙{number}": 1}}, "labels": []}}\n' for number in range(99))
    whole = gzip.compress("".join(rows).encode())
    (labels_folder / "extracted" / "a.jsonl.gz").write_bytes(whole[cut])
    corpus = read_corpus(labels_folder)
    assert "a.jsonl.gz: cannot be read" in corpus.damage[0]
    assert len(corpus.paragraphs) - 45 >= kept


def test_where_nothing_sound_is_left_the_damage_is_told(labels_folder: Path) -> None:
    (labels_folder / "paragraphs" / "small.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"holds no labelled paragraphs[^\n]*\n.*small\.jsonl:1: not valid JSON"):
        read_corpus(labels_folder)


def test_an_empty_corpus_is_refused(labels_folder: Path) -> None:
    (labels_folder / "paragraphs" / "small.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(LabelError, match="holds no labelled paragraphs"):
        read_corpus(labels_folder)


@given(st.lists(st.sampled_from(["营商环境", "招商引资", "春耕", "学校", "，"]), min_size=1, max_size=30).map("".join))
def test_extracted_features_train_like_their_text(text: str) -> None:
    """Counts of a text and counts read back from its extracted features are the same, and hold no order."""
    tokeniser = Tokeniser(read_terms(packaged("labels")))
    row = extract({"text": text, "labels": ["livelihood"], "doc": "d", "by": "x"}, tokeniser)
    assert orjson.loads(orjson.dumps(row))["words"] == dict(tokeniser.counts(text))
    assert list(row["words"]) == sorted(row["words"])
    assert "text" not in row
    assert "by" not in row


def test_extracted_files_are_read_back_and_repeatable(labels_folder: Path) -> None:
    (labels_folder / "extracted").mkdir()
    path = labels_folder / "extracted" / "found.jsonl.gz"
    tokeniser = Tokeniser(read_terms(labels_folder))
    rows = [extract({"text": "高标准农田建成", "labels": ["farming"], "doc": "e", "origin": "found"}, tokeniser)]
    write_extracted(path, rows)
    first = path.read_bytes()
    write_extracted(path, rows)
    assert path.read_bytes() == first
    corpus = read_corpus(labels_folder)
    last = corpus.paragraphs[-1]
    assert (last.words, last.text, last.written, corpus.foreign_tokens) == (
        {"高标准农田": 1, "建成": 1},
        None,
        False,
        0,
    )


def test_counts_made_by_other_rules_are_counted(labels_folder: Path) -> None:
    (labels_folder / "extracted").mkdir()
    row = extract({"text": "高标准农田", "labels": []}, Tokeniser())
    write_extracted(labels_folder / "extracted" / "old.jsonl.gz", [row])
    assert read_corpus(labels_folder).foreign_tokens == 1


def test_background_from_a_table_and_from_a_folder(tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps({"text": t}) + "\n" for t in "甲乙"), encoding="utf-8")
    assert list(background_texts(table)) == ["甲", "乙"]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("第一段。\n第二段。", encoding="gb18030")
    assert list(background_texts(tmp_path / "docs")) == ["第一段。", "第二段。"]
    with zipfile.ZipFile(tmp_path / "docs" / "b.zip", "w") as archive:
        archive.writestr("c.txt", "第三段。")
    assert list(background_texts(tmp_path / "docs")) == ["第一段。", "第二段。", "第三段。"]
    with zipfile.ZipFile(tmp_path / "docs" / "b.zip", "a") as archive:
        archive.writestr("d.txt", "")
    with pytest.raises(InputError, match="the file is empty"):
        list(background_texts(tmp_path / "docs"))
    table.write_text('{"text": 3}', encoding="utf-8")
    with pytest.raises(LabelError, match=r"table\.jsonl:1"):
        list(background_texts(table))
    (tmp_path / "docs" / "b.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"b\.txt: the file is empty"):
        list(background_texts(tmp_path / "docs"))
