"""Turn labelled paragraphs whose text may not be published into extracted features.

    python scripts/extract_features.py LABELLED.jsonl labels/extracted/NAME.jsonl.gz [BACKGROUND.jsonl.gz]

Each input line needs text and labels; sentences (start, end, labels), id, doc, genre (or source), place, year and
origin are kept. With a background, sentences keep only words that stand in at least five of its documents: a sentence
is short, and a rare word in it could give away whom it is about.
"""

import sys
from collections import Counter
from pathlib import Path

from classifier.labelling.background_source import background_texts
from classifier.labelling.label_file import read_rows
from classifier.labelling.taxonomy import read_terms
from classifier.labelling.word_counts import extract, write_extracted
from classifier.text.tokens import Tokeniser

LEAST_DOCUMENTS = 5


def main(source: Path, target: Path, background: Path | None = None) -> None:
    """Extract, write and say how many."""
    tokeniser = Tokeniser(read_terms(target.parent.parent))
    known = None if background is None else common_words(background, tokeniser)
    rows = (
        extract({"genre": row.get("source"), "origin": "found", **row}, tokeniser, known)
        for _, row in read_rows(source)
    )
    written = list(rows)
    write_extracted(target, written)
    print(f"{len(written):,} paragraphs written to {target}")


def common_words(background: Path, tokeniser: Tokeniser) -> frozenset[str]:
    """Return the words that stand in at least five paragraphs of a background corpus."""
    seen: Counter[str] = Counter()
    for text in background_texts(background):
        seen.update(tokeniser.counts(text).keys())
    return frozenset(word for word, documents in seen.items() if documents >= LEAST_DOCUMENTS)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
