"""JSON that is no JSON Lines: every value once, as it stands in the file, with its line."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import TableError
from classifier.tables import json_values
from classifier.tables.json_values import records_under_a_key, values_of


def texts(text: str) -> list[tuple[int, str]]:
    return [(line, content) for line, content, _ in values_of(io.StringIO(text, newline=""), "a.json")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a":1.10},\n {"a":\n  2}]', [(1, '{"a":1.10}'), (2, '{"a": 2}')]),
        ('{\n "a": 1\n}\n{\n "a": 2\n}\n', [(1, '{ "a": 1 }'), (4, '{ "a": 2 }')]),
        ('{"a":1},\n{"a":2}', [(1, '{"a":1}'), (2, '{"a":2}')]),
        ("[]", []),
        ("\ufeff [1]", [(1, "1")]),
        ("", []),
    ],
)
def test_values_stand_as_they_are(text: str, expected: list[tuple[int, str]]) -> None:
    """Numbers, escapes and the order of keys are not written anew; only line breaks between tokens go."""
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a":1},\n{"a":', "line 2: not valid JSON"),
        ('[{"a":1}\n{"a":2}]', "line 2: not valid JSON: ',' is missing"),
        ('[{"a":1}', "the array is not closed: the file is not whole"),
        ("[1] 2", "something follows the array"),
        ('[{"a": "甲"}, {"a": "乙', "line 1: not valid JSON: Unterminated string starting at column 20"),
        ('[{"a":1},\n {"a": x}]', "line 2: not valid JSON: Expecting value at column 8"),
        ("[\n" + ' {"a": 1},' * 300_000 + ' {"a": x', "line 2: not valid JSON: Expecting value at column 3,000,008"),
        ("[" * 100_000, "line 1: not valid JSON"),
    ],
)
def test_what_is_no_json_is_named_by_its_line(text: str, message: str) -> None:
    with pytest.raises(TableError, match=rf"a\.json: .*{message}|{message}"):
        texts(text)


def test_rows_under_a_key() -> None:
    """As Navicat and many interfaces write them; a task of Label Studio is none."""
    text = '{"RECORDS": [{"a": 1.0}, {"a": 2}], "total": 2}'
    assert records_under_a_key(text, json.loads(text)) == ("RECORDS", '[{"a": 1.0}, {"a": 2}]')
    for other in ('{"text": "甲", "parts": [{"a": 1}]}', '{"a": 1}', '{"a": [{}], "b": [{}]}', '{"data": {"t": []}}'):
        assert records_under_a_key(other, json.loads(other)) is None


json_ = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(
    values=st.lists(st.dictionaries(st.text(max_size=3), json_, max_size=3), max_size=6),
    indent=st.sampled_from([None, 1]),
)
def test_every_value_once_however_it_is_cut(values: list[object], indent: int | None) -> None:
    """An array, and objects one after another, read in small pieces."""
    array = json.dumps(values, indent=indent, ensure_ascii=False)
    apart = "\n".join(json.dumps(value, indent=indent) for value in values)
    before, json_values._PIECE = json_values._PIECE, 3
    try:
        for text in (array, apart):
            assert [json.loads(content) for _, content in texts(text)] == values
    finally:
        json_values._PIECE = before
