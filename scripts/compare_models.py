"""Train and score this project's model and others on the same paragraphs and folds, and print a table.

    python scripts/compare_models.py [--texts FOUND.jsonl ...] [--gold GOLD.jsonl] [--only NAME ...] [--share 0.4]
        [--sentences] [--json OUT.json]

--texts: where the texts of paragraphs kept as word counts can be found by id (JSON Lines, gzip too); paragraphs
without a text are left out, for all models. --gold: labelled paragraphs of their own (text, labels, doc) to score on
as well. --share: that part of the documents only, drawn at random, for slow models. --sentences: labelled
sentences are learnt from as well, each as an example of its own (this project's model, which learns from them in a way
of its own, is measured by its card). Needs the dependency group `compare`.
Every model's scores are calibrated and cut by the same code: Platt's sigmoid, half the best F1, other folds.
"""

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from peers import PEERS, Example, Given, Peer

from classifier.labelling.corpus import Corpus, LabelledParagraph, read_corpus
from classifier.labelling.label_file import read_rows
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.settings import Settings
from classifier.model.store import find_model
from classifier.places import packaged
from classifier.text.joined_texts import Ints
from classifier.training.calibration import calibrate
from classifier.training.evaluation import label_matrix, reference_rows
from classifier.training.folds import grouped_folds
from classifier.training.metrics import macro_f1, precision_recall_f1


@dataclass(frozen=True)
class Task:
    """The paragraphs to learn from, and those of their own to score on (may be none)."""

    given: Given
    taxonomy: Taxonomy
    examples: list[Example]
    paragraphs: list[LabelledParagraph]
    gold: list[Example]
    gold_y_true: Ints
    sentences: bool = False

    def learnt(self, examples: list[Example]) -> list[Example]:
        """Return what a model learns from: the paragraphs, and their labelled sentences where these were asked for."""
        return [*examples, *(part for one in examples for part in one.sentences)] if self.sentences else examples


def main() -> None:
    """Run the models asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--sentences", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    task = _task(_part(read_corpus(packaged("labels")), options.share), options.texts, options.gold)
    task = replace(task, sentences=options.sentences)
    found = sum(not one.written for one in task.paragraphs)
    print(f"{len(task.examples):,} paragraphs, {found:,} of them found; {len(task.gold):,} apart", file=sys.stderr)
    rows = []
    for name in options.only:
        print(name, file=sys.stderr)
        rows.append({"model": name, **_measure(PEERS[name], task)})
        print(orjson.dumps(rows[-1]).decode(), flush=True)
    if options.json:
        options.json.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(_table(rows, task.taxonomy))


def _part(corpus: Corpus, share: float) -> Corpus:
    """Keep a share of the documents."""
    docs = sorted({one.doc for one in corpus.paragraphs})
    kept = set(np.random.default_rng(0).permutation(docs)[: round(share * len(docs))].tolist())
    return replace(corpus, paragraphs=tuple(one for one in corpus.paragraphs if one.doc in kept))


def _task(corpus: Corpus, texts: list[Path], gold: Path | None) -> Task:
    known = {row["id"]: row["text"] for path in texts for _, row in read_rows(path) if "id" in row}
    paragraphs = [
        replace(one, text=one.text or known.get(str(one.facts.get("id"))))
        for one in corpus.paragraphs
        if one.text or str(one.facts.get("id")) in known
    ]
    rows = [row for _, row in read_rows(gold)] if gold else []
    background = find_model(None, [packaged("models")]).pipeline()["features"].background
    return Task(
        Given(corpus.taxonomy.ids, corpus.tokeniser, background, Settings()),
        corpus.taxonomy,
        [Example(one.text or "", one.words, one.labels, one.doc, _sentences(one)) for one in paragraphs],
        paragraphs,
        [Example(row["text"], corpus.tokeniser.counts(row["text"]), tuple(row["labels"]), row["doc"]) for row in rows],
        np.array([[label in row["labels"] for label in corpus.taxonomy.ids] for row in rows], int),
    )


def _sentences(paragraph: LabelledParagraph) -> tuple[Example, ...]:
    """Return a paragraph's labelled sentences, without those that are the whole paragraph."""
    text = paragraph.text or ""
    spans = [one for one in paragraph.sentences if one.labels is not None and one.end - one.start < len(text.strip())]
    return tuple(Example(text[one.start : one.end], one.words, one.labels or (), paragraph.doc) for one in spans)


def _measure(peer: type[Peer], task: Task) -> dict[str, Any]:
    settings = task.given.settings
    y_true = label_matrix(task.paragraphs, task.taxonomy)
    reference = reference_rows(task.paragraphs, y_true)
    fold = grouped_folds(task.paragraphs, settings.folds, settings.seed)
    scores = np.zeros((*y_true.shape, 1))  # one part of evidence: a peer says one score a label
    for number in range(settings.folds):
        train = [one for one, other in zip(task.examples, fold, strict=True) if other != number]
        test = [one for one, other in zip(task.examples, fold, strict=True) if other == number]
        scores[fold == number] = peer(task.given).fit(task.learnt(train)).scores(test)[:, :, None]
    y_pred = np.zeros(y_true.shape, int)
    for number in range(settings.folds):
        learn = (fold != number) & reference
        y_pred[fold == number] = calibrate(scores[learn], y_true[learn], settings).predict(scores[fold == number])
    found = np.array([not one.written for one in task.paragraphs])
    saved, start = peer.saved_seconds, time.perf_counter()
    whole = peer(task.given).fit(task.learnt(task.examples))
    trained = time.perf_counter() - start + saved
    result = {
        "out_of_fold": macro_f1(y_true, y_pred),
        "found": macro_f1(y_true[found], y_pred[found]),
        "training_seconds": trained,
    }
    if task.gold:
        start = time.perf_counter()
        raw = whole.scores(task.gold)[:, :, None]
        seconds = time.perf_counter() - start
        learnt = calibrate(scores[reference], y_true[reference], settings)
        result |= _on_gold(task, learnt.predict(raw), learnt.probabilities(raw))
        result["scoring_characters_a_second"] = sum(len(one.text) for one in task.gold) / seconds
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in result.items()}


def _on_gold(task: Task, y_pred: Ints, probability: Floats) -> dict[str, Any]:
    ids = np.array(task.taxonomy.ids)
    best = ids[np.where(y_pred == 1, probability, -1).argmax(axis=1)]
    primary = np.where(y_pred.any(axis=1), best, NONE)
    right = np.mean([said == (one.labels or (NONE,))[0] for said, one in zip(primary, task.gold, strict=True)])
    return {
        "gold": macro_f1(task.gold_y_true, y_pred),
        "gold_labels": precision_recall_f1(task.gold_y_true, y_pred)[:, 2].round(3).tolist(),
        "gold_primary": float(right),
    }


def _table(rows: list[dict[str, Any]], taxonomy: Taxonomy) -> str:
    lines = [
        f"| model | out of fold | found | apart | {' | '.join(taxonomy.ids)} | primary | training, s | characters/s |",
        f"|---|---:|---:|---:|{'---:|' * len(taxonomy.ids)}---:|---:|---:|",
    ]
    for row in rows:
        labels = " | ".join(f"{value:.2f}" for value in row.get("gold_labels", []))
        figures = f"{row['out_of_fold']:.3f} | {row['found']:.3f} | {row.get('gold', 0):.3f} | {labels}"
        speed = f"{row['training_seconds']:.1f} | {row.get('scoring_characters_a_second', 0):,.0f}"
        lines.append(f"| {row['model']} | {figures} | {row.get('gold_primary', 0):.3f} | {speed} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
