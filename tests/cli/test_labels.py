"""`classify labels stats` and `classify labels audit`, through the real command."""

import json
from pathlib import Path

from rich.cells import cell_len

from tests.cli.test_label import classify


def test_stats_in_words_and_as_json(tmp_path: Path, labels_folder: Path) -> None:
    shown = classify("labels", "stats", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr.decode()
    assert shown.stdout.decode().startswith("45 paragraphs in 15 documents, ")
    assert "agreement is not known" in shown.stdout.decode()
    data = json.loads(classify("labels", "stats", "--json", "--labels", str(labels_folder)).stdout)
    assert data["total"]["labels"] == {"farming": 15, "tourism": 15, "none": 15}
    assert data["labels_a_paragraph"] == {"0": 15, "1": 30}


def test_stats_tells_how_far_two_readings_agree(tmp_path: Path, labels_folder: Path) -> None:
    row = {"text": "农技员下乡。", "labels": ["farming"], "annotations": {"first": ["farming"], "second": ["farming"]}}
    (labels_folder / "paragraphs" / "more.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    shown = classify("labels", "stats", cwd=tmp_path).stdout.decode()
    assert "read twice: 1 paragraphs" in shown
    assert "农业 farming" in shown


def test_figures_of_agreement_stand_under_each_other_in_chinese_too(tmp_path: Path, labels_folder: Path) -> None:
    row = {"text": "农技员下乡。", "labels": ["farming"], "annotations": {"first": ["farming"], "second": ["farming"]}}
    (labels_folder / "paragraphs" / "more.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    shown = classify("--language", "zh", "labels", "stats", cwd=tmp_path).stdout.decode()
    starts = [cell_len(line[: line.index("F1 值")]) for line in shown.splitlines() if "F1 值" in line]
    assert len(starts) == 3
    assert len(set(starts)) == 1


def test_audit_names_places_and_fails_where_a_row_cannot_be_trained_on(tmp_path: Path, labels_folder: Path) -> None:
    clean = classify("labels", "audit", cwd=tmp_path)
    assert clean.returncode == 0, clean.stderr.decode()
    (labels_folder / "paragraphs" / "more.jsonl").write_text('{"text": "甲", "labels": ["fishing"]}', encoding="utf-8")
    found = classify("labels", "audit", cwd=tmp_path)
    assert found.returncode == 1
    assert "format: 1" in found.stdout.decode()
    assert "more.jsonl:1: unknown label 'fishing'; the taxonomy has: farming, tourism" in found.stdout.decode()
    lines = classify("labels", "audit", "--json", cwd=tmp_path).stdout.splitlines()
    assert json.loads(lines[0])["kind"] == "format"


def test_an_audit_of_few_labels_looks_for_all_else(tmp_path: Path, labels_folder: Path) -> None:
    rows = [{"text": "农技员下乡。", "labels": ["farming"]}, {"text": "农技员下乡。 ", "labels": []}, {"text": "甲"}]
    for path in (labels_folder / "paragraphs").iterdir():
        path.unlink()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (labels_folder / "paragraphs" / "few.jsonl").write_text(lines, encoding="utf-8")
    found = classify("labels", "audit", cwd=tmp_path)
    assert found.returncode == 1
    assert "few.jsonl:3" in found.stdout.decode()
    assert "labels are too few to tell doubtful ones" in found.stderr.decode()


def test_damaged_rows_are_named_and_the_others_count_in_every_command(tmp_path: Path, labels_folder: Path) -> None:
    small = labels_folder / "paragraphs" / "small.jsonl"
    lines = small.read_bytes().splitlines(keepends=True)
    small.write_bytes(b"".join([*lines[:9], b'{"text":"\xe7\n', *lines[9:]]))
    for args in (["labels", "stats"], ["labels", "export", "-o", "out.csv"], ["train", "--without-default"]):
        shown = classify(*args, cwd=tmp_path)
        assert shown.returncode == 0, shown.stderr.decode()
        said = shown.stderr.decode()
        assert "left out: " in said, args
        assert "small.jsonl:10: not valid JSON" in said, args
    assert "45 paragraphs written" in classify("labels", "export", "-o", "out.csv", cwd=tmp_path).stderr.decode()
    assert classify("labels", "stats", cwd=tmp_path).stdout.decode().startswith("45 paragraphs")
    assert classify("labels", "audit", cwd=tmp_path).returncode == 1
