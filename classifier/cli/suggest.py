"""`classify suggest`: which paragraphs to label next."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.output_format import check_output
from classifier.cli.passed_over import say_corrections
from classifier.cli.say import say
from classifier.cli.shared import LabelsOption, ModelOption
from classifier.i18n.language import spoken
from classifier.i18n.sentences import in_the_readers_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classifier.api import Model, Result
    from classifier.json_types import JsonDict
    from classifier.labelling.candidates import Candidate
    from classifier.training.active_learning.strategy import Choice

_ENDINGS = (".jsonl", ".csv", ".xlsx")
HELP = """Suggest which paragraphs to label next: those that a model learns most from.

\b
    classify suggest new-documents/ -n 50 -o next.jsonl && classify review next.jsonl
    classify suggest paragraphs.csv -o next.xlsx         fill in `label` in Excel, then: classify labels import

Chosen are paragraphs that the model is unsure of, rare labels first, typical ones before odd ones, unlike each
other and unlike what is labelled; what is nearly the same is chosen once; one in ten, of five
or more at least one, is drawn at random as a control. Without a model for your labels the seed words of the
taxonomy choose. Each comes with its reason.
"""


def suggest(
    files: Annotated[list[str], typer.Argument(metavar="FILES|FOLDER|TABLE", help="Where to choose from.")],
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many to choose.")] = 50,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file: .jsonl, .csv or .xlsx.")
    ] = None,
    labels: LabelsOption = None,
    overwrite: OverwriteOption = False,
    model: ModelOption = None,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of the random share.")] = 0,
) -> None:
    """Suggest which paragraphs to label next: those that a model learns most from."""
    from classifier.api import load  # noqa: PLC0415 - scikit-learn, which --help does not need
    from classifier.labelling.candidates import outputs_among, read_pool, unlabelled  # noqa: PLC0415
    from classifier.labelling.corpus import read_decisions  # noqa: PLC0415
    from classifier.labelling.taxonomy import read_taxonomy  # noqa: PLC0415
    from classifier.places import own_labels  # noqa: PLC0415
    from classifier.training.active_learning.run import suggestions  # noqa: PLC0415

    if output is not None and output.suffix and output.suffix.lower() not in _ENDINGS:
        raise typer.BadParameter(f"{output}: write to .jsonl, .csv or .xlsx", param_hint="--output")
    check_output(output, files)
    loaded = load(model)
    folder = labels or own_labels()
    there = (folder / "taxonomy.toml").is_file()
    taxonomy = read_taxonomy(folder) if there else loaded.taxonomy
    check_kept_work(output, folder, taxonomy, overwrite=overwrite, any_table=True)
    items = read_pool(files, say, suggestions=False)
    say_corrections(outputs_among(files), labels, taxonomy, model_only=False)
    labelled = read_decisions(folder).paragraphs if there else ()
    fresh = unlabelled(items, {one.key: one for one in labelled})
    if len(fresh) < len(items):
        say(f"{len(items) - len(fresh):,} of {len(items):,} paragraphs are labelled already or stand there twice")
    if not fresh:
        say("nothing left to label here")
        return
    known = loaded if set(loaded.taxonomy.ids) == set(taxonomy.ids) else None
    if known is None:
        say(f"the model in use ({loaded.version}) knows other labels: the taxonomy's seed words choose")
    chosen = suggestions(fresh, labelled, taxonomy, loaded, count, seed)
    _write(_suggestions(chosen, fresh, known), output)
    say(f"{len(chosen):,} of {len(fresh):,} paragraphs chosen" + (f", written to {output}" if output else ""))
    if known is None:
        say("no learning curve of these labels yet; the next `classify train` draws one")
    else:
        _say_curve(known)


@dataclass(frozen=True)
class _Suggestion:
    """A paragraph to label next, why, and what the model says of it; `result` None where it knows other labels.

    `names`: the labels' Chinese names by their ids, for who reads Chinese.
    """

    paragraph: "Candidate"
    reason: str
    result: "Result | None"
    names: "Mapping[str, str]"

    def as_row(self) -> "JsonDict":
        one = self.paragraph
        row: JsonDict = {"text": one.text, "doc": one.doc, "reason": in_the_readers_language(self.reason), **one.facts}
        if self.result is not None:
            row["suggested"] = list(self.result.labels)
            row["probabilities"] = {label: round(value, 4) for label, value in self.result.probabilities.items()}
        return row

    def cells(self) -> list[str]:
        suggested = ",".join(spoken(one, self.names[one]) for one in self.result.labels) if self.result else ""
        return [self.paragraph.text, "", self.paragraph.doc, suggested, in_the_readers_language(self.reason)]


def _suggestions(chosen: "list[Choice]", items: "list[Candidate]", model: "Model | None") -> list[_Suggestion]:
    some = [items[choice.place] for choice in chosen]
    results = model.label_paragraphs([one.text for one in some]) if model is not None else [None] * len(some)
    names = {label.id: label.zh for label in model.taxonomy.labels} if model is not None else {}
    told = zip(chosen, some, results, strict=True)
    return [_Suggestion(one, choice.reason, result, names) for choice, one, result in told]


def _write(suggestions: list[_Suggestion], output: Path | None) -> None:
    import orjson  # noqa: PLC0415

    if output is None and sys.stdout.isatty():
        for number, suggestion in enumerate(suggestions, start=1):
            text, doc = " ".join(suggestion.paragraph.text.split())[:90], suggestion.paragraph.doc
            typer.echo(f"{number:>3}  {in_the_readers_language(suggestion.reason)}  ({doc})\n     {text}")
        return
    from classifier.files import replacing  # noqa: PLC0415
    from classifier.labelling.exchange.export_headings import in_words  # noqa: PLC0415
    from classifier.labelling.exchange.table_output import write_csv, write_excel  # noqa: PLC0415

    tables = {".csv": write_csv, ".xlsx": write_excel}
    table = tables.get(output.suffix.lower()) if output is not None else None
    heading = in_words(["text", "label", "doc", "suggested", "reason"])
    if table is not None:
        data = table([heading, *(suggestion.cells() for suggestion in suggestions)])
    else:
        data = b"".join(orjson.dumps(suggestion.as_row()) + b"\n" for suggestion in suggestions)
    if output is None:
        typer.echo(data, nl=False)
        return
    with replacing(output) as part:
        part.write_bytes(data)


_OF = {"all labels": "全部标注", "your labels": "自己的标注"}


def _say_curve(model: "Model") -> None:
    """Say whether more labels still help, from the learning curve of the model's training."""
    from classifier.training.learning_curve import helps  # noqa: PLC0415

    curve = model.stored.manifest.get("learning_curve")
    if not curve:
        say(f"{model.version} has no learning curve; the next `classify train` draws one")
        return
    points = ", ".join(
        spoken(f"{one['macro_f1']:.3f} with {one['paragraphs']:,}", f"{one['paragraphs']:,} 段时 {one['macro_f1']:.3f}")
        for one in curve["points"]
    )
    low, high = curve["gain_95"]
    of = spoken(curve["of"], _OF.get(curve["of"], curve["of"]))
    say(f"learning curve of {of}, macro-F1: {points}")
    say(f"the last third of them brought {curve['gain']:+.3f} [{low:+.3f}, {high:+.3f}]")
    if not helps(curve):
        say("more labels of this kind have stopped helping (less than 0.01 for half as many again)")
