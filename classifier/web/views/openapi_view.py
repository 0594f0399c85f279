"""The API's description, as plain data for the page that shows it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from classifier.web import i18n

Description = Mapping[str, Any]  # a part of what FastAPI says of the API


class Field(TypedDict):
    """A part of what is sent."""

    name: str
    type: str
    needed: bool
    about: str


class Operation(TypedDict):
    """An operation; `bodies`: by media type, `answers`: by status. `parameters`: as OpenAPI has them.

    `opening`: the first sentence of `summary`.
    """

    tag: str
    method: str
    path: str
    opening: str
    summary: str
    parameters: list[Description]
    bodies: dict[str, list[Field]]
    answers: dict[str, str]


def operations(described: Description, language: str = "en") -> list[Operation]:
    """Return the operations of an OpenAPI description, in its order, grouped by their tags; in a reader's language."""
    found = list(_operations(described, _chinese() if language == "zh" else {}))
    order = {tag: place for place, tag in reversed(list(enumerate(one["tag"] for one in found)))}
    return sorted(found, key=lambda one: order[one["tag"]])


@cache
def _chinese() -> Mapping[str, str]:
    """Return what the API's description reads like in Chinese, by its English on one line."""
    data = tomllib.loads((Path(i18n.__file__).parent / "api.zh.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = data["tags"] | data["statuses"] | data["fields"]
    return found | {one["en"]: one["zh"] for one in data["operations"]}


def _operations(described: Description, words: Mapping[str, str]) -> Iterator[Operation]:
    def said(text: str) -> str:
        line = " ".join(text.split())
        return words.get(line, line)

    schemas = described.get("components", {}).get("schemas", {})
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            bodies = one.get("requestBody", {}).get("content", {})
            summary = said(one.get("description") or one.get("summary", ""))
            yield {
                "tag": said(one.get("tags", [""])[0]),
                "method": method.upper(),
                "path": path,
                "opening": re.split(r"(?<=[a-z\d])\. |。", summary)[0].rstrip("."),
                "summary": summary,
                "parameters": [
                    each | {"description": said(each.get("description", ""))} for each in one.get("parameters", [])
                ],
                "bodies": {
                    kind: [
                        field | {"about": said(field["about"])} for field in _fields(body.get("schema", {}), schemas)
                    ]
                    for kind, body in bodies.items()
                },
                "answers": {status: said(answer.get("description", "")) for status, answer in one["responses"].items()},
            }


def _fields(schema: Description, schemas: Description) -> list[Field]:
    if "$ref" in schema:
        schema = schemas.get(schema["$ref"].rpartition("/")[2], {})
    needed = schema.get("required", [])
    rows = schema.get("properties", {}).items()
    return [
        {"name": name, "type": one.get("type", ""), "needed": name in needed, "about": one.get("description", "")}
        for name, one in rows
    ]
