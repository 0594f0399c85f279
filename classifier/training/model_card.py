"""The model card: what a model was made from and how well it does, for people."""

from collections.abc import Iterator, Mapping

from classifier.model.manifest import Certainty, Figures, Manifest, SentenceFigures


def card(manifest: Manifest) -> str:
    """Return CARD.md for a manifest."""
    return "\n".join(_lines(manifest)) + "\n"


def _lines(manifest: Manifest) -> Iterator[str]:
    names = {label["id"]: label["zh"] for label in manifest["taxonomy"]["label"]}
    training, evaluation = manifest["training"], manifest["evaluation"]
    yield f"# Model {manifest['version']}\n"
    yield f"Labels paragraphs with: {', '.join(f'{zh} ({id_})' for id_, zh in names.items())}; or none."
    yield "TF-IDF of jieba words, of the pieces inside them, and topics; one calibrated logistic regression a label.\n"
    yield "## What it was trained on\n"
    total, documents = training["paragraphs"], training["documents"]
    yield f"{total:,} paragraphs of {documents:,} documents, {training['none']:,} of them without a label.\n"
    yield "| origin | paragraphs |\n|---|---:|"
    yield from (f"| {origin} | {count:,} |" for origin, count in training["origins"].items())
    back = manifest["background"]
    yield (
        f"\nBackground: {back['paragraphs']:,} unlabelled paragraphs; {back['words']:,} words; "
        f"{back['topics']} topics ({back['model'].upper()}).\n"
    )
    yield "## How well it does\n"
    yield f"{evaluation['method']}. Intervals: 95 %, from resampling documents.\n"
    for name, figures in evaluation["by_text"].items():
        yield from _table(name, figures, names)
    if sentences := evaluation.get("sentences"):
        yield from _sentences(sentences, names)
    yield "### Confusion of primary labels (row: as labelled, column: as answered)\n"
    columns = list(evaluation["confusion"])
    yield f"| | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}"
    for row, counts in evaluation["confusion"].items():
        yield f"| {row} | {' | '.join(str(counts[column]) for column in columns)} |"
    yield "\n## Decisions\n"
    yield "| label | given from | 90 % interval of that threshold | uncertain between |\n|---|---:|---:|---:|"
    for label, one in manifest["decision"].items():
        low, high = one["threshold_90"]
        band = f"{one['uncertain_from']:.2f} and {one['uncertain_to']:.2f}"
        yield f"| {label} | {one['threshold']:.2f} | {low:.2f}-{high:.2f} | {band} |"
    yield from _certainty(evaluation["certainty"])
    yield f"\n## Paragraphs answered wrongly out of fold ({len(evaluation['wrong'])}; the 50 surest mistakes)\n"
    yield "| where | labelled | answered | gap |\n|---|---|---|---:|"
    for wrong in evaluation["wrong"][:50]:
        labelled, answered = (", ".join(some) or "none" for some in (wrong["labelled"], wrong["answered"]))
        yield f"| {wrong['where']} | {labelled} | {answered} | {wrong['gap']:.2f} |"


def _certainty(certainty: Certainty) -> Iterator[str]:
    yield f"\n### Asking for a precision (`--precision`; on {certainty['paragraphs']:,} paragraphs)\n"
    yield "Thresholds picked on the other folds, and what they reached: precision (recall).\n"
    targets = certainty["precision_on_other_folds"]
    labels = list(next(iter(targets.values())))
    yield f"| asked for | {' | '.join(labels)} |\n|---:|{'---:|' * len(labels)}"
    for target, reached in targets.items():
        cells = (
            "not reached" if one is None else f"{one['precision']:.2f} ({one['recall']:.2f})"
            for one in reached.values()
        )
        yield f"| {target} | {' | '.join(cells)} |"
    yield "\n### Leaving the least certain paragraphs to people\n"
    yield "| labelled by the model | all labels right | primary label right |\n|---:|---:|---:|"
    for row in certainty["abstention"]:
        yield f"| {row['coverage']:.0%} | {row['labels_right']:.1%} | {row['primary_right']:.1%} |"


def _sentences(figures: SentenceFigures, names: Mapping[str, str]) -> Iterator[str]:
    yield f"### On single sentences: {figures['sentences']:,} labelled ones\n"
    yield f"Macro-F1 {figures['macro_f1']:.3f}.\n"
    yield "| label | precision | recall | F1 | calibration error | sentences |\n|---|---:|---:|---:|---:|---:|"
    for label, one in figures["labels"].items():
        values = (one["precision"], one["recall"], one["f1"], one["calibration_error"])
        cells = " | ".join(f"{value:.3f}" for value in values)
        yield f"| {names[label]} {label} | {cells} | {one['sentences']:,} |"
    yield ""


def _table(name: str, figures: Figures, names: Mapping[str, str]) -> Iterator[str]:
    low, high = figures["macro_f1_95"]
    yield f"### On {name}: {figures['paragraphs']:,} paragraphs of {figures['documents']:,} documents\n"
    right = f"primary label right in {figures['primary_accuracy']:.1%}"
    yield f"Macro-F1 {figures['macro_f1']:.3f} [{low:.3f}, {high:.3f}]; {right}.\n"
    yield "| label | precision | recall | F1 | 95 % | calibration error | paragraphs |"
    yield "|---|---:|---:|---:|---|---:|---:|"
    for label, one in figures["labels"].items():
        yield (
            f"| {names[label]} {label} | {one['precision']:.3f} | {one['recall']:.3f} | {one['f1']:.3f} | "
            f"{one['f1_95'][0]:.3f}-{one['f1_95'][1]:.3f} | {one['calibration_error']:.3f} | {one['paragraphs']:,} |"
        )
    yield ""
