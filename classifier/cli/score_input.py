"""What `classify score` reads: a path, or what comes on standard input; what of it is passed over."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from classifier.errors import ClassifierError

if TYPE_CHECKING:
    from classifier.bulk.settings import Format
    from classifier.bulk.source import Source

STDIO = "-"


@contextmanager
def source_of(path: str, format_: "Format | None") -> Iterator["Source"]:
    """Find the input; what comes on standard input is put down first where it must be read twice or from its end."""
    from classifier.bulk.find_source import find_source  # noqa: PLC0415
    from classifier.bulk.settings import Format  # noqa: PLC0415

    if path != STDIO:
        yield find_source(path, format_)
        return
    with tempfile.TemporaryDirectory(prefix="classify-") as folder:
        place = Path(folder) / "stdin"
        with place.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream, 1 << 20)
        with place.open("rb") as stream:
            beginning = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
        sniffed = Format.parquet if beginning.startswith(b"PAR1") else None
        sniffed = sniffed or (Format.jsonl if beginning.startswith((b"{", b"[", b'"')) or not beginning else Format.csv)
        try:
            yield find_source(str(place), format_ or sniffed)
        except ClassifierError as error:
            raise type(error)(str(error).replace(str(place), "<stdin>")) from error


def check_sheet(source: "Source", sheet: str | None) -> None:
    """Raise BadParameter where a sheet was asked for and there are none."""
    from classifier.bulk.find_source import is_workbook_name  # noqa: PLC0415

    if sheet is not None and not all(is_workbook_name(Path(file)) for file in source.files):
        raise typer.BadParameter(f"{source.name} is no workbook and has no sheets", param_hint="--sheet")
