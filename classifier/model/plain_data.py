"""Whether plain data read from a file (JSON) is of a declared type: TypedDicts, lists, dicts, numbers, strings."""

import types
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

_NAMES: dict[Any, str] = {str: "text", int: "a whole number", float: "a number", type(None): "nothing"}


def differs(data: object, declared: Any, where: str = "", keys: Iterable[str] | None = None) -> str:
    """Say where data first differs from its type ("decision.a.threshold is not a number"); "" where it does not.

    `declared`: a TypedDict, list[…], dict[str, …], a union of such, str, int, float, or Any. Keys that a TypedDict does
    not declare are nobody's business. `keys`: look at these of the outermost TypedDict only.
    """
    return next(_differences(data, declared, where, keys), "")


def _differences(data: object, declared: Any, where: str, keys: Iterable[str] | None = None) -> Iterator[str]:
    origin = get_origin(declared)
    if declared is Any:
        return
    if is_typeddict(declared):
        yield from _of_record(data, declared, where, keys)
    elif origin is list:
        yield from _of_list(data, get_args(declared)[0], where)
    elif origin is dict:
        if isinstance(data, dict):
            for key, value in data.items():
                yield from _differences(value, get_args(declared)[1], _inside(where, key))
        else:
            yield _is_not(where, "a table")
    elif origin in {Union, types.UnionType}:
        if all(differs(data, one) for one in get_args(declared)):
            yield from islice(_differences(data, get_args(declared)[0], where), 1)
    elif not _is_plain(data, declared):
        yield _is_not(where, _NAMES[declared])


def _of_record(data: object, declared: Any, where: str, keys: Iterable[str] | None) -> Iterator[str]:
    if not isinstance(data, dict):
        yield _is_not(where, "a table")
        return
    wanted = get_type_hints(declared)
    for key in wanted if keys is None else keys:
        if key in data:
            yield from _differences(data[key], wanted[key], _inside(where, key))
        elif key in declared.__required_keys__:
            yield f"{_inside(where, key)} is missing"


def _of_list(data: object, declared: Any, where: str) -> Iterator[str]:
    if not isinstance(data, list):
        yield _is_not(where, "a list")
    else:
        for number, value in enumerate(data, start=1):
            yield from _differences(value, declared, _inside(where, str(number)))


def _is_plain(data: object, declared: Any) -> bool:
    if declared is float:
        return isinstance(data, (int, float)) and not isinstance(data, bool)
    return isinstance(data, declared) and not (declared is int and isinstance(data, bool))


def _inside(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)


def _is_not(where: str, what: str) -> str:
    return f"{where or 'it'} is not {what}"
