"""A choice as Label Studio writes it, in all its forms."""

from typing import Any

from classifier.errors import LabelError


def choices(value: Any, depth: int = 4) -> list[str]:
    """Return the names in a choice, whichever of its forms it has; raise LabelError for another form.

    `depth`: how far lists and objects may still stand in each other.
    """
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if depth and isinstance(value, dict) and "choices" in value:
        return choices(value["choices"], depth - 1)
    if depth and isinstance(value, list):
        return [name for one in value for name in choices(one, depth - 1)]
    raise LabelError("a choice must be a name, a list of names or an object with `choices`")
