"""Tell whoever waits which page is being read; the library itself prints nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int | None], None]
"""Is called with a file's name, the page that begins, and of how many, None where nobody knows."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def on_page(listener: Listener) -> Iterator[None]:
    """Have `listener` called for each page that takes long, within this block and this thread."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def page_begins(name: str, page: int, of: int | None = None) -> None:
    """Say that a page is being read now."""
    if (listener := _listener.get()) is not None:
        listener(name, page, of)
