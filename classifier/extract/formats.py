"""The formats an extract is written in, by the ending of the file's name."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import IO

from classifier.errors import MissingExtraError
from classifier.extract import flat, markdown, page
from classifier.extract.passage import Extract
from classifier.extract.word.extract import write_word
from classifier.extract.words import Words

Write = Callable[[Extract, Words, IO[bytes]], None]

WRITERS: dict[str, Write] = {
    "docx": write_word,
    "xlsx": flat.write_book,
    "html": page.write_page,
    "md": markdown.write_markdown,
    "csv": flat.write_table,
    "jsonl": flat.write_jsonl,
}

_NEEDS = {
    "docx": (("docx", 'Word files need python-docx: pip install "local-government-classifier[documents]"'),),
    "xlsx": (
        ("openpyxl", 'Excel files need openpyxl: pip install "local-government-classifier[excel]"'),
        ("xlsxwriter", 'Excel files need XlsxWriter: pip install "local-government-classifier[excel]"'),
    ),
    "html": (("jinja2", 'pages need jinja2: pip install "local-government-classifier[web]"'),),
}
"""Of each format, modules that are not there after a plain install, and what to say of each."""


def check(format_: str) -> None:
    """Raise MissingExtraError before any work is done where a format needs a package that is not installed."""
    for module, how in _NEEDS.get(format_, ()):
        if find_spec(module) is None:
            raise MissingExtraError(f"{how} (or write .csv)")
