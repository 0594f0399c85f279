"""Read labelled paragraphs: with their text (JSON Lines) or as extracted features (word counts only)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE, now
from classifier.labelling.folder.journal import JOURNAL, Journal, read_journal
from classifier.labelling.label_file import LabelFile, Row, understood
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.sentence_labels import labels_of, sentences_of
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.labelling.what_counts import all_together
from classifier.text.tokens import Tokeniser

__all__ = ["Corpus", "LabelledParagraph", "foreign", "read_corpus", "read_decisions"]

_FIELDS = {"text", "words", "labels", "doc", "origin", "genre", "annotations", "aside", "at", "seq", "sentences"}
_NO_PASSES: Mapping[str, tuple[str, ...]] = {}  # of nearly all rows: one for all
_SHOWN = 20  # damaged rows that a message lists

Count = Callable[[str], Mapping[str, int]]
Read = Callable[[Path, bool, Taxonomy, Tokeniser], LabelFile]


@dataclass(frozen=True)
class Corpus:
    """A labels folder in memory."""

    taxonomy: Taxonomy
    tokeniser: Tokeniser
    paragraphs: tuple[LabelledParagraph, ...]
    foreign_tokens: int = 0  # extracted features that another tokeniser made
    aside: int = 0  # paragraphs kept out of training: doubtful ones and junk
    as_of: str = ""  # when it was read: decisions since are not in it
    damage: tuple[str, ...] = ()  # what was left out since it could not be understood, each with file and line
    sentences_only: tuple[LabelledParagraph, ...] = ()  # of which sentences have labels, but not the whole

    @property
    def every(self) -> tuple[LabelledParagraph, ...]:
        """Those of which only sentences have labels, then those that have labels themselves."""
        return (*self.sentences_only, *self.paragraphs)


def read_corpus(folder: Path) -> Corpus:
    """Read a labels folder: taxonomy.toml, terms.txt, paragraphs/*.jsonl and extracted/*.jsonl.gz.

    Of several decisions on one paragraph the one that the folder received last counts; files that are no batch
    (folder/) are the oldest. Rows that are damaged or do not fit are left out and named in the corpus's `damage`.
    Raises LabelError where the taxonomy cannot be read or neither a paragraph nor a sentence has a label.
    """
    corpus = read_decisions(folder)
    kept = tuple(paragraph for paragraph in corpus.paragraphs if not paragraph.aside)
    if not kept and not corpus.sentences_only:
        said = "".join(f"\n{one}" for one in corpus.damage[:_SHOWN])
        raise LabelError(f"{folder}: holds no labelled paragraphs (paragraphs/*.jsonl or extracted/*.jsonl.gz){said}")
    return replace(corpus, paragraphs=kept, foreign_tokens=foreign(kept, corpus.tokeniser))


def read_decisions(folder: Path, tokeniser: Tokeniser | None = None) -> Corpus:
    """Read what a labels folder says, what is set aside included; a folder without a single label is empty, no error.

    `tokeniser`: cuts the texts; None takes the folder's own terms. Raises LabelError where the taxonomy cannot be read.
    """
    cut = tokeniser or Tokeniser(read_terms(folder))
    return what_counts(read_parts(folder, cut, read_file), cut)


@dataclass(frozen=True)
class Parts:
    """What the files of a labels folder say. `first`: those that are no batch, whose decisions are the oldest."""

    taxonomy: Taxonomy
    journal: Journal
    as_of: str = field(compare=False)
    first: tuple[LabelFile, ...]
    later: tuple[LabelFile, ...]
    unnamed: tuple[str, ...] = ()  # what the journal should name and does not


def read_parts(folder: Path, tokeniser: Tokeniser, read: Read) -> Parts:
    """Read all files of a labels folder, each by `read`: a whole one, or a batch's, whose last line may be torn."""
    as_of, taxonomy, found = now(), read_taxonomy(folder), label_files(folder)
    journal = read_journal(folder)  # it names a batch before its file is there
    batches = journal.of_batches(found)
    unnamed = tuple(journal.unnamed(batches, folder / JOURNAL))
    later = set(batches)
    first = tuple(read(path, False, taxonomy, tokeniser) for path in found if path not in later)
    return Parts(
        taxonomy, journal, as_of, first, tuple(read(path, True, taxonomy, tokeniser) for path in batches), unnamed
    )


def what_counts(parts: Parts, tokeniser: Tokeniser) -> Corpus:
    """Return the decisions that count, the oldest first."""
    first, later = (
        (paragraph for file in files for paragraph in file.paragraphs) for files in (parts.first, parts.later)
    )
    damage = [
        *parts.journal.damage,
        *parts.unnamed,
        *(str(one) for file in (*parts.first, *parts.later) for one in file.damage),
    ]
    return corpus_of(parts.taxonomy, tokeniser, all_together(first, later), parts.as_of, damage)


def corpus_of(
    taxonomy: Taxonomy, tokeniser: Tokeniser, every: Sequence[LabelledParagraph], as_of: str, damage: Iterable[str]
) -> Corpus:
    """Return a corpus of what counts; those that only have labelled sentences stand apart in it."""
    both, beside = (
        tuple(paragraph for paragraph in every if paragraph.judged),
        tuple(paragraph for paragraph in every if not paragraph.judged),
    )
    aside = sum(bool(one.aside) for one in both)
    return Corpus(taxonomy, tokeniser, both, foreign(both, tokeniser), aside, as_of, tuple(damage), beside)


def label_files(folder: Path) -> list[Path]:
    """Return the files of a labels folder that hold paragraphs, in the order in which they are read."""
    found = [*(folder / "paragraphs").glob("*.jsonl"), *(folder / "extracted").glob("*.jsonl*")]
    return sorted(found, key=lambda path: (path.parent.name != "paragraphs", path.name))


def read_file(path: Path, torn: bool, taxonomy: Taxonomy, tokeniser: Tokeniser) -> LabelFile:
    """Read one file. `torn`: pass over a last line without its end, as who is killed leaves it in a batch."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:  # a batch that was taken back meanwhile
        return LabelFile((), ())
    except OSError as error:
        return LabelFile((), (LabelError(f"{path}: cannot be read: {error}"),))
    return understood(data, path, lambda row, where: paragraph_of(row, where, taxonomy, tokeniser.counts), torn)


def foreign(paragraphs: Iterable[LabelledParagraph], tokeniser: Tokeniser) -> int:
    """Count the extracted features that another tokeniser made and this one would make otherwise."""
    without_text = (paragraph for paragraph in paragraphs if paragraph.text is None)
    cut_by = ((one, one.facts.get("tokeniser")) for one in without_text)
    return sum(not tokeniser.still_gives(one.words, name if isinstance(name, str) else None) for one, name in cut_by)


def paragraph_of(row: Row, where: str, taxonomy: Taxonomy, counts: Count) -> LabelledParagraph:
    """Return the paragraph of a row ("file:line"); raise LabelError naming the place where it does not fit.

    `counts`: gives a text's word counts.
    """
    text, words = _content(row, where, counts)
    sentences = sentences_of(row, where, taxonomy)
    judged = (
        row.get("labels") is not None
        or bool(row.get("aside"))
        or all(sentence.labels is None for sentence in sentences)
    )
    labels = labels_of(row.get("labels"), f"{where}: labels", taxonomy) if judged else ()
    passes = row.get("annotations", {})
    if not isinstance(passes, dict):
        raise LabelError(f"{where}: annotations must be an object: who read it, and the labels given")
    annotations = _NO_PASSES
    if passes:
        annotations = {by: labels_of(given, f"{where}: annotations of {by}", taxonomy) for by, given in passes.items()}
    if row.get("aside") and row["aside"] not in ASIDE:
        raise LabelError(f"{where}: aside must be one of: {', '.join(ASIDE)}")
    facts = {key: value for key, value in row.items() if key not in _FIELDS}
    doc, origin, genre, aside, at = (str(row.get(key) or "") for key in ("doc", "origin", "genre", "aside", "at"))
    seq = row.get("seq")
    own = words_key(words) if text is None else text_key(text)  # a document of its own, wherever its file lies
    return LabelledParagraph(
        words, labels, doc or own, where, text, origin, genre, annotations, facts, aside, at,
        seq if type(seq) is int else 0,
        sentences=sentences, judged=judged,
    )  # fmt: skip


def _content(row: Row, where: str, counts: Count) -> tuple[str | None, Mapping[str, int]]:
    """Return a row's text and its word counts; (None, counts) where only they are given."""
    if "words" in row and "text" not in row:
        words = row["words"]
        if not isinstance(words, dict) or not all(type(n) is int and n > 0 for n in words.values()):
            raise LabelError(f"{where}: words must be an object of words and how often each stands in the paragraph")
        return None, words
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: text is missing or empty")
    return text, counts(text)
