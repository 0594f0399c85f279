"""A run that is killed, at any moment, and gone on with gives the uninterrupted run's bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import classifier
from classifier.bulk import batches, csv_file, json_file, lines, local, sheets
from classifier.bulk.find_source import find_source
from classifier.bulk.local import Run, score
from classifier.bulk.output import read_state, work_folder
from classifier.bulk.settings import Format, Settings
from classifier.errors import BulkError, InputError
from tests.bulk import killing
from tests.bulk.tables import bytes_of, rows, write
from tests.tables.workbooks import xls, xlsx

ROOT = Path(__file__).parents[2]
PAIRS = [
    ("in.jsonl", "out.jsonl"), ("in.csv", "out.csv.gz"), ("in.parquet", "out.parquet"), ("in.jsonl.gz", "parts"),
    ("in.jsonl", "out.parquet"), ("in.jsonl", "sentences.parquet"),
    ("in.csv", "out.xlsx"),
]  # fmt: skip
# The command, with its process killed right after the first chunk is put down. Its children are printed before.
KILLED_AT_WORK = """
import os, signal, sys
from pathlib import Path
from classifier.bulk import local
from classifier.bulk.output import Files
from classifier.cli.main import main

def commit(files):
    original(files)
    if files.state.chunks:
        tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
        print(*(child for task in tasks for child in (task / "children").read_text().split()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

original, Files.commit, local._COMMIT = Files.commit, commit, 0.0
main()
"""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of some rows, each put down at once."""
    for module in (lines, csv_file, batches, sheets, json_file):
        monkeypatch.setattr(module, "CHUNK_ROWS", killing.ROWS)
    monkeypatch.setattr(local, "_COMMIT", 0.0)


def run(source: Path, target: Path, *, resume: bool = False, overwrite: bool = False, workers: int = 1) -> None:
    settings = killing.settings_for(target)
    score(find_source(str(source)), target, classifier.load(), settings, Run(workers, resume, overwrite))


@pytest.mark.parametrize(
    ("source", "target", "mode"), [*((*pair, "steps") for pair in PAIRS), *((*pair, "moments") for pair in PAIRS[:1])]
)
def test_killed_and_gone_on_with(tmp_path: Path, source: str, target: str, mode: str) -> None:
    write(tmp_path / source, rows(280))
    run(tmp_path / source, tmp_path / f"whole-{target}")
    command = [sys.executable, "-m", "tests.bulk.killing", mode, str(tmp_path / source), str(tmp_path / target), "1"]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) >= 1
    assert bytes_of(tmp_path / target) == bytes_of(tmp_path / f"whole-{target}")
    assert not work_folder(tmp_path / target).exists()


def test_two_workers_write_the_same_bytes_and_end_with_their_parent(tmp_path: Path) -> None:
    """The main process is killed while its workers are at work; they leave, and the run is gone on with."""
    source = write(tmp_path / "in.jsonl", rows(12_300))
    whole, target = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    command = [sys.executable, "-c", "from classifier.cli.main import main; main()", "score", str(source), str(target)]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT_WORK, *command[3:], "--workers", "2"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    children = [int(one) for one in killed.stdout.split()]
    assert len(children) >= 2
    deadline = time.monotonic() + 120
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "workers outlive the main process"
        time.sleep(0.02)
    again = subprocess.run([*command, "--workers", "2"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (again.returncode, "--resume" in again.stderr) == (1, True)
    result = subprocess.run(
        [*command, "--workers", "2", "--resume"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "12,300 rows" in result.stderr
    subprocess.run([*command[:-1], str(whole), "--workers", "1"], cwd=ROOT, capture_output=True, check=True)
    assert target.read_bytes() == whole.read_bytes()


def test_a_worker_that_is_killed_is_a_clear_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = write(tmp_path / "in.jsonl", rows(4000)), tmp_path / "out.jsonl"
    seen: list[local.Progress] = []

    def kill_one(progress: local.Progress) -> None:
        if not seen:
            own = Path(f"/proc/{os.getpid()}/task")
            children = [int(c) for task in own.iterdir() for c in (task / "children").read_text().split()]
            workers = [c for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]
            os.kill(workers[0], signal.SIGKILL)
        seen.append(progress)

    settings, model = killing.settings_for(target), classifier.load()
    with pytest.raises(BulkError, match=r"a worker process was ended from outside.*--resume"):
        score(find_source(str(source)), target, model, settings, Run(2, report=kill_one))
    assert not target.exists()
    run(source, target, resume=True)
    run(source, tmp_path / "whole.jsonl")
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("target", ["out.jsonl", "out.parquet", "parts"])
def test_a_full_disk_is_a_clear_end(tmp_path: Path, target: str) -> None:
    """A limit on the size of files stands for the disk: the write fails in the same way."""
    source = write(tmp_path / "in.parquet", rows(3000))
    code = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "from classifier.bulk import local, batches\nlocal._COMMIT = 0\nbatches.CHUNK_ROWS = 40\n"
        "from classifier.cli.main import main\nmain()"
    )
    parts = [] if "." in target else ["--rows-per-part", "5000", "--format", "jsonl"]
    arguments = ["score", str(source), str(tmp_path / target), "--workers", "1", *parts]
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "File too large" in result.stderr
    assert "--resume" in result.stderr
    assert not (tmp_path / target).exists()
    state = read_state(tmp_path / target)
    assert state is not None
    assert state.chunks > 3
    settings = killing.settings_for(tmp_path / target, 5000)
    for name, resume in ((target, True), (f"whole-{target}", False)):
        score(find_source(str(source)), tmp_path / name, classifier.load(), settings, Run(1, resume))
    assert bytes_of(tmp_path / target) == bytes_of(tmp_path / f"whole-{target}")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("suffix", [".parquet", ".jsonl.gz"])
def test_a_broken_file_in_the_middle(tmp_path: Path, suffix: str, workers: int) -> None:
    """The end names the file; mended, it is gone on with, and what came before is not scored again."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        write(folder / f"{number}{suffix}", rows(200 + number))
    target, whole, broken = tmp_path / "out.jsonl", tmp_path / "whole.jsonl", folder / f"1{suffix}"
    run(folder, whole)
    sound = broken.read_bytes()
    broken.write_bytes(sound[:-600] + b"\0" * 100)
    if suffix == ".parquet":  # whole at its end, so that it breaks only while it is read
        middle = len(sound) // 4
        broken.write_bytes(sound[:middle] + bytes(400) + sound[middle + 400 :])
    with pytest.raises(InputError, match=rf"1{suffix}.*--resume"):
        run(folder, target, workers=workers)
    state = read_state(target)
    assert state is not None
    assert state.counts["rows"] >= 200
    broken.write_bytes(sound)
    run(folder, target, resume=True)
    assert target.read_bytes() == whole.read_bytes()


def interrupted(source: Path, target: Path) -> None:
    """Leave a run behind that was stopped after some chunks."""

    def stop(progress: local.Progress) -> None:
        if progress.counts["rows"] >= 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score(find_source(str(source)), target, classifier.load(), killing.settings_for(target), Run(report=stop))


def test_what_must_be_the_same_to_go_on(tmp_path: Path) -> None:
    source, target = write(tmp_path / "in.jsonl", rows(600)), tmp_path / "out.jsonl"
    interrupted(source, target)
    with pytest.raises(BulkError, match=r"a run was stopped here; go on with --resume, or begin anew with --overwrite"):
        run(source, target)
    other = Settings("源", Format.jsonl)
    with pytest.raises(BulkError, match=r"another one: text was text, is 源"):
        score(find_source(str(source)), target, classifier.load(), other, Run(resume=True))
    write(source, [row | {"text": "改过的" + row["text"]} for row in rows(600)])
    with pytest.raises(BulkError, match=r"rows that were scored before have changed"):
        run(source, target, resume=True)
    write(source, rows(100))
    with pytest.raises(BulkError, match=r"rows that were scored before have changed"):
        run(source, target, resume=True)
    run(source, target, overwrite=True)
    assert len(target.read_bytes().splitlines()) == 100


def test_another_model_is_another_run(tmp_path: Path, small_model) -> None:  # type: ignore[no-untyped-def]
    source, target = write(tmp_path / "in.jsonl", rows(600)), tmp_path / "out.jsonl"
    interrupted(source, target)
    with pytest.raises(BulkError, match=r"another one: model was"):
        score(
            find_source(str(source)), target, classifier.load(str(small_model.folder)), killing.settings_for(target),
            Run(resume=True),
        )  # fmt: skip


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    source, target = write(tmp_path / "in.jsonl", rows(50)), tmp_path / "out.jsonl"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(BulkError, match="is there already; replace it with --overwrite"):
        run(source, target)
    run(source, target, resume=True)  # whole, as far as can be told: nothing to go on with
    assert target.read_text(encoding="utf-8") == "mine"
    run(source, target, overwrite=True)
    assert len(target.read_bytes().splitlines()) == 50
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BulkError, match=r"other things than parts of an output \(letter.txt\)"):
        run(source, folder, overwrite=True)


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    source, target = write(tmp_path / "in.jsonl", rows(600)), tmp_path / "out.jsonl"
    seen: list[local.Progress] = []

    def second(progress: local.Progress) -> None:
        if not seen:
            seen.append(progress)
            with pytest.raises(BulkError, match="another run is at work here"):
                run(source, target, resume=True)

    score(find_source(str(source)), target, classifier.load(), killing.settings_for(target), Run(report=second))
    assert seen


@pytest.mark.parametrize("form", ["xlsx", "xls", "bare marks", "open marks", "json", "utf-16", "partitions"])
def test_tables_of_every_form_are_gone_on_with(tmp_path: Path, form: str) -> None:
    """Whatever road a table is read by, it is cut at the same rows each time."""
    table = rows(600)
    cells: list[list[Any]] = [["统计表"], list(table[0]), *[list(row.values()) for row in table]]
    text = "".join("\t".join(str(cell) for cell in row) + "\n" for row in cells)
    source = tmp_path / {"json": "in.json", "partitions": "in"}.get(form, "in.csv")
    if form in {"xlsx", "xls"}:
        book: Callable[..., bytes] = xlsx if form == "xlsx" else xls
        source.write_bytes(book({"表": cells[:1] + cells[1:300], "二": cells[1:2] + cells[300:]}))
    elif form == "json":
        source.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    elif form == "partitions":
        for year in ("2023", "2024"):
            (source / f"year={year}").mkdir(parents=True)
            write(source / f"year={year}" / "part.jsonl", table[:300])
    else:
        opened = text.replace("\t要持续", '\t"要持续') + ('7\t"甲\n乙"\t八\n' if form == "open marks" else "")
        bare = opened.replace("\t新建", '\t"新建"又')
        source.write_bytes({"utf-16": text, "open marks": opened}.get(form, bare).encode("utf-16"))
    target, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    run(source, whole)
    assert len(whole.read_bytes().splitlines()) >= 600
    interrupted(source, target)
    run(source, target, resume=True)
    assert target.read_bytes() == whole.read_bytes()
