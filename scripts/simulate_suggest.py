"""How many labels does `suggest` save? The labels of labels/ are hidden and revealed, by suggestion and at random.

    python scripts/simulate_suggest.py [SEEDS]           (writes benchmarks/suggest.json, .svg and the table on stdout)

For each seed the documents are divided: 60 % to choose from, 40 % to measure on. Both ways begin with nothing, reveal
40 labels at a time, train as `classify train` does (calibration and thresholds out of fold) and are measured on the
same unseen documents. Topics and word frequencies come from the model's background, which knows no label.
"""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from classifier.labelling.corpus import Corpus, LabelledParagraph, read_corpus
from classifier.model.background import Background
from classifier.model.pipeline import new_pipeline
from classifier.model.settings import Settings
from classifier.model.store import find_model
from classifier.model.unit_table import UnitTable
from classifier.training.active_learning.strategy import Likeness, Pool, by_model, by_seeds, choose
from classifier.training.calibration import calibrate
from classifier.training.evaluation import cross_validate, label_matrix
from classifier.training.metrics import macro_f1
from classifier.training.sentence_units import in_sentences, unit_table

ROOT = Path(__file__).resolve().parent.parent
STEP, MOST, TEST = 40, 400, 0.4
Floats = NDArray[np.float64]
Choose = Callable[[NDArray[np.int64], int], list[int]]  # labelled places, seed → places to label next


class Simulation:
    """One division of the documents into those to choose from and those to measure on."""

    def __init__(self, corpus: Corpus, background: Background, seed: int) -> None:
        corpus = in_sentences(corpus)
        self.corpus, self.background, self.settings = corpus, background, Settings()
        docs = sorted({one.doc for one in corpus.paragraphs})
        held = set(np.random.default_rng(seed).permutation(docs)[: int(TEST * len(docs))].tolist())
        self.pool = [one for one in corpus.paragraphs if one.doc not in held]
        self.test = [one for one in corpus.paragraphs if one.doc in held]
        self.counts = [one.words for one in self.pool]
        self.table, self.asked = (self._table(part) for part in (self.pool, self.test))
        self.likeness = Likeness.of(self.counts, background, self.settings)
        self.model: tuple[Floats, Floats] | None = None  # probabilities of the pool, thresholds

    def run(self, pick: Choose, seed: int) -> list[float]:
        """Return macro-F1 on the test documents after each step."""
        labelled, found = np.array([], int), []
        self.model = None
        while len(labelled) < MOST:
            labelled = np.append(labelled, pick(labelled, seed)).astype(int)
            found.append(self.learn([self.pool[place] for place in labelled]))
        return found

    def learn(self, known: list[LabelledParagraph]) -> float:
        """Train on the known labels as `classify train` does; return macro-F1 on the test documents."""
        taxonomy = self.corpus.taxonomy
        y_true = label_matrix(known, taxonomy)
        result = cross_validate(known, taxonomy, self.background, self.settings, lambda _step: None)
        pipeline = new_pipeline(taxonomy.ids, self.background, self.settings)
        pipeline.fit(self._table(known), y_true)
        learnt = calibrate(result.scores[result.reference], y_true[result.reference], self.settings)
        features, model = pipeline["features"], pipeline["labels"]
        self.model = (learnt.probabilities(model.evidence(features.transform(self.table))), learnt.threshold)
        y_pred = learnt.predict(model.evidence(features.transform(self.asked)))
        return macro_f1(label_matrix(self.test, taxonomy), y_pred)

    def _table(self, paragraphs: list[LabelledParagraph]) -> UnitTable:
        return unit_table(paragraphs, self.corpus.taxonomy.ids, self.settings.piece_length)

    def at_random(self, labelled: NDArray[np.int64], seed: int) -> list[int]:
        """Choose the next labels by lot."""
        rest = np.setdiff1d(np.arange(len(self.pool)), labelled)
        drawn: list[int] = np.random.default_rng((seed, len(labelled))).permutation(rest)[:STEP].tolist()
        return drawn

    def suggested(self, labelled: NDArray[np.int64], seed: int) -> list[int]:
        """Choose the next labels as `classify suggest` does."""
        pool = Pool(self.likeness, [one.doc for one in self.pool], labelled)
        taxonomy = self.corpus.taxonomy
        if self.model is None:
            worths, reasons = by_seeds(self.counts, taxonomy)
        else:
            given = [sum(label in self.pool[place].labels for place in labelled) for label in taxonomy.ids]
            worth, reason = by_model(*self.model, given, taxonomy)
            worths, reasons = [worth], [reason]
        return [one.place for one in choose(pool, worths, reasons, STEP, seed + len(labelled))]


def needed(curve: Floats, target: float) -> float:
    """Return how many labels a curve needs to reach a macro-F1, between two steps by the straight line."""
    above = np.flatnonzero(curve >= target)
    if not len(above):
        return float("inf")
    last = int(above[0])
    if last == 0:
        return float(STEP)
    before, after = curve[last - 1], curve[last]
    return float(STEP * (last + (target - before) / (after - before)))


def main(seeds: int) -> None:
    """Run both ways for each seed and write what was found."""
    warnings.simplefilter("ignore")  # a fold of forty labels may lack a class
    corpus = read_corpus(ROOT / "labels")
    background = find_model(None, [ROOT / "models"]).pipeline()["features"].background
    curves: dict[str, list[list[float]]] = {"random": [], "suggest": []}
    for seed in range(seeds):
        simulation = Simulation(corpus, background, seed)
        curves["random"].append(simulation.run(simulation.at_random, seed))
        curves["suggest"].append(simulation.run(simulation.suggested, seed))
        print(seed, *(f"{name} {found[-1][-1]:.3f}" for name, found in curves.items()), file=sys.stderr)
    (ROOT / "benchmarks" / "suggest.json").write_bytes(orjson.dumps({"step": STEP, **curves}) + b"\n")
    report(np.array(curves["random"]), np.array(curves["suggest"]))


def report(random: Floats, suggest: Floats) -> None:
    """Print the table and the number of labels that suggestion needs, with its interval over seeds."""
    print("| labels | random | suggested | difference |\n|---:|---:|---:|---:|")
    for place in range(random.shape[1]):
        difference = suggest[:, place] - random[:, place]
        error = difference.std(ddof=1) / np.sqrt(len(difference))
        means = f"{random[:, place].mean():.3f} | {suggest[:, place].mean():.3f}"
        print(f"| {STEP * (place + 1)} | {means} | {difference.mean():+.3f} ± {error:.3f} |")
    draw = np.random.default_rng(0).integers(0, len(random), (1000, len(random)))
    shares = [needed(suggest[rows].mean(axis=0), random[rows].mean(axis=0)[-1]) / MOST for rows in draw]
    share = needed(suggest.mean(axis=0), random.mean(axis=0)[-1]) / MOST
    low, high = np.percentile(shares, [2.5, 97.5])
    print(f"\nSuggestion reaches what random choice reaches with {MOST} labels with {share:.0%} of them")
    print(f"(95 % over seeds: {low:.0%} to {high:.0%}; {len(random)} seeds).")
    plot(random.mean(axis=0), suggest.mean(axis=0))


def plot(random: Floats, suggest: Floats) -> None:
    """Draw both curves (needs matplotlib)."""
    import matplotlib as mpl  # noqa: PLC0415 - for this picture only

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "suggest"
    import matplotlib.pyplot as plt  # noqa: PLC0415

    labels = STEP * np.arange(1, len(random) + 1)
    figure, axes = plt.subplots(figsize=(7, 4))
    axes.plot(labels, random, "o-", label="random")
    axes.plot(labels, suggest, "s-", label="suggested")
    axes.axhline(random[-1], linestyle=":", color="grey")
    axes.set(xlabel="labels", ylabel="macro-F1 on unseen documents")
    axes.legend()
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(ROOT / "benchmarks" / "suggest.svg", metadata={"Date": None})


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main(int(sys.argv[1]) if len(sys.argv) == 2 else 8)
