"""The labels that a model knows: read from taxonomy.toml, never named in the code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from classifier.errors import LabelError

NONE = "none"  # the primary label of a paragraph that carries none
NONE_ZH = "无主题"  # the same to people who read Chinese, in tables, on pages and in messages


class LabelRow(TypedDict):
    """A label as plain data."""

    id: str
    zh: str
    en: str
    definition: str
    definition_zh: NotRequired[str]  # models trained before there was one lack it
    seeds: list[str]


class TaxonomyRows(TypedDict):
    """A taxonomy as plain data: as taxonomy.toml and a model's manifest have it."""

    name: str
    label: list[LabelRow]


@dataclass(frozen=True)
class Label:
    """A topic: its id in files and results, its names for people, what it means, words typical of it."""

    id: str
    zh: str
    en: str
    definition: str = ""
    seeds: tuple[str, ...] = ()
    definition_zh: str = ""

    @property
    def name(self) -> str:
        """The name in both languages."""
        return f"{self.zh} {self.en}"

    def named(self, language: str) -> str:
        """Return the name in a language ("zh", "en")."""
        return self.zh if language == "zh" else self.en

    def defined(self, language: str) -> str:
        """Return what the label means in a language ("zh", "en"), in the other one where only that is written down."""
        return (self.definition_zh or self.definition) if language == "zh" else (self.definition or self.definition_zh)


@dataclass(frozen=True)
class Taxonomy:
    """The labels in their order."""

    name: str
    labels: tuple[Label, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The labels' ids in order."""
        return tuple(label.id for label in self.labels)

    def find(self, name: str) -> Label:
        """Return the label whose id, Chinese or English name this is; raise LabelError for another."""
        for label in self.labels:
            if name.strip().casefold() in {label.id, label.zh, label.en.casefold()}:
                return label
        known = ", ".join(f"{label.id} ({label.zh})" for label in self.labels)
        raise LabelError(f"no label is called {name!r}; there are: {known}")

    def as_dict(self) -> TaxonomyRows:
        """Return the taxonomy as plain data, for a manifest."""
        return {
            "name": self.name,
            "label": [
                {
                    "id": label.id,
                    "zh": label.zh,
                    "en": label.en,
                    "definition": label.definition,
                    "definition_zh": label.definition_zh,
                    "seeds": list(label.seeds),
                }
                for label in self.labels
            ],
        }


def read_taxonomy(folder: Path) -> Taxonomy:
    """Read `taxonomy.toml` in a labels folder; raise LabelError with the file and what is wrong."""
    path = folder / "taxonomy.toml"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelError(f"{path}: cannot be read ({error.strerror}); a labels folder needs a taxonomy.toml") from error
    return _parsed(data, path)


@lru_cache(maxsize=8)
def _parsed(data: bytes, path: Path) -> Taxonomy:
    """A server looks at the file for every decision; what it says is worked out once."""
    try:
        rows = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: not valid TOML: {error}") from error
    return taxonomy_from(rows, str(path))


def taxonomy_from(data: Mapping[str, object], where: str) -> Taxonomy:
    """Build a taxonomy from plain data; `where` is named in errors.

    Raises LabelError where it holds no label, a label lacks something, or two are called the same.
    """
    rows = data.get("label")
    if not isinstance(rows, list) or not rows:
        raise LabelError(f"{where}: needs at least one [[label]]")
    labels = tuple(_label(row, f"{where}: label {number}") for number, row in enumerate(rows, start=1))
    names = [name for label in labels for name in {label.id, label.zh, label.en}]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LabelError(f"{where}: two labels are called {', '.join(twice)}")
    return Taxonomy(str(data.get("name", "")), labels)


def _label(row: object, where: str) -> Label:
    if not isinstance(row, dict):
        raise LabelError(f"{where}: must be a table with id, zh and en")
    for key in ("id", "zh", "en"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise LabelError(f"{where}: {key} is missing or empty")
    if row["id"] == NONE or not row["id"].isidentifier():
        raise LabelError(f"{where}: id {row['id']!r} must be letters, digits and _, and not {NONE!r}")
    seeds = row.get("seeds", [])
    if not isinstance(seeds, list) or not all(isinstance(seed, str) for seed in seeds):
        raise LabelError(f"{where}: seeds must be a list of words")
    return Label(
        row["id"], row["zh"], row["en"], str(row.get("definition", "")), tuple(seeds), str(row.get("definition_zh", ""))
    )


def read_terms(folder: Path) -> tuple[str, ...]:
    """Return the words of `terms.txt` in a labels folder (none where there is no such file)."""
    path = folder / "terms.txt"
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
