"""Label Studio's labelled stretches of text (<Labels>) as labelled sentences."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.exchange.labelstudio_choices import choices
from classifier.labelling.label_names import Names
from classifier.labelling.labelled_paragraph import LabelledSentence

TYPE = "labels"


def spans(result: Iterable[Mapping[str, Any]], text: str, names: Names) -> tuple[LabelledSentence, ...]:
    """Return the stretches that an annotation's regions label, in order; those of other names are passed over.

    Regions on the same stretch are one sentence with the labels of all. Raises LabelError where a stretch is not in the
    text, or two overlap.
    """
    found: dict[tuple[int, int], list[str]] = {}
    for region in result:
        value = region.get("value")
        if region.get("type") != TYPE or not isinstance(value, dict):
            continue
        chosen = choices(value.get(TYPE))
        if chosen and all(map(names.knows, chosen)):
            labels, aside = names.read(chosen)
            if aside:
                raise LabelError(f"{aside}: a paragraph is set aside, not a sentence of it")
            found.setdefault(_place(value, text), []).extend(labels)
    ordered = sorted(found)
    if any(end > start for (_, end), (start, _) in pairwise(ordered)):
        raise LabelError("labelled stretches of text overlap")
    return tuple(LabelledSentence(*place, tuple(dict.fromkeys(found[place]))) for place in ordered)


def _place(value: Mapping[str, Any], text: str) -> tuple[int, int]:
    """Return where a region stands; it says which letters it holds, since browsers count some of them as two."""
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int:
        raise LabelError("a labelled stretch of text has no start and end")
    units = text.encode("utf-16-le", "surrogatepass")
    inside = [len(units[: 2 * place].decode("utf-16-le", "ignore")) for place in (start, end)]
    for first, last in ((start, end), (inside[0], inside[1])):
        if 0 <= first < last <= len(text) and value.get("text", text[first:last]) == text[first:last]:
            return first, last
    raise LabelError(f"the labelled stretch {start} to {end} is not in the text")
