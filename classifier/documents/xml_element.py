"""The type of an XML element: lxml carries no types of its own, and is an extra that not everybody has."""

from typing import Any, TypeAlias

Element: TypeAlias = Any
