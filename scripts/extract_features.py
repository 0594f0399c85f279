"""Turn labelled paragraphs whose text may not be published into extracted features.

    python scripts/extract_features.py LABELLED.jsonl labels/extracted/NAME.jsonl.gz

Each input line needs text and labels; id, doc, genre (or source), place, year and origin are kept.
"""

import sys
from pathlib import Path

from classifier.labelling.label_file import read_rows
from classifier.labelling.taxonomy import read_terms
from classifier.labelling.word_counts import extract, write_extracted
from classifier.text.tokens import Tokeniser


def main(source: Path, target: Path) -> None:
    """Extract, write and say how many."""
    labels = target.parent.parent
    tokeniser = Tokeniser(read_terms(labels))
    rows = [extract({"genre": row.get("source"), "origin": "found", **row}, tokeniser) for _, row in read_rows(source)]
    write_extracted(target, rows)
    print(f"{len(rows):,} paragraphs written to {target}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
