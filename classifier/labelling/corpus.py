"""Read labelled paragraphs: with their text (JSON Lines) or as extracted features (word counts only)."""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE
from classifier.labelling.identity import text_key, words_key
from classifier.labelling.journal import journalled
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

_FIELDS = {"text", "words", "labels", "doc", "origin", "genre", "aside", "at"}
WRITTEN = "written"  # an origin that begins so marks text made up for training


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph that somebody labelled.

    `words`: how often each word stands in it. `labels`: ids, the primary first; empty for none.
    `doc`: paragraphs of one document stay together in evaluation. `text` is None where only counts are known.
    `aside`: why it is kept out of training ("" for an ordinary paragraph). `at`: when it was stored in a batch.
    `weight`: how much it counts in training. `shipped`: it came with this package. `name`: its key, where the text
    it follows from is not at hand.
    """

    words: Mapping[str, int]
    labels: tuple[str, ...]
    doc: str
    where: str
    text: str | None = None
    origin: str = ""
    genre: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    aside: str = ""
    at: str = ""
    weight: float = 1.0
    shipped: bool = False
    name: str = ""

    @cached_property
    def key(self) -> str:
        """The paragraph's name: a newer decision with the same key takes the place of an older one."""
        if self.name:
            return self.name
        return self.words_key if self.text is None else text_key(self.text)

    @property
    def has_own_doc(self) -> bool:
        """Whether nobody said which document it stands in: it is a document of its own."""
        return self.doc == self.key

    @cached_property
    def words_key(self) -> str:
        """The name it has where only its word counts are known."""
        return words_key(self.words)

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
    aside: int = 0  # paragraphs kept out of training: doubtful ones and junk


def read_corpus(folder: Path, tokeniser: Tokeniser | None = None) -> Corpus:
    """Read a labels folder: taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz.

    Of several decisions on one paragraph the newest batch's counts (folder.py); files that are no batch are the oldest.
    `tokeniser`: cuts the texts; None takes the folder's own terms.
    Raises LabelError naming file and line where a row does not fit.
    """
    corpus = read_decisions(folder, tokeniser)
    kept = tuple(one for one in corpus.paragraphs if not one.aside)
    if not kept:
        raise LabelError(f"{folder}: holds no labelled paragraphs (paragraphs/*.jsonl or extracted/*.jsonl.gz)")
    return Corpus(corpus.taxonomy, corpus.tokeniser, kept, foreign(kept, corpus.tokeniser), corpus.aside)


def read_decisions(folder: Path, tokeniser: Tokeniser | None = None) -> Corpus:
    """Read a labels folder as `read_corpus` does, but keep what is set aside, and take none at all for an answer."""
    taxonomy = read_taxonomy(folder)
    tokeniser = tokeniser or Tokeniser(read_terms(folder))
    batches = [folder / one.file for one in journalled(folder)]
    found = [*sorted((folder / "paragraphs").glob("*.jsonl")), *sorted((folder / "extracted").glob("*.jsonl*"))]

    def read(path: Path) -> list[LabelledParagraph]:
        rows = read_rows(path, torn=path in batches)
        return [_paragraph(row, where, taxonomy, tokeniser) for where, row in rows]

    older = [one for path in found if path not in batches for one in read(path)]
    newer = in_their_documents(_newest([one for path in batches if path in found for one in read(path)]), older)
    both = tuple(superseded(older, newer) + newer)
    return Corpus(taxonomy, tokeniser, both, foreign(both, tokeniser), sum(bool(one.aside) for one in both))


def superseded(older: Iterable[LabelledParagraph], newer: Iterable[LabelledParagraph]) -> list[LabelledParagraph]:
    """Return the older paragraphs that no newer one is about."""
    newer = list(newer)
    if not newer:
        return list(older)
    names, words = {one.key for one in newer}, {one.words_key for one in newer}
    counted = {one.words_key for one in newer if one.text is None}

    def gone(one: LabelledParagraph) -> bool:
        return one.key in names or one.words_key in (words if one.text is None else counted)

    return [one for one in older if not gone(one)]


def in_their_documents(
    newer: Iterable[LabelledParagraph], older: Iterable[LabelledParagraph]
) -> list[LabelledParagraph]:
    """Give a correction that names no document the document of the paragraph it corrects."""
    newer = list(newer)
    if not any(one.has_own_doc for one in newer):
        return newer
    docs = {name: one.doc for one in older for name in (one.words_key, one.key)}
    return [replace(one, doc=_known_doc(one, docs)) if one.has_own_doc else one for one in newer]


def _known_doc(one: LabelledParagraph, docs: Mapping[str, str]) -> str:
    return docs.get(one.key) or docs.get(one.words_key) or one.doc


def foreign(paragraphs: Iterable[LabelledParagraph], tokeniser: Tokeniser) -> int:
    """Count the extracted features that another tokeniser made."""
    return sum(one.text is None and one.facts.get("tokeniser") != tokeniser.name for one in paragraphs)


def _newest(decisions: list[LabelledParagraph]) -> list[LabelledParagraph]:
    """Keep the newest decision on each paragraph; of two stored at once, the later in order.

    Where one of them has no text, paragraphs are told apart by their word counts.
    """
    counted = {one.words_key for one in decisions if one.text is None}
    newest: dict[str, LabelledParagraph] = {}
    for one in sorted(decisions, key=lambda one: one.at):
        newest[one.words_key if counted and one.words_key in counted else one.key] = one
    return list(newest.values())


def read_rows(path: Path, torn: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place ("file:line") and its JSON object; gzip is told by the name's ending.

    `torn`: pass over a last line without its end, which a killed writer left behind.
    """
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or (torn and not line.endswith(b"\n")):
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


def _paragraph(row: dict[str, Any], where: str, taxonomy: Taxonomy, tokeniser: Tokeniser) -> LabelledParagraph:
    text, words = _content(row, where, tokeniser)
    labels = row.get("labels")
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise LabelError(f'{where}: labels must be a list such as ["{taxonomy.ids[0]}"], [] for none')
    unknown = [label for label in labels if label not in taxonomy.ids]
    if unknown or len(set(labels)) < len(labels):
        what = f"unknown label {unknown[0]!r}" if unknown else "a label stands twice"
        raise LabelError(f"{where}: {what}; the taxonomy has: {', '.join(taxonomy.ids)}")
    if row.get("aside") and row["aside"] not in ASIDE:
        raise LabelError(f"{where}: aside must be one of: {', '.join(ASIDE)}")
    facts = {key: value for key, value in row.items() if key not in _FIELDS}
    doc, origin, genre, aside, at = (str(row.get(key) or "") for key in ("doc", "origin", "genre", "aside", "at"))
    own = words_key(words) if text is None else text_key(text)  # a document of its own, wherever its file lies
    return LabelledParagraph(words, tuple(labels), doc or own, where, text, origin, genre, facts, aside, at)


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
