"""Results as a table for the eye."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from classifier.cli.output_format import put
from classifier.cli.rows import in_words, similar_in_words
from classifier.i18n.language import language, spoken
from classifier.model.decide import doubted, percent
from classifier.model.reason_words import sum_in_words

if TYPE_CHECKING:
    from classifier.api import Model, Result

_COLOURS = ("red", "blue", "magenta", "green", "cyan", "yellow")
_BAR = 8  # cells of a full probability bar
_DEFINITION = 120  # characters of the codebook
_EIGHTHS = " ▏▎▍▌▋▊▉"


def write_table(
    results_by_document: Iterator[list["Result"]],
    model: "Model",
    output: Path | None,
    wanted: Callable[["Result"], bool],
) -> None:
    """Print a table of the wanted paragraphs a document, below it each topic's share of the whole document.

    Shares go by sentences where the results have them, else by the results' own texts.
    """
    written = StringIO() if output is not None else None  # rich keeps nothing of a console that is `quiet`
    plain = False if output is not None else None  # whatever the environment says of colours
    console = Console(file=written, force_terminal=plain, width=100 if output else None, highlight=False)
    colours = {label.id: _COLOURS[k % len(_COLOURS)] for k, label in enumerate(model.taxonomy.labels)}
    decided = False
    for results in results_by_document:
        if not results:
            continue
        decided = decided or any(result.decided for result in results)
        console.print(_table(results[0].file, [result for result in results if wanted(result)], model, colours))
        console.print(_shares(results, model, colours))
        console.print()
    console.print(
        f"[dim]{spoken('model', '模型')} {escape(model.version)} · "
        + spoken("? = uncertain, worth reading yourself · ", "? 为没有把握，请自己读一读 · ")
        + (
            spoken("✓ = decided by a person (--model-only) · ", "✓ 为人工标注（--model-only 只看模型）· ")
            if decided
            else ""
        )
        + spoken("--explain shows why", "--explain 显示理由")
        + "[/]"
    )
    if output is not None and written is not None:
        table = written.getvalue().encode()
        put(output, lambda stream: stream.write(table))


def _table(name: str, results: list["Result"], model: "Model", colours: dict[str, str]) -> Table:
    table = Table(title=escape(name), title_justify="left", expand=True, pad_edge=False)
    table.add_column(spoken("place", "位置"), justify="right", no_wrap=True, style="dim")
    table.add_column(spoken("topics", "主题"), no_wrap=True, min_width=24)
    explained = any(result.reasons is not None for result in results)
    table.add_column(
        spoken("paragraph", "段落"), ratio=1, no_wrap=not explained, overflow="fold" if explained else "ellipsis"
    )
    for result in results:
        topics = _topics(result, model, colours)
        words = Text(_opening(result.text, 120 if explained else 400), style="bold" if result.kind == "heading" else "")
        if result.kind == "boilerplate":
            words.stylize("dim italic")
        for label in result.labels or (_most_probable(result),):
            if result.reasons is not None:
                words.append(f"\n{model.taxonomy.find(label).zh} ", style=colours[label])
                words.append(in_words(result, label), style="dim")
                words.append(f"\n  {_sum(result, label, model)}", style="dim")
                if definition := model.taxonomy.find(label).defined(language()):
                    words.append(
                        f"\n  {spoken('codebook: ', '定义：')}{_opening(definition, _DEFINITION)}", style="dim"
                    )
        if result.reasons is not None and result.topics:
            named = "; ".join(f"{topic.id} {'/'.join(topic.words[:5])}" for topic in result.topics)
            words.append(f"\n{spoken('topics: ', '话题：')}{named}", style="dim")
        if result.similar is not None and result.kind != "boilerplate":
            words.append(f"\n{_similar(result, model)}", style="dim")
        table.add_row(f"{result.start:,}-{result.end:,}", topics, words)
    return table


def _similar(result: "Result", model: "Model") -> str:
    """Return the labelled paragraphs most like a paragraph, one a line."""

    def name(label: str) -> str:
        return spoken(model.taxonomy.find(label).en, model.taxonomy.find(label).zh)

    if not result.similar:
        return spoken("nothing similar among the labelled paragraphs", "已标注的段落中没有相似的")
    found = similar_in_words(result, name, language()).replace("\n", "\n  ")
    return f"{spoken('most similar labelled paragraphs:', '最相似的已标注段落：')}\n  {found}"


def _sum(result: "Result", label: str, model: "Model") -> str:
    """Return how the label's probability comes about, in words."""
    reasons = result.reasons or {}
    threshold = float(model.scorer.threshold[model.ids.index(label)])
    return sum_in_words(reasons[label], result.probabilities[label], threshold, language())


def _topics(result: "Result", model: "Model", colours: dict[str, str]) -> Text:
    """Return a line a label: those given with their bars, then those that came near, each with ? where uncertain.

    Of a person's decision its labels and who decided.
    """
    if result.decided is not None:
        names = [Text(f"✓ {model.taxonomy.find(label).zh}", style=colours[label]) for label in result.labels]
        return Text("\n").join([*(names or [Text("✓ -")]), Text(f"  {result.decided}", style="dim")])
    lines = []
    for label in result.labels:
        share = result.probabilities[label]
        line = Text(f"{_mark(result, label, model)} {model.taxonomy.find(label).zh} ", style=colours[label])
        lines.append(line.append(_bar(share)).append(f" {percent(share):>4}"))
    near = [label for label in model.ids if label not in result.labels and _mark(result, label, model) == "?"]
    lines += [
        Text(
            f"? {model.taxonomy.find(label).zh} {percent(result.probabilities[label])} {spoken('not given', '未给')}",
            style="dim",
        )
        for label in near
        if result.uncertain
    ]
    return Text("\n").join(lines or [Text("  -", style="dim")])


def _opening(text: str, most: int) -> str:
    """Return a text's first characters on one line."""
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else line[:most] + "…"


def _mark(result: "Result", label: str, model: "Model") -> str:
    found = doubted(result.labels, result.probabilities, result.uncertain, model.in_doubt)
    return "?" if label in found else " "


def _bar(share: float) -> str:
    eighths = round(share * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(_BAR)


def _most_probable(result: "Result") -> str:
    return max(result.probabilities, key=lambda label: result.probabilities[label])


def _shares(results: list["Result"], model: "Model", colours: dict[str, str]) -> Text:
    """Return each topic's share of the characters, by sentences; shares overlap where one has several."""
    sentences = [sentence for result in results for sentence in result.by_sentence()]
    total = sum(len(sentence.text) for sentence in sentences)
    line = Text(
        spoken("share of the text (characters of the sentences with each label): ", "各主题所占篇幅（按句子字数）：")
    )
    for label in model.taxonomy.labels:
        share = sum(len(sentence.text) for sentence in sentences if label.id in sentence.labels) / max(1, total)
        line.append(f"{spoken(label.name, label.zh)} {share:.0%}", style=colours[label.id]).append("  ")
    none = sum(len(sentence.text) for sentence in sentences if not sentence.labels) / max(1, total)
    return line.append(f"{spoken('none', '无主题')} {none:.0%}", style="dim")
