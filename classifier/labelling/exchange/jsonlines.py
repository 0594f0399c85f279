"""Our own JSON Lines: what a labels folder holds, with text or as word counts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import OWN_KEYS, Decision
from classifier.labelling.exchange.format import Format, Row, Source, need_names, need_text
from classifier.labelling.exchange.sentence_rows import is_sentence, sentence, sentences_in
from classifier.labelling.label_names import Names

COUNT_MOST = 1_000_000  # of one word in one paragraph: no paragraph is longer
_ANSWERED = ({"probabilities", "model"}, {"primary", "uncertain", "model"})  # only what a model wrote has all of them


def rows(source: Source) -> Iterator[Row]:
    """Yield each line that is not blank, not yet parsed: one bad line leaves the others readable."""
    for number, line in enumerate(source.text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", line


def parse(line: str) -> dict[str, Any]:
    """Return a line's JSON object or raise LabelError."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise LabelError("must be a JSON object, one paragraph a line")
    return row


def decide(line: str, names: Names) -> list[Decision]:
    """Return the decision of one line. What a model answered is nobody's decision until it is confirmed.

    Raises LabelError for a line that cannot be understood.
    """
    row = parse(line)
    if "words" in row and "text" not in row:
        text, words = None, counts(row["words"])
    else:
        text, words = need_text(row.get("text")), None
    sentences = sentences_in(row, names)
    judged = "labels" in row or "aside" in row or all(one.labels is None for one in sentences)
    if judged and "labels" not in row:
        raise LabelError("labels are missing; [] says none")
    labels, aside = names.read([*need_names(row.get("labels", [])), *_aside(row)])
    if text is not None and is_sentence(row):
        sentences, labels, judged = sentence(text, row["start"], row["end"], labels, aside), (), False
    facts = {key: value for key, value in row.items() if key not in {*OWN_KEYS, "at", "seq", "annotations"}}
    facts |= _passes(row.get("annotations"), names)
    answered = any(keys <= row.keys() for keys in _ANSWERED)
    doc, by, date = (str(row.get(key) or "") for key in ("doc", "by", "date"))
    if answered:
        doc, facts = doc or str(row.get("file") or ""), {}
    return [
        Decision(
            labels, text, words, doc, by, date, aside, not answered, facts=facts, sentences=sentences, judged=judged,
            suggestion=answered,
        )
    ]  # fmt: skip


def counts(words: object) -> Mapping[str, int]:
    """Return word counts or raise LabelError where they are none."""
    if not isinstance(words, dict) or not words or not all(type(n) is int and n > 0 for n in words.values()):
        raise LabelError("words must be an object of words and how often each stands in the paragraph")
    beyond = next((word for word, count in words.items() if count > COUNT_MOST), None)
    if beyond is not None:
        raise LabelError(f"words: {beyond!r} {words[beyond]:,} times in one paragraph; the most is {COUNT_MOST:,}")
    return words


def write(decisions: Iterable[Decision]) -> bytes:
    """Return decisions as JSON Lines."""
    return b"".join(orjson.dumps(decision.as_row()) + b"\n" for decision in decisions)


def _aside(row: Mapping[str, Any]) -> list[str]:
    value = row.get("aside") or ""
    if not isinstance(value, str):
        raise LabelError("aside must be a word: doubtful or discarded")
    return [value]


def _passes(annotations: Any, names: Names) -> dict[str, Any]:
    """Return the fact of who read it and which labels each gave, as ids; nothing where no one is named."""
    if annotations is None:
        return {}
    if not isinstance(annotations, dict):
        raise LabelError("annotations must be an object: who read it, and the labels given")
    passes = {}
    for by, said in annotations.items():
        try:
            labels, aside = names.read(need_names(said))
        except LabelError as error:
            raise LabelError(f"annotations of {by}: {error}") from error
        if aside:
            raise LabelError(f"annotations of {by}: {aside} is no label; [] says none")
        passes[by] = list(labels)
    return {"annotations": passes}


FORMAT = Format("JSON Lines", rows, decide)
