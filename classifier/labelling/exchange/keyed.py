"""JSON rows whose keys are called as columns are: 文本 and 标签, sentence and label_des, a key of 0 and 1 a label."""

from collections.abc import Sequence
from functools import partial

from classifier.errors import LabelError
from classifier.json_types import JsonDict, JsonObject, JsonValue
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.columns import FACTS, Roles, marked, no_headings, roles_of, settled, unused_note
from classifier.labelling.exchange.format import Source, need_names, need_text
from classifier.labelling.exchange.jsonlines import parse
from classifier.labelling.label_names import Names

_OURS = {"label", "labels"}  # with `text` beside them, doccano's rows or our own


def decider(rows: Sequence[JsonObject], names: Names, source: Source):  # type: ignore[no-untyped-def]
    """Return how rows like these are decided; None where their keys are those of our own rows or doccano's.

    Raises LabelError where no keys tell text and labels, but something that could.
    """
    wanted = source.wanted
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if not wanted and "words" in keys:
        return None
    roles = roles_of(keys, names, wanted)
    if roles is None:
        if not wanted and ("text" in keys or _OURS & set(keys)):
            return None  # whose own error says what is missing
        raise LabelError(f"no keys for text (文本) and label (标签); {no_headings(keys)}")
    table = [[row.get(key) for key in keys] for row in rows]
    if not wanted and keys[roles.text] == "text" and "labels" in keys:
        return None
    roles = settled(roles, keys, table, names, wanted)
    ours = keys[roles.text] == "text" and {keys[place] for place in roles.labels} <= _OURS and not roles.marks
    if ours and not wanted:
        return None
    source.say(unused_note(roles, keys))
    return partial(_decide, keys=keys, roles=roles)


def _decide(line: str, names: Names, keys: Sequence[str], roles: Roles) -> list[Decision]:
    row = parse(line)
    text = need_text(row.get(keys[roles.text]))
    given = [row.get(keys[place]) for place in roles.labels]
    chosen = [name for value in given for name in _names(value, names)]
    some = marked({keys[place]: row.get(keys[place]) for place in roles.marks} | _late(row, names, keys, roles))
    labels, aside = names.read([*chosen, *(some or [])])
    said = {role: row.get(keys[place]) for role, place in roles.others.items()}
    facts = {key: said[key] for key in FACTS if said.get(key)}
    doc, by, date = (str(said.get(key) or "") for key in ("doc", "by", "date"))
    confirmed = (bool(chosen) or some is not None) and not roles.model
    return [Decision(labels, text, None, doc, by, date, aside, confirmed, facts=facts, suggestion=roles.model)]


def _late(row: JsonObject, names: Names, keys: Sequence[str], roles: Roles) -> JsonDict:
    """Return what a row says of labels that none of the first rows has a key of."""
    known = {*keys, *roles.marks.values()}
    return {key: value for key, value in row.items() if roles.marks and key not in known and names.knows(key)}


def _names(value: JsonValue, names: Names) -> list[str]:
    if value is None:
        return []
    return names.in_cell(value) if isinstance(value, str) else need_names(value)
