"""CONTRIBUTING.md says where things are: each place that it names is there, and each folder is in it."""

import re
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "classifier"
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
QUOTED = re.compile(r"`([\w./]*(?:/|\.(?:py|md|toml|js|txt|jsonl)))`")
DRAWN = re.compile(r"(?:cli|web|report|bulk|text|model|training|labelling|documents|tables)/[\w/]*\w")
MADE_LATER = {"labels/"}  # a user's own
WAY = TEXT.partition("## The way of the data")[2].partition("\n## ")[0]
MAP = TEXT.partition("## Where things are")[2].partition("\n## ")[0]


def is_there(place: str) -> bool:
    """Tell whether the repository or the package holds a path; a name alone may stand in any folder of the package."""
    if (ROOT / place).exists() or (PACKAGE / place).exists() or (PACKAGE / f"{place}.py").exists():
        return True
    return "/" not in place and any(PACKAGE.rglob(place))


@pytest.mark.parametrize("place", sorted({*QUOTED.findall(TEXT), *DRAWN.findall(WAY)} - MADE_LATER))
def test_a_place_that_is_named_is_there(place: str) -> None:
    assert is_there(place)


def test_a_place_that_is_not_there_is_noticed() -> None:
    assert not any(map(is_there, ("web/desk.py", "desk.py", "documents/word/desk/", "text/desk")))


def test_the_map_names_every_folder_of_the_package() -> None:
    """A folder of formats (`documents/`, `exchange/`) is named, the formats in it need not be."""
    folders = {path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("__init__.py")} - {Path()}
    named = {folder for folder in folders if folder.parts[0] != "documents" or len(folder.parts) == 1}
    assert len(named) > 20
    assert [str(folder) for folder in sorted(named) if f"{folder.name}/" not in MAP] == []


def test_every_question_is_answered_by_a_place() -> None:
    """The rows of the table, twenty and more, each with a path in the package that is there."""
    rows = TEXT.partition("## Where is …?")[2].partition("\n## ")[0]
    answers = [line.rpartition(" | ")[2].strip(" |") for line in rows.splitlines() if " | " in line][1:]
    assert len(answers) >= 20
    places = [re.findall(r"`([^`]+)`", answer) for answer in answers]
    assert all(places)
    assert [place for place in chain.from_iterable(places) if not is_there(place)] == []
