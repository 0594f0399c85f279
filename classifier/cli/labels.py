"""`classify labels …`: look after labelled paragraphs."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.labels_export import HELP as EXPORT_HELP
from classifier.cli.labels_export import export
from classifier.cli.labels_import import HELP as IMPORT_HELP
from classifier.cli.labels_import import import_, undo
from classifier.cli.say import say, say_damage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classifier.labelling.corpus import Corpus
    from classifier.labelling.quality.statistics import Count, SentenceCount
    from classifier.training.audit import Finding

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look after labelled paragraphs: import, export, take back, count them, find wrong ones.",
)
app.command("import", help=IMPORT_HELP)(import_)
app.command("export", help=EXPORT_HELP)(export)
app.command("undo")(undo)

Labels = Annotated[
    Path | None, typer.Option("--labels", help="Labels folder.", show_default="./labels, else the packaged labels")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command(
    help="""Count labelled paragraphs (by label, origin, genre, year) and sentences; say how far two readings agree.

\b
    classify labels stats
    classify labels stats --labels my-labels --json
"""
)
def stats(labels: Labels = None, as_json: AsJson = False) -> None:
    """Count a corpus."""
    from classifier.labelling.quality.statistics import statistics  # noqa: PLC0415

    corpus = _corpus(labels)
    say_damage(corpus.damage)
    found = statistics(corpus)
    if as_json:
        _print_json(asdict(found))
        return
    names = {label.id: f"{label.zh} {label.id}" for label in corpus.taxonomy.labels}
    typer.echo(f"{_counted(found.total)}; labels a paragraph: {_sizes(found.labels_a_paragraph)}")
    for title, groups in {"": {"all": found.total}, **found.by}.items():
        _print_counts(title, groups, [*corpus.taxonomy.ids, "none"])
    if found.sentences.sentences:
        typer.echo(f"\n{_sentences(found.sentences)}")
    if found.read_twice:
        typer.echo(f"\nread twice: {found.read_twice:,} paragraphs; agreement of the two readings")
        for label, one in found.agreement.items():
            typer.echo(f"  {names.get(label, 'all labels (mean)'):32} F1 {_figure(one.f1)}  kappa {_figure(one.kappa)}")
    else:
        typer.echo("\nno paragraph was read twice (key annotations): agreement is not known")


@app.command(
    help="""Find what may be wrong: rows that do not fit, contradicting readings, near-duplicates, doubtful labels.

\b
    classify labels audit
    classify labels audit --labels my-labels --most 200
    classify labels audit --json > findings.jsonl

Doubtful are labels, those of sentences too, that models trained on the other documents contradict (confident
learning, cleanlab).
Each finding names file and line. Exit code 1 where a row cannot be trained on, else 0.
"""
)
def audit(
    labels: Labels = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")] = False,
    most: Annotated[int, typer.Option(min=1, help="Show at most so many findings of a kind (text only).")] = 50,
) -> None:
    """Find what may be wrong in a corpus."""
    from classifier.cli.train import background_of  # noqa: PLC0415
    from classifier.model.settings import Settings  # noqa: PLC0415
    from classifier.training.audit import audit as find  # noqa: PLC0415
    from classifier.training.train import out_of_fold  # noqa: PLC0415

    corpus = _corpus(labels)
    settings = Settings()
    found = find(corpus, out_of_fold(corpus, background_of(None, corpus, settings), settings, say))
    if as_json:
        for one in found:
            _print_json(asdict(one), lines=True)
    else:
        _print_findings(found, most)
    if corpus.damage:
        raise typer.Exit(1)


def _corpus(labels: Path | None) -> "Corpus":
    from classifier import places  # noqa: PLC0415
    from classifier.labelling.corpus import read_corpus  # noqa: PLC0415

    source = labels or places.labels_folder()
    say(f"labels from {source}")
    return read_corpus(source)


def _print_counts(title: str, groups: "Mapping[str, Count]", columns: list[str]) -> None:
    width = max(12, *(len(name) for name in groups))
    typer.echo(f"\n{title or 'label':{width}} {'paragraphs':>10} {'documents':>10}  {'  '.join(columns)}")
    for name, one in groups.items():
        cells = "  ".join(f"{one.labels[column]:>{len(column)},}" for column in columns)
        typer.echo(f"{name:{width}} {one.paragraphs:>10,} {one.documents:>10,}  {cells}")


def _print_findings(findings: "list[Finding]", most: int) -> None:
    for kind in dict.fromkeys(finding.kind for finding in findings):
        group = [finding for finding in findings if finding.kind == kind]
        typer.echo(f"{kind}: {len(group):,}")
        for one in group[:most]:
            typer.echo(f"  {one.where}: {one.message}" + (f"\n      {one.text}" if one.text else ""))
        if len(group) > most:
            typer.echo(f"  … and {len(group) - most:,} more (--most, --json)")
    if not findings:
        typer.echo("nothing found")


def _print_json(value: object, *, lines: bool = False) -> None:
    import orjson  # noqa: PLC0415

    option = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS | (0 if lines else orjson.OPT_INDENT_2)
    sys.stdout.buffer.write(orjson.dumps(value, option=option))


def _counted(count: "Count") -> str:
    known = f", {count.characters:,} characters of text" if count.characters else ""
    return f"{count.paragraphs:,} paragraphs in {count.documents:,} documents{known}"


def _sentences(sentences: "SentenceCount") -> str:
    counts = ", ".join(f"{label} {count:,}" for label, count in sentences.labels.items())
    without = f", {sentences.alone:,} of which have no labels as a whole" if sentences.alone else ""
    return f"sentences: {sentences.sentences:,} labelled in {sentences.paragraphs:,} paragraphs{without}: {counts}"


def _sizes(sizes: "Mapping[int, int]") -> str:
    return ", ".join(f"{size}: {count:,}" for size, count in sizes.items())


def _figure(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"
