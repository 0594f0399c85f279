"""A page in a browser: opened so that no script may fail on it, waited for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

WIDE: Any = {"width": 1280, "height": 900}
PATIENCE = 120
"""Seconds that something may take on a busy machine; what never comes is a failure all the same."""


@contextmanager
def sound_page(where: Browser | BrowserContext, *, silent: bool = False, **options: Any) -> Iterator[Page]:
    """Yield a new page, and assert at its end that no script failed on it; with `silent` that no error was logged.

    `options`: what the browser's `new_page` takes; none for a context.
    """
    said: list[str] = []
    page = where.new_page(**options)
    page.set_default_timeout(PATIENCE * 1000)
    page.on("pageerror", lambda error: said.append(str(error)))
    if silent:
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert said == []


def until(page: Page, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Wait until a condition holds; the page goes on meanwhile.

    Playwright's wait_for_function asks a second time by eval, which the pages' policy forbids.
    """
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)
    return found
