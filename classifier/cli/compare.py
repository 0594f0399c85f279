"""`classify compare`: two versions on the same documents, none of which they have seen."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.answers_table import check_answers, write_answers
from classifier.cli.label_names import label_names
from classifier.cli.progress import steps
from classifier.cli.say import say, tell
from classifier.i18n.language import spoken

if TYPE_CHECKING:
    from classifier.labelling.corpus import LabelledParagraph
    from classifier.training.comparison import Comparison

EXITS = {"better": 0, "same": 3, "worse": 4}
EPILOG = "Exit codes: 0 B is better, 3 no difference can be told, 4 B is worse; 1 stopped by an error, 2 wrong usage."
HELP = """Compare two models on the same documents, none of which they have seen.

\b
    classify compare 20261124-4d8e02 20261201-a1b2c3
    classify compare old-models/ new-models/ --changed changed.csv

Both are trained again on parts of what they were trained on, with the same folds of documents, so that each
paragraph is answered by models that know neither it nor its document. The interval of a difference (95 %) comes
from resampling documents. B is better where the whole interval of macro-F1 lies above 0, worse where it lies below.
"""

_WIDE = 19  # characters of a column: a version's name, of a very long one its end


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Version or folder of the first model.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Version or folder of the second model.")],
    changed: Annotated[
        Path | None, typer.Option(help="Write all paragraphs whose labels differ to this file (.csv, .xlsx).")
    ] = None,
) -> None:
    """Compare two models on the same documents, none of which they have seen."""
    from classifier import places  # noqa: PLC0415 - scikit-learn, which --help does not need
    from classifier.model.store import find_model  # noqa: PLC0415
    from classifier.training.comparison import compare as run  # noqa: PLC0415
    from classifier.training.comparison import side  # noqa: PLC0415

    check_answers(changed, "--changed", places.begun_labels())
    folders = places.model_folders()
    first, second = find_model(a, folders), find_model(b, folders)
    with steps() as progress:
        found = run(side(first), side(second), progress)
    names = label_names(first.taxonomy) | label_names(second.taxonomy)
    typer.echo(_table(found, names))
    _list(found, names, changed)
    typer.echo(spoken(*_VERDICTS[found.verdict]).format(found.second, found.first))
    raise typer.Exit(EXITS[found.verdict])


_VERDICTS = {
    "better": ("{} is better than {}", "{} 比 {} 更好"),
    "same": ("{} is not to be told apart from {}", "{} 与 {} 分不出好坏"),
    "worse": ("{} is worse than {}", "{} 比 {} 差"),
}
_CHINESE = {"better": "更好", "same": "分不出", "worse": "更差"}
_SHOWN = 10
_MACRO = "各标签平均"


def _table(comparison: "Comparison", names: Mapping[str, str]) -> str:
    from classifier.cli.columns import padded  # noqa: PLC0415 - rich, which --help does not need

    size = spoken(
        f"{comparison.paragraphs:,} paragraphs of {comparison.documents:,} documents, "
        "each answered by models that have not seen it",
        f"{comparison.documents:,} 篇文档的 {comparison.paragraphs:,} 段，均由没见过它们的模型来答",
    )
    versions = "".join(f"{name[1 - _WIDE :]:>{_WIDE}}" for name in (comparison.first, comparison.second))
    heading = f"{'F1':<24}{versions}  {spoken('difference and its 95 % interval', '差值及其 95% 区间')}"
    called = dict(names) | {comparison.macro.name: spoken(comparison.macro.name, _MACRO)}
    rows = [
        f"{padded(called.get(label.name, label.name), 24)}{label.first:>{_WIDE}.3f}{label.second:>{_WIDE}.3f}  "
        f"{label.difference:+.3f} [{label.low:+.3f}, {label.high:+.3f}] "
        f"{spoken(label.verdict, _CHINESE[label.verdict])}"
        for label in (*comparison.labels, comparison.macro)
    ]
    return "\n".join([size, heading, *rows])


def _list(comparison: "Comparison", names: Mapping[str, str], output: Path | None) -> None:
    """Show the paragraphs whose labels differ, with their text where a labels folder at hand has it."""
    texts = _texts()
    rows = [
        [
            one.where,
            *(
                ", ".join(names.get(label, label) for label in part or ("none",))
                for part in (one.labels, one.first, one.second)
            ),
            texts.get(one.key, ""),
        ]
        for one in comparison.changed
    ]
    tell(f"{len(rows):,} paragraphs are labelled differently:")
    for where, people, first, second, text in rows[:_SHOWN]:
        said = spoken(
            f"  {where}: {first} -> {second} (people: {people})", f"  {where}：{first} → {second}（人工：{people}）"
        )
        typer.echo(f"{said} {text[:40]}".rstrip())
    if output is not None:
        where, people, text = spoken(("where", "people", "text"), ("出处", "人工标注", "正文"))
        write_answers(output, [[where, people, comparison.first, comparison.second, text], *rows])
        say(f"all {len(rows):,} written to {output}")
    elif len(rows) > _SHOWN:
        tell(f"  … and {len(rows) - _SHOWN:,} more; --changed FILE writes them all")


def _texts() -> dict[str, str]:
    from classifier import places  # noqa: PLC0415
    from classifier.labelling.corpus import read_decisions  # noqa: PLC0415

    folders = dict.fromkeys([places.packaged("labels"), places.own_labels()])
    read = [read_decisions(folder).paragraphs for folder in folders if (folder / "taxonomy.toml").is_file()]
    return {row.key: _line(row) for rows in read for row in rows if row.text is not None}


def _line(paragraph: "LabelledParagraph") -> str:
    return " ".join((paragraph.text or "").split())
