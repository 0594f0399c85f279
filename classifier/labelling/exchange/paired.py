"""Text and labels on a line, a tab between them, without headings: PaddleNLP's train.txt, and label before text.

PaddleNLP divides several labels by commas and the levels of a label by ##. A line with an empty label is one that
nobody labelled.
"""

from collections.abc import Iterator, Sequence

from classifier.errors import LabelError
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.label_names import Names

_SAMPLE = 50  # lines looked at
_FEW = 0.5  # share of them that must name a label that is known


def recognise(text: str, names: Names) -> Format | None:
    """Return the format of a text, None where it is none of this kind."""
    lines = [line for line in text[:200_000].split("\n") if line.strip()][:_SAMPLE]
    pairs = [line.rstrip("\r").split("\t") for line in lines]
    if not pairs or any(len(pair) > 2 for pair in pairs):
        return None
    for place in (1, 0):
        known = sum(len(pair) == 2 and names.knows_cell(pair[place]) for pair in pairs)
        if known > _FEW * len(pairs):
            title = "text⇥labels without headings" if place else "labels⇥text without headings"
            return Format(title, _rows, _decider(place))
    return None


def _rows(source: Source) -> Iterator[Row]:
    for number, line in enumerate(source.text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", line.rstrip("\r").replace("\ufeff", "").split("\t")


def _decider(place: int):  # type: ignore[no-untyped-def]
    def decide(pair: Sequence[str], names: Names) -> list[Decision]:
        if len(pair) != 2:
            raise LabelError(f"has {len(pair)} cells, not a text and its labels divided by a tab")
        labels, aside = names.read_cell(pair[place])
        return [Decision(labels, need_text(pair[1 - place]), aside=aside, confirmed=bool(pair[place].strip()))]

    return decide
