"""A new labels folder: a taxonomy, terms, and nothing labelled yet."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from classifier.files import write_text
from classifier.labelling.taxonomy import Taxonomy


def begin(folder: Path, taxonomy: Taxonomy, terms: Sequence[str]) -> None:
    """Make a labels folder. terms.txt comes first: a folder with a taxonomy is whole."""
    (folder / "paragraphs").mkdir(parents=True, exist_ok=True)
    if not (folder / "terms.txt").is_file():
        write_text(folder / "terms.txt", "".join(f"{term}\n" for term in terms))
    write_text(folder / "taxonomy.toml", taxonomy_toml(taxonomy))


def taxonomy_toml(taxonomy: Taxonomy) -> str:
    """Return a taxonomy as TOML, whose strings and lists of strings are written as in JSON."""
    lines = ["# Labels are added and renamed here; ids stay as they are once paragraphs carry them."]
    lines.append(f"name = {_json(taxonomy.name)}")
    for label in taxonomy.labels:
        values = {"id": label.id, "zh": label.zh, "en": label.en, "definition": label.definition}
        values |= {"definition_zh": label.definition_zh} if label.definition_zh else {}
        lines += ["", "[[label]]", *(f"{key} = {_json(value)}" for key, value in values.items())]
        lines.append(f"seeds = {_json(list(label.seeds))}")
    return "\n".join(lines) + "\n"


def _json(value: str | list[str]) -> str:
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
