"""What the commands that write pages share: the extra they need, their language, where the page goes."""

import errno
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.output_format import format_of
from classifier.cli.say import say
from classifier.errors import MissingExtraError
from classifier.i18n.language import language


class PageLanguage(StrEnum):
    """Languages of a page."""

    en = "en"
    zh = "zh"


LanguageOption = Annotated[
    PageLanguage | None, typer.Option(help="Language of the page: en or zh.", show_default="that of your system")
]


def check_page(output: Path | None) -> None:
    """Say before any work is done what would stop a page from being written.

    Raises MissingExtraError, BadParameter, or FileNotFoundError for a folder that is not there.
    """
    try:
        import jinja2  # noqa: F401, PLC0415 - an extra
        import pygal  # noqa: F401, PLC0415
    except ImportError as error:
        how = 'pip install "local-government-classifier[web]"'
        raise MissingExtraError(f"writing pages needs an extra package; install it with: {how}") from error
    format_of(output, None, {".html": "html", ".htm": "html"}, "html")
    if output is None and sys.stdout.isatty():
        raise typer.BadParameter("a page is for a browser; name a file for it, e.g. -o report.html", param_hint="-o")
    if output is not None and not output.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))


def language_of(asked: PageLanguage | None) -> PageLanguage:
    """Return the language asked for, else that in which the program speaks."""
    return asked or PageLanguage(language())


def write_page(page: str, output: Path | None) -> None:
    """Write a page to a file or to standard output."""
    if output is None:
        sys.stdout.buffer.write(page.encode())
        return
    from classifier.files import write_text  # noqa: PLC0415

    write_text(output, page)
    say(f"written to {output}; open it in a browser")
