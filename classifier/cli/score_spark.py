"""`classify score --engine spark`: the same by a Spark cluster, which reads and writes the files itself."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from classifier.errors import BulkError, InputError

if TYPE_CHECKING:
    from classifier.api import Model


@dataclass(frozen=True)
class SparkRun:
    """What was asked for; formats are jsonl, csv or parquet, None where the names tell, as `text` for headings."""

    source: str
    target: str
    text: str | None
    prefix: str
    format: str | None
    input_format: str | None
    overwrite: bool
    master: str | None
    unit: str = "paragraph"
    labels: Path | None = None


def score_on_spark(run: SparkRun, model: "Model") -> None:
    """Read, score and write a table with Spark; the output is a folder of parts.

    Raises BulkError where it must not or cannot be written.
    """
    from classifier.bulk import spark  # noqa: PLC0415 - pyspark, an extra

    spark.check_driver()
    read_as = _format(run.source, run.input_format)
    write_as = run.format or _format(run.target, read_as)
    session = _session(run.master)
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415

        spark.ship(session)
        frame = _read(session, run.source, read_as)
        text = run.text or _text_column(frame.columns)
        labelled = spark.score(frame, text, prefix=run.prefix, unit=run.unit, model=model, labels=run.labels)
        _write(labelled, run, write_as)
    except PySparkException as error:
        raise BulkError(f"Spark: {_reason(str(error)) or type(error).__name__}") from error
    finally:
        session.stop()
    typer.echo(f"classify: written to {run.target}, a folder of parts", err=True)


def _text_column(names: list[str]) -> str:
    from classifier.tables.names import text_place  # noqa: PLC0415 - as the rest

    place = text_place(names)
    return "text" if place is None else names[place]


def _reason(message: str) -> str:
    """Return the line that says what was wrong: the last of a worker's traceback, else the first."""
    lines = [line for line in message.split("JVM stacktrace", maxsplit=1)[0].splitlines() if line.strip()]
    if "Traceback (most recent call last):" in message:
        own = [line for line in lines if not line.startswith((" ", "\t"))]
        return own[-1]
    return lines[0] if lines else ""


def _session(master: str | None) -> Any:
    from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if master is not None and master.startswith("local"):  # workers of this machine are this very Python
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("classify score").config("spark.ui.showConsoleProgress", "true")
    try:
        return (builder if master is None else builder.master(master)).getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise BulkError("Spark cannot be started; it needs a Java runtime, 17 or later (java -version)") from error


def _format(path: str, otherwise: str | None) -> str:
    """Return the format that a path's name tells; Spark's paths may be URLs, and folders."""
    name = path.rstrip("/").lower().removesuffix(".gz").removesuffix(".zst")
    for format_, endings in (
        ("parquet", (".parquet", ".pq")),
        ("csv", (".csv", ".tsv")),
        ("jsonl", (".jsonl", ".ndjson", ".json")),
    ):
        if name.endswith(endings):
            return format_
    return otherwise or "parquet"


def _read(session: Any, path: str, format_: str) -> Any:
    if path.lower().endswith((".xlsx", ".xlsm", ".xls", ".et", ".ods")):
        raise InputError(f"{path}: workbooks are not read by Spark; score it with --engine local")
    if path == "-":
        raise InputError("standard input cannot be scored by Spark; name a file or a folder that all machines see")
    if format_ == "csv":
        separator = "\t" if ".tsv" in path.lower() else ","
        return session.read.csv(path, header=True, multiLine=True, quote='"', escape='"', sep=separator)
    return session.read.json(path) if format_ == "jsonl" else session.read.parquet(path)


def _write(frame: Any, run: SparkRun, format_: str) -> None:
    from pyspark.sql.functions import concat_ws  # noqa: PLC0415

    mode = "overwrite" if run.overwrite else "errorifexists"
    if format_ == "csv":  # which has no lists
        labels = run.prefix + "labels"
        joined = frame.withColumn(labels, concat_ws(",", labels))
        joined.write.csv(run.target, mode=mode, header=True, quote='"', escape='"')
    elif format_ == "jsonl":
        frame.write.json(run.target, mode=mode, ignoreNullFields=False)
    else:
        frame.write.parquet(run.target, mode=mode)
