"""`classify labels …`: look after labelled paragraphs."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.commands import Command, Group
from classifier.cli.label_names import label_names
from classifier.cli.labels_export import HELP as EXPORT_HELP
from classifier.cli.labels_export import export
from classifier.cli.labels_import import HELP as IMPORT_HELP
from classifier.cli.labels_import import import_, undo
from classifier.cli.say import say, say_damage, tell
from classifier.errors import TrainingError
from classifier.i18n.language import language, spoken
from classifier.i18n.sentences import in_the_readers_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classifier.labelling.corpus import Corpus
    from classifier.labelling.quality.statistics import Count, SentenceCount
    from classifier.training.audit import Finding

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look after labelled paragraphs: import, export, take back, count them, find wrong ones.",
)
app.command("import", cls=Command, help=IMPORT_HELP)(import_)
app.command("export", cls=Command, help=EXPORT_HELP)(export)
app.command("undo", cls=Command)(undo)

Labels = Annotated[
    Path | None, typer.Option("--labels", help="Labels folder.", show_default="./labels, else the packaged labels")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command(
    cls=Command,
    help="""Count labelled paragraphs (by label, origin, genre, year) and sentences; say how far two readings agree.

\b
    classify labels stats
    classify labels stats --labels my-labels --json
""",
)
def stats(labels: Labels = None, as_json: AsJson = False) -> None:
    """Count a corpus."""
    from classifier.labelling.quality.statistics import statistics  # noqa: PLC0415
    from classifier.labelling.taxonomy import NONE, NONE_ZH  # noqa: PLC0415

    corpus = _corpus(labels)
    say_damage(corpus.damage)
    found = statistics(corpus)
    if as_json:
        _print_json(asdict(found))
        return
    names = {label.id: spoken(f"{label.zh} {label.id}", label.zh) for label in corpus.taxonomy.labels}
    columns = {label.id: spoken(label.id, label.zh) for label in corpus.taxonomy.labels} | {NONE: spoken(NONE, NONE_ZH)}
    sizes = f"; labels a paragraph: {_sizes(found.labels_a_paragraph)}" if found.labels_a_paragraph else ""
    tell(f"{_counted(found.total)}{sizes}")
    for title, groups in {"": {spoken("all", "全部"): found.total}, **found.by}.items():
        if groups:
            _print_counts(title, groups, columns)
    if found.sentences.sentences:
        tell(f"\n{_sentences(found.sentences, columns)}")
    if found.read_twice:
        from classifier.cli.columns import padded  # noqa: PLC0415

        tell(f"\nread twice: {found.read_twice:,} paragraphs; agreement of the two readings")
        for label, one in found.agreement.items():
            name = names.get(label, spoken("all labels (mean)", "全部标签（平均）"))
            tell(f"  {padded(name, 32)} F1 {_figure(one.f1)}  kappa {_figure(one.kappa)}")
    else:
        tell("\nno paragraph was read twice (key annotations): agreement is not known")


@app.command(
    cls=Command,
    help="""Find what may be wrong: rows that do not fit, contradicting readings, near-duplicates, doubtful labels.

\b
    classify labels audit
    classify labels audit --labels my-labels --most 200
    classify labels audit --json > findings.jsonl

Doubtful are labels, those of sentences too, that models trained on the other documents contradict (confident
learning, cleanlab); where labels are too few for that, it is said and the rest is looked through.
Each finding names file and line. Exit code 1 where a row cannot be trained on, else 0.
""",
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
    from classifier.training.audit import confident_learning  # noqa: PLC0415
    from classifier.training.train import check_enough, out_of_fold  # noqa: PLC0415

    confident_learning()  # is there, before minutes are spent on what it looks through
    corpus = _corpus(labels)
    settings = Settings()
    names = {} if as_json else label_names(corpus.taxonomy)
    try:
        check_enough(corpus, settings)
        answers = out_of_fold(corpus, background_of(None, corpus, settings), settings, say)
    except TrainingError as error:
        say(f"labels are too few to tell doubtful ones; the rest is looked through\n{error}")
        answers = None
    found = find(corpus, answers, names)
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


_KINDS = {
    "format": "行有错，不能用来训练", "passes": "几人标注不一", "same text": "同一文本标得不同",
    "near-duplicate": "近似文本标得不同", "length": "长度不合", "label": "标签可疑", "sentence": "句子标签可疑",
}  # fmt: skip
_TITLES = {"origin": "来历", "genre": "文体", "year": "年份"}


def _print_counts(title: str, groups: "Mapping[str, Count]", columns: dict[str, str]) -> None:
    """Print a table of how many paragraphs, documents and labels there are of each kind. `columns`: id → heading."""
    from rich.cells import cell_len  # noqa: PLC0415

    from classifier.cli.columns import padded  # noqa: PLC0415

    first = spoken(title or "label", _TITLES.get(title, title) or "标签")
    groups = {_group_name(title, name): one for name, one in groups.items()}
    width, wide = max(12, *map(cell_len, groups)), [max(4, cell_len(heading)) for heading in columns.values()]
    headings = [padded(column, -size) for column, size in zip(columns.values(), wide, strict=True)]
    counted = padded(spoken("paragraphs", "段落"), -10) + " " + padded(spoken("documents", "文档"), -10)
    typer.echo(f"\n{padded(first, width)} {counted}  {'  '.join(headings)}")
    for name, one in groups.items():
        cells = "  ".join(f"{one.labels[label]:>{size},}" for label, size in zip(columns, wide, strict=True))
        typer.echo(f"{padded(name, width)} {one.paragraphs:>10,} {one.documents:>10,}  {cells}")


def _group_name(title: str, name: str) -> str:
    from classifier.i18n.model_card import origin_in_chinese  # noqa: PLC0415
    from classifier.labelling.genres import genre_in  # noqa: PLC0415
    from classifier.labelling.quality.statistics import UNKNOWN  # noqa: PLC0415

    if name == UNKNOWN:
        return in_the_readers_language(name)
    if title == "origin":
        return spoken(name, origin_in_chinese(name))
    return genre_in(name, language()) if title == "genre" else name


def _print_findings(findings: "list[Finding]", most: int) -> None:
    colon = spoken(": ", "：")
    for kind in dict.fromkeys(finding.kind for finding in findings):
        group = [finding for finding in findings if finding.kind == kind]
        tell(f"{spoken(kind, _KINDS.get(kind, kind))}{colon}{len(group):,}")
        for one in group[:most]:
            tell(f"  {one.where}{colon}{one.message}" + (f"\n      {one.text}" if one.text else ""))
        if len(group) > most:
            tell(f"  … and {len(group) - most:,} more (--most, --json)")
    if not findings:
        tell("nothing found")


def _print_json(value: object, *, lines: bool = False) -> None:
    import orjson  # noqa: PLC0415

    option = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS | (0 if lines else orjson.OPT_INDENT_2)
    sys.stdout.buffer.write(orjson.dumps(value, option=option))


def _counted(count: "Count") -> str:
    known = (
        spoken(f", {count.characters:,} characters of text", f"，原文 {count.characters:,} 字")
        if count.characters
        else ""
    )
    return (
        spoken(
            f"{count.paragraphs:,} paragraphs in {count.documents:,} documents",
            f"{count.documents:,} 篇文档，{count.paragraphs:,} 段",
        )
        + known
    )


def _sentences(sentences: "SentenceCount", names: "Mapping[str, str]") -> str:
    """Say how many sentences have labels. `names`: what the labels are called, by id."""
    counts = ", ".join(f"{names.get(label, label)} {count:,}" for label, count in sentences.labels.items())
    alone = spoken(
        f", {sentences.alone:,} of which have no labels as a whole", f"（{sentences.alone:,} 段没有整段的标签）"
    )
    return (
        spoken(
            f"sentences: {sentences.sentences:,} labelled in {sentences.paragraphs:,} paragraphs",
            f"句子：已标 {sentences.sentences:,} 句，在 {sentences.paragraphs:,} 段里",
        )
        + f"{alone if sentences.alone else ''}: {counts}"
    )


def _sizes(sizes: "Mapping[int, int]") -> str:
    return ", ".join(f"{size}: {count:,}" for size, count in sizes.items())


def _figure(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"
