"""A row a sentence, or a field of sentences: the same in every format, alone and in any chunk; no row is lost."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classifier
from classifier.bulk import batches, csv_file, lines, local
from classifier.bulk.find_source import find_source, table_format
from classifier.bulk.local import Run, score
from classifier.bulk.scoring_model import LONGEST_REPEATED, ScoringModel
from classifier.bulk.settings import Format, Settings, Unit
from classifier.errors import BulkError, InputError
from tests.bulk.tables import BAD, SENTENCES, bytes_of, read, write
from tests.cli.run import run as command

MODEL = classifier.load()
ADDED = ["start", "end", "sentence", "labels", "primary", "uncertain", *MODEL.ids, "error", "model"]
UGLY = [
    "会议结束😀。新建两所小学！",
    "粮食丰收。\n古镇游客多，住宿紧张。",
    "ABC。优化营商环境。",
    "节\u200b约用水；好！",
]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lines, csv_file, batches):
        monkeypatch.setattr(module, "CHUNK_ROWS", 17)


def paragraphs(count: int) -> list[str]:
    draw = random.Random(7)
    return ["".join(draw.choices([*SENTENCES, *UGLY], k=1 + place % 4)) for place in range(count)]


def table_of(texts: list[Any]) -> list[dict[str, Any]]:
    return [{"id": number, "text": text, "源": f"第{number % 7}卷"} for number, text in enumerate(texts)]


def run(source: Path, target: Path, *, again: bool = False, **chosen: Any) -> None:
    kind = table_format(target) or Format.jsonl
    asked = Settings(**{"format": kind, "unit": Unit.sentence} | chosen)
    score(find_source(str(source)), target, MODEL, asked, Run(resume=again))


def expected(texts: list[str]) -> list[list[Any]]:
    """Return what the library says of each sentence, of each text alone."""
    said = [MODEL.label_paragraph(text, sentences=True) for text in texts]
    return [
        [row, one.start, one.end, texts[row][one.start : one.end], list(one.labels), one.uncertain,
         [round(value, 6) for value in one.probabilities.values()]]
        for row, result in enumerate(said)
        for one in result.sentences or ()
    ]  # fmt: skip


def found(table: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        [int(row["id"]), int(row["start"]), int(row["end"]), row["sentence"],
         row["labels"] if isinstance(row["labels"], list) else [x for x in row["labels"].split(",") if x],
         str(row["uncertain"]).lower() == "true", [float(row[label]) for label in MODEL.ids]]
        for row in table
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["o.jsonl", "o.csv", "o.parquet"])
@pytest.mark.parametrize("source", ["i.jsonl", "i.csv", "i.parquet"])
def test_every_format_has_a_row_a_sentence(tmp_path: Path, source: str, target: str) -> None:
    texts = paragraphs(60)
    run(write(tmp_path / source, table_of(texts)), tmp_path / target)
    rows = read(tmp_path / target)
    assert list(rows[0]) == ["id", "text", "源", *ADDED]
    assert found(rows) == expected(texts)
    for row in rows:
        assert row["text"] == texts[int(row["id"])]
        assert row["text"][int(row["start"]) : int(row["end"])] == row["sentence"]


@pytest.mark.parametrize("target", ["o.jsonl", "o.csv", "o.parquet"])
def test_a_row_that_cannot_be_scored_stands_there_once(tmp_path: Path, target: str) -> None:
    texts = ["全县粮食丰收。古镇游客多。", *BAD, "长" * (LONGEST_REPEATED + 1), "新建两所小学。"]
    path = write(tmp_path / "i.jsonl", table_of(texts))
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"id": 100}\n[1, 2]\n')
    run(path, tmp_path / target)
    rows = read(tmp_path / target)
    faulty = [row for row in rows if row["error"]]
    assert len(faulty) == len(BAD) + 3
    assert all(row["start"] in ("", None) and row["sentence"] in ("", None) for row in faulty)
    assert all(row["labels"] in ("", []) and row["primary"] == "none" for row in faulty)
    assert "a row for each of its sentences" in faulty[len(BAD)]["error"]
    sound = [row for row in rows if not row["error"]]
    assert [row["sentence"] for row in sound] == ["全县粮食丰收。", "古镇游客多。", "新建两所小学。"]


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*paragraphs(12), "", "abc", "。！？"]), max_size=9))
def test_the_same_bits_alone_and_in_any_lot(texts: list[str]) -> None:
    model = ScoringModel(MODEL)
    together = model.score_sentences(texts).sentences
    assert together is not None
    assert together.places is not None
    for row, text in enumerate(texts):
        alone = model.score_sentences([text]).sentences
        assert alone is not None
        here = together.places.rows == row
        assert together.probabilities[here].tobytes() == alone.probabilities.tobytes()
        assert [one for one, mine in zip(together.every_label(), here, strict=True) if mine] == alone.every_label()
        assert together.uncertain[here].tolist() == alone.uncertain.tolist()


@pytest.mark.parametrize(("source", "target"), [("i.csv", "o.csv"), ("i.parquet", "o.parquet"), ("i.jsonl", "parts")])
def test_chunks_and_a_stop_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str
) -> None:
    """The run stops at a chunk as if it had been killed there, and goes on."""
    monkeypatch.setattr(local, "_COMMIT", 0.0)
    path = write(tmp_path / source, table_of([*paragraphs(70), ""]))
    chosen: dict[str, Any] = {"part_rows": 40} if target == "parts" else {}
    (tmp_path / "whole").mkdir()
    run(path, tmp_path / "whole" / target, **chosen)

    class Stopped(BaseException):
        pass

    def stop(progress: local.Progress) -> None:
        if progress.share > 0.4:
            raise Stopped

    asked = Settings(format=table_format(tmp_path / target) or Format.jsonl, unit=Unit.sentence, **chosen)
    with pytest.raises(Stopped):
        score(find_source(str(path)), tmp_path / target, MODEL, asked, Run(report=stop))
    run(path, tmp_path / target, again=True, **chosen)
    assert bytes_of(tmp_path / target) == bytes_of(tmp_path / "whole" / target)


def test_a_run_by_sentences_is_not_gone_on_with_by_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_COMMIT", 0.0)
    path = write(tmp_path / "i.csv", table_of(paragraphs(70)))

    def stop(_: local.Progress) -> None:
        raise KeyboardInterrupt

    asked = Settings(format=Format.csv, unit=Unit.sentence)
    with pytest.raises(KeyboardInterrupt):
        score(find_source(str(path)), tmp_path / "o.csv", MODEL, asked, Run(report=stop))
    with pytest.raises(BulkError, match="unit was sentence, is paragraph"):
        run(path, tmp_path / "o.csv", again=True, unit=Unit.paragraph)


def test_a_field_of_sentences(tmp_path: Path) -> None:
    """As `classify FILE --sentences` writes it; a row with an error has null."""
    texts = [*paragraphs(40), "abc"]
    run(write(tmp_path / "i.parquet", table_of(texts)), tmp_path / "o.jsonl", unit=Unit.paragraph, sentences=True)
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(texts)
    for row in rows[:-1]:
        said = MODEL.label_paragraph(row["text"], sentences=True).as_row()
        assert (row["sentences"], row["shares"]) == (said["sentences"], said["shares"])
        assert row["labels"] == said["labels"]
    assert (rows[-1]["sentences"], rows[-1]["shares"]) == (None, None)


def test_columns_that_are_there_already_are_not_lost(tmp_path: Path) -> None:
    path = write(tmp_path / "i.csv", [row | {"start": "八点"} for row in table_of(paragraphs(3))])
    with pytest.raises(InputError, match=r"there is a column start already.*--prefix predicted_"):
        run(path, tmp_path / "o.csv")
    run(path, tmp_path / "o.csv", prefix="s_")
    rows = read(tmp_path / "o.csv")
    assert {row["start"] for row in rows} == {"八点"}
    assert list(rows[0])[4:7] == ["s_start", "s_end", "s_sentence"]
    run(path, tmp_path / "p.csv", unit=Unit.paragraph)  # which adds no start


def test_sentences_of_documents_have_places_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph's start and end are its place in the document; boilerplate is never labelled."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = (
        "全县重点工作推进情况\n\n新建两所小学，改造老旧小区。企业开办一天办结，减轻企业负担。\n\n来源：县政府办公室\n"
    )
    (folder / "a.txt").write_text(text, encoding="utf-8")
    outcome = command(capsys, "score", str(folder), str(tmp_path / "o.csv"), "--unit", "sentence")
    assert outcome.code == 0, outcome.err
    rows = read(tmp_path / "o.csv")
    assert "".join(row["sentence"] for row in rows if row["sentence"]) == "".join(
        dict.fromkeys(row["text"] for row in rows)
    )
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        assert row["text"][int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]
    assert [row["labels"] for row in rows if row["kind"] == "boilerplate"] == [""]
    assert [row["labels"] for row in rows if row["kind"] == "body"] == ["livelihood", "business_environment"]


def test_the_command_says_what_its_shares_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "新建两所小学，改造老旧小区。企业开办一天办结，减轻企业负担。"
    with (tmp_path / "i.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["text"], [text], [""]])
    for extra in ([], ["--unit", "sentence"]):
        outcome = command(capsys, "score", str(tmp_path / "i.csv"), str(tmp_path / "o.csv"), "--overwrite", *extra)
        assert "share of the text (characters of the sentences with each label)" in outcome.err
        assert f"livelihood {14 / len(text):.1%}" in outcome.err
        assert "none 0.0%" in outcome.err
    assert "3 rows of 2 texts" in outcome.err
    refused = command(capsys, "score", str(tmp_path / "i.csv"), str(tmp_path / "o.csv"), "--overwrite", "--sentences")
    assert refused.code == 2
    assert "csv has no place for it; take --unit sentence" in " ".join(refused.err.split())
