"""Labels of a paragraph's sentences, as rows of a labels folder hold them.

    "sentences": [{"start": 0, "end": 31, "labels": ["livelihood"]}, {"start": 31, "end": 58, "labels": []}]

Spans count characters of the row's text. A row of word counts has `words` in each of them instead of the text. `by` and
`date` say who labelled a sentence and when, where that is not who the row names. A row whose sentences have labels may
be without `labels` of its own: then nobody said what the paragraph as a whole is about.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.taxonomy import Taxonomy

Labels = tuple[str, ...]


def sentences_of(row: Mapping[str, Any], where: str, taxonomy: Taxonomy) -> tuple[LabelledSentence, ...]:
    """Return the sentences of a row ("file:line"), in order; () where it names none.

    Raises LabelError naming the place where they do not fit: no list, spans that overlap or leave the text, labels that
    the taxonomy lacks, counts that are none.
    """
    given = row.get("sentences")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise LabelError(f"{where}: sentences must be a list of objects with start, end and labels")
    found, before = [], 0
    for number, one in enumerate(given, start=1):
        place = f"{where}: sentence {number}"
        sentence = _sentence(one, row, place, taxonomy)
        last = len(row["text"]) if isinstance(row.get("text"), str) else sentence.end
        if not before <= sentence.start < sentence.end <= last:
            raise LabelError(
                f"{place}: {sentence.start} to {sentence.end} is not within the text ({last} characters) behind the "
                f"sentence before it, which ends at {before}"
            )
        if (sentence.words is None) != ("text" in row):
            raise LabelError(f"{place}: needs words where the row has no text, and none where it has")
        found.append(sentence)
        before = sentence.end
    return tuple(found)


def _sentence(part: Mapping[str, Any], row: Mapping[str, Any], place: str, taxonomy: Taxonomy) -> LabelledSentence:
    start, end, words = part.get("start"), part.get("end"), part.get("words")
    if type(start) is not int or type(end) is not int:
        raise LabelError(f"{place}: start and end must be whole numbers of characters")
    if words is not None and not (
        isinstance(words, dict) and all(type(count) is int and count > 0 for count in words.values())
    ):
        raise LabelError(f"{place}: words must be an object of words and how often each stands in the sentence")
    if part.get("labels") is None:
        return LabelledSentence(start, end, None, words)
    labels = labels_of(part["labels"], f"{place}: labels", taxonomy)
    by, date = (str(part.get(key) or row.get(key) or "") for key in ("by", "date"))
    return LabelledSentence(start, end, labels, words, by, date, str(row.get("at") or ""))


def labels_of(names: Any, what: str, taxonomy: Taxonomy) -> Labels:
    """Return labels as a tuple of ids; raise LabelError (begun by `what`) where they are no list of known ones."""
    if not isinstance(names, list) or not all(isinstance(label, str) for label in names):
        raise LabelError(f'{what} must be a list such as ["{taxonomy.ids[0]}"], [] for none')
    unknown = [label for label in names if label not in taxonomy.ids]
    if unknown or len(set(names)) < len(names):
        found = f"unknown label {unknown[0]!r}" if unknown else "a label stands twice"
        where = what.rsplit(": ", 1)[0]
        raise LabelError(f"{where}: {found}; the taxonomy has: {', '.join(taxonomy.ids)}")
    return tuple(names)


def as_rows(sentences: Iterable[LabelledSentence], by: str | None = None, date: str = "") -> list[dict[str, Any]]:
    """Return sentences as a row holds them whose own `by` and `date` these are; None leaves out who and when."""
    return [
        {
            "start": sentence.start,
            "end": sentence.end,
            **({} if sentence.labels is None else {"labels": list(sentence.labels)}),
            **({} if sentence.words is None else {"words": dict(sentence.words)}),
            **({"by": sentence.by} if by is not None and sentence.by not in {"", by} else {}),
            **({"date": sentence.date} if by is not None and sentence.date not in {"", date} else {}),
        }
        for sentence in sentences
    ]
