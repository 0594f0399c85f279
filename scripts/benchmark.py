"""Measure bulk scoring; benchmarks/bulk.md says what came out.

    python scripts/benchmark.py [speed] [start] [memory] [workers] [spark] --paragraphs FILE.jsonl.gz --json OUT.json
    python scripts/benchmark.py workers --times 8      with less input, where time is short

FILE holds real paragraphs under `text`; without it the project's own corpus is repeated. Needs the extras bulk and
spark, and fasttext-wheel for fastText. Things that are compared run in turn, several rounds in one process,
and ratios are taken round by round, for a machine's speed drifts. CPU seconds are the process's own, of all threads.
"""

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rivals import ways

import classifier
from classifier.bulk.find_source import find_source
from classifier.bulk.local import Run, score
from classifier.bulk.settings import Format, Settings
from classifier.labelling.corpus import read_corpus
from classifier.places import packaged

Section = Callable[[list[str], Path, int], dict[str, Any]]

ROOT = Path(__file__).parent.parent
OWN_REPEATS = 8  # of the project's own corpus


def main() -> None:
    """Run the sections asked for and write the figures."""
    sections: dict[str, Section] = {
        "speed": speed, "start": start, "memory": memory, "spark": spark,
        "workers": lambda texts, folder, rounds: workers(texts, folder, rounds, chosen.times),
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", choices=[*sections, []], help="what to measure; all unless named")
    parser.add_argument("--paragraphs", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=30, help="how often the input is repeated for workers")
    chosen = parser.parse_args()
    texts = paragraphs(chosen.paragraphs)
    figures: dict[str, Any] = {"command": " ".join(Path(argument).name for argument in sys.argv), "machine": machine()}
    figures["input"] = {"paragraphs": len(texts), "characters": sum(map(len, texts))}
    if chosen.json and chosen.json.exists():
        figures = json.loads(chosen.json.read_text(encoding="utf-8")) | figures
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        for name in chosen.sections or sections:
            figures[name] = sections[name](texts, Path(folder), chosen.rounds)
            print(json.dumps({name: figures[name]}, indent=1, ensure_ascii=False))
            if chosen.json:
                chosen.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Return what kind of machine this is."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version(), "load": load}


def paragraphs(path: Path | None) -> list[str]:
    """Return the texts to measure with."""
    if path is None:
        own = [one.text for one in read_corpus(packaged("labels")).paragraphs if one.text]
        return own * OWN_REPEATS
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line in stream]


def table(path: Path, texts: list[str], times: int = 1) -> Path:
    """Write texts as Parquet, `times` over; all but the first time with a number, so that none stands twice."""
    with pq.ParquetWriter(path, pa.schema([("id", pa.int64()), ("text", pa.string())])) as writer:
        for lap in range(times):
            found = [f"{text}（{lap}）" if lap else text for text in texts]
            writer.write_table(pa.table({"id": list(range(len(found))), "text": found}))
    return path


def speed(texts: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Compare one process from table to table with the other ways, which start from texts in memory."""
    source, found = table(folder / "speed.parquet", texts), ways()
    lines = folder / "speed.jsonl"
    with lines.open("wb") as stream:
        stream.writelines(rows(texts, 1))
    loaded: list[classifier.Model] = []  # anew for each round; loading is measured under start

    def ours(_: list[str]) -> None:
        settings = Settings(format=Format.parquet)
        score(find_source(str(source)), folder / "out.parquet", loaded[0], settings, Run(overwrite=True))

    def ours_of_lines(_: list[str]) -> None:
        score(find_source(str(lines)), folder / "out.jsonl", loaded[0], Settings(), Run(overwrite=True))

    slow = {name: way for name, way in found.items() if name.startswith("jieba") or name.endswith(" jieba")}
    quick: dict[str, Callable[[list[str]], Any]] = {"ours, JSON Lines to JSON Lines": ours_of_lines}
    quick |= {name: way for name, way in found.items() if name not in slow}
    characters, result = sum(map(len, texts)), {}
    for group, ways_, laps in (("quick", quick, 3 * rounds), ("slow", slow, max(1, rounds // 2))):
        seconds: dict[str, list[tuple[float, float]]] = {}
        for _ in range(laps):
            loaded[:] = [classifier.load()]  # which remembers nothing of the round before
            loaded[0].table(["一次"])
            for name, way in {"ours, Parquet to Parquet": ours, **ways_}.items():
                seconds.setdefault(name, []).append(timed(way, texts))
        result[group] = compared(seconds, characters)
    return result


def timed(way: Callable[[list[str]], Any], texts: list[str]) -> tuple[float, float]:
    """Return CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    way(texts)
    return time.process_time() - cpu, time.perf_counter() - wall


def compared(seconds: dict[str, list[tuple[float, float]]], characters: int) -> dict[str, Any]:
    """Return each way's seconds and speed, and how many times faster the first is, round by round."""
    first = next(iter(seconds.values()))
    result = {}
    for name, found in seconds.items():
        ratios = [theirs[0] / ours[0] for ours, theirs in zip(first, found, strict=True)]
        result[name] = {
            "cpu seconds": [round(cpu, 3) for cpu, _ in found],
            "wall seconds": [round(wall, 3) for _, wall in found],
            "million characters a cpu second": round(characters / statistics.median(c for c, _ in found) / 1e6, 2),
            "ours is faster by (cpu, round by round)": [round(ratio, 3) for ratio in ratios],
            "median": round(statistics.median(ratios), 3),
        }
    return result


def start(texts: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Measure the command from its start: help, one document, a table of one row with one and two workers.

    One document also as a share of the CPU seconds in which scikit-learn and jieba with its dictionary are imported.
    """
    (folder / "one.txt").write_text(texts[0], encoding="utf-8")
    one = table(folder / "one.parquet", texts[:1])
    calls = {
        "classify --help": ["--help"],
        "classify one.txt": [str(folder / "one.txt"), "--format", "jsonl"],
        "score, 1 row, 1 worker": ["score", str(one), str(folder / "o.parquet"), "--overwrite", "--workers", "1"],
        "score, 1 row, 2 workers": ["score", str(one), str(folder / "o.parquet"), "--overwrite", "--workers", "2"],
    }
    found: dict[str, list[dict[str, float]]] = {name: [] for name in (_IMPORTS, *calls)}
    for _ in range(rounds):
        found[_IMPORTS].append(measured("import jieba, sklearn; jieba.initialize()", []))
        for name, call in calls.items():
            found[name].append(command(call))
    shares = [one["cpu"] / other["cpu"] for one, other in zip(found["classify one.txt"], found[_IMPORTS], strict=True)]
    return {**found, "one.txt by imports (cpu, median)": round(statistics.median(shares), 3)}


_IMPORTS = "importing scikit-learn and jieba"
_MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
failed = subprocess.call([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wall": round(time.perf_counter() - start, 3), "cpu": round(used.ru_utime + used.ru_stime, 3),
                  "peak MB": round(used.ru_maxrss / 1024)}))
sys.exit(failed)
"""  # in a small process between, for a child's peak begins with the size of the process that it was forked from


def command(arguments: list[str]) -> dict[str, float]:
    """Run the command; return seconds and the peak memory of its largest process."""
    return measured("from classifier.cli.main import main; main()", arguments)


def measured(code: str, arguments: list[str]) -> dict[str, float]:
    """Run code in a process of its own; return seconds and the peak memory of its largest process."""
    call = [sys.executable, "-c", _MEASURE, code, *arguments]
    result = subprocess.run(call, cwd=ROOT, capture_output=True, check=False)
    if result.returncode:
        sys.exit(f"{code} {' '.join(arguments)} failed")
    found: dict[str, float] = json.loads(result.stdout)
    return found


def scored(source: Path, target: Path, workers: int) -> dict[str, float]:
    """Score a table by the command."""
    return command(["score", str(source), str(target), "--overwrite", "--workers", str(workers)])


def memory(texts: list[str], folder: Path, _: int) -> dict[str, Any]:
    """Measure the peak of one worker with 1, 10 and 100 times the input, Parquet and JSON Lines."""
    result: dict[str, Any] = {}
    for times in (1, 10, 100):
        source = table(folder / "memory.parquet", texts, times)
        found = scored(source, folder / "memory-out.parquet", 1)
        result[f"parquet, {times * len(texts):,} paragraphs"] = found
    lines = folder / "memory.jsonl"
    for times in (1, 10):
        with lines.open("wb") as stream:
            for row in rows(texts, times):
                stream.write(row)
        result[f"jsonl, {times * len(texts):,} paragraphs"] = scored(lines, folder / "memory-out.jsonl", 1)
    return result


def rows(texts: list[str], times: int) -> Iterator[bytes]:
    """Yield texts as JSON Lines."""
    for lap in range(times):
        for text in texts:
            yield json.dumps({"text": f"{text}（{lap}）"}, ensure_ascii=False).encode() + b"\n"


def workers(texts: list[str], folder: Path, rounds: int, times: int) -> dict[str, Any]:
    """Compare two workers with one, in turn, on many times the input, and with what the machine's cores could give.

    That is told by two commands side by side that have nothing to do with each other, one worker each. By CPU seconds
    two workers are as much faster as they would be if neither core ever waited: on a machine that others use, too, the
    clock tells little.
    """
    source = table(folder / "workers.parquet", texts, times)
    found: list[dict[str, Any]] = []
    for _ in range(min(rounds, 3)):
        one, two = (scored(source, folder / "workers-out.parquet", count) for count in (1, 2))
        with ThreadPoolExecutor(2) as pool:
            apart = list(pool.map(lambda n: scored(source, folder / f"apart-{n}.parquet", 1), range(2)))
        found.append({
            "one": one, "two": two, "two apart": apart, "load": os.getloadavg()[0],
            "faster by": round(one["wall"] / two["wall"], 3),
            "cores allow": round(2 * one["wall"] / max(each["wall"] for each in apart), 3),
            "faster by, cpu": round(2 * one["cpu"] / two["cpu"], 3),
            "cores allow, cpu": round(4 * one["cpu"] / sum(each["cpu"] for each in apart), 3),
        })  # fmt: skip
    names = ("faster by", "cores allow", "faster by, cpu", "cores allow, cpu")
    return {"rounds": found, "times": times, **{name: statistics.median(row[name] for row in found) for name in names}}


def spark(texts: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Compare Spark local[2] with two workers, in turn, on ten times the input; start-up included."""
    source = table(folder / "spark.parquet", texts, 10)
    found: list[dict[str, Any]] = []
    for _ in range(min(rounds, 3)):
        local = scored(source, folder / "spark-local.parquet", 2)
        target = folder / "spark-out"
        shutil.rmtree(target, ignore_errors=True)
        ours = command(["score", str(source), str(target), "--engine", "spark", "--master", "local[2]"])
        found.append(
            {"local": local, "spark": ours, "spark takes times as long": round(ours["wall"] / local["wall"], 3)}
        )
    return {"rounds": found, "median": statistics.median(pair["spark takes times as long"] for pair in found)}


if __name__ == "__main__":
    main()
