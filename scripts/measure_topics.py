"""Measure topic models: how coherent, and how stable over seeds.

    python scripts/measure_topics.py BACKGROUND.jsonl.gz [--kinds nmf lda] [--topics 40 60 80] [--seeds 5]

Coherence: mean NPMI of the ten leading words. Stability: each seed fits on its own random 80 % of the paragraphs;
topics of two seeds are matched one to one (Hungarian method on cosines), and a pair's agreement is the share of their
ten leading words that they have in common (Jaccard index), averaged over topics and pairs of seeds.
"""

import argparse
import itertools
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from classifier.labelling.background_source import background_texts
from classifier.labelling.corpus import read_corpus
from classifier.model.count_matrix import Counts, document_frequencies
from classifier.model.settings import Settings
from classifier.model.topics import Topics, fit_topics, tfidf, topic_vocabulary
from classifier.places import packaged

_LEADING = 10


def main() -> None:
    """Print a line a kind and number of topics."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("background", type=Path)
    parser.add_argument("--kinds", nargs="+", default=["nmf"], choices=["nmf", "lda"])
    parser.add_argument("--topics", nargs="+", type=int, default=[Settings().topics])
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    corpus = read_corpus(packaged("labels"))
    counts: list[Counts] = [corpus.tokeniser.counts(text) for text in background_texts(options.background)]
    counts += [one.words for one in corpus.paragraphs]
    frequencies = dict(sorted(document_frequencies(counts).items()))
    words = topic_vocabulary(frequencies, len(counts))
    weighted = tfidf(counts, words, frequencies)
    print(f"{len(counts):,} paragraphs, {len(words):,} words", file=sys.stderr)
    print("| kind | topics | NPMI | lowest NPMI | stability | seconds a fit |\n|---|---:|---:|---:|---:|---:|")
    for kind, number in itertools.product(options.kinds, options.topics):
        settings = replace(Settings(), topic_model=kind, topics=number)
        start = time.perf_counter()
        fitted = []
        for seed in range(options.seeds):
            rows = np.random.default_rng(seed).permutation(len(counts))[: int(0.8 * len(counts))]
            fitted.append(fit_topics(weighted[np.sort(rows)], words, replace(settings, seed=seed)))
        seconds = (time.perf_counter() - start) / options.seeds
        coherence = np.array([one.coherence.mean() for one in fitted])
        lowest = min(one.coherence.min() for one in fitted)
        stable = np.mean([stability(one, other) for one, other in itertools.combinations(fitted, 2)])
        print(
            f"| {kind} | {number} | {coherence.mean():.3f} | {lowest:.2f} | {stable:.2f} | {seconds:.0f} |", flush=True
        )


def stability(one: Topics, other: Topics) -> float:
    """Return the mean Jaccard index of the matched topics' leading words."""
    rows, columns = linear_sum_assignment(-(one.components @ other.components.T))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return float(np.mean([_jaccard(one.leading(a, _LEADING), other.leading(b, _LEADING)) for a, b in pairs]))


def _jaccard(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    return len({*first} & {*second}) / max(1, len({*first} | {*second}))


if __name__ == "__main__":
    main()
