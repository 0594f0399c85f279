"""Which format JSON is in: one array or one object a line, or objects over several lines; whose by its keys."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson

from classifier.errors import LabelError, TableError
from classifier.labelling.exchange import doccano, fasttext, jsonlines, keyed, labelstudio
from classifier.labelling.exchange.columns import SAMPLE
from classifier.labelling.exchange.format import Format, Row, Source
from classifier.labelling.label_names import Names
from classifier.tables.json_values import records_under_a_key, values_of

_PEEK = 20  # rows looked at to tell one kind of JSON Lines from another


def json_array(source: Source, names: Names) -> Format:
    """Return the format of a file that begins like a JSON array; raise LabelError where it is none of ours."""
    try:
        items = orjson.loads(source.text)
    except orjson.JSONDecodeError as error:
        if fasttext.stands_in(source.text):  # the first text begins with a bracket
            return fasttext.FORMAT
        raise LabelError(f"not valid JSON: {error}; export the file again") from error
    objects = [item for item in items if isinstance(item, dict)]
    if any(isinstance(item.get("data"), dict) for item in objects) or not objects:
        return labelstudio.of_tasks(items, names)
    if not source.wanted and any(set(item) & labelstudio.MIN_MARKS for item in objects):
        return labelstudio.of_rows(objects, names)
    return replace(_of_rows(objects, names, source), title="JSON array", rows=_array_rows)


def _array_rows(source: Source) -> Iterator[Row]:
    yield from _numbered(orjson.loads(source.text))


def _numbered(items: Iterable[Any]) -> Iterator[Row]:
    for number, item in enumerate(items, start=1):
        try:
            yield f"item {number}", orjson.dumps(item).decode()
        except orjson.JSONEncodeError as error:
            raise LabelError(f"item {number}: cannot be stored: {error}") from error


def json_objects(source: Source, names: Names) -> Format:
    """Return the format of a file that begins like a JSON object; raise LabelError where it is none of ours."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    rows = _objects(lines[:SAMPLE])
    if any(isinstance(row.get("data"), dict) for row in rows[:_PEEK]):
        tasks = labelstudio.of_tasks(_objects(lines), names)
        title = f"{tasks.title}, a task a line"
        return Format(title, jsonlines.rows, lambda line, names: tasks.decide(jsonlines.parse(line), names))
    if rows and not _is_wrapper(lines, rows):
        return _of_rows(rows, names, source)
    if fasttext.stands_in(source.text):
        return fasttext.FORMAT
    return objects_over_lines(source, names)


def _is_wrapper(lines: Sequence[str], rows: Sequence[dict[str, Any]]) -> bool:
    return len(lines) == 1 and records_under_a_key(lines[0], rows[0]) is not None


def objects_over_lines(source: Source, names: Names) -> Format:
    """Return the format of objects that go over many lines: one after another, or under a key of a single one."""
    try:
        values = list(values_of(io.StringIO(source.text, newline=""), source.name))
    except TableError:
        return labelstudio.of_tasks(_objects([source.text]), names)  # whose rows say what is wrong
    objects = [value for _, _, value in values if isinstance(value, dict)]
    if len(values) == 1 and (found := records_under_a_key(values[0][1], objects[0])) is not None:
        return _as_array(found[1], f"JSON, rows under {found[0]}", source, names)
    if len(values) == 1 and isinstance(objects[0].get("data"), dict):
        return labelstudio.of_tasks(objects, names)  # a single task
    return _as_array(f"[{','.join(text for _, text, _ in values)}]", "JSON objects", source, names)


def _as_array(text: str, title: str, source: Source, names: Names) -> Format:
    """Return the format of rows that would be an array; the file itself is none."""
    inner = replace(source, text=text)
    form = json_array(inner, names)
    return replace(form, title=title, rows=lambda _: form.rows(inner))


def _objects(lines: Iterable[str]) -> list[dict[str, Any]]:
    rows = []
    for line in lines:
        with suppress(orjson.JSONDecodeError):  # a bad row, when its turn comes
            rows.append(orjson.loads(line))
    return [row for row in rows if isinstance(row, dict)]


def _of_rows(rows: Sequence[dict[str, Any]], names: Names, source: Source) -> Format:
    decide = keyed.decider(rows[:SAMPLE], names, source)
    if decide is not None:
        return Format("JSON Lines", jsonlines.rows, decide)
    if any(map(doccano.wrote, rows[:_PEEK])):
        return doccano.FORMAT
    return jsonlines.FORMAT
