"""`classify labels export`: labels, or paragraphs to label, for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.output_format import check_output
from classifier.cli.say import say, say_damage
from classifier.cli.shared import LabelsOption, ModelOption, existing_labels, loaded_or_none

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.labelling.decision import Decision
    from classifier.labelling.taxonomy import Taxonomy
    from classifier.text.tokens import Tokeniser


class Format(StrEnum):
    """For which program."""

    labelstudio = "labelstudio"
    doccano = "doccano"
    csv = "csv"
    xlsx = "xlsx"
    jsonl = "jsonl"
    fasttext = "fasttext"


_ENDINGS = {
    ".jsonl": (Format.jsonl, Format.doccano),
    ".json": (Format.labelstudio,),
    ".csv": (Format.csv,),
    ".xlsx": (Format.xlsx,),
}
_NO_SENTENCES = {
    True: "their words, sentence by sentence, would give the text away",
    False: "{} has no place for them; jsonl, csv and xlsx do",
}
_OF_OTHERS = (".tsv", ".xls", ".ods", ".doc", ".docx", ".pdf", ".html", ".xml", ".gz", ".zip", ".parquet")

HELP = """Export labels, or paragraphs of documents that are still to be labelled.

\b
    classify labels export -o labels.xlsx
    classify labels export new/*.docx --format labelstudio -o tasks.json
    classify labels export --as-counts -o for-others.jsonl

Without --format the ending of the file names it: .jsonl, .csv, .xlsx, or .json for Label Studio.
Without FILE: what the labels folder says. With FILE: the paragraphs of documents (or of `classify suggest -o`),
not labelled yet. Labels of sentences are written to JSON Lines, and to CSV and Excel as rows of their own. Label
Studio, CSV and Excel get the model's suggestion as well; beside Label Studio's tasks the labelling configuration is
written as .xml. --as-counts writes how often each word stands in a paragraph in place
of its text, with pseudonyms for documents and people; `classify labels import` takes that, too.
"""


def export(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE...]", help="Documents to be labelled.")] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(help="For which program.", show_default="by the ending of --output, else jsonl"),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    as_counts: Annotated[bool, typer.Option("--as-counts", help="Word counts in place of text.")] = False,
    labels: LabelsOption = None,
    overwrite: OverwriteOption = False,
    model: ModelOption = None,
) -> None:
    """Export labels, or paragraphs of documents that are still to be labelled."""
    from classifier.labelling import exporting  # noqa: PLC0415
    from classifier.labelling.corpus import read_decisions  # noqa: PLC0415
    from classifier.labelling.taxonomy import read_taxonomy, read_terms  # noqa: PLC0415
    from classifier.text.tokens import Tokeniser  # noqa: PLC0415

    form = _format(format, output)
    if as_counts and form is not Format.jsonl:
        raise typer.BadParameter("word counts are written as jsonl only", param_hint="--as-counts")
    if output is None and form is not Format.jsonl:
        raise typer.BadParameter("name the file to write", param_hint="--output")
    for written in (output, _configuration_file(output, form)):
        check_output(written, files or [existing_labels(labels)])
    loaded = loaded_or_none(model)
    if files:
        from classifier.labelling.candidates import read_pool  # noqa: PLC0415

        decisions = [one.undecided() for one in read_pool(files, say)]
        taxonomy = loaded.taxonomy if loaded else read_taxonomy(existing_labels(labels))
        terms = loaded.tokeniser.terms if loaded else ()
    else:
        folder = existing_labels(labels)
        corpus = read_decisions(folder)
        say_damage(corpus.damage)
        decisions = exporting.stored_decisions(corpus)
        taxonomy, terms = corpus.taxonomy, read_terms(folder)
    check_kept_work(output, labels, taxonomy, overwrite=overwrite, any_table=True)
    texts = [decision for decision in decisions if decision.text is not None]
    if lost := exporting.unwritten_sentences(texts, "counts" if as_counts else form.value):
        say(f"labels of {lost:,} sentences are left out: {_NO_SENTENCES[as_counts].format(form.value)}")
    if as_counts:
        decisions = _as_counts(decisions, Tokeniser(terms))
    suggested = _suggested(decisions, loaded, taxonomy) if form.value in exporting.WITH_SUGGESTIONS else None
    data = exporting.export(decisions, form.value, taxonomy, suggested, loaded.version if loaded else "")
    _write(data, output, form, taxonomy)
    if output is not None:
        held = sum(one.judged or form.value in exporting.WITH_SENTENCES for one in decisions)
        say(f"{held:,} paragraphs written to {output}")


def _as_counts(decisions: "list[Decision]", tokeniser: "Tokeniser") -> "list[Decision]":
    """Return decisions as they may leave the office, and say what whoever gets them can see."""
    from classifier.labelling import exporting  # noqa: PLC0415
    from classifier.training.pseudonyms import own_pseudonyms  # noqa: PLC0415

    counted = own_pseudonyms().decisions(exporting.as_counts(decisions, tokeniser))
    say(
        "the file tells words, how often each stands in a paragraph (rare names among them perhaps), labels, dates, "
        "kinds and places of texts; no text, no name of a document, file, folder or person who labelled"
    )
    return counted


def _format(asked: Format | None, output: Path | None) -> Format:
    """Return the format asked for, else the one that the file's ending names; raise BadParameter where they differ."""
    ending = output.suffix.lower() if output is not None else ""
    if asked is not None:
        if ending in _OF_OTHERS or asked not in _ENDINGS.get(ending, (asked,)):
            raise typer.BadParameter(f"{output}: {asked.value} is not written under {ending}", param_hint="--output")
        return asked
    if ending and ending not in _ENDINGS:
        raise typer.BadParameter(
            f"{output}: no format is known by {ending}; write to {', '.join(_ENDINGS)}, or say --format",
            param_hint="--output",
        )
    return _ENDINGS[ending][0] if ending else Format.jsonl


def _suggested(
    decisions: "list[Decision]", model: "Model | None", taxonomy: "Taxonomy"
) -> list[tuple[list[str], float]] | None:
    """Return what the model says of each paragraph, None where it knows other labels than the folder."""
    if model is None or model.taxonomy.ids != taxonomy.ids or any(decision.text is None for decision in decisions):
        return None
    from classifier.labelling.exporting import certainty  # noqa: PLC0415

    table = model.table([decision.text or "" for decision in decisions]).probabilities
    return [certainty(row, model.scorer.threshold, taxonomy) for row in table]


def _write(data: bytes, output: Path | None, form: Format, taxonomy: "Taxonomy") -> None:
    from classifier.files import replacing, write_text  # noqa: PLC0415

    if output is None:
        typer.echo(data, nl=False)
        return
    with replacing(output) as part:
        part.write_bytes(data)
    if (beside := _configuration_file(output, form)) is not None:
        from classifier.labelling.exchange.labelstudio_output import configuration  # noqa: PLC0415

        write_text(beside, configuration(taxonomy))
        say(f"labelling configuration for Label Studio written to {beside}")


def _configuration_file(output: Path | None, form: Format) -> Path | None:
    """Return where Label Studio's configuration is written, beside the tasks; None where none is."""
    if output is None or form is not Format.labelstudio:
        return None
    whole = output.suffix.lower() not in {"", ".json"}  # a dot in 第1.2批 begins no ending
    return output.with_name(f"{output.name}.xml") if whole else output.with_suffix(".xml")
