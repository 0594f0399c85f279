"""Read labelled paragraphs: with their text (JSON Lines) or as extracted features (word counts only)."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

WRITTEN = "written"  # an origin that begins so marks text made up for training

Problem = Callable[[LabelError], None]


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph that somebody labelled.

    `words`: how often each word stands in it. `labels`: ids, the primary first; empty for none.
    `doc`: paragraphs of one document stay together in evaluation. `text` is None where only counts are known.
    `annotations`: who read it → the labels of that independent pass; empty where only the settled labels are kept.
    """

    words: Mapping[str, int]
    labels: tuple[str, ...]
    doc: str
    where: str
    text: str | None = None
    origin: str = ""
    genre: str = ""
    annotations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Whether the text was made up for training rather than found."""
        return self.origin.startswith(WRITTEN)


@dataclass(frozen=True)
class Corpus:
    """A labels folder in memory."""

    taxonomy: Taxonomy
    tokeniser: Tokeniser
    paragraphs: tuple[LabelledParagraph, ...]
    foreign_tokens: int = 0  # extracted features that another tokeniser made


def read_corpus(folder: Path, problem: Problem | None = None) -> Corpus:
    """Read a labels folder: taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz.

    `problem`: called with the LabelError of each row that does not fit, which is then left out; None raises it.
    Every such error names file and line.
    """
    taxonomy = read_taxonomy(folder)
    tokeniser = Tokeniser(read_terms(folder))
    paragraphs: list[LabelledParagraph] = []
    foreign = 0
    for where, row in _rows(sorted((folder / "paragraphs").glob("*.jsonl")), problem):
        with _reported(problem):
            paragraphs.append(_with_text(row, where, taxonomy, tokeniser))
    for where, row in _rows(sorted((folder / "extracted").glob("*.jsonl*")), problem):
        with _reported(problem):
            paragraphs.append(_extracted(row, where, taxonomy))
            foreign += row.get("tokeniser") != tokeniser.name
    if not paragraphs:
        raise LabelError(f"{folder}: holds no labelled paragraphs (paragraphs/*.jsonl or extracted/*.jsonl.gz)")
    return Corpus(taxonomy, tokeniser, tuple(paragraphs), foreign)


def read_rows(path: Path, problem: Problem | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place ("file:line") and its JSON object; gzip is told by the name's ending.

    `problem` as in `read_corpus`.
    """
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            where = f"{path}:{number}"
            with _reported(problem):
                yield where, _object(line, where)


def _rows(paths: Iterable[Path], problem: Problem | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in paths:
        with _reported(problem):
            yield from read_rows(path, problem)


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"{where}: not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise LabelError(f"{where}: must be a JSON object, one paragraph a line")
    return row


@contextmanager
def _reported(problem: Problem | None) -> Iterator[None]:
    """Hand a LabelError of the block to `problem`; let it through where there is none."""
    try:
        yield
    except LabelError as error:
        if problem is None:
            raise
        problem(error)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            first = stream.readline()
            yield first.removeprefix(b"\xef\xbb\xbf")
            yield from stream
    except (OSError, EOFError, zlib.error) as error:
        raise LabelError(f"{path}: cannot be read: {error}") from error


def _with_text(row: dict[str, Any], where: str, taxonomy: Taxonomy, tokeniser: Tokeniser) -> LabelledParagraph:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: text is missing or empty")
    return _paragraph(row, where, taxonomy, tokeniser.counts(text), text)


def _extracted(row: dict[str, Any], where: str, taxonomy: Taxonomy) -> LabelledParagraph:
    words = row.get("words")
    if not isinstance(words, dict) or not all(type(n) is int and n > 0 for n in words.values()):
        raise LabelError(f"{where}: words must be an object of words and how often each stands in the paragraph")
    return _paragraph(row, where, taxonomy, words, None)


def _paragraph(
    row: dict[str, Any], where: str, taxonomy: Taxonomy, words: Mapping[str, int], text: str | None
) -> LabelledParagraph:
    labels = _labels(row.get("labels"), "labels", where, taxonomy)
    passes = row.get("annotations", {})
    if not isinstance(passes, dict):
        raise LabelError(f"{where}: annotations must be an object: who read it, and the labels given")
    annotations = {by: _labels(given, f"annotations of {by}", where, taxonomy) for by, given in passes.items()}
    facts: dict[str, Any] = {key: row[key] for key in ("id", "place", "year", "by", "settled") if key in row}
    doc, origin, genre = (str(row.get(key) or "") for key in ("doc", "origin", "genre"))
    return LabelledParagraph(words, labels, doc or where, where, text, origin, genre, annotations, facts)


def _labels(given: Any, key: str, where: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(label, str) for label in given):
        raise LabelError(f'{where}: {key} must be a list such as ["{taxonomy.ids[0]}"], [] for none')
    unknown = [label for label in given if label not in taxonomy.ids]
    if unknown or len(set(given)) < len(given):
        what = f"unknown label {unknown[0]!r}" if unknown else "a label stands twice"
        raise LabelError(f"{where}: {what}; the taxonomy has: {', '.join(taxonomy.ids)}")
    return tuple(given)
