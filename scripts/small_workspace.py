"""Labels and models of their own for a script: so few that a training takes seconds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from classifier import places
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.folder.init import begin
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.model.settings import Settings
from classifier.model.store import make_current
from classifier.training.train import fit, store

LABELS = ("work_style", "business_environment")
PARAGRAPHS = 40  # of each label, and of none


def small_workspace(work: Path) -> None:
    """Make a labels folder with two labels and few paragraphs, and two versions of a model trained on them."""
    source, folder = places.packaged("labels"), work / "labels"
    taxonomy = read_taxonomy(source)
    few = replace(taxonomy, labels=tuple(one for one in taxonomy.labels if one.id in LABELS))
    begin(folder, few, read_terms(source))
    rows = b"".join(orjson.dumps(row) + b"\n" for row in _few_rows(source, few))
    (folder / "paragraphs" / "few.jsonl").write_bytes(rows)
    trained = fit(read_corpus(folder), None, Settings(topics=8), lambda _: None)
    versions = [store(trained, work / "models", keep_labels=True, progress=lambda _: None) for _ in range(2)]
    make_current(work / "models", versions[0].version)


def _few_rows(source: Path, taxonomy: Taxonomy) -> Iterator[dict[str, object]]:
    """Yield the first paragraphs of each label alone, and of none."""
    known = {(), *((one,) for one in taxonomy.ids)}
    counts: Counter[tuple[str, ...]] = Counter()
    for one in read_decisions(source).paragraphs:
        counts[one.labels] += 1
        if one.text and one.labels in known and counts[one.labels] <= PARAGRAPHS:
            yield {"text": one.text, "labels": list(one.labels), "doc": one.doc}
