"""A page in a browser: opened so that no script may fail on it, waited for."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

WIDE: Any = {"width": 1280, "height": 900}
PATIENCE = 120
"""Seconds that something may take on a busy machine; what never comes is a failure all the same."""
expect.set_options(timeout=PATIENCE * 1000)
LATENCY = int(os.environ.get("BROWSER_TESTS_LATENCY", "0"))
"""Milliseconds that every answer is late: with 400, a test that looks before the page can know fails each time."""
SLOWNESS = int(os.environ.get("BROWSER_TESTS_SLOWNESS", "4" if LATENCY else "1"))
"""How many times as long scripts, layout and drawing take."""

_ASKING = """(() => {
  const ask = window.fetch;
  window.asking = 0;
  window.fetch = async (...what) => {
    window.asking += 1;
    try {
      const answer = await ask(...what);
      const text = await answer.clone().text();
      return Object.assign(answer, { text: async () => text, json: async () => JSON.parse(text) });
    } finally {
      setTimeout(() => (window.asking -= 1));
    }
  };
})()"""
"""Counts what a page has asked and not taken in yet: what it does with an answer, asking again included, is done first."""


@contextmanager
def sound_page(where: Browser | BrowserContext, *, silent: bool = False, **options: Any) -> Iterator[Page]:
    """Yield a new page, and assert at its end that no script failed on it; with `silent` that no error was logged.

    `options`: what the browser's `new_page` takes; none for a context.
    """
    said: list[str] = []
    page = where.new_page(**options)
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(_ASKING)
    late(page)
    page.on("pageerror", lambda error: said.append(str(error)))
    if silent:
        page.on(
            "console",
            lambda message: said.append(f"{message.text} {message.location}") if message.type == "error" else None,
        )
    yield page
    page.close()
    assert said == [], said


def late(page: Page) -> None:
    """Let every answer of the network come late, and scripts run slowly, as on a busy machine."""
    link = page.context.new_cdp_session(page)
    if LATENCY:
        link.send("Network.enable")
        unlimited = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        link.send("Network.emulateNetworkConditions", {"latency": LATENCY, **unlimited})
    if SLOWNESS > 1:
        link.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})


def until(page: Page, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Wait until a condition holds; the page goes on meanwhile.

    Playwright's wait_for_function asks a second time by eval, which the pages' policy forbids.
    """
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)
    return found


def arrived(page: Page, selector: str) -> None:
    """Wait until a page that a click, a form or a script led to is there, with its scripts: before, it takes no input.

    `selector`: something in its content that the page before has not. `goto` and `reload` wait by themselves.
    """
    expect(page.locator("#content:not([inert])").locator(selector).first).to_be_visible()


def answered(page: Page) -> None:
    """Wait until a page has taken in the answers to all that it asked, and to what it asked because of them."""
    until(page, lambda: page.evaluate("() => window.asking === 0"))
