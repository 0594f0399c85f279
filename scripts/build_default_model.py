"""Rebuild the default model in models/ from labels/ and a background corpus.

    python scripts/build_default_model.py BACKGROUND.jsonl.gz
    python scripts/build_default_model.py            (keeps the topics of the present default model)

BACKGROUND: unlabelled paragraphs, JSON Lines with a `text` (gzip too), or a folder of documents.
The version that was current before is removed: the repository keeps one default model.
"""

import shutil
import sys
from pathlib import Path

from classifier.labelling.background_source import background_texts
from classifier.labelling.corpus import read_corpus
from classifier.model.background import Background, fit_background
from classifier.model.settings import Settings
from classifier.model.store import CURRENT, current, find_model
from classifier.training.train import train

ROOT = Path(__file__).resolve().parent.parent


def main(source: Path | None) -> None:
    """Train on labels/, store in models/, remove the version before."""
    labels, models, settings = ROOT / "labels", ROOT / "models", Settings()
    corpus = read_corpus(labels)
    if corpus.damage:
        sys.exit("\n".join(corpus.damage))
    background: Background = find_model(None, [models]).pipeline()["features"].background
    if source is not None:
        print("learning document frequencies and topics", file=sys.stderr)
        texts = [corpus.tokeniser.counts(text) for text in background_texts(source)]
        labelled = [one.words for one in corpus.paragraphs]
        background = fit_background(texts, settings, labelled, previous=background)
    before = current(models) if (models / CURRENT).is_file() else None
    stored = train(corpus, background, settings, models, lambda step: print(step, file=sys.stderr))
    if before and before != stored.version:
        shutil.rmtree(models / before, ignore_errors=True)
    print((stored.folder / "CARD.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]) if len(sys.argv) == 2 else None)
