"""Names as people type them → files of labels: folders are opened, patterns filled in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from classifier.errors import InputError, LabelError
from classifier.patterns import files_below, fitting, unopened_below

ENDINGS = frozenset({
    ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".gz",
})  # fmt: skip
"""Endings of the files of a folder that are taken for labels; whatever is named itself is told by its content."""


def label_files(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the files that names stand for, each once, and those in folders that are passed over.

    Raises InputError where no file fits a pattern, LabelError for a labels folder: that is used as it is.
    """
    found: dict[Path, str] = {}
    over: list[str] = []
    for path, named in _opened(names):
        if named or (path.suffix.lower() in ENDINGS and path.is_file()):
            found.setdefault(path.resolve(), str(path))
        else:
            over.append(str(path))
    if not found:
        raise InputError(f"{', '.join(names)}: holds no file of labels; they end in {', '.join(sorted(ENDINGS))}")
    return list(found.values()), over


def _opened(names: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    """Yield the files, and whether each was named itself."""
    for name in (one for some in names for one in fitting(some)):
        folder = Path(name)
        if not folder.is_dir():
            yield folder, True
            continue
        if (folder / "taxonomy.toml").is_file():
            raise LabelError(
                f"{name}: is a labels folder already; use it with --labels, train on several with "
                "classify train --labels A --labels B, or name its files"
            )
        yield from ((path, False) for path in (*files_below(folder), *unopened_below(folder)))
