"""`classify score`, end to end."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from classifier.cli.main import main
from tests.bulk.tables import read, rows, write
from tests.cli.test_label import classify
from tests.tables.workbooks import xlsx

ROOT = Path(__file__).parents[2]


def test_a_table_in_a_table_out_and_a_summary(tmp_path: Path) -> None:
    source, target = (
        write(tmp_path / "in.csv", [*rows(40), {"id": 40, "text": "", "源": "x"}]),
        tmp_path / "out.parquet",
    )
    result = classify("score", str(source), str(target), "--workers", "2")
    assert (result.returncode, result.stdout) == (0, b"")
    assert pq.read_table(target)["id"].to_pylist() == [str(number) for number in range(41)]
    message = result.stderr.decode()
    assert "classify: 41 rows in 0:" in message
    assert "民生 livelihood" in message
    assert "none " in message
    assert "rows that could not be scored: 1; the column error says why" in message
    assert message.splitlines()[-1] == f"classify: written to {target}"


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_standard_input_and_output(tmp_path: Path, kind: str) -> None:
    data = write(tmp_path / f"in.{kind}", rows(30)).read_bytes()
    result = classify("score", "-", "-", "--workers", "1", stdin=data)
    assert result.returncode == 0, result.stderr.decode()
    (tmp_path / f"out.{kind}").write_bytes(result.stdout)
    assert [str(row["id"]) for row in read(tmp_path / f"out.{kind}")] == [str(number) for number in range(30)]
    assert b"30 rows" in result.stderr


def test_messages_on_standard_input_name_it(tmp_path: Path) -> None:
    result = classify(
        "score", "-", "-", "--strict", "--workers", "1", stdin=b'{"text": "\xe7\xb2\xae"}\n{"text": null}\n'
    )
    assert result.returncode == 1
    assert result.stderr.decode() == "classify: <stdin>, line 2: the text is null; stopped here for --strict\n"


def test_strict_names_the_first_bad_row_and_can_be_gone_on_with(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [*rows(10), {"text": 5}, *rows(10)])
    target = tmp_path / "out.jsonl"
    result = classify("score", str(source), str(target), "--strict")
    assert result.returncode == 1
    message = result.stderr.decode()
    assert f"{source}, line 11: the text is a number, not a text; stopped here for --strict" in message
    assert not target.exists()
    assert classify("score", str(source), str(target), "--resume").returncode == 0
    assert len(read(target)) == 21
    again = classify("score", str(source), str(target), "--resume")
    assert (again.returncode, b"nothing to go on with" in again.stderr) == (0, True)


def test_a_folder_of_parts(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl.gz", rows(90))
    result = classify("score", str(source), str(tmp_path / "out"), "--rows-per-part", "50", "--format", "parquet")
    assert result.returncode == 0, result.stderr.decode()
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == ["part-00000.parquet"]
    assert len(read(tmp_path / "out")) == 90


def advised(said: str) -> list[str]:
    return said.split(" with ")[1].split()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_column_that_is_there_already_is_told_before_anything_is_begun(tmp_path: Path, kind: str) -> None:
    table = [one | {"labels": "x", "predicted_error": "y"} for one in rows(3)]
    source, target = write(tmp_path / f"in.{kind}", table), tmp_path / "o.jsonl"
    result = classify("score", str(source), str(target))
    said = result.stderr.decode()
    assert (result.returncode, [path.name for path in tmp_path.iterdir()]) == (1, [source.name])
    assert f"{source}: there is a column labels already" in said
    assert advised(said) == ["--prefix", "predicted2_"]
    assert classify("score", str(source), str(target), *advised(said)).returncode == 0
    assert {"labels", "predicted_error", "predicted2_labels"} <= set(read(target)[0])


def test_a_key_that_clashes_late_is_told_with_advice_that_works(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [*rows(30), {"text": "粮食。", "error": "x"}])
    target = tmp_path / "o.jsonl"
    said = classify("score", str(source), str(target)).stderr.decode()
    assert f"{source}, line 31: there is a column error already" in said
    assert "--resume" not in said
    assert advised(said) == ["--prefix", "predicted_", "--overwrite"]
    assert classify("score", str(source), str(target), *advised(said)).returncode == 0
    assert len(read(target)) == 31


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "jsonl", "parquet", "xlsx"])
def test_an_empty_part_of_a_folder_is_passed_over_and_told(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "c"):
        if kind == "xlsx":
            (folder / f"{name}.xlsx").write_bytes(xlsx({"表": [["text"], *([one["text"]] for one in rows(3))]}))
        else:
            write(folder / f"{name}.{kind}", rows(3))
    empty = {"csv": b"\xef\xbb\xbf\r\n", "csv.gz": gzip.compress(b""), "xlsx": xlsx({"表": []})}
    (folder / f"b.{kind}").write_bytes(empty.get(kind, b""))
    result = classify("score", str(folder), str(tmp_path / "o.jsonl"))
    assert result.returncode == 0, result.stderr.decode()
    assert len(read(tmp_path / "o.jsonl")) == 6
    assert f"classify: passed over, being empty: {folder / f'b.{kind}'}\n" in result.stderr.decode()


def test_a_damaged_part_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.csv", rows(3))
    (folder / "b.csv.gz").write_bytes(gzip.compress(b"text\n" * 90)[:12])
    result = classify("score", str(folder), str(tmp_path / "o.jsonl"))
    assert (result.returncode, b"b.csv.gz: the file is damaged or not whole" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere.csv", "o.csv"], 1, "nowhere.csv: no such file or folder"),
        (["in.jsonl", "o.xls"], 1, "the name does not tell a format; end it in .jsonl, .csv, .parquet or .xlsx"),
        (["in.jsonl", "nowhere/o.csv"], 1, "nowhere: there is no such folder"),
        (["in.xlsx", "o.csv"], 1, "in.xlsx: the file is empty; a CSV file begins with a line of column names"),
        (["in.jsonl", "o.csv", "--text-column", "正文"], 1, "there is no column 正文; the columns are: id, text, 源"),
        (["in.jsonl", "-", "--resume"], 2, "standard input and output cannot be gone on with"),
        (["in.jsonl", "o.csv", "--format", "jsonl"], 2, "is not what o.csv is called after"),
        (["in.jsonl", "o.csv", "--master", "local"], 2, "is for --engine spark"),
        (["in.jsonl", "in.jsonl", "--overwrite"], 1, "input and output are the same"),
        ([".", "o.jsonl", "--input-format", "jsonl"], 1, "o.jsonl: lies in the folder that is to be scored"),
        (["in.jsonl", "in.xls/"], 1, "the name does not tell a format"),
        (["in.jsonl", "folder.csv"], 1, "folder.csv: is a folder; name another output"),
        (["in.jsonl", "file"], 1, "file: is a file; name another output"),
        (["in.jsonl", "/"], 1, "no such folder"),
        (["in.jsonl", "o.csv", "--model", "nope"], 1, "no model 'nope'"),
    ],
)
def test_wrong_calls_are_one_clear_line(
    tmp_path: Path, arguments: list[str], code: int, message: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    write(tmp_path / "in.jsonl", rows(3))
    (tmp_path / "in.xlsx").touch()
    (tmp_path / "file").touch()
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["classify", "score", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert ended.value.code == code
    assert message in said
    assert "Traceback" not in said
    assert len(read(tmp_path / "in.jsonl")) == 3


def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    """JSON Lines and CSV need no pyarrow; Parquet and zst say what to install."""
    write(tmp_path / "in.jsonl", rows(3))
    code = "import sys\nsys.modules['pyarrow'] = None\nfrom classifier.cli.main import main\nmain()"
    for target, needs in (("o.csv", False), ("o.jsonl.gz", False), ("o.parquet", True), ("o.jsonl.zst", True)):
        result = subprocess.run(
            [sys.executable, "-c", code, "score", "in.jsonl", target, "--workers", "1"], cwd=tmp_path,
            capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert (result.returncode == 1) is needs, result.stderr
        assert ('pip install "local-government-classifier[bulk]"' in result.stderr) is needs
        assert "Traceback" not in result.stderr


def test_interrupted_by_hand(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", rows(100))
    code = (
        "import os, signal\nfrom classifier.bulk.output import Files\nfrom classifier.cli.main import main\n"
        "Files.append = lambda *_: os.kill(os.getpid(), signal.SIGINT)\nmain()"
    )
    command = [sys.executable, "-c", code, "score", str(source), str(tmp_path / "o.jsonl"), "--workers", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (130, "classify: stopped; go on with --resume\n")


def test_blas_has_one_thread_in_a_worker() -> None:
    code = (
        "from classifier.platforms import one_thread_each\nimport multiprocessing, os\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "if __name__ == '__main__':\n"
        "    with one_thread_each():\n"
        "        pool = ProcessPoolExecutor(1, multiprocessing.get_context('spawn'))\n"
        "        print(pool.submit(os.getenv, 'OPENBLAS_NUM_THREADS').result())\n"
        "        pool.shutdown()\n"
        "    print(os.getenv('OPENBLAS_NUM_THREADS'))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment, check=False
    )
    assert result.stdout.split() == ["1", "None"], result.stderr


def test_output_is_read_as_it_comes(tmp_path: Path) -> None:
    """A reader that has seen enough is no error."""
    source = write(tmp_path / "in.jsonl", rows(20_000))
    command = (
        f"{sys.executable} -c 'from classifier.cli.main import main; main()' score {source} - --workers 1 | head -1"
    )
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert json.loads(result.stdout)["id"] == 0
    assert b"Traceback" not in result.stderr


def test_gz_is_read_by_others(tmp_path: Path) -> None:
    classify("score", str(write(tmp_path / "in.jsonl", rows(20))), str(tmp_path / "out.jsonl.gz"))
    assert len(gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).splitlines()) == 20
