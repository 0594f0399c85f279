"""Plain data, as JSON has it: what pages, rows, events and manifests hold."""

from collections.abc import Mapping, Sequence

JsonValue = bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None
JsonObject = Mapping[str, JsonValue]
JsonDict = dict[str, JsonValue]
"""An object that is being put together; who only reads one takes a JsonObject."""
