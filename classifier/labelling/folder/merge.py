"""Several labels folders as one corpus: somebody's own beside those of the package."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.corpus import Corpus, foreign, read_corpus, read_decisions
from classifier.labelling.decision import now
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import read_taxonomy, read_terms
from classifier.labelling.what_counts import in_their_documents, united
from classifier.text.tokens import Tokeniser


def same_labels(folders: Sequence[Path], default: Path) -> bool:
    """Tell whether all folders know the same label ids as the default labels."""
    return all(set(read_taxonomy(folder).ids) == set(read_taxonomy(default).ids) for folder in folders)


def read_several(folders: Sequence[Path], default: Path | None, weight: float = 1.0) -> Corpus:
    """Read labels folders as one corpus; `default`: labels of the package to add, None for none.

    Where two folders speak of one paragraph the later folder's decision counts, and everybody's before the default;
    what it says nothing of, the paragraph or some of its sentences, is as the folders before say.
    `weight`: how much a paragraph of one's own counts against one of the default labels.
    What is damaged is left out and named in `damage`. Raises LabelError where the folders know different labels or
    hold no paragraph at all.
    """
    sources = [*([default] if default else []), *folders]
    if len(sources) == 1:
        return _read_single(sources[0], default is not None)
    _check_same(sources)
    tokeniser = Tokeniser(tuple(dict.fromkeys(term for one in sources for term in read_terms(one))))
    kept: list[LabelledParagraph] = []
    damage: list[str] = []
    as_of = now()
    aside = 0
    for source in sources:
        read = read_decisions(source, tokeniser)
        shipped = source == default
        newer = [replace(one, shipped=shipped, weight=1.0 if shipped else weight) for one in read.every]
        kept = united(kept, in_their_documents(newer, kept))
        aside += read.aside
        damage += read.damage
    paragraphs = tuple(paragraph for paragraph in kept if paragraph.judged and not paragraph.aside)
    if not paragraphs:
        raise LabelError(f"{', '.join(map(str, sources))}: hold no labelled paragraphs")
    taxonomy = read_taxonomy(sources[0])
    beside = tuple(paragraph for paragraph in kept if not paragraph.judged)
    return Corpus(taxonomy, tokeniser, paragraphs, foreign(paragraphs, tokeniser), aside, as_of, tuple(damage), beside)


def _read_single(source: Path, shipped: bool) -> Corpus:
    corpus = read_corpus(source)
    marked, beside = (
        tuple(replace(one, shipped=shipped) for one in some) for some in (corpus.paragraphs, corpus.sentences_only)
    )
    return replace(corpus, paragraphs=marked, sentences_only=beside)


def _check_same(sources: Sequence[Path]) -> None:
    ids = [read_taxonomy(one).ids for one in sources]
    for source, own in zip(sources[1:], ids[1:], strict=True):
        if set(own) != set(ids[0]):
            raise LabelError(
                f"{source}: its labels ({', '.join(own)}) are not those of {sources[0]} ({', '.join(ids[0])}); "
                "train them apart (--without-default)"
            )
