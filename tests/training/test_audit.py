"""The audit: rows that do not fit, contradictions, doubtful labels; each with its place."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from classifier.labelling.corpus import read_corpus
from classifier.model.settings import Settings
from classifier.training.audit import Finding, audit
from classifier.training.train import out_of_fold

Add = Callable[..., list[Finding]]


@pytest.fixture
def audited(labels_folder: Path, small_settings: Settings) -> Add:
    """Add rows to the small corpus and return what the audit finds."""

    def run(*rows: dict[str, Any] | str) -> list[Finding]:
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (labels_folder / "paragraphs" / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
        corpus = read_corpus(labels_folder)
        return audit(corpus, out_of_fold(corpus, None, small_settings, lambda step: None))

    return run


def kinds(found: list[Finding], kind: str) -> list[Finding]:
    return [one for one in found if one.kind == kind]


def test_every_row_that_does_not_fit_is_named(audited: Add) -> None:
    found = audited('{"text": "甲", "labels": ["fishing"]}', "{", '{"text": "", "labels": []}', "[]")
    places = [(one.where.rsplit("/", 1)[1], one.message[:16]) for one in kinds(found, "format")]
    assert places == [
        ("more.jsonl:1", "unknown label 'f"),
        ("more.jsonl:2", "not valid JSON: "),
        ("more.jsonl:3", "text is missing "),
        ("more.jsonl:4", "must be a JSON o"),
    ]


def test_a_wrong_label_is_found_by_models_of_other_documents(audited: Add) -> None:
    found = kinds(
        audited(
            {"text": "据了解，古镇游客比去年多，景区门票预约，民宿一房难求。", "labels": ["farming"], "doc": "new"}
        ),
        "label",
    )
    assert found[0].where.endswith("more.jsonl:1")
    assert found[0].message.startswith("labelled farming; other documents speak for: ")
    assert "tourism (" in found[0].message
    assert found[0].text is not None
    assert found[0].text.startswith("据了解，古镇游客")


def test_readings_that_differ_must_be_settled(audited: Add) -> None:
    row = {"text": "农技员下乡进村指导麦田管理。", "labels": ["farming"], "doc": "new"}
    passes = {"annotations": {"first": ["farming"], "second": []}}
    agreed = {"annotations": {"first": ["farming"], "second": ["farming"]}}
    found = audited(
        {**row, **passes},
        {**row, "text": "麦田返青农技员到田头。", **passes, "settled": True},
        {**row, "text": "种粮大户领到补贴款。", **agreed},
    )
    (one,) = kinds(found, "passes")
    assert one.where.endswith("more.jsonl:1")
    assert "first: farming; second: none" in one.message


def test_the_same_text_with_other_labels(audited: Add) -> None:
    text = "高标准农田再建三万亩，灌溉渠道清淤完毕。"
    (one,) = kinds(audited({"text": text, "labels": ["tourism"], "doc": "new"}), "same text")
    assert one.message.startswith("labelled farming, but tourism at ")
    assert one.message.endswith("more.jsonl:1")
    assert "small.jsonl:" in one.where


def test_near_duplicates_with_other_labels(audited: Add) -> None:
    text = "病虫害统防统治覆盖全部稻田，农技员驻村指导到户。"
    found = kinds(audited({"text": text, "labels": [], "doc": "new"}), "near-duplicate")
    assert found
    assert all("the same as" in one.message and "farming" in one.message for one in found)


def test_empty_and_overlong_texts(audited: Add) -> None:
    found = audited({"text": "2024-05-01", "labels": [], "doc": "n"}, {"text": "粮" * 2001, "labels": [], "doc": "n"})
    assert [one.message for one in kinds(found, "length")] == [
        "holds no Chinese word",
        "2,001 characters are a text, not a paragraph: split it",
    ]


def test_the_corpus_as_it_stands_has_nothing_of_the_sure_kinds(audited: Add) -> None:
    found = audited()
    assert not [one for one in found if one.kind not in {"label", "near-duplicate"}]


def test_a_sentence_that_other_documents_contradict_is_found(audited: Add) -> None:
    """Sixty sentences of either kind, one of which says the opposite of its words: it is the first to look at."""
    farm, travel = "春耕备耕，粮食播种，灌溉渠道清淤。", "古镇游客多，景区门票预约，民宿客满。"
    numerals = "一二三四五六七八九百"
    rows = [
        {
            "text": f"{farm}{travel}第{numerals[number // 10]}十{numerals[number % 10]}次讲到。",  # each text is another
            "doc": f"d{number}",
            "labels": ["farming", "tourism"],
            "sentences": [
                {"start": 0, "end": len(farm), "labels": ["farming" if number else "tourism"]},
                {"start": len(farm), "end": len(farm + travel), "labels": ["tourism"]},
            ],
        }
        for number in range(60)
    ]
    found = kinds(audited(*rows), "sentence")[0]
    assert found.where.endswith("more.jsonl:1")
    assert found.message.startswith("characters 0 to 17 are labelled tourism; other documents speak for: farming (")
    assert found.text == farm


def test_few_labelled_sentences_are_no_ground_for_doubt(audited: Add) -> None:
    row = {"text": "春耕备耕。古镇游客。", "labels": [], "sentences": [{"start": 0, "end": 5, "labels": ["tourism"]}]}
    assert kinds(audited(row), "sentence") == []


def test_findings_call_labels_by_the_names_that_are_asked_for(
    labels_folder: Path, small_settings: Settings, audited: Add
) -> None:
    """For people who read the list; without names it holds ids, for programs."""
    text = "景区门票又便宜了，古镇的游客和旅行社都多。"
    rows = [{"text": text, "labels": labels, "doc": "x"} for labels in (["farming"], [], ["tourism"])]
    plain = audited(*rows)
    corpus = read_corpus(labels_folder)
    names = {"farming": "农业", "tourism": "文旅", "none": "无主题"}
    named = audit(corpus, out_of_fold(corpus, None, small_settings, lambda step: None), names)
    assert [(one.kind, one.where) for one in named] == [(one.kind, one.where) for one in plain]
    assert {"same text", "label"} <= {one.kind for one in named}
    for one, other in zip(plain, named, strict=True):
        expected = one.message
        for id_, name in names.items():
            expected = re.sub(rf"\b{id_}\b", name, expected)
        assert other.message == expected
        assert not re.search(r"\b(?:farming|tourism|none)\b", other.message)
