"""Labels of sentences through the commands: imported, counted, exported, taken back."""

from pathlib import Path

from tests.cli.test_label import classify


def test_sentences_come_in_are_counted_handed_on_and_taken_back(tmp_path: Path, labels_folder: Path) -> None:
    text = "粮食播种面积稳住了。古镇游客比去年多。"
    assert labels_folder == tmp_path / "labels"
    table = f"text,start,end,label\n{text},0,10,农业\n{text},10,19,文旅\n{text},,,农业\n"
    (tmp_path / "sentences.csv").write_text(table, encoding="utf-8")
    ran = classify("labels", "import", "sentences.csv", cwd=tmp_path)
    assert b"1 stored, 2 sentences stored" in ran.stderr
    counted = classify("labels", "stats", cwd=tmp_path).stdout.decode()
    assert "sentences: 2 labelled in 1 paragraphs: farming 1, tourism 1, none 0" in counted
    for name in ("out.jsonl", "out.csv", "out.xlsx", "out.json"):
        ran = classify("labels", "export", "-o", name, cwd=tmp_path)
        assert ran.returncode == 0
        assert (b"labels of 2 sentences are left out" in ran.stderr) == (name == "out.json")
    counts = classify("labels", "export", "--as-counts", "-o", "counts.jsonl", cwd=tmp_path)
    assert b"would give the text away" in counts.stderr
    assert classify("labels", "undo", cwd=tmp_path).returncode == 0
    assert "sentences:" not in classify("labels", "stats", cwd=tmp_path).stdout.decode()
    for name in ("out.jsonl", "out.csv", "out.xlsx"):
        ran = classify("labels", "import", name, "--on-conflict", "newest", cwd=tmp_path)
        assert b"1 stored, 2 sentences stored" in ran.stderr
        assert classify("labels", "undo", cwd=tmp_path).returncode == 0


def test_a_folder_in_which_only_sentences_have_labels_is_known_to_every_command(
    tmp_path: Path, labels_folder: Path
) -> None:
    text = "粮食播种面积稳住了。古镇游客比去年多。"
    for path in (labels_folder / "paragraphs").iterdir():
        path.unlink()
    (tmp_path / "sentences.csv").write_text(f"text,start,end,label\n{text},0,10,农业\n", encoding="utf-8")
    assert classify("labels", "import", "sentences.csv", cwd=tmp_path).returncode == 0
    counted = classify("labels", "stats", cwd=tmp_path)
    assert counted.returncode == 0, counted.stderr.decode()
    assert "sentences: 1 labelled in 1 paragraphs, 1 of which have no labels as a whole" in counted.stdout.decode()
    audited = classify("labels", "audit", cwd=tmp_path)
    assert audited.returncode == 0, audited.stderr.decode()
    assert "labels are too few to tell doubtful ones" in audited.stderr.decode()
    for name, written in (("out.jsonl", 1), ("out.csv", 1), ("out.json", 0)):
        ran = classify("labels", "export", "-o", name, cwd=tmp_path)
        assert f"{written} paragraphs written to {name}" in ran.stderr.decode()
    assert "needed to evaluate" in classify("train", "--without-default", cwd=tmp_path).stderr.decode()
