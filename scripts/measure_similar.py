"""Measure whether the labelled paragraph most like another carries the same labels, by bands of similarity; and times.

    python scripts/measure_similar.py

Asked of the found paragraphs of labels/ that no model chose; those of the same document are never looked at.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from classifier import places
from classifier.api import load
from classifier.labelling.corpus import read_corpus
from classifier.model.similar.finder import LEAST
from classifier.model.similar.index import Index
from classifier.model.similar.word_features import WordFeatures
from classifier.similar import open_similar

BANDS = (0.0, 0.2, LEAST, 0.3, 0.4, 0.5, 0.6, 0.7, 1.01)
Pair = tuple[float, frozenset[str], frozenset[str]]  # similarity, labels of the one asked of, labels of the nearest


def pairs() -> Iterator[Pair]:
    """Yield each paragraph asked of with the most similar one of another document."""
    paragraphs = [one for one in read_corpus(places.packaged("labels")).paragraphs if one.words]
    features = WordFeatures(load().scorer)
    index = Index.of([one.words for one in paragraphs], features)
    documents = np.unique([one.doc for one in paragraphs], return_inverse=True)[1]
    for number, one in enumerate(paragraphs):
        text = features.of(one.words)
        if one.text is not None or one.by_doubt or text is None:
            continue
        similarity = index.similarities(text)
        similarity[documents == documents[number]] = 0
        nearest = int(similarity.argmax())
        yield float(similarity[nearest]), frozenset(one.labels), frozenset(paragraphs[nearest].labels)


def row(name: str, some: list[Pair], every: int) -> str:
    """Return a line of the table."""
    same = sum(mine == other for _, mine, other in some) / len(some)
    related = sum(bool(mine & other) or mine == other for _, mine, other in some) / len(some)
    return f"| {name} | {len(some):,} | {len(some) / every:.0%} | {same:.2f} | {related:.2f} |"


def agreement() -> None:
    """Print how often the nearest paragraph carries the same labels."""
    found = list(pairs())
    others = [found[place][2] for place in np.random.default_rng(0).permutation(len(found))]
    print("| similarity of the nearest | paragraphs | share | same labels | same, or one in common |")
    print("|---|---:|---:|---:|---:|")
    for low, high in pairwise(BANDS):
        if some := [one for one in found if low <= one[0] < high]:
            print(row(f"{low:.2f} to {min(high, 1):.2f}", some, len(found)))
    print(row(f"shown ({LEAST} and more)", [one for one in found if one[0] >= LEAST], len(found)))
    print(row("any at random", [(0, one[1], other) for one, other in zip(found, others, strict=True)], len(found)))


def times() -> None:
    """Print the CPU time of the first use, without and with what is kept on disk, and of each further paragraph."""
    speech = places.packaged(places.SPEECH).read_text(encoding="utf-8")
    texts = [result.text for result in load().label(speech)]
    with tempfile.TemporaryDirectory() as folder:
        places.cache_folder = lambda: Path(folder)
        for said in ("first use ever", "first use of a process"):
            model = load()
            model.label(speech)
            similar, start = open_similar(model), time.process_time()
            similar.find(texts[0])
            print(f"{said}: {time.process_time() - start:.2f} s")
    start = time.process_time()
    for text in texts * 5:
        similar.find(text)
    print(f"each further paragraph: {(time.process_time() - start) / len(texts) / 5 * 1000:.1f} ms")


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    agreement()
    times()
