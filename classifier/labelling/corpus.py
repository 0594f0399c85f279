"""Read labelled paragraphs: with their text (JSON Lines) or as extracted features (word counts only)."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE
from classifier.labelling.folder.journal import journalled
from classifier.labelling.labelled_paragraph import LabelledParagraph, in_their_documents, newest, superseded
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.sentence_labels import labels_of, sentences_of
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

__all__ = ["Corpus", "LabelledParagraph", "foreign", "read_corpus", "read_decisions", "read_rows"]

_FIELDS = {"text", "words", "labels", "doc", "origin", "genre", "annotations", "aside", "at", "sentences"}

Problem = Callable[[LabelError], None]
Understand = Callable[[dict[str, Any], str, Taxonomy, Tokeniser], LabelledParagraph]


@dataclass(frozen=True)
class Corpus:
    """A labels folder in memory."""

    taxonomy: Taxonomy
    tokeniser: Tokeniser
    paragraphs: tuple[LabelledParagraph, ...]
    foreign_tokens: int = 0  # extracted features that another tokeniser made
    aside: int = 0  # paragraphs kept out of training: doubtful ones and junk


def read_corpus(folder: Path, problem: Problem | None = None) -> Corpus:
    """Read a labels folder: taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz.

    Of several decisions on one paragraph the newest batch's counts (folder.py); files that are no batch are the oldest.
    `problem`: called with the LabelError of each row that does not fit, which is then left out; None raises it.
    Every such error names file and line.
    """
    corpus = read_decisions(folder, problem=problem)
    kept = tuple(one for one in corpus.paragraphs if not one.aside)
    if not kept:
        raise LabelError(f"{folder}: holds no labelled paragraphs (paragraphs/*.jsonl or extracted/*.jsonl.gz)")
    return Corpus(corpus.taxonomy, corpus.tokeniser, kept, foreign(kept, corpus.tokeniser), corpus.aside)


def read_decisions(
    folder: Path,
    tokeniser: Tokeniser | None = None,
    problem: Problem | None = None,
    understand: Understand | None = None,
) -> Corpus:
    """Read a labels folder as `read_corpus` does, but keep what is set aside, and take none at all for an answer.

    `tokeniser`: cuts the texts; None takes the folder's own terms. `understand`: makes a paragraph of a row, for who
    reads again and again and remembers what was read before.
    """
    understand = understand or paragraph_of
    taxonomy = read_taxonomy(folder)
    cut = tokeniser or Tokeniser(read_terms(folder))
    batches = [folder / one.file for one in journalled(folder)]
    found = [*sorted((folder / "paragraphs").glob("*.jsonl")), *sorted((folder / "extracted").glob("*.jsonl*"))]

    def read(paths: Iterable[Path], torn: bool) -> Iterator[LabelledParagraph]:
        for path in paths:
            with _reported(problem):
                for where, row in read_rows(path, problem, torn):
                    with _reported(problem):
                        yield understand(row, where, taxonomy, cut)

    older = list(read((path for path in found if path not in batches), torn=False))
    newer = in_their_documents(newest(read((path for path in batches if path in found), torn=True)), older)
    both = tuple(superseded(older, newer) + newer)
    return Corpus(taxonomy, cut, both, foreign(both, cut), sum(bool(one.aside) for one in both))


def foreign(paragraphs: Iterable[LabelledParagraph], tokeniser: Tokeniser) -> int:
    """Count the extracted features that another tokeniser made and this one would make otherwise."""
    without_text = (one for one in paragraphs if one.text is None)
    return sum(not tokeniser.still_gives(one.words, one.facts.get("tokeniser")) for one in without_text)


def read_rows(path: Path, problem: Problem | None = None, torn: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place ("file:line") and its JSON object; gzip is told by the name's ending.

    `problem` as in `read_corpus`. `torn`: pass over a last line without its end, which a killed writer left behind.
    """
    for number, line in enumerate(_lines(path), start=1):
        if line.strip() and (line.endswith(b"\n") or not torn):
            where = f"{path}:{number}"
            with _reported(problem):
                yield where, _object(line, where)


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


def paragraph_of(row: dict[str, Any], where: str, taxonomy: Taxonomy, tokeniser: Tokeniser) -> LabelledParagraph:
    """Return the paragraph of a row ("file:line"); raise LabelError naming the place where it does not fit."""
    text, words = _content(row, where, tokeniser)
    labels = labels_of(row.get("labels"), f"{where}: labels", taxonomy)
    passes = row.get("annotations", {})
    if not isinstance(passes, dict):
        raise LabelError(f"{where}: annotations must be an object: who read it, and the labels given")
    annotations = {
        by: labels_of(given, f"{where}: annotations of {by}", taxonomy) for by, given in passes.items()
    }
    if row.get("aside") and row["aside"] not in ASIDE:
        raise LabelError(f"{where}: aside must be one of: {', '.join(ASIDE)}")
    facts = {key: value for key, value in row.items() if key not in _FIELDS}
    doc, origin, genre, aside, at = (str(row.get(key) or "") for key in ("doc", "origin", "genre", "aside", "at"))
    own = words_key(words) if text is None else text_key(text)  # a document of its own, wherever its file lies
    return LabelledParagraph(
        words, labels, doc or own, where, text, origin, genre, annotations, facts, aside, at,
        sentences=sentences_of(row, where, taxonomy),
    )  # fmt: skip


def _content(row: dict[str, Any], where: str, tokeniser: Tokeniser) -> tuple[str | None, Mapping[str, int]]:
    """Return a row's text and its word counts; (None, counts) where only they are given."""
    if "words" in row and "text" not in row:
        words = row["words"]
        if not isinstance(words, dict) or not all(type(n) is int and n > 0 for n in words.values()):
            raise LabelError(f"{where}: words must be an object of words and how often each stands in the paragraph")
        return None, words
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: text is missing or empty")
    return text, tokeniser.counts(text)
