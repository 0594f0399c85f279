"""doccano: JSON Lines of text classification. Its CSV and fastText exports are read like other such files.

An empty list may mean "none of these" or "nobody looked yet": doccano does not tell them apart.
"""

from collections.abc import Iterable

import orjson

from classifier.errors import LabelError
from classifier.json_types import JsonDict, JsonObject
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.format import Format, need_names, need_text
from classifier.labelling.exchange.jsonlines import parse, rows
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import NONE

_MARKS = {"label", "Comments", "comments", "annotation_approver"}  # of these, or of annotations, each row has one

_FACTS = ("genre", "place", "year", "origin")


def wrote(row: JsonObject) -> bool:
    """Tell whether a row is doccano's. Its `annotations` are a list; in our rows they are who read it → labels."""
    if "words" in row or ("labels" in row and isinstance(row.get("annotations"), dict)):
        return False
    return bool(set(row) & _MARKS) or isinstance(row.get("annotations"), list)


def decide(line: str, names: Names) -> list[Decision]:
    """Return the decision of one line of an export.

    Raises LabelError where the line has no label names, or labels of stretches of its text.
    """
    row = parse(line)
    if "label" not in row and "labels" not in row:
        raise LabelError(
            "has no label names: an old doccano export that holds only their numbers; export as JSONL (text label)"
        )
    given = row.get("label", row.get("labels"))
    if isinstance(given, list) and any(isinstance(one, list) for one in given):
        raise LabelError("labels stretches of text (sequence labelling); paragraphs have labels of their own here")
    meta = row.get("meta")
    said = {**(meta if isinstance(meta, dict) else {}), **row}
    labels, aside = names.read_cell(given) if isinstance(given, str) else names.read(need_names(given))
    facts = {key: said[key] for key in _FACTS if said.get(key)}
    doc, by, date = (str(said.get(key) or "") for key in ("doc", "by", "date"))
    return [Decision(labels, need_text(row.get("text")), None, doc, by, date, aside, bool(given), facts=facts)]


def write(decisions: Iterable[tuple[Decision, list[str]]]) -> bytes:
    """Return decisions as doccano imports and exports them; `none` is written out, for [] would not be read as it."""
    lines: list[JsonDict] = []
    for number, (one, names) in enumerate(decisions, start=1):
        facts = {key: one.facts[key] for key in _FACTS if key in one.facts}
        said = {key: value for key, value in (("doc", one.doc), ("by", one.by), ("date", one.date)) if value}
        shown = names or ([NONE] if one.confirmed else [])
        lines.append({"id": number, "text": one.text, "label": shown, "Comments": [], **said, **facts})
    return b"".join(orjson.dumps(line) + b"\n" for line in lines)


FORMAT = Format("doccano JSON Lines", rows, decide)
