"""The API's description, as plain data for the page that shows it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

Description = Mapping[str, Any]  # a part of what FastAPI says of the API


class Field(TypedDict):
    """A part of what is sent."""

    name: str
    type: str
    needed: bool
    about: str


class Operation(TypedDict):
    """An operation; `bodies`: by media type, `answers`: by status. `parameters`: as OpenAPI has them."""

    tag: str
    method: str
    path: str
    summary: str
    parameters: list[Description]
    bodies: dict[str, list[Field]]
    answers: dict[str, str]


def operations(described: Description) -> list[Operation]:
    """Return the operations of an OpenAPI description, in its order, grouped by their tags."""
    found = list(_operations(described))
    order = {tag: place for place, tag in reversed(list(enumerate(one["tag"] for one in found)))}
    return sorted(found, key=lambda one: order[one["tag"]])


def _operations(described: Description) -> Iterator[Operation]:
    schemas = described.get("components", {}).get("schemas", {})
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            bodies = one.get("requestBody", {}).get("content", {})
            yield {
                "tag": one.get("tags", [""])[0],
                "method": method.upper(),
                "path": path,
                "summary": one.get("description") or one.get("summary", ""),
                "parameters": one.get("parameters", []),
                "bodies": {kind: _fields(body.get("schema", {}), schemas) for kind, body in bodies.items()},
                "answers": {status: answer.get("description", "") for status, answer in one["responses"].items()},
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
