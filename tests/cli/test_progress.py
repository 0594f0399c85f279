"""Whoever waits for a scan sees which page is being recognised."""

import pytest

from classifier.cli.progress import pages_told
from classifier.documents.progress import page_begins


def test_pages_are_told_of_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A picture of one page is there before its line could be read; outside the block nothing is said."""
    with pages_told():
        page_begins("a.tif", 1, 2)
        page_begins("b.png", 1, 1)
        page_begins("c.pdf", 3)
    page_begins("a.tif", 2, 2)
    told = capsys.readouterr()
    assert told.err == "classify: a.tif: recognising page 1 of 2\nclassify: c.pdf: recognising page 3\n"
    assert told.out == ""
