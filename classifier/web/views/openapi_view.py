"""The API's description, as plain data for the page that shows it."""

from collections.abc import Iterator, Mapping
from typing import Any


def operations(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the operations of an OpenAPI description, in its order, grouped by their tags."""
    found = list(_operations(described))
    order = {tag: place for place, tag in reversed(list(enumerate(one["tag"] for one in found)))}
    return sorted(found, key=lambda one: order[one["tag"]])


def _operations(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
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


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in schema:
        schema = schemas.get(schema["$ref"].rpartition("/")[2], {})
    needed = schema.get("required", [])
    rows = schema.get("properties", {}).items()
    return [
        {"name": name, "type": one.get("type", ""), "needed": name in needed, "about": one.get("description", "")}
        for name, one in rows
    ]
