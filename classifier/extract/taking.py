"""One labelled document → the passages of it that an extract takes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from classifier.api import Model, Result, SentenceResult
from classifier.extract.passage import Passage, Unit, Where
from classifier.labelling.decided import Decided
from classifier.model.decide import doubted
from classifier.report import outline
from classifier.report.document_facts import headings_by_row
from classifier.report.table_columns import in_a_year, place_in, told_date
from classifier.text.sentences import sentences

Doubt = Callable[[str, float], bool]


@dataclass(frozen=True)
class Wanted:
    """What to take. `labels`: ids; `none`: paragraphs without a label, too. `context`: neighbouring sentences as well.

    `in_doubt`, `sentence_in_doubt`: tell whether a label's probability lies where decisions are too often wrong; None
    where the model that labelled is not here: then a whole result's `uncertain` counts. `of_people`: only what people
    decided: a paragraph on which nobody did is not one without a label.
    """

    labels: tuple[str, ...]
    none: bool = False
    unit: Unit = "paragraph"
    context: bool = False
    in_doubt: Doubt | None = None
    sentence_in_doubt: Doubt | None = None
    of_people: bool = False

    @classmethod
    def of(cls, model: Model, labels: Sequence[str], unit: Unit = "paragraph", *, context: bool = False) -> "Wanted":
        """Return what to take from what this model labels; "none" may stand among the labels, none at all means all."""
        ids = tuple(label for label in model.ids if not labels or label in labels)
        return cls(ids, "none" in labels, unit, context, model.in_doubt, model.sentence_in_doubt)

    def of_labels(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Return those of a result's labels that are wanted."""
        return tuple(label for label in labels if label in self.labels)

    def takes(self, result: Result) -> bool:
        """Tell whether a paragraph is wanted."""
        if self.none and not result.labels and result.kind != "boilerplate":
            return result.decided is not None or not self.of_people
        return any(label in self.labels for label in result.labels)


def take(results: Sequence[Result], wanted: Wanted, document: int = 0) -> list[Passage]:
    """Return the passages of a document, in order.

    A heading that carries a label stands above what is taken from below it; where nothing is, it is a passage itself.
    """
    levels = _levels(results)
    paths = _heading_paths(results, levels)
    columns = headings_by_row(results)
    found = []
    for place, result in enumerate(results):
        by_sentence = wanted.unit == "sentence" and bool(result.sentences) and result.kind != "heading"
        if not by_sentence and not wanted.takes(result):
            continue
        where = Where(
            document, result.index + 1, result.page, tuple(results[above].text for above in paths[place]),
            result.start, result.end, place_in(result.cells), _date_of(result, columns[place]),
        )  # fmt: skip
        passages = _runs(results, place, wanted, where) if by_sentence else [_whole(results, place, wanted, where)]
        found += [(one, place) for one in passages]
    above = {place for one, place in found if results[place].kind != "heading" for place in paths[place]}
    others = any(results[place].kind != "heading" for _, place in found)
    title = _title_place(levels) if others else None
    return [one for one, place in found if place not in above and place != title]


def near(results: Sequence[Result], wanted: Wanted) -> int:
    """Return how many paragraphs are not taken, though a wanted label's probability is in doubt."""
    if wanted.in_doubt is None:
        return 0
    return sum(
        result.uncertain and not wanted.takes(result) and bool(set(wanted.labels) & _doubted(result, wanted.in_doubt))
        for result in results
    )


def _levels(results: Sequence[Result]) -> list[int]:
    return outline.levels([result.kind for result in results], [result.text for result in results])


def _date_of(result: Result, columns: Sequence[str]) -> str | None:
    """Return the date of a row, "" of one that is not understood; None where the document's counts."""
    date, odd = told_date(None, result.cells, None, columns)
    return date or ("" if odd and not in_a_year(odd) else None)


def _title_place(levels: Sequence[int]) -> int | None:
    return next((place for place, level in enumerate(levels) if level == outline.TITLE), None)


def _heading_paths(results: Sequence[Result], levels: Sequence[int]) -> list[tuple[int, ...]]:
    """Return for each paragraph the places of the headings above it, the highest first; the title is none of them.

    Last of all stands above a row of a table the one that names its columns, which ends with the table.
    """
    found: list[tuple[int, ...]] = []
    open_: list[tuple[int, int]] = []
    rows = outline.column_rows([result.kind for result in results], [result.text for result in results])
    columns: tuple[int, ...] = ()
    for place, level in enumerate(levels):
        if level:
            open_ = [one for one in open_ if one[0] < level]
        if results[place].kind not in {"table", "boilerplate", "footnote"}:
            columns = ()
        found.append((*(above for _, above in open_), *columns))
        columns = (place,) if place in rows else columns
        if level > outline.TITLE:
            open_.append((level, place))
    return found


def _whole(results: Sequence[Result], place: int, wanted: Wanted, where: Where) -> Passage:
    before, after = (_neighbour(results, place, step, wanted) for step in (-1, 1)) if wanted.context else ("", "")
    return _passage(results[place], wanted, where, before, after)


def _passage(result: Result, wanted: Wanted, where: Where, before: str, after: str) -> Passage:
    labels = wanted.of_labels(result.labels)
    asked = labels or wanted.labels
    doubt = result.uncertain and (wanted.in_doubt is None or bool(set(asked) & _doubted(result, wanted.in_doubt)))
    probabilities = {label: result.probabilities[label] for label in wanted.labels if label in result.probabilities}
    return Passage(
        result.text, result.kind, labels, probabilities, doubt, where, before, after, result.recognised,
        decided=result.decided,
    )  # fmt: skip


def _doubted(result: Result | SentenceResult, in_doubt: Doubt) -> set[str]:
    return set(doubted(result.labels, result.probabilities, result.uncertain, in_doubt))


def _neighbour(results: Sequence[Result], place: int, step: int, wanted: Wanted) -> str:
    """Return the sentence before or after a paragraph, "" where its neighbour is a heading or taken itself."""
    found = place + step
    while 0 <= found < len(results) and results[found].kind == "boilerplate":
        found += step
    if not 0 <= found < len(results) or results[found].kind == "heading" or _holds(results[found], step, wanted):
        return ""
    text = results[found].text
    start, end = sentences(text)[0 if step > 0 else -1]
    return text[start:end].strip()


def _holds(result: Result, step: int, wanted: Wanted) -> bool:
    """Tell whether the sentence of a paragraph that is nearest from there is in the extract itself."""
    if wanted.unit == "paragraph" or not result.sentences:
        return wanted.takes(result)
    return bool(_chosen(result, wanted)[0 if step > 0 else -1])


def _chosen(result: Result, wanted: Wanted) -> list[tuple[str, ...]]:
    """Return the wanted labels of each sentence; of a label that no sentence carries, the strongest one carries it."""
    inside = result.sentences or ()
    found = [wanted.of_labels(one.labels) for one in inside]
    for label in wanted.of_labels(result.labels):
        if not any(label in one for one in found):
            strongest = max(range(len(inside)), key=lambda place: inside[place].probabilities[label])
            found[strongest] += (label,)
    return found


def _runs(results: Sequence[Result], place: int, wanted: Wanted, where: Where) -> Iterator[Passage]:
    """Yield the sentences of a paragraph that carry a wanted label; neighbours with the same labels are one passage."""
    result = results[place]
    if wanted.none and wanted.takes(result) and not wanted.of_labels(result.labels):
        yield _passage(result, wanted, where, "", "")
        return
    inside = result.sentences or ()
    chosen = _chosen(result, wanted)
    for labels, run in groupby(range(len(inside)), key=lambda one: chosen[one]):
        if not labels:
            continue
        first, *_, last = (places := list(run))[0], places[-1]
        before = after = ""
        if wanted.context:
            before = _sentence_at(results, place, first - 1, chosen, wanted)
            after = _sentence_at(results, place, last + 1, chosen, wanted)
        some = [inside[one] for one in places]
        begin, end = some[0].start, some[-1].end
        text = result.text[begin:end]
        cut = replace(where, start=where.start + begin, end=where.start + end)
        yield Passage(
            text.strip(), result.kind, labels, _strongest(some, wanted.labels), _in_doubt(some, labels, wanted), cut,
            before, after, result.recognised, decided=_who(some),
        )  # fmt: skip


def _sentence_at(
    results: Sequence[Result], place: int, number: int, chosen: Sequence[tuple[str, ...]], wanted: Wanted
) -> str:
    """Return a sentence of a paragraph by its number, beyond its ends the neighbour's; "" for one that is taken."""
    inside = results[place].sentences or ()
    if not 0 <= number < len(inside):
        return _neighbour(results, place, -1 if number < 0 else 1, wanted)
    return "" if chosen[number] else results[place].text[inside[number].start : inside[number].end].strip()


def _strongest(sentences: Sequence[SentenceResult], labels: Sequence[str]) -> Mapping[str, float]:
    """Return the highest probabilities of some sentences; none where no model answered."""
    known = [label for label in labels if label in sentences[0].probabilities]
    return {label: max(sentence.probabilities[label] for sentence in sentences) for label in known}


def _who(sentences: Sequence[SentenceResult]) -> Decided | None:
    """Return who decided on a run of sentences, None where the model says of one of them what it carries."""
    return sentences[0].decided if all(sentence.decided for sentence in sentences) else None


def _in_doubt(sentences: Sequence[SentenceResult], labels: Sequence[str], wanted: Wanted) -> bool:
    """Tell whether no sentence of a run is sure of one of its labels, or one stands there without carrying it."""
    doubt = wanted.sentence_in_doubt
    return any(
        all(
            label not in sentence.labels
            or (sentence.uncertain if doubt is None else label in _doubted(sentence, doubt))
            for sentence in sentences
        )
        for label in labels
    )
