"""Show what a long command is doing: a moving line on a terminal, a line a step elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from classifier.cli.say import say


@contextmanager
def pages_told() -> Iterator[None]:
    """Tell of each page of a scan as it is recognised, which takes seconds; a picture of one page is not told of."""
    from classifier.documents.progress import on_page  # noqa: PLC0415 - the package of readers

    def tell(name: str, page: int, of: int | None) -> None:
        if of != 1:
            say(f"{name}: recognising page {page}" + (f" of {of}" if of else ""))

    with on_page(tell):
        yield


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Yield a function that is told each step as it begins."""
    if not sys.stderr.isatty():
        yield say
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    began = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")
        yield lambda step: shown.update(task, description=step)
    say(f"{time.monotonic() - began:.0f} s")
