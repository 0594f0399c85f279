"""Label the paragraphs of a JSON Lines file as they stand, for scoring against gold labels.

    python scripts/label_paragraphs.py PARAGRAPHS.jsonl > PREDICTED.jsonl

Each line needs `text`; the output has its `id` and the labels. Every text is taken as one paragraph of its own.
"""

import sys
from pathlib import Path

import orjson

import classifier
from classifier.labelling.label_file import read_rows


def main(source: Path) -> None:
    """Label and print."""
    model = classifier.load()
    rows = [row for _, row in read_rows(source)]
    table = model.table([row["text"] for row in rows]).probabilities
    for row, values in zip(rows, table, strict=True):
        given = [model.ids[k] for k in (-values).argsort() if values[k] >= model.scorer.threshold[k]]
        probabilities = dict(zip(model.ids, values.round(4).tolist(), strict=True))
        print(orjson.dumps({"id": row.get("id"), "labels": given, "probabilities": probabilities}).decode())


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
