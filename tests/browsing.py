"""Waiting for a page in a browser."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page


def until(page: Page, condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until a condition holds; the page goes on meanwhile.

    Playwright's wait_for_function asks a second time by eval, which the pages' policy forbids.
    """
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)
    return found
