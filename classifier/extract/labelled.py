"""What is said of a labelled paragraph beside it, and labelled documents as Markdown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from classifier.api import Result
from classifier.extract.markdown import escaped
from classifier.extract.words import Language
from classifier.labelling.taxonomy import Taxonomy
from classifier.model.decide import doubted, percent
from classifier.own_outputs import MARKDOWN_MARK
from classifier.report import outline


@dataclass(frozen=True)
class LabelWords:
    """Labels in words. `in_doubt`: tells whether a label's probability lies where decisions are too often wrong."""

    taxonomy: Taxonomy
    in_doubt: Callable[[str, float], bool]
    language: Language = "zh"

    @property
    def left_out(self) -> str:
        """The heading of what a reader left out."""
        return "读取说明" if self.language == "zh" else "What was left out"

    def of(self, result: Result) -> str:
        """Return a paragraph's labels with their probabilities, and those that came near; "" where there is nothing."""
        if result.decided is not None:
            names = [self.name(label) for label in result.labels]
            return self._and(names) or ("无主题" if self.language == "zh" else "none")
        said = [
            f"{self.name(label)} {percent(result.probabilities[label])}{self._doubt(result, label)}"
            for label in result.labels
        ]
        near = [label for label in self.taxonomy.ids if label not in result.labels and self._is_near(result, label)]
        form = "未给“{}” {}（存疑）" if self.language == "zh" else "not given: {} {} (uncertain)"
        said += [form.format(self.name(label), percent(result.probabilities[label])) for label in near]
        return "\n".join(said)

    def author(self, result: Result) -> str:
        """Return who says so: the person, or the model's version."""
        if result.decided is not None:
            return result.decided.by or ("人工" if self.language == "zh" else "a person")
        return ("模型 " if self.language == "zh" else "model ") + result.model

    def signed(self, result: Result) -> str:
        """Return what is said of a paragraph, with who decided where a person did; "" where there is nothing."""
        said = self.of(result)
        if result.decided is None:
            return said
        mark = "人工标注" if self.language == "zh" else "decided by"
        return f"{said}（{mark} {result.decided}）" if self.language == "zh" else f"{said} ({mark} {result.decided})"

    def name(self, label: str) -> str:
        """Return a label's name in the language."""
        return self.taxonomy.find(label).named(self.language)

    def _doubt(self, result: Result, label: str) -> str:
        if label not in doubted(result.labels, result.probabilities, result.uncertain, self.in_doubt):
            return ""
        return "（存疑）" if self.language == "zh" else " (uncertain)"

    def _is_near(self, result: Result, label: str) -> bool:
        return result.uncertain and self.in_doubt(label, result.probabilities[label])

    def _and(self, names: Sequence[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(names)


def write_labelled_markdown(documents: Sequence[Sequence[Result]], words: LabelWords, stream: IO[bytes]) -> None:
    """Write documents' paragraphs as Markdown (UTF-8), below each what is said of it; several under their names."""
    for results in documents:
        if len(documents) > 1 and results:
            stream.write(f"# {escaped(results[0].file)}\n\n".encode())
        _write(results, words, stream)
    stream.write(f"\n{MARKDOWN_MARK}\n".encode())


def _write(results: Sequence[Result], words: LabelWords, stream: IO[bytes]) -> None:
    levels = outline.levels([result.kind for result in results], [result.text for result in results])
    for result, level in zip(results, levels, strict=True):
        text = f"{'#' * level} {' '.join(escaped(result.text).split())}" if level else escaped(result.text)
        said = words.signed(result).replace("\n", "；" if words.language == "zh" else "; ")
        stream.write(f"{text}\n\n".encode())
        if said:
            stream.write(f"> {escaped(said)}\n\n".encode())
    for note in (note for result in results for note in result.notes):
        stream.write(f"- {words.left_out}：{escaped(note.say(words.language))}\n".encode())
