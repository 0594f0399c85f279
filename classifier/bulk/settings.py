"""What a run was asked to do."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """Kinds of table."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


@dataclass(frozen=True)
class Settings:
    """Choices of a run that decide what its output is.

    `text`: the column to score. `prefix` stands before the names of the columns that are added.
    `part_rows`: rows of a part where the output is a folder, None where it is one file.
    `compression`: "gz", "zst" or "" (JSON Lines and CSV only). `strict`: stop at the first row without a text.
    """

    text: str = "text"
    format: Format = Format.jsonl
    prefix: str = ""
    part_rows: int | None = None
    compression: str = ""
    strict: bool = False
