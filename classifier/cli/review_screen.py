"""The screen of `classify review`: a paragraph, its sentences with their labels, what would be confirmed."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from classifier.api import Model, Result
from classifier.cli.rows import in_words
from classifier.i18n.language import spoken
from classifier.i18n.sentences import in_the_readers_language
from classifier.labelling.decision import ASIDE
from classifier.labelling.review import Review
from classifier.labelling.taxonomy import NONE, NONE_ZH, Taxonomy
from classifier.model.decide import percent


def show(console: Console, state: Review, taxonomy: Taxonomy, model: Model | None) -> None:
    """Print what is to be decided on now."""
    one = state.items[state.place]
    console.rule(escape(f"{_of(state.place, state.items)} · {one.doc}"), align="left", style="dim")
    if line := _decided(state, taxonomy):
        console.print(f"[bold]{escape(line)}[/]")
    if one.reason:
        console.print(f"[dim]{spoken('chosen: ', '选它的理由：')}{escape(in_the_readers_language(one.reason))}[/]")
    console.print(Padding(_text(state, taxonomy), (1, 2)))
    result = None if model is None else model.label_paragraph(one.text, explain=True, sentences=True)
    if state.sentence is not None:
        console.print(f"[bold]{spoken('sentence', '句')} {_of(state.sentence, state.sentences)}[/]")
    for number, label in enumerate(taxonomy.labels, start=1):
        mark = "[bold green]●[/]" if label.id in state.labels else "[dim]○[/]"
        line = f" {number} {mark} {spoken(label.name, label.zh)}{_why(result, label.id, state)}"
        console.print(line, no_wrap=True, overflow="ellipsis")
    rest = spoken("u undo · s skip", "u 撤销 · s 跳过")
    keys = f"d 存疑 · x 废弃 · {rest} · t 逐句" if state.sentence is None else f"{rest} · t 整段"
    confirmed = f"{spoken('Enter: ', '回车：')}[bold]{escape(_named(state.labels, taxonomy))}[/]"
    console.print(f"\n{confirmed}   [dim]0 {spoken(NONE, NONE_ZH)} · {keys} · q {spoken('leave', '退出')}[/]")


def _of(place: int, items: Sequence[object]) -> str:
    return spoken(f"{place + 1} of {len(items)}", f"{place + 1}/{len(items)}")


def _text(state: Review, taxonomy: Taxonomy) -> Text:
    """Return the paragraph; behind each sentence the labels that it carries, ✓ where somebody decided so."""
    text, shown, done = state.items[state.place].text, Text(), 0
    for place, sentence in enumerate(state.sentences):
        labels, decided = state.labels_of(sentence), sentence.labels is not None
        chosen = place == state.sentence
        body = text[sentence.start : sentence.end]
        shown.append(text[done : sentence.start])
        shown.append(body.rstrip(), style="reverse" if chosen else "underline" if labels else "")
        if labels or decided:
            shown.append(f" ‹{'✓ ' if decided else ''}{_named(labels, taxonomy, NONE_ZH)}› ", style="dim")
        shown.append(body[len(body.rstrip()) :])
        done = sentence.end
    shown.append(text[done:])
    return shown


def _named(labels: Iterable[str], taxonomy: Taxonomy, none: str = "") -> str:
    none = none or spoken(f"{NONE} {NONE_ZH}", NONE_ZH)
    return " + ".join(taxonomy.find(label).zh for label in labels) or none


def _decided(state: Review, taxonomy: Taxonomy) -> str:
    """Return what counts for what is shown, and what to do where that came meanwhile; "" where nothing does."""
    if state.sentence is not None:
        one = state.sentences[state.sentence]
        said, by = None if one.labels is None else _named(one.labels, taxonomy), one.by
    else:
        counts = state.counts if state.counts is not None and state.counts.judged else None
        said = None if counts is None else ASIDE[counts.aside] if counts.aside else _named(counts.labels, taxonomy)
        by = str(counts.facts.get("by") or "") if counts else ""
    if said is None:
        gone = spoken(
            "what was decided here was taken back meanwhile; yours is not stored: w stores it, s leaves it so",
            "其间这里原来的标注已被撤销，您的没有存入：按 w 存入，按 s 不存",
        )
        return gone if state.late else ""
    when = spoken("decided meanwhile: ", "其间已标：") if state.late else spoken("decided already: ", "已标：")
    line = f"{when}{said}{f' ({by})' if by else ''}"
    how = spoken(
        "; yours is not stored: w stores it all the same, s leaves it so", "；您的没有存入：按 w 仍存入，按 s 不存"
    )
    return f"{line}{how}" if state.late else line


def _why(result: Result | None, label: str, state: Review) -> str:
    if result is None:
        return ""
    if state.sentence is None:
        return f" [bold]{percent(result.probabilities[label]):>4}[/] [dim]{escape(in_words(result, label))}[/]"
    one = state.sentences[state.sentence]
    told = next((part for part in result.sentences or () if (part.start, part.end) == (one.start, one.end)), None)
    return "" if told is None else f" [bold]{percent(told.probabilities[label]):>4}[/]"
