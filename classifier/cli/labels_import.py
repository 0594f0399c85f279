"""`classify labels import` and `undo`: labels from elsewhere into a folder of labels, and out again."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.passed_over import say_other_kinds
from classifier.cli.say import say, say_damage
from classifier.cli.shared import LabelsOption, existing_labels
from classifier.i18n.language import spoken
from classifier.i18n.sentences import in_the_readers_language

if TYPE_CHECKING:
    from classifier.labelling.corpus import Corpus
    from classifier.labelling.exchange.format import Touched
    from classifier.labelling.folder.label_folder import LabelFolder
    from classifier.labelling.imports.conflicts import Conflict
    from classifier.labelling.imports.importing import Outcome

_LISTED = 20


class OnConflict(StrEnum):
    """What happens to a paragraph that has other labels already."""

    newest = "newest"
    ask = "ask"
    fail = "fail"


HELP = """Import labelled paragraphs into a labels folder.

\b
    classify labels import corrected.xlsx      written by: classify FILE -o corrected.xlsx
    classify labels import scored.xlsx         written by: classify score IN scored.xlsx
    classify labels import 改好的表/ "来稿/*.xlsx"
    classify labels import project-3.json --on-conflict newest
    classify labels import admin.jsonl --confirmed
    classify labels import 信访.xls --text-column 留言详情 --label-column 一级标签

Takes JSON Lines (text or word counts, .gz too), JSON arrays, CSV, TSV and workbooks (.xlsx, .xls, .et, .ods) with
headings 文本/标签 or text/label in their first rows, or with a column of 0 and 1 a label; Label Studio JSON, JSON-MIN
and CSV (taxonomies, too), doccano JSONL and CSV, fastText lines, text⇥label1,label2 without headings. The format is
told from the content; columns called otherwise are named with --text-column and --label-column.
Of a table that `classify FILE -o x.xlsx` (or .csv) or `classify score IN x.xlsx` (or .csv with --correctable) wrote,
only the rows are taken whose labels were changed or that are ticked as read (已核对); the others hold the model's.
Sentences are labelled in rows with start and end of the sentence in the row's text (as classify score --unit sentence
writes them), under `sentences` in JSON Lines, and as <Labels> of Label Studio.
Labels go by id, Chinese or English name, several divided by , ; # or |; none is 无; 存疑 and 废弃 set a
paragraph aside. Nothing is imported while a row is bad or a conflict undecided. Each import is a batch that
`classify labels undo` takes back.
"""


def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files of labelled paragraphs, folders or patterns.")
    ],
    labels: LabelsOption = None,
    on_conflict: Annotated[
        OnConflict, typer.Option(help="Where a paragraph has other labels already: the newest count, ask, or fail.")
    ] = OnConflict.fail,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Keep the good rows of files with bad ones.")] = False,
    text_column: Annotated[
        str | None,
        typer.Option(help="Column (key in JSON) of the paragraphs.", show_default="text, 文本, 正文, 内容 …"),
    ] = None,
    label_column: Annotated[
        list[str] | None,
        typer.Option(help="Column of the labels; may be given several times.", show_default="label, 标签, 类别 …"),
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Take empty labels for none, and a model's own answers for decisions.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who labelled, where the file does not say.")] = "",
) -> None:
    """Import labelled paragraphs into a labels folder."""
    from dataclasses import replace  # noqa: PLC0415

    from classifier.labelling.exchange.format import Wanted  # noqa: PLC0415
    from classifier.labelling.exchange.recognise import read_labels  # noqa: PLC0415
    from classifier.labelling.imports import conflicts, importing  # noqa: PLC0415
    from classifier.labelling.imports.label_files import label_files  # noqa: PLC0415
    from classifier.labelling.label_names import Names  # noqa: PLC0415
    from classifier.labelling.taxonomy import read_taxonomy  # noqa: PLC0415

    files, over = label_files(files)
    say_other_kinds(over)
    folder, unbegun = _folder(labels)
    names = Names(unbegun.taxonomy if unbegun else read_taxonomy(folder.folder))
    wanted = Wanted(text_column, tuple(label_column or ()))
    read = [read_labels(file, names, wanted) for file in files]
    for note in (note for one in read for note in one.notes):
        say(note)
    for one in read:
        if one.decisions:
            say(f"{one.name}: {one.title}, {len(one.decisions):,} paragraphs")
        if one.touched:
            say(f"{one.name}: {_touched(one.touched)}")
    problems = importing.check(read, skip_bad)
    signed = [replace(one, decisions=tuple(replace(d, by=d.by or by) for d in one.decisions)) for one in read]
    resolve = {OnConflict.newest: conflicts.newest, OnConflict.ask: _ask, OnConflict.fail: conflicts.refuse}
    facts = {"kind": "import", "origin": files, "format": [one.title for one in read], "by": by}
    there = folder.remembered.corpus()
    say_damage(there.damage if there else ())
    outcome = importing.import_labels(folder, signed, resolve[on_conflict], confirmed, facts, unbegun)
    if unbegun and outcome.batch:
        say(f"new labels folder {folder.folder} with the taxonomy of the model in use")
    _report(outcome, sum(one.skipped for one in read), problems)


def _touched(rows: "Touched") -> str:
    """Say how many rows of tables to correct are taken, and how many are not."""
    taken = f"{rows.corrected:,} corrected, {rows.read:,} ticked as read (已核对) and left as they were"
    return f"{taken}, {rows.untouched:,} not touched and left out"


def _folder(labels: Path | None) -> "tuple[LabelFolder, Corpus | None]":
    """Return the labels folder and, where it is not there yet, the labels and terms that it would begin with."""
    from classifier.labelling.corpus import Corpus  # noqa: PLC0415
    from classifier.labelling.folder.label_folder import LabelFolder  # noqa: PLC0415
    from classifier.places import own_labels  # noqa: PLC0415

    if labels is None:
        say_passed_over()
    path = labels or own_labels()
    if (path / "taxonomy.toml").is_file():
        say(f"labels in {path}")
        return LabelFolder(path), None
    from classifier.api import load  # noqa: PLC0415

    model = load()
    return LabelFolder(path), Corpus(model.taxonomy, model.tokeniser, ())


def say_passed_over() -> None:
    """Say so where there is a ./labels that is no labels folder: it looks like the one that is meant."""
    here = Path("labels")
    if here.is_dir() and not (here / "taxonomy.toml").is_file():
        say("./labels is passed over: a labels folder needs a taxonomy.toml")


def undo(labels: LabelsOption = None) -> None:
    """Take back the last import or review of a labels folder; its file is kept in undone/."""
    from classifier.labelling.folder.label_folder import LabelFolder  # noqa: PLC0415

    folder = existing_labels(labels)
    batch = LabelFolder(folder).undo()
    named = batch.facts.get("origin")
    origin = [str(one) for one in named] if isinstance(named, list) else []
    what = f" ({batch.facts.get('kind')} of {', '.join(origin)})" if origin else ""
    say(f"taken back: {batch.name}{what}; its labels are kept in {folder / 'undone'}")


def _ask(conflicts: Sequence["Conflict"]) -> list[int]:
    from classifier.labelling.imports.conflicts import origin  # noqa: PLC0415

    chosen = []
    for number, conflict in enumerate(conflicts, start=1):
        typer.echo(f"\n{number}{spoken(' of ', '/')}{len(conflicts)}: {conflict.text}", err=True)
        for place, (said, option) in enumerate(zip(conflict.answers, conflict.options, strict=True), start=1):
            typer.echo(f"  {place}  {said}  {in_the_readers_language(f'({origin(option)})')}", err=True)
        answer = typer.prompt(spoken("which counts", "以哪个为准"), type=int, default=conflict.newest() + 1, err=True)
        while not 1 <= answer <= len(conflict.options):
            answer = typer.prompt(f"1 {spoken('to', '至')} {len(conflict.options)}", type=int, err=True)
        chosen.append(answer - 1)
    return chosen


def _report(outcome: "Outcome", skipped: int, problems: Sequence[str]) -> None:
    for conflict, place in outcome.conflicts[:_LISTED]:
        say(f"conflict {conflict}; counted: {conflict.answers[place]}")
    if len(outcome.conflicts) > _LISTED:
        say(f"… and {len(outcome.conflicts) - _LISTED:,} more conflicts")
    for problem in problems[:_LISTED]:
        say(f"left out {problem}")
    if len(problems) > _LISTED:
        say(f"… and {len(problems) - _LISTED:,} more bad rows left out")
    counted = [
        (outcome.stored, "stored", "存入"),
        (outcome.aside, "of them set aside (存疑/废弃)", "其中存疑或废弃"),
        (outcome.sentences, "sentences stored", "存入句子"),
        (outcome.already, "the same as before", "与原来相同"),
        (
            outcome.kept,
            "the same as before (conflicts decided for what was stored)",
            "与原来相同（不一致的以原有的为准）",
        ),
        (outcome.outdated, "decided anew here since", "这里后来又另有标注"),
        (outcome.merged, "duplicates merged", "合并重复"),
        (len(outcome.conflicts) - outcome.kept, "conflicts decided for the new answer", "不一致而以新的为准"),
        (
            outcome.unlabelled,
            "not labelled (--confirmed takes them for none)",
            "没有标签（加 --confirmed 则当作无主题）",
        ),
        (
            outcome.suggestions,
            "a model's own answers and left out (to correct some, write a table with: classify FILE -o x.xlsx, "
            "or: classify score IN OUT.csv --correctable)",
            "只是模型的答案，未导入（要改正请先生成核对表：classify 文件 -o 核对.xlsx，"
            "或 classify score 表格 核对.csv --correctable）",
        ),
        (skipped, "cancelled or skipped", "作废或跳过"),
        (len(problems), "bad rows left out", "坏行，未读入"),
    ]
    shown = [spoken(f"{count:,} {en}", f"{zh} {count:,}") for count, en, zh in counted if count or en == "stored"]
    batch = outcome.batch and outcome.batch.name
    name = spoken(f"batch {batch}: ", f"批次 {batch}：") if batch else spoken("nothing new: ", "没有新的：")
    say(name + spoken(", ", "，").join(shown))
