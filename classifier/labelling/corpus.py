"""Read labelled paragraphs: with their text (JSON Lines) or as extracted features (word counts only)."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

WRITTEN = "written"  # an origin that begins so marks text made up for training


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph that somebody labelled.

    `words`: how often each word stands in it. `labels`: ids, the primary first; empty for none.
    `doc`: paragraphs of one document stay together in evaluation. `text` is None where only counts are known.
    """

    words: Mapping[str, int]
    labels: tuple[str, ...]
    doc: str
    where: str
    text: str | None = None
    origin: str = ""
    genre: str = ""
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


def read_corpus(folder: Path) -> Corpus:
    """Read a labels folder: taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz.

    Raises LabelError naming file and line where a row does not fit.
    """
    taxonomy = read_taxonomy(folder)
    tokeniser = Tokeniser(read_terms(folder))
    paragraphs: list[LabelledParagraph] = []
    foreign = 0
    for path in sorted((folder / "paragraphs").glob("*.jsonl")):
        paragraphs += [_with_text(row, where, taxonomy, tokeniser) for where, row in read_rows(path)]
    for path in sorted((folder / "extracted").glob("*.jsonl*")):
        for where, row in read_rows(path):
            paragraphs.append(_extracted(row, where, taxonomy))
            foreign += row.get("tokeniser") != tokeniser.name
    if not paragraphs:
        raise LabelError(f"{folder}: holds no labelled paragraphs (paragraphs/*.jsonl or extracted/*.jsonl.gz)")
    return Corpus(taxonomy, tokeniser, tuple(paragraphs), foreign)


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place ("file:line") and its JSON object; gzip is told by the name's ending."""
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise LabelError(f"{where}: not valid JSON: {error}") from error
        if not isinstance(row, dict):
            raise LabelError(f"{where}: must be a JSON object, one paragraph a line")
        yield where, row


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
    labels = row.get("labels")
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise LabelError(f'{where}: labels must be a list such as ["{taxonomy.ids[0]}"], [] for none')
    unknown = [label for label in labels if label not in taxonomy.ids]
    if unknown or len(set(labels)) < len(labels):
        what = f"unknown label {unknown[0]!r}" if unknown else "a label stands twice"
        raise LabelError(f"{where}: {what}; the taxonomy has: {', '.join(taxonomy.ids)}")
    facts: dict[str, Any] = {key: row[key] for key in ("id", "place", "year", "by") if key in row}
    doc, origin, genre = (str(row.get(key) or "") for key in ("doc", "origin", "genre"))
    return LabelledParagraph(words, tuple(labels), doc or where, where, text, origin, genre, facts)
