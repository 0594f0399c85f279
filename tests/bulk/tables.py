"""Tables for the tests: sentences of the tests' own, repeated with numbers."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import load_workbook

from tests.conftest import FARMING, OTHER, TOURISM

SENTENCES = [*FARMING, *TOURISM, *OTHER, "要持续优化营商环境，为企业办好事。", "新建两所小学，改造老旧小区十二个。"]
BAD: list[Any] = [None, 7, ["a"], {"a": 1}, True, "", "  ", "。！？", "abc 123", "字" * 1_000_001]


def texts(count: int) -> list[str]:
    return [f"{SENTENCES[number % len(SENTENCES)]}第{number}号。" for number in range(count)]


def rows(count: int) -> list[dict[str, Any]]:
    return [{"id": number, "text": text, "源": f"第{number % 7}卷"} for number, text in enumerate(texts(count))]


def write(path: Path, table: Sequence[dict[str, Any]]) -> Path:
    """Write rows as the path's name says."""
    suffix = path.suffixes[0]
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(table)), path)
        return path
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(table[0]))
            writer.writeheader()
            writer.writerows(table)
    else:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table), encoding="utf-8")
    packed = {".gz": gzip.compress, ".zst": lambda data: pa.compress(data, "zstd", asbytes=True)}
    if path.suffix in packed:
        path.write_bytes(packed[path.suffix](path.read_bytes()))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Read rows as the path's name says; a folder's parts in order."""
    if path.is_dir():
        return [row for part in sorted(path.iterdir()) for row in read(part)]
    if path.suffix == ".parquet":
        table: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return table
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix == ".zst":
        data = pa.input_stream(path, compression="zstd").read()
    text = data.decode("utf-8-sig")
    if ".csv" in path.suffixes:
        return list(csv.DictReader(text.splitlines(keepends=True)))
    return [json.loads(line) for line in text.splitlines()]


def bytes_of(path: Path) -> dict[str, bytes]:
    """Return a file's bytes, or those of each file of a folder; of a workbook its rows, for it holds when it was made."""
    if path.is_dir():
        return {one.name: one.read_bytes() for one in path.iterdir()}
    if path.suffix == ".xlsx":
        return {sheet.title: repr(list(sheet.values)).encode() for sheet in load_workbook(path)}
    return {"": path.read_bytes()}
