"""What the commands' help and the first page say of the kinds of files that are read."""

import re
from importlib.resources import files

import pytest

from classifier.bulk.find_source import _READ_ONLY, _TABLES
from classifier.cli.label import HELP as LABEL
from classifier.cli.score import HELP as SCORE
from classifier.documents.read import PICTURES, SUFFIXES


def named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w*])\.[a-z0-9]+(?![\w.])", text))


@pytest.mark.parametrize("text", [LABEL, SCORE])
def test_the_help_names_every_kind_of_document(text: str) -> None:
    assert named(text) >= SUFFIXES | PICTURES | set(_READ_ONLY) - {".json"}


def test_the_page_offers_every_kind_of_document() -> None:
    page = (files("classifier.web") / "templates" / "home.html").read_text(encoding="utf-8")
    (offered,) = re.findall(r'id="files"[^>]* accept="([^"]*)"', page)
    assert set(offered.split(",")) >= SUFFIXES | PICTURES | set(_READ_ONLY) - {".json"} | {".csv", ".tsv"}


def test_the_help_names_every_kind_of_table() -> None:
    assert named(SCORE) >= set(_TABLES) | set(_READ_ONLY)
